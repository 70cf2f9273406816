"""Ids are the same wherever they are made."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.identity import canonical_url, content_hash, posting_id
from vacancies.posting import JobLocation


def test_a_posting_id_is_the_hash_of_board_and_native_id() -> None:
    expected = hashlib.sha256(b"board-a\x1f4711").hexdigest()[:32]
    assert posting_id("board-a", native_id="4711", url="https://a.example/", content_hash="f") == expected


def test_without_a_native_id_the_address_and_then_the_content_stand_in() -> None:
    by_address = posting_id("b", native_id=None, url="https://a.example/j/1?utm_medium=x", content_hash="f")
    assert by_address == posting_id("b", native_id=None, url="https://A.example/j/1#top", content_hash="g")
    assert posting_id("b", native_id=None, url=None, content_hash="f") != posting_id("b", native_id=None, url=None, content_hash="g")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Jobs.Example:443/a/?b=2&a=1#x", "https://jobs.example/a?a=1&b=2"),
        ("https://jobs.example", "https://jobs.example/"),
        ("https://jobs.example/a%20b", "https://jobs.example/a%20b"),
        ("https://jobs.example/ä", "https://jobs.example/%C3%A4"),
        ("https://jobs.example/j?utm_source=x&id=5", "https://jobs.example/j?id=5"),
        ("https://jobs.example/j?PHPSESSID=0a1b&fbclid=x&mtm_kwd=y&id=5", "https://jobs.example/j?id=5"),
        ("https://jobs.example/j?reference=5&pk=3", "https://jobs.example/j?pk=3&reference=5"),
        ("https://jobs.example:99999/x", "https://jobs.example:99999/x"),
        ("  not a url ", "not%20a%20url"),
    ],
)
def test_canonical_url(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize("name", ["ref", "referrer", "source", "src", "trk", "session", "sessionid", "sid"])
def test_a_parameter_that_may_be_the_job_s_id_tells_advertisements_apart(name: str) -> None:
    one, other = (posting_id("b", native_id=None, url=f"https://a.example/job?{name}={number}", content_hash="f") for number in (1, 2))
    assert one != other


@given(st.text(max_size=80))
def test_canonical_url_is_stable_for_anything(text: str) -> None:
    assert canonical_url(canonical_url(text)) == canonical_url(text)


def test_content_ignores_case_space_and_order_of_places_but_not_words() -> None:
    places = (JobLocation(locality="Bonn"), JobLocation(locality="Köln"))
    digest = content_hash("Koch", "Adler", places, "Wir  kochen.")
    assert digest == content_hash("KOCH ", "adler", places[::-1], "wir kochen.")
    assert digest != content_hash("Koch", "Adler", places[:1], "Wir kochen.")
    assert digest != content_hash("Koch", "Adler", places, "Wir backen.")
