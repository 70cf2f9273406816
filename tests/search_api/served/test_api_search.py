"""Searching: conditions, facets, paging, labels, and never a silent zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

Get = Callable[..., dict[str, Any]]


def test_every_answer_names_what_it_rests_on(get: Get) -> None:
    meta = get("/v1/vacancies")["meta"]
    assert (meta["taxonomy"], meta["pipeline"], meta["nuts_version"]) == ("test:1", "test-1", "2021")
    assert meta["index_generation"]
    assert meta["indexed_vacancies"] == 160


def test_a_region_includes_everything_below_it(get: Get) -> None:
    germany = get("/v1/vacancies", region="DE")["total"]
    parts = [get("/v1/vacancies", region=code)["total"] for code in ("DE3", "DE212", "DED5")]
    assert germany == sum(parts) > 0


def test_gone_vacancies_are_found_only_when_asked_for(get: Get) -> None:
    assert get("/v1/vacancies")["total"] < get("/v1/vacancies", include_gone=True)["total"] == 160


@pytest.mark.parametrize("employer", ["Employer 7", " EMPLOYER 7 "])
def test_an_employer_is_found_by_the_whole_name_in_any_case(get: Get, client: TestClient, employer: str) -> None:
    page = get("/v1/vacancies", employer=employer, include_gone=True)
    assert [hit["employer"] for hit in page["hits"]] == ["Employer 7"]
    profile = {"skills": [{"uri": page["hits"][0]["duty"][0]["uri"]}], "filter": {"employer": employer, "include_gone": True}}
    matches = client.post("/v1/match", json=profile).json()
    assert [hit["vacancy"]["employer"] for hit in matches["hits"]] == ["Employer 7"]


def test_an_employer_nobody_knows_is_told_as_the_reason(get: Get) -> None:
    page = get("/v1/vacancies", employer="Employer")
    assert page["total"] == 0
    assert [reason["parameter"] for reason in page["zero_reason"]["filters"]] == ["employer"]


def test_hits_carry_labels_beside_codes(get: Get) -> None:
    hit = get("/v1/vacancies", text="developer", limit=1)["hits"][0]
    assert hit["isco"][-1] == {"code": "2512", "label": "Software developers"}
    assert hit["regions"][0]["label"] in ("Germany", "Austria", "Belgium")
    assert hit["boards"][0]["label"] in ("PES North", "Jobs South", "Careers West")
    assert hit["language"] == {"code": "en", "label": "English"}
    assert {term["label"] for term in hit["required"]} <= {"Python programming", "SQL"}


def test_facets_carry_labels_and_add_up(get: Get) -> None:
    page = get("/v1/vacancies", facet=["country", "month", "working_time"], limit=0)
    assert page["hits"] == []
    assert sum(bucket["count"] for bucket in page["facets"]["country"]) == page["total"]
    assert {bucket["label"] for bucket in page["facets"]["country"]} == {"Germany", "Austria", "Belgium"}
    assert "full time" in {bucket["label"] for bucket in page["facets"]["working_time"]}


def test_following_next_meets_every_vacancy_once(client: TestClient, get: Get) -> None:
    address, seen = "/v1/vacancies?limit=33&sort=newest&include_gone=true&region=DE&region=AT", []
    while address:
        answer = client.get(address)
        seen += [hit["id"] for hit in answer.json()["hits"]]
        address = answer.json()["next"]
        assert (address is None) == ("link" not in answer.headers)
    assert len(seen) == len(set(seen)) == get("/v1/vacancies", include_gone=True, region=["DE", "AT"])["total"]


def test_an_empty_answer_says_which_condition_empties_it(get: Get) -> None:
    page = get("/v1/vacancies", region="DE", language="fi")
    assert page["total"] == 0
    assert [f["parameter"] for f in page["zero_reason"]["filters"]] == ["language"]
    assert page["zero_reason"]["filters"][0]["without_it"] == get("/v1/vacancies", region="DE")["total"]


def test_an_empty_answer_says_when_only_several_conditions_empty_it(get: Get) -> None:
    reason = get("/v1/vacancies", language="fi", contract="temporary")["zero_reason"]
    assert reason["filters"] == []
    assert reason["without_all"] == 160
    assert "several together" in reason["text"]


WRONG = [  # parameter, value, words of the message, a near value that must be named
    ("region", "DE99", "'DE99' is not a region of NUTS 2021", "DE"),
    ("region", "Leipzig", "'Leipzig' is not a region", "DED51"),
    ("region", "Wien", "AT13 is the code of Wien", "AT13"),
    ("region", "GR", "'GR' is not a region", None),
    ("isco", "9999", "'9999' is not an ISCO-08 code", "9"),
    ("isco", "software developers", "2512 is the code of Software developers", "2512"),
    ("skill", "Pyton programming", "is not a skill of test:1", "urn:test:skill:python-programming"),
    ("skill_all", "urn:nothing", "is not a skill of test:1", None),
    ("occupation", "urn:nothing", "is not an occupation of test:1", None),
    ("board", "pes-nord", "there is no board 'pes-nord'", "pes-north"),
    ("board", "PES North", "pes-north is the code of PES North", "pes-north"),
    ("language", "German", "de is the code of German", "de"),
    ("language", "deu", "'deu' is not an ISO 639-1 language code", None),
    ("country", "Germany", "DE is the code of Germany", "DE"),
    ("country", "de", "is not an ISO 3166-1 country code", "DE"),
    ("contract", "permanant", "contract 'permanant' is not known", "permanent"),
    ("working_time", "full-time", "is not known", "full_time"),
    ("remote", "home", "is not known", "remote"),
    ("sort", "best", "is not known", "relevance"),
    ("facet", "skil", "is not known", "skill"),
    ("limit", "501", "less than or equal to 500", None),
    ("limit", "many", "valid integer", None),
    ("posted_from", "yesterday", "posted_from 'yesterday'", None),
    ("lang", "xx", "'xx' is not an ISO 639-1 language code", None),
    ("regoin", "DE", "there is no parameter 'regoin'", "region"),
    ("cursor", "rubbish", "", None),
    ("text", "x" * 501, "at most 500 characters", None),
]


@pytest.mark.parametrize(("parameter", "value", "words", "near"), WRONG, ids=[f"{p}={v[:20]}" for p, v, _, _ in WRONG])
def test_a_wrong_value_is_named_with_near_values(client: TestClient, parameter: str, value: str, words: str, near: str | None) -> None:
    answer = client.get("/v1/vacancies", params={parameter: value})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert problem["mend"]
    assert words in problem["detail"]
    if parameter == "cursor":
        return
    fault = problem["errors"][0]
    assert fault["parameter"] == parameter
    assert len(fault["near"]) <= 5
    assert near is None or near in [found["code"] for found in fault["near"]]


def test_all_wrong_values_are_named_at_once(client: TestClient) -> None:
    answer = client.get("/v1/vacancies", params={"region": ["DE", "XX1"], "board": "none", "skill": "zzz"})
    assert [fault["parameter"] for fault in answer.json()["errors"]] == ["skill", "region", "board"]


def test_a_period_that_ends_before_it_begins_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/vacancies", params={"posted_from": "2025-05-01", "posted_to": "2025-04-01"})
    assert answer.status_code == 422
    assert "lies before" in answer.json()["detail"]


def test_without_an_index_searching_is_a_problem_that_tells_the_mend(empty_client: TestClient) -> None:
    answer = empty_client.get("/v1/vacancies")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert "labourscope index" in answer.json()["mend"]
