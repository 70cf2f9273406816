"""Whom we ask and how: addresses, user agent, waiting times, platforms; no network."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawlers.error import UnknownPlatform
from crawlers.job import CrawlOptions
from crawlers.politeness.address_guard import OF_PAGE, AddressGuard, Site, is_public
from crawlers.politeness.refusal import Refused
from crawlers.politeness.retry_after import retry_after
from crawlers.politeness.settings import board_settings, process_settings, user_agent
from crawlers.registry import platforms, spider_for
from crawlers.spiders.json_api_spider import with_parameters
from vacancies.source import Source

SOURCE = Source(
    board="board-a",
    name="Board A",
    platform="jsonld",
    address="https://www.a.example/sitemap.xml",
    countries=("DE",),
    languages=("de",),
    legal_basis="agreement",
    contact="crawler@pes.example",
    delay=2.5,
    max_answer_bytes=4096,
    active_from=date(2026, 1, 1),
)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("nonsense", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "held"),
    [
        ("https://www.a.example/job/1", True),
        ("http://a.example/job/1", True),
        ("https://cdn.a.example/sitemap.xml", True),
        ("https://jobs.a.example/1", False),
        ("https://a.example.evil.example/1", False),
        ("https://a.example:8443/1", False),
        ("https://user:pass@b.example/1", False),
    ],
)
def test_a_site_is_its_hosts_and_the_usual_ports(url: str, held: bool) -> None:
    assert Site("https://www.a.example/", more_hosts=("cdn.a.example",)).holds(urlsplit(url)) is held


@pytest.mark.parametrize(
    ("url", "lent"),
    [
        ("https://api.b.example/jobs", True),
        ("http://api.b.example/jobs", True),
        ("https://cdn.b.example:8443/app.js", True),
        ("https://cdn.b.example/app.js", False),
        ("https://api.b.example:8443/jobs", False),
        ("https://www.api.b.example/jobs", False),
        ("https://a.example/jobs", False),
    ],
)
def test_scripts_may_ask_the_hosts_that_the_row_names(url: str, lent: bool) -> None:
    site = Site("https://www.a.example/", script_hosts=("api.b.example", "cdn.b.example:8443"))
    assert site.lends(urlsplit(url)) is lent
    assert site.holds(urlsplit(url)) is (url == "https://a.example/jobs")


@pytest.mark.parametrize(
    ("url", "meta", "reason"),
    [
        ("http://127.0.0.1:9/app.js", {OF_PAGE: True}, "private_address"),
        ("http://127.0.0.1:9/robots.txt", {}, "private_address"),
        ("http://127.0.0.1:9/app.js", {}, "off_site"),
        ("http://127.0.0.2:9/app.js", {OF_PAGE: True}, "off_site"),
    ],
    ids=["of-a-page", "its-robots", "a-page-itself", "another-host"],
)
def test_a_host_of_scripts_at_a_private_address_is_refused(url: str, meta: dict[str, bool], reason: str) -> None:
    crawler = Crawler(Spider)
    crawler.spider = Spider("a")
    crawler.spider.site = Site("https://www.a.example/", script_hosts=("127.0.0.1:9",))  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refused:
        asyncio.run(AddressGuard(crawler).process_request(Request(url, meta=meta)))
    assert refused.value.kind == reason


def test_a_loopback_board_is_bound_to_its_port() -> None:
    site = Site("http://127.0.0.1:8800/board/", loopback=True)
    assert site.holds(urlsplit("http://127.0.0.1:8800/x"))
    assert not site.holds(urlsplit("http://127.0.0.1:80/x"))


def test_the_row_sets_pace_size_and_name() -> None:
    settings = board_settings(SOURCE, CrawlOptions(timeout=9))
    assert (settings["DOWNLOAD_DELAY"], settings["DOWNLOAD_MAXSIZE"], settings["DOWNLOAD_TIMEOUT"]) == (2.5, 4096, 9)
    assert settings["ROBOTSTXT_OBEY"] is True
    assert settings["AUTOTHROTTLE_ENABLED"] is True
    assert str(settings["USER_AGENT"]).startswith("Labourscope/")
    assert str(settings["USER_AGENT"]).endswith(" (+crawler@pes.example)")


def test_an_agreement_allows_what_robots_txt_forbids() -> None:
    agreed = SOURCE.model_copy(update={"robots_agreement": "contract of 2026-01-01"})
    assert board_settings(agreed, CrawlOptions())["ROBOTSTXT_OBEY"] is False


def test_a_contact_cannot_break_the_header() -> None:
    assert "\n" not in user_agent(SOURCE.model_copy(update={"contact": "a@b.example\r\nX-Evil: 1 é"}))


def test_only_loopback_rows_open_private_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    rows = [SOURCE, SOURCE.model_copy(update={"address": "http://127.0.0.1:8800/x", "loopback": True})]
    assert process_settings(rows)["LABOURSCOPE_PRIVATE_HOSTS"] == ["127.0.0.1"]


@pytest.mark.parametrize(("value", "low", "high"), [("7", 7, 7), (None, None, None), ("soon", None, None)])
def test_retry_after_in_seconds(value: str | None, low: float | None, high: float | None) -> None:
    headers = {"Retry-After": value} if value else {}
    assert retry_after(Response("https://a.example", headers=headers)) in (low, high)


def test_retry_after_as_a_date() -> None:
    at = datetime.fromtimestamp(time.time(), UTC) + timedelta(seconds=30)
    wait = retry_after(Response("https://a.example", headers={"Retry-After": format_datetime(at, usegmt=True)}))
    assert wait is not None
    assert 25 <= wait <= 31


def test_every_platform_has_a_parser_and_an_address() -> None:
    assert {"greenhouse", "jobtech", "jsonld", "microdata", "rss"} <= set(platforms())
    for name, spider in platforms().items():
        assert spider.reader(("SE",)) == (f"{name}/{spider.version}", spider.page_parser, ("SE",))
        assert spider.__doc__


def test_an_unknown_platform_says_which_there_are() -> None:
    with pytest.raises(UnknownPlatform, match=r"'myspace' is not known \(known: .*greenhouse.*platforms/myspace\.py"):
        spider_for("myspace")


def test_parameters_are_set_in_place() -> None:
    assert with_parameters("https://a.example/search?q=a+b&offset=0", {"offset": 100}) == "https://a.example/search?q=a+b&offset=100"
