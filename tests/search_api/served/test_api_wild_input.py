"""Whatever is sent, the answer is an answer or a problem that names the value, never a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WILD = st.text(st.characters(codec="utf-8"), max_size=60)
PARAMETERS = ("text", "skill", "occupation", "isco", "region", "country", "board", "language", "posted_from", "limit", "cursor", "lang")
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(st.sampled_from(PARAMETERS), WILD)
def test_searching(client: TestClient, name: str, value: str) -> None:
    answer = client.get("/v1/vacancies", params={name: value})
    assert answer.status_code in (200, 422)
    if answer.status_code == 422 and name != "cursor":
        assert name in answer.text


@quick
@given(WILD)
def test_words(client: TestClient, value: str) -> None:
    for path in ("/v1/concepts", "/v1/regions"):
        assert client.get(path, params={"q": value}).status_code in (200, 422)
    assert client.get("/dashboard", params={"occupation": value, "region": value}).status_code in (200, 422)
    assert client.get("/dashboard/vacancies", params={"text": value, "skill": value}).status_code in (200, 422)


@quick
@given(
    st.recursive(
        st.none() | st.integers() | WILD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WILD, inner, max_size=3), max_leaves=8
    )
)
def test_profiles(client: TestClient, body: object) -> None:
    for sent in (body, {"skills": body}, {"skills": [body]}, {"skills": [{"label": "Python"}], "filter": body}):
        assert client.post("/v1/match", json=sent).status_code in (200, 422)


def test_a_fault_of_ours_is_a_problem_too(world: Any, tmp_path: Any) -> None:
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "format.json").write_text('{"format": 99}')
    (tmp_path / "releases" / "2026").mkdir(parents=True)
    (tmp_path / "releases" / "2026" / "release.json").write_text("{")
    client = TestClient(world.app(home=tmp_path), raise_server_exceptions=False)
    too_new = client.get("/v1/sources")
    assert (too_new.status_code, too_new.headers["content-type"]) == (503, "application/problem+json")
    assert "upgrade Labourscope" in too_new.json()["detail"]
    broken = client.get("/v1/datasets")
    assert (broken.status_code, broken.json()["type"]) == (500, "urn:labourscope:problem:fault")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    answer = client.request(method, "/v1/vacancies")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
