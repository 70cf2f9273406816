"""The Scrapy settings of boards that need a browser, and the marks of requests that it renders."""

from __future__ import annotations

import os
from typing import Final

from crawlers.browser.availability import program
from crawlers.job import CrawlOptions
from crawlers.politeness.settings import user_agent
from vacancies.source import Source

RENDER: Final = "labourscope_render"
"""Meta key of requests that the browser renders: seconds that it may take."""
WAIT_FOR: Final = "labourscope_wait_for"
"""Meta key: CSS selector of what the page is waited for."""
SLOT: Final = "labourscope-browser"
"""Download slot of pages, apart from their host's: the page's own requests wait in that one."""
_PATIENCE: Final = 3  # a page makes many requests, one after the other
_OWN_NETWORK: Final = (  # none: every answer comes from `crawlers.browser.visit`
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


def browser_settings(source: Source, options: CrawlOptions) -> dict[str, object]:
    """Make the settings that a board's crawler needs beside the usual ones."""
    return {
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawlers.browser.handler.BrowserHandler"),
        "DOWNLOAD_SLOTS": {SLOT: {"concurrency": min(source.concurrency, 2), "delay": 0}},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "headless": True,
            "executable_path": program(),
            "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses its sandbox to root
            "args": list(_OWN_NETWORK),
            "proxy": {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"},
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _PATIENCE * options.timeout * 1000,
    }


def render_meta(source: Source, options: CrawlOptions, *, wait_for: str) -> dict[str, object]:
    """Make the meta of a request that the browser renders."""
    return {
        RENDER: _PATIENCE * options.timeout,
        WAIT_FOR: wait_for,
        "download_slot": SLOT,
        "autothrottle_dont_adjust_delay": True,
        "dont_retry": True,  # the page's own request is tried again as usual
        "playwright_context_kwargs": {
            "service_workers": "block",
            "accept_downloads": False,
            "user_agent": user_agent(source),
        },
    }
