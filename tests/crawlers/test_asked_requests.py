"""Requests that were asked already are left out: as Scrapy tells them apart, and never a new one."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.utils.request import RequestFingerprinter

from crawlers.politeness.asked_requests import AskedRequests

ADDRESS = "https://board.example/jobs?a=1&b=2"


@pytest.fixture
def asked() -> AskedRequests:
    return AskedRequests(RequestFingerprinter())


@pytest.mark.parametrize(
    ("second", "is_seen"),
    [
        pytest.param(Request(ADDRESS), True, id="the same"),
        pytest.param(Request("https://board.example/jobs?b=2&a=1"), True, id="parameters in another order"),
        pytest.param(Request(f"{ADDRESS}#details"), True, id="a fragment"),
        pytest.param(Request("https://board.example/jobs?a=1&b=3"), False, id="another value"),
        pytest.param(Request(ADDRESS, method="POST", body=b"{}"), False, id="a question by POST"),
    ],
)
def test_requests_are_told_apart(asked: AskedRequests, second: Request, *, is_seen: bool) -> None:
    assert not asked.request_seen(Request(ADDRESS))
    assert asked.request_seen(second) is is_seen


def test_thousands_of_pages_are_all_new_once(asked: AskedRequests) -> None:
    pages = [Request(f"https://board.example/jobs/{number}") for number in range(20_000)]
    assert not any(map(asked.request_seen, pages))
    assert all(map(asked.request_seen, pages))
