from __future__ import annotations

import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from elasticsearch import Elasticsearch

from search_api.document import VacancyDocument
from search_api.engines.elasticsearch_build import create_index, discard_index
from search_api.engines.elasticsearch_engine import ElasticsearchEngine
from search_api.error import IndexBuildFailed, IndexUnavailable
from search_api.query import VacancyFilter, VacancyQuery

BUILD = {"run_id": "run-1", "taxonomy": "starter:1", "pipeline": "1", "lake_version": 7}
EVERYTHING = VacancyQuery(filter=VacancyFilter(open_only=False), limit=1)


@pytest.fixture
def client(elasticsearch_address: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_address) as made:
        yield made


@pytest.fixture
def alias(client: Elasticsearch) -> Iterator[str]:
    name = f"test-{uuid.uuid4().hex[:8]}"
    yield name
    for index in client.indices.get(index=f"{name}*"):
        client.indices.delete(index=index)


@pytest.fixture
def engine(elasticsearch_address: str, alias: str) -> Iterator[ElasticsearchEngine]:
    made = ElasticsearchEngine(elasticsearch_address, index=alias)
    yield made
    made.close()


@pytest.mark.elasticsearch
def test_the_alias_moves_and_only_the_previous_index_is_kept(
    engine: ElasticsearchEngine, client: Elasticsearch, alias: str, documents: list[VacancyDocument]
) -> None:
    built = [engine.build(documents[:20], **BUILD).generation for _ in range(3)]
    assert sorted(client.indices.get(index=f"{alias}-*")) == [f"{alias}-{generation}" for generation in built[-2:]]
    assert list(client.indices.get_alias(name=alias)) == [f"{alias}-{built[-1]}"]
    assert [list(described["aliases"]) for described in client.indices.get(index=f"{alias}-*").values()] == [[], [alias]]


@pytest.mark.elasticsearch
def test_an_index_whose_creation_is_asked_for_again_is_the_same(client: Elasticsearch, alias: str) -> None:
    index = f"{alias}-20261122t100626994634-3c1d69"
    create_index(client, index)
    created = client.indices.get(index=index)[index]["settings"]["index"]["uuid"]
    create_index(client, index)
    assert client.indices.get(index=index)[index]["settings"]["index"]["uuid"] == created


@pytest.mark.elasticsearch
def test_a_live_index_is_sealed_and_may_have_replicas(
    engine: ElasticsearchEngine, client: Elasticsearch, alias: str, documents: list[VacancyDocument]
) -> None:
    engine.build(documents[:20], **BUILD)
    settings = next(iter(client.indices.get_settings(index=alias).values()))["settings"]["index"]
    assert (settings["blocks"]["write"], settings["auto_expand_replicas"], settings["number_of_shards"]) == ("true", "0-1", "1")


@pytest.mark.elasticsearch
def test_indices_of_others_are_left_alone(
    engine: ElasticsearchEngine, client: Elasticsearch, alias: str, documents: list[VacancyDocument]
) -> None:
    for name in (f"{alias}-2-of-somebody-else", f"{alias}-20260101t000000000000-abcdef"):
        client.indices.create(index=name, aliases={f"{name}-build": {}})  # a build of another process, just begun
    for _ in range(3):
        engine.build(documents[:20], **BUILD)
    assert client.indices.exists(index=f"{alias}-2-of-somebody-else")
    assert client.indices.exists(index=f"{alias}-20260101t000000000000-abcdef")


@pytest.mark.elasticsearch
def test_a_build_whose_index_is_removed_fails(
    engine: ElasticsearchEngine, client: Elasticsearch, alias: str, documents: list[VacancyDocument]
) -> None:
    def removing() -> Iterator[VacancyDocument]:
        for index in client.indices.get(index=f"{alias}-*"):
            client.indices.delete(index=index)
        yield from documents[:20]

    with pytest.raises(IndexBuildFailed):
        engine.build(removing(), **BUILD)
    assert not client.indices.get(index=f"{alias}-*")


