"""One vacancy: postings and copies, evidence with masked snippets, and what is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

Get = Callable[..., dict[str, Any]]
EMAIL = "anna.muster@werk.example"


@pytest.fixture(scope="module")
def copied(get: Get) -> dict[str, Any]:
    """A vacancy that was found on two boards."""
    hits = get("/v1/vacancies", text="Software developer", limit=100, include_gone=True)["hits"]
    link = next(hit["link"] for hit in hits if hit["postings"] == 2)
    return get(link)


def test_copies_stand_with_the_reason_that_binds_them(copied: dict[str, Any]) -> None:
    first, second = copied["postings"]
    assert first["representative"]
    assert first["board"]["code"] != second["board"]["code"]
    assert [link["reason"] for link in copied["links"]] == ["same_content"]
    assert {copied["links"][0]["posting_id"], copied["links"][0]["other_id"]} == {first["id"], second["id"]}
    assert copied["links"][0]["words"] == "same employer, title, place and text"


def test_each_posting_tells_its_life(copied: dict[str, Any]) -> None:
    posting = copied["postings"][0]
    assert posting["first_seen"].startswith("2026-02-20")
    assert posting["gone_at"] is None
    assert posting["revisions"] == 1
    assert posting["parser"] == "feed/1"


def test_each_skill_shows_the_words_it_was_read_from(copied: dict[str, Any]) -> None:
    skills = copied["postings"][0]["skills"]
    assert {skill["status"] for skill in skills} >= {"duty", "negated"}
    for skill in skills:
        snippet = skill["snippet"]
        words = snippet["text"][snippet["start"] : snippet["end"]]
        assert words == copied["postings"][0]["text"][skill["start"] : skill["end"]]
        assert words in ("Python", "SQL", "Docker", "software testing", "Java")
    java = next(skill for skill in skills if skill["status"] == "negated")
    assert (java["cue"], java["zone"]) == ("no", "requirements")


def test_contact_data_is_in_no_answer(client: TestClient, copied: dict[str, Any]) -> None:
    listed = client.get("/v1/vacancies", params={"limit": 500, "include_gone": True}).text
    page = client.get(f"/dashboard/vacancies/{copied['vacancy']['id']}").text
    for text in (listed, json.dumps(copied), page):
        assert EMAIL not in text
        assert "@werk" not in text
    assert "█" in page


@pytest.mark.parametrize(("vacancy_id", "status"), [("0" * 32, 404), ("x", 422), ("../secret", 404), ("A" * 32, 422)])
def test_unknown_ids_are_problems(client: TestClient, vacancy_id: str, status: int) -> None:
    answer = client.get(f"/v1/vacancies/{vacancy_id}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
