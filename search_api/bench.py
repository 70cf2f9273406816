"""Measure an engine: documents indexed per second, size on disk, and how long a handful of typical queries take."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import median, quantiles
from typing import Final

from pydantic import BaseModel, ConfigDict

from search_api.document import VacancyDocument
from search_api.engines.protocol import SearchEngine
from search_api.query import FacetField, MatchQuery, Sort, VacancyFilter, VacancyQuery, WeightedSkill

REPEATS: Final = 40  # of each query, after a few that are not counted
_WARM_UP: Final = 5
_FACETS: Final = (FacetField.SKILL, FacetField.REGION, FacetField.MONTH)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QueryTiming(_Frozen):
    """How long one query takes, in milliseconds, over `REPEATS` calls one after the other, and how much it finds."""

    name: str
    p50_ms: float
    p95_ms: float
    total: int


class IndexBench(_Frozen):
    """What an engine did: `documents` indexed (copies of `distinct` ones under new ids), speed, size and query times."""

    engine: str
    documents: int
    distinct: int
    seconds: float
    documents_per_second: float
    size_bytes: int
    queries: tuple[QueryTiming, ...]


def bench_index(engine: SearchEngine, documents: Sequence[VacancyDocument], n: int) -> IndexBench:
    """Index `n` documents, made by repeating `documents` under new ids, and time queries on them.

    The engine's live index is replaced: give it a folder or index name of its own. Raises ValueError without documents.
    """
    if not documents or n < 1:
        raise ValueError(f"a measurement needs documents: {len(documents)} were given, {n} asked for")
    start = time.perf_counter()
    info = engine.build(repeated(documents, n), run_id="bench", taxonomy="bench", pipeline="bench", lake_version=0, force=True)
    seconds = time.perf_counter() - start
    return IndexBench(
        engine=engine.name,
        documents=info.documents,
        distinct=min(n, len(documents)),
        seconds=seconds,
        documents_per_second=info.documents / seconds,
        size_bytes=engine.size(),
        queries=tuple(_time(name, ask) for name, ask in typical_queries(engine, documents).items()),
    )


def repeated(documents: Sequence[VacancyDocument], n: int) -> Iterator[VacancyDocument]:
    """Give `n` documents: these over and over, each time under new ids."""
    for at in range(n):
        turn, place = divmod(at, len(documents))
        document = documents[place]
        yield document if turn == 0 else document.model_copy(update={"vacancy_id": f"{document.vacancy_id}-{turn}"})


def typical_queries(engine: SearchEngine, documents: Sequence[VacancyDocument]) -> dict[str, Callable[[], int]]:
    """The queries that are timed, by name, with words, country and skills that these documents have; each returns its total."""
    word = _commonest(word for document in documents for word in document.title.lower().split() if word.isalpha())
    country = _commonest(code for document in documents for code in document.countries)
    skills = Counter(uri for document in documents for uri in document.skills).most_common(12)
    everything = VacancyFilter(open_only=False)
    there = VacancyFilter(countries=(country,), open_only=False) if country else everything
    queries = {
        "text, country, 3 facets": VacancyQuery(text=word, filter=there, facets=_FACETS),
        "no filter, 3 facets over all": VacancyQuery(filter=everything, facets=_FACETS),
        "newest in a country": VacancyQuery(filter=there, sort=Sort.NEWEST),
        "one skill by month": VacancyQuery(
            filter=VacancyFilter(skills_any=tuple(uri for uri, _ in skills[:1]), open_only=False), facets=(FacetField.MONTH,), limit=0
        ),
    }
    asked: dict[str, Callable[[], int]] = {name: _search(engine, query) for name, query in queries.items()}
    if skills:
        profile = MatchQuery(skills=tuple(WeightedSkill(uri=uri) for uri, _ in skills), minimum_found=2, filter=everything)
        asked[f"profile of {len(skills)} skills"] = lambda: engine.match(profile).total
    return asked


def _search(engine: SearchEngine, query: VacancyQuery) -> Callable[[], int]:
    return lambda: engine.search(query).total


def _commonest(values: Iterator[str]) -> str | None:
    return next((value for value, _ in Counter(values).most_common(1)), None)


def _time(name: str, ask: Callable[[], int]) -> QueryTiming:
    total = 0
    for _ in range(_WARM_UP):
        total = ask()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return QueryTiming(name=name, p50_ms=median(times), p95_ms=quantiles(times, n=20)[-1], total=total)