@pytest.mark.elasticsearch
def test_an_index_of_somebody_else_behind_the_alias_is_not_touched(
    engine: ElasticsearchEngine, client: Elasticsearch, alias: str, documents: list[VacancyDocument]
) -> None:
    client.indices.create(index=alias)
    with pytest.raises(IndexUnavailable, match="another index name"):
        engine.info()


@pytest.mark.elasticsearch
def test_a_long_walk_through_all_hits_stays_even(engine: ElasticsearchEngine, make_document: Callable[..., VacancyDocument]) -> None:
    engine.build((make_document(f"v{at:06d}") for at in range(12_000)), **BUILD)  # more than Elasticsearch's window of 10,000
    query = VacancyQuery(limit=500)
    walked: list[str] = []
    while True:
        answer = engine.search(query)
        walked += [hit.document.vacancy_id for hit in answer.hits]
        if answer.next_cursor is None:
            break
        query = query.model_copy(update={"cursor": answer.next_cursor})
    assert walked == [f"v{at:06d}" for at in range(12_000)]


def unused_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def test_a_server_that_is_down_is_an_error_that_says_so(documents: list[VacancyDocument]) -> None:
    engine = ElasticsearchEngine(f"http://127.0.0.1:{unused_port()}")
    calls: list[Callable[[], object]] = [engine.info, lambda: engine.search(EVERYTHING), lambda: engine.build(documents[:1], **BUILD)]
    for call in calls:
        with pytest.raises(IndexUnavailable, match="is it running"):
            call()
    engine.close()


class _Answers(BaseHTTPRequestHandler):
    status = 200
    headers_seen: list[str | None] = []  # noqa: RUF012

    def do_HEAD(self) -> None:
        self.headers_seen.append(self.headers.get("Authorization"))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def other_server() -> Iterator[str]:
    """An HTTP server that is no Elasticsearch, as a proxy in front of one would answer."""
    _Answers.headers_seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "says"), [(401, "credentials"), (403, "credentials"), (503, "try again"), (200, "not answer as Elasticsearch")]
)
def test_other_answers_say_what_to_mend(other_server: str, monkeypatch: pytest.MonkeyPatch, status: int, says: str) -> None:
    monkeypatch.setattr(_Answers, "status", status)
    engine = ElasticsearchEngine(other_server)
    with pytest.raises(IndexUnavailable, match=says):
        engine.search(EVERYTHING)
    engine.close()


@pytest.mark.parametrize(
    ("credentials", "header"),
    [({"basic_auth": ("reader", "secret")}, "Basic cmVhZGVyOnNlY3JldA=="), ({"api_key": "a2V5"}, "ApiKey a2V5"), ({}, None)],
)
def test_credentials_are_sent(other_server: str, credentials: dict[str, object], header: str | None) -> None:
    engine = ElasticsearchEngine(other_server, **credentials)
    with pytest.raises(IndexUnavailable):
        engine.search(EVERYTHING)
    assert _Answers.headers_seen[0] == header
    engine.close()


def test_whether_there_is_an_index_is_asked_once_of_a_server_that_hangs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        engine = ElasticsearchEngine(f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=0.5)
        with pytest.raises(IndexUnavailable, match="cannot be reached"):
            engine.info()
        engine.close()
        listening.settimeout(0.1)
        listening.accept()[0].close()
        with pytest.raises(TimeoutError):
            listening.accept()


def test_credentials_in_the_url_are_sent_and_not_told(other_server: str) -> None:
    engine = ElasticsearchEngine(other_server.replace("//", "//reader:se%3Acret@"))
    with pytest.raises(IndexUnavailable, match=other_server) as raised:
        engine.search(EVERYTHING)
    assert "cret" not in str(raised.value)
    assert _Answers.headers_seen[0] == "Basic cmVhZGVyOnNlOmNyZXQ="
    engine.close()


@pytest.mark.elasticsearch
def test_a_build_whose_last_answer_is_lost_leaves_the_live_index(
    engine: ElasticsearchEngine, client: Elasticsearch, alias: str, documents: list[VacancyDocument]
) -> None:
    live = engine.build(documents[:20], **BUILD)
    discard_index(client, alias, f"{alias}-{live.generation}")
    assert engine.info() == live
