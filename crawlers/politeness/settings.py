"""The Scrapy settings of one board, from its row of the register."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit
from urllib.request import getproxies

from crawlers.job import CrawlOptions
from crawlers.politeness.address_guard import PRIVATE_HOSTS_SETTING
from crawlers.politeness.retry_after import LONGEST_WAIT_SETTING, WAIT_SETTING
from vacancies.source import Source

ROBOTS_NAME = "Labourscope"
"""The name that robots.txt files may address us by."""


def user_agent(source: Source) -> str:
    """Say who asks and how to reach them: `Labourscope/0.1 (+contact)`, the contact from the register."""
    contact = " ".join(source.contact.split()).encode("ascii", "ignore").decode()
    return f"{ROBOTS_NAME}/{labourscope_version()} (+{contact})"


def labourscope_version() -> str:
    """Give the installed version, major and minor."""
    try:
        installed = version("labourscope")
    except PackageNotFoundError:
        return "0.1"
    return ".".join(installed.split(".")[:2])


def board_settings(source: Source, options: CrawlOptions) -> dict[str, object]:
    """Make the settings for one board's crawler."""
    wait = min(options.retry_wait, 0.05) if source.loopback else options.retry_wait
    return {
        "USER_AGENT": user_agent(source),
        "ROBOTSTXT_OBEY": source.robots_agreement is None,
        "ROBOTSTXT_USER_AGENT": ROBOTS_NAME,
        "DOWNLOAD_DELAY": source.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # the register's delay is the least
        "CONCURRENT_REQUESTS": source.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": source.concurrency,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": source.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(source.concurrency),
        "DOWNLOAD_MAXSIZE": source.max_answer_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "RETRY_TIMES": options.retries,
        "RETRY_HTTP_CODES": [429, 500, 502, 503, 504],
        WAIT_SETTING: wait,
        LONGEST_WAIT_SETTING: options.longest_wait,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawlers.politeness.answer_spool.SpoolingHandler"),
        "DUPEFILTER_CLASS": "crawlers.politeness.asked_requests.AskedRequests",
        "HTTPERROR_ALLOW_ALL": True,  # the spider looks at every status itself
        "COOKIES_ENABLED": False,
        "CONCURRENT_ITEMS": 1,  # spiders yield requests only; Scrapy starts so many tasks for every answer
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # Scrapy would parse the spider's source anew for every answer
        # only what is needed: Scrapy's own list opens a telnet console and a server that runs code handed to it
        "EXTENSIONS_BASE": {"scrapy.extensions.corestats.CoreStats": 0, "scrapy.extensions.throttle.AutoThrottle": 0},
        "REFERRER_POLICY": "no-referrer",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawlers.politeness.address_guard.AddressGuard": 50,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawlers.politeness.robots.Robots": 100,
            "crawlers.politeness.bearer_token.BearerToken": 400,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "crawlers.politeness.retry_after.PatientRetry": 550,
        },
    }


def process_settings(sources: list[Source]) -> dict[str, object]:
    """Make the settings that all boards of one process share."""
    private = {urlsplit(source.address).hostname or "" for source in sources if source.loopback}
    proxies = {urlsplit(address).hostname or "" for address in getproxies().values()}
    return {
        "TWISTED_DNS_RESOLVER": "crawlers.politeness.address_guard.GuardedResolver",
        PRIVATE_HOSTS_SETTING: sorted((private | proxies) - {""}),
        "LOG_LEVEL": "INFO",
    }
