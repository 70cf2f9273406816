"""After forgetting nothing but the live generation may be left, on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search_api.document import VacancyDocument
from search_api.engines.protocol import SearchEngine
from search_api.error import CursorInvalid, IndexMissing
from search_api.index_walk import every_document
from search_api.query import Sort, VacancyFilter, VacancyQuery

BUILD = {"run_id": "run-1", "taxonomy": "starter:1", "pipeline": "1", "lake_version": 7}


def test_every_document_is_walked_through(engine: SearchEngine, documents: list[VacancyDocument]) -> None:
    walked = sorted(every_document(engine), key=lambda document: document.vacancy_id)
    assert walked == sorted(documents, key=lambda document: document.vacancy_id)


def test_only_the_live_generation_is_left(make_engine: Callable[[], SearchEngine], documents: list[VacancyDocument]) -> None:
    engine = make_engine()
    engine.build(documents[:600], **BUILD)
    query = VacancyQuery(filter=VacancyFilter(open_only=False), sort=Sort.NEWEST, limit=5)
    cursor = engine.search(query).next_cursor
    info = engine.build(documents[:599], **BUILD)
    assert engine.drop_former() == 1
    assert engine.drop_former() == 0
    assert engine.info() == info
    assert len(list(every_document(engine))) == 599
    with pytest.raises(CursorInvalid):
        engine.search(query.model_copy(update={"cursor": cursor}))


def test_there_is_nothing_to_drop_before_the_first_build(make_engine: Callable[[], SearchEngine]) -> None:
    engine = make_engine()
    assert engine.drop_former() == 0
    with pytest.raises(IndexMissing):
        list(every_document(engine))
