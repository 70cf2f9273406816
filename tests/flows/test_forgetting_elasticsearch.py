"""Forgetting with Elasticsearch as the engine: the live index is built anew, former ones and the embedded index go."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from flows.steps.forget import forget
from search_api.engines.elasticsearch_engine import ElasticsearchEngine
from search_api.index_walk import every_document
from vacancies.forgetting.target import Forgetting, target_of_posting, traces_of

from .conftest import NOW, World, make_posting

pytestmark = pytest.mark.elasticsearch
ADDRESS = "LABOURSCOPE_TEST_ELASTICSEARCH"


@pytest.fixture
def engine() -> Iterator[ElasticsearchEngine]:
    address = os.environ.get(ADDRESS)
    if not address:
        pytest.skip(f"no Elasticsearch: {ADDRESS} is not set (make test-all starts one, or python tests/services/elasticsearch.py)")
    name = f"test-{uuid.uuid4().hex[:8]}"
    engine = ElasticsearchEngine(address, index=name)
    yield engine
    engine.close()
    with Elasticsearch(address) as client:
        for index in client.indices.get(index=f"{name}-*"):
            client.indices.delete(index=index)


def test_only_an_index_without_the_posting_is_left(engine: ElasticsearchEngine, merged: World) -> None:
    merged.go("index")  # an embedded one, from before Elasticsearch was taken
    context = merged.context(engine=lambda: engine, force=True)
    for run in ("first", "second"):
        merged.go("index", run_id=run, engine=lambda: engine, force=True)
    lake, posting = merged.lake, make_posting(5)
    target = target_of_posting(lake, posting.posting_id, at=NOW)
    done = forget(context, lake, Forgetting(target=target, traces=traces_of(lake, target)))
    assert (done.hits, done.result.counts["index documents"]) == (0, 1)
    assert posting.posting_id not in {posting_id for document in every_document(engine) for posting_id in document.posting_ids}
    assert engine.drop_former() == 0
    assert not merged.home.index.exists()
