"""The dashboard in a real browser: no WCAG A or AA violation, no sideways scrolling, usable by keyboard, type-ahead, print."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

CHROMIUM = os.environ.get("LABOURSCOPE_TEST_CHROMIUM")
SCREENSHOTS = os.environ.get("LABOURSCOPE_TEST_SCREENSHOTS")  # a folder to keep them in
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = {
    "demand": "/dashboard",
    "region": "/dashboard?region=DE&occupation=2512",
    "few": "/dashboard?region=DE212&month_from=2025-01&month_to=2025-02",
    "empty": "/dashboard?occupation=9",
    "fault": "/dashboard?occupation=softwar+developr",
    "search": "/dashboard/vacancies?text=developer&include_gone=true",
    "nothing": "/dashboard/vacancies?text=zzzz",
    "sources": "/dashboard/sources",
    "health": "/dashboard/health",
    "board-health": "/dashboard/health/pes-north",
    "datasets": "/dashboard/datasets",
    "api": "/dashboard/api",
    "unknown": "/dashboard/nothing",
}
SIZES = {"desktop": 1280, "phone": 390}
CASES = [("desktop", name) for name in PAGES] + [
    ("phone", name) for name in ("demand", "search", "datasets", "fault", "health", "board-health")
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: set LABOURSCOPE_TEST_CHROMIUM to its path"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of uvicorn's and playwright's own dependencies
]


@pytest.fixture(scope="module")
def address(world: Any) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(world.app(), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    contexts: list[Any] = []

    def make(path: str, *, width: int = 1280, **options: object) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, base_url=address, **options))
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()


def check(page: Any, name: str, folder: Path) -> None:
    """Take a picture and ask axe."""
    from axe_playwright_python.sync_playwright import Axe

    picture = (Path(SCREENSHOTS) if SCREENSHOTS else folder) / f"{name}.png"
    page.screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 5_000
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}}).response["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("size", "name"), CASES)
def test_pages_have_no_wcag_violation_and_fit_the_screen(open_page: Any, tmp_path: Path, name: str, size: str) -> None:
    check(open_page(PAGES[name], width=SIZES[size]), f"{size}-{name}", tmp_path)


@pytest.mark.parametrize("size", SIZES)
def test_a_vacancy_and_open_details_too(open_page: Any, tmp_path: Path, size: str) -> None:
    page = open_page(PAGES["search"], width=SIZES[size])
    page.click("ol.hits h3 a")
    check(page, f"{size}-vacancy", tmp_path)
    page = open_page(PAGES["api"], width=SIZES[size])
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    check(page, f"{size}-api-open", tmp_path)


def test_the_keyboard_reaches_content_form_and_answer(open_page: Any) -> None:
    page = open_page("/dashboard")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.focus("#occupation")
    page.keyboard.type("nurse")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard?**occupation=nurse**")
    assert "nurse" in page.inner_text("p.scope")


def test_typing_offers_occupations(open_page: Any) -> None:
    page = open_page("/dashboard")
    page.type("#occupation", "datab")
    page.wait_for_selector("#occupation-choices option[value='database administrator']", state="attached")


def test_nothing_is_blocked_or_fails(browser: Any, address: str) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: complaints.append(request.url))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("demand", "search", "sources", "health", "datasets", "api"):
        page.goto(address + PAGES[name], wait_until="networkidle")  # a page left early breaks off its requests
    page.close()
    assert complaints == []
    assert all(url.startswith(address) for url in asked)


def test_everything_works_without_javascript(open_page: Any) -> None:
    page = open_page("/dashboard", java_script_enabled=False)
    page.select_option("#region", "DE")
    page.fill("#occupation", "Software developer")
    page.click("button")
    assert "Germany" in page.inner_text("p.scope")
    assert page.locator("table.skills tbody tr").count() > 2
    with page.expect_download() as download:
        page.click("text=Download this table")
    assert download.value.suggested_filename.startswith("demand_DE_")


def test_print_leaves_out_what_only_screens_need(open_page: Any, tmp_path: Path) -> None:
    page = open_page("/dashboard?region=DE")
    page.emulate_media(media="print")
    assert not page.is_visible("nav")
    assert not page.is_visible("form")
    assert page.is_visible("table.skills")
    assert page.is_visible("p.scope")
    printed = (Path(SCREENSHOTS) if SCREENSHOTS else tmp_path) / "demand.pdf"
    page.pdf(path=printed)
    assert printed.read_bytes().startswith(b"%PDF")
