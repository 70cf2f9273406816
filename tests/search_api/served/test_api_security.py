"""Who may use it, how much may be sent, what browsers are forbidden, and that it does not listen beyond this machine unguarded."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from search_api.engines.elasticsearch_engine import ElasticsearchEngine
from search_api.engines.tantivy_engine import TantivyEngine
from search_api.error import ExposureRefused
from search_api.reference import ReferenceOpener
from search_api.security import check_exposure, token_given
from search_api.settings import ApiSettings
from taxonomies.error import TaxonomyError

TOKEN = "a-token-of-sixteen-or-more"
OTHER = "another-token-of-enough-letters"


@pytest.fixture(scope="module")
def guarded(world: Any) -> TestClient:
    return TestClient(world.app(tokens=f"{TOKEN},{OTHER}"))


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"me:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (None, 401),
        ("Bearer wrong", 401),
        ("Bearer ", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        (f"Token {TOKEN}", 401),
        ("Basic nonsense", 401),
        (basic("wrong"), 401),
        (f"Bearer {TOKEN}", 200),
        (f"bearer {OTHER}", 200),
        (basic(OTHER), 200),
    ],
)
@pytest.mark.parametrize("path", ["/v1/vacancies", "/dashboard", "/openapi.json"])
def test_with_tokens_set_nothing_is_served_without_one(guarded: TestClient, authorization: str | None, status: int, path: str) -> None:
    answer = guarded.get(path, headers={} if authorization is None else {"authorization": authorization})
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/v1/health", "/static/style.css"])
def test_probes_and_styles_need_no_token(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/v1/health/../vacancies", "/static/../v1/vacancies", "//v1/health"])
def test_open_paths_lead_nowhere_else(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code in (401, 404)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic", "Basic !!", "Basic " + base64.b64encode(b"\xff\xfe").decode()])
def test_no_token_is_read_from_a_broken_header(header: str | None) -> None:
    assert token_given(header) is None


@pytest.mark.parametrize("tokens", ["short", f"{TOKEN},short"])
def test_short_tokens_are_refused(tokens: str) -> None:
    with pytest.raises(ValidationError, match="16 characters"):
        ApiSettings(tokens=tokens)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABOURSCOPE_API_TOKENS", f" {TOKEN}, {OTHER} ,")
    monkeypatch.setenv("LABOURSCOPE_API_BEHIND_LOGIN_PROXY", "false")
    settings = ApiSettings()
    assert [token.get_secret_value() for token in settings.tokens] == [TOKEN, OTHER]
    assert settings.behind_login_proxy is False
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_loopback_needs_no_login(host: str) -> None:
    check_exposure(host, ApiSettings())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.4", "labour.example", "", "localhost.example"])
def test_listening_beyond_this_machine_needs_a_login(host: str) -> None:
    with pytest.raises(ExposureRefused, match="LABOURSCOPE_API_TOKENS"):
        check_exposure(host, ApiSettings())
    check_exposure(host, ApiSettings(tokens=TOKEN))
    check_exposure(host, ApiSettings(behind_login_proxy=True))


@pytest.mark.parametrize("path", ["/v1/vacancies", "/v1/nothing", "/dashboard", "/static/style.css", "/v1/demand.csv", "/"])
def test_every_answer_forbids_scripts_and_frames_of_others(client: TestClient, path: str) -> None:
    headers = client.get(path, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_bodies_above_the_limit_are_refused_told_or_not(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        yield from [b" " * 65536] * 5

    for body in (b" " * (256 * 1024 + 1), parts()):
        answer = client.post("/v1/match", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        assert answer.json()["type"] == "urn:labourscope:problem:body-too-large"


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/rendering.py", "/static/..%2frendering.py", "/static//etc/passwd"])
def test_static_files_stay_in_their_folder(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_below_a_proxys_path_links_carry_it(world: Any) -> None:
    client = TestClient(world.app(), root_path="/labourscope")
    page = client.get("/dashboard").text
    assert 'href="/labourscope/static/style.css"' in page
    assert 'href="/labourscope/dashboard/vacancies"' in page
    following = client.get("/v1/vacancies?limit=1").json()
    assert following["hits"][0]["link"].startswith("/labourscope/v1/vacancies/")
    assert following["next"].startswith("/labourscope/v1/vacancies?")


@pytest.fixture
def broken_home(world: Any, tmp_path: Any) -> Any:
    """Nothing that can be read: no index, a lake of the future, a damaged release."""
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "format.json").write_text('{"format": 99}')
    (tmp_path / "releases" / "2026").mkdir(parents=True)
    (tmp_path / "releases" / "2026" / "release.json").write_text("{")
    return tmp_path


@pytest.mark.parametrize("path", ["/v1/datasets", "/dashboard/datasets"])
def test_a_fault_of_ours_carries_the_headers_too(world: Any, broken_home: Any, path: str) -> None:
    answer = TestClient(world.app(home=broken_home), raise_server_exceptions=False).get(path)
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_health_names_folders_and_addresses_only_to_those_with_a_token(world: Any, broken_home: Any) -> None:
    engine = TantivyEngine(broken_home / "index")
    client = TestClient(world.app(home=broken_home, engine=engine, tokens=TOKEN))
    answer = client.get("/v1/health")
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert str(broken_home) not in answer.text
    assert any("labourscope index" in note for note in answer.json()["notes"])
    assert str(broken_home) in client.get("/v1/health", headers={"authorization": f"Bearer {TOKEN}"}).text
    assert str(broken_home) not in client.get("/v1/health", headers={"authorization": "Bearer wrong"}).text


def test_what_cannot_be_opened_at_all_names_nothing_to_strangers(world: Any, broken_home: Any) -> None:
    def fail(name: str | None) -> Any:
        raise TaxonomyError(f"{broken_home} is damaged")

    client = TestClient(world.app(tokens=TOKEN, reference=ReferenceOpener(fail, lambda: world.regions)))
    answer = client.get("/v1/health")
    assert answer.status_code == 503
    assert str(broken_home) not in answer.text
    assert str(broken_home) in client.get("/v1/health", headers={"authorization": f"Bearer {TOKEN}"}).text


@pytest.mark.parametrize(
    "path", ["/v1/datasets", "/v1/concepts?q=python", "/v1/regions?q=Wien", "/v1/demand", "/v1/demand.csv", "/v1/sources"]
)
def test_what_needs_no_index_is_answered_while_the_engine_is_down(world: Any, path: str) -> None:
    engine = ElasticsearchEngine("http://elastic:s3cr3t@127.0.0.1:9")
    client = TestClient(world.app(engine=engine))
    answer = client.get(path)
    assert answer.status_code == 200
    if "meta" in answer.text and not path.endswith(".csv"):
        assert answer.json()["meta"]["index_state"] == "unavailable"
    engine.close()


@pytest.mark.parametrize("path", ["/v1/health", "/v1/vacancies", "/dashboard/vacancies", "/dashboard/sources"])
def test_the_engines_password_is_never_told(world: Any, path: str, caplog: pytest.LogCaptureFixture) -> None:
    engine = ElasticsearchEngine("http://elastic:s3cr3t@127.0.0.1:9")
    answer = TestClient(world.app(engine=engine)).get(path)
    assert "127.0.0.1:9" in answer.text
    assert "s3cr3t" not in answer.text + caplog.text
    engine.close()
