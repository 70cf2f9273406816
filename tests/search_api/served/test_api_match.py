"""Matching: labels and URIs, found and missing with status, scores that add up, nothing kept of a profile."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient


def match(client: TestClient, *skills: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = client.post("/v1/match", json={"skills": skills, **body})
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result


def test_labels_are_resolved_and_echoed(client: TestClient) -> None:
    result = match(client, {"label": "python", "language": "en"}, {"uri": "urn:test:skill:sql"})
    assert [(p["given"], p["concept"]["label"]) for p in result["profile"]] == [
        ("python", "Python programming"),
        ("urn:test:skill:sql", "SQL"),
    ]


def test_labels_of_other_languages_are_understood(client: TestClient) -> None:
    result = match(client, {"label": "Erste Hilfe leisten", "language": "de"})
    assert result["profile"][0]["concept"]["label"] == "give first aid"


def test_found_and_missing_stand_with_their_status(client: TestClient) -> None:
    hit = match(client, {"label": "Python"}, {"label": "SQL"})["hits"][0]
    assert {(s["concept"]["label"], s["status"]) for s in hit["skills"]["found"]} == {
        ("Python programming", "required"),
        ("SQL", "required"),
    }
    assert ("test software", "duty") in {(s["concept"]["label"], s["status"]) for s in hit["skills"]["missing"]}


def test_points_add_up_to_the_score(client: TestClient) -> None:
    result = match(client, {"label": "Python", "weight": 3}, {"label": "software testing"}, {"label": "SQL", "weight": 0.5}, limit=100)
    assert result["best_possible"] == 4.5
    scores = [hit["score"] for hit in result["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in result["hits"]:
        assert sum(skill["points"] for skill in hit["skills"]["found"]) == pytest.approx(hit["score"])


def test_filters_and_least_number_found(client: TestClient) -> None:
    result = match(client, {"label": "Python"}, {"label": "SQL"}, minimum_found=2, filter={"region": ["DE"]}, limit=100)
    assert result["total"] > 0
    for hit in result["hits"]:
        assert len(hit["skills"]["found"]) == 2
        assert "DE" in [region["code"] for region in hit["vacancy"]["regions"]]


def test_no_match_says_why(client: TestClient) -> None:
    result = match(client, {"label": "Python"}, filter={"region": ["AT"], "language": ["fi"]})
    assert result["total"] == 0
    assert [f["parameter"] for f in result["zero_reason"]["filters"]] == ["language"]


def test_a_skill_nobody_asks_for_says_so(client: TestClient) -> None:
    result = match(client, {"label": "ABAP"})
    assert "No vacancy, open or gone" in result["zero_reason"]["text"]


BAD = [
    ({"skills": []}, "skills", "at least 1"),
    ({"skills": [{"label": "Python"}] * 201}, "skills", "at most 200"),
    ({"skills": [{}]}, "skills.0", "give either uri or label"),
    ({"skills": [{"uri": "urn:x", "label": "x"}]}, "skills.0", "give either uri or label"),
    ({"skills": [{"uri": "urn:x"}]}, "skills.0.uri", "'urn:x' is no skill of test:1"),
    ({"skills": [{"label": "pyton programing"}]}, "skills.0.label", "is no skill of test:1"),
    ({"skills": [{"label": "Python", "weight": 0}]}, "skills.0.weight", "greater than 0"),
    ({"skills": [{"label": "Python", "weight": 11}]}, "skills.0.weight", "less than or equal to 10"),
    ({"skills": [{"label": "Python", "level": 3}]}, "skills.0.level", "there is no parameter"),
    ({"skills": [{"label": "Python"}], "filter": {"region": ["Berlin"]}}, "region", "is not a region"),
    ({"skills": [{"label": "Python"}], "filter": {"regions": ["DE3"]}}, "filter.regions", "there is no parameter"),
    ({"skills": [{"label": "Python"}], "limit": 501}, "limit", "less than or equal to 500"),
    ({"profile": []}, "skills", "missing"),
]


@pytest.mark.parametrize(("body", "parameter", "words"), BAD, ids=[f"{p}: {w}" for _, p, w in BAD])
def test_a_wrong_profile_is_named(client: TestClient, body: dict[str, Any], parameter: str, words: str) -> None:
    answer = client.post("/v1/match", json=body)
    assert answer.status_code == 422
    fault = answer.json()["errors"][0]
    assert fault["parameter"] == parameter
    assert words in fault["message"]


def test_a_misspelt_skill_has_near_ones(client: TestClient) -> None:
    fault = client.post("/v1/match", json={"skills": [{"label": "pyton programing"}]}).json()["errors"][0]
    assert "Python programming" in [near["label"] for near in fault["near"]]


@pytest.mark.parametrize("body", [b"{", b"[]", b"7", b""])
def test_a_body_that_is_no_profile_is_a_problem(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/match", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_profile_is_neither_logged_nor_cached(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/v1/match", json={"skills": [{"label": "Secret ability of mine"}]})
        good = client.post("/v1/match", json={"skills": [{"label": "Python"}]})
    assert answer.status_code == 422
    assert "Secret ability" not in caplog.text
    assert good.headers["cache-control"] == "no-store"
