"""What every engine must do; a plain walk over the documents says what is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest

from search_api.document import NOT_STATED, VacancyDocument
from search_api.engines.cursor import Cursor, decode_cursor, encode_cursor
from search_api.engines.protocol import SearchEngine
from search_api.error import CursorInvalid, IndexBuildFailed, IndexMissing, IndexRefused
from search_api.query import FacetField, MatchQuery, SearchResult, Sort, VacancyFilter, VacancyQuery, WeightedSkill

BUILD = {"run_id": "run-1", "taxonomy": "starter:1", "pipeline": "1", "lake_version": 7}

FILTERS = {
    "none": VacancyFilter(),
    "closed ones too": VacancyFilter(open_only=False),
    "region and below": VacancyFilter(regions=("DE",)),
    "one of two regions": VacancyFilter(regions=("DE30", "FR101")),
    "region not stated": VacancyFilter(regions=(NOT_STATED,)),
    "isco and below": VacancyFilter(isco=("2",)),
    "any skill": VacancyFilter(skills_any=("esco:skill/1", "esco:skill/2")),
    "all skills": VacancyFilter(skills_all=("esco:skill/1", "esco:skill/2")),
    "any and all skills": VacancyFilter(skills_any=("esco:skill/3", "esco:skill/4"), skills_all=("esco:skill/5",)),
    "occupation": VacancyFilter(occupations=("esco:occupation/3",)),
    "country": VacancyFilter(countries=("FR", "AT")),
    "board": VacancyFilter(boards=("two",)),
    "language": VacancyFilter(languages=("pl", NOT_STATED)),
    "contract": VacancyFilter(contracts=("temporary",), working_times=("part_time", NOT_STATED)),
    "remote": VacancyFilter(remote=("remote", "hybrid")),
    "employer in another case": VacancyFilter(employer="KLINIK STRASSE"),
    "employer's part is not it": VacancyFilter(employer="Klinik"),
    "from": VacancyFilter(posted_from=date(2026, 1, 31)),
    "to, inclusive": VacancyFilter(posted_to=date(2025, 12, 20)),
    "one day": VacancyFilter(posted_from=date(2026, 1, 5), posted_to=date(2026, 1, 5)),
    "whole texts or guessed": VacancyFilter(text_qualities=("full", "guessed")),
    "nothing there": VacancyFilter(skills_all=("esco:skill/none",)),
    "many at once": VacancyFilter(regions=("DE",), isco=("25", "22"), languages=("en", "de", "fr"), posted_from=date(2026, 1, 1)),
}


def facet_values(document: VacancyDocument, facet: FacetField) -> tuple[str, ...]:
    values: dict[FacetField, tuple[str, ...]] = {
        FacetField.BOARD: document.boards,
        FacetField.COUNTRY: document.countries,
        FacetField.REGION: document.regions,
        FacetField.ISCO: document.isco,
        FacetField.OCCUPATION: document.occupations,
        FacetField.SKILL: document.skills,
        FacetField.CONTRACT: (document.contract,),
        FacetField.WORKING_TIME: ("full_time", "part_time") if document.working_time == "full_or_part_time" else (document.working_time,),
        FacetField.REMOTE: (document.remote,),
        FacetField.LANGUAGE: (document.language,),
        FacetField.TEXT_QUALITY: (document.text_quality,),
        FacetField.MONTH: (document.posted.strftime("%Y-%m"),),
    }
    return values[facet] or (NOT_STATED,)


def fits(document: VacancyDocument, wanted: VacancyFilter) -> bool:
    def one_of(facet: FacetField, values: tuple[str, ...]) -> bool:
        return not values or bool(set(values) & set(facet_values(document, facet)))

    return (
        one_of(FacetField.SKILL, wanted.skills_any)
        and set(wanted.skills_all) <= set(document.skills)
        and one_of(FacetField.OCCUPATION, wanted.occupations)
        and one_of(FacetField.ISCO, wanted.isco)
        and one_of(FacetField.REGION, wanted.regions)
        and one_of(FacetField.COUNTRY, wanted.countries)
        and one_of(FacetField.BOARD, wanted.boards)
        and one_of(FacetField.LANGUAGE, wanted.languages)
        and one_of(FacetField.CONTRACT, wanted.contracts)
        and one_of(FacetField.WORKING_TIME, wanted.working_times)
        and one_of(FacetField.REMOTE, wanted.remote)
        and one_of(FacetField.TEXT_QUALITY, wanted.text_qualities)
        and (wanted.employer is None or wanted.employer.casefold() == (document.employer or "").casefold())
        and (wanted.posted_from is None or document.posted >= wanted.posted_from)
        and (wanted.posted_to is None or document.posted <= wanted.posted_to)
        and (document.open or not wanted.open_only)
    )


def in_order(documents: list[VacancyDocument], sort: Sort) -> list[str]:
    ordered = sorted(documents, key=lambda document: document.vacancy_id)
    if sort is not Sort.RELEVANCE:
        ordered.sort(key=lambda document: document.posted, reverse=sort is Sort.NEWEST)
    return [document.vacancy_id for document in ordered]


def ids(result: SearchResult) -> list[str]:
    return [hit.document.vacancy_id for hit in result.hits]


def pages(engine: SearchEngine, query: VacancyQuery) -> Iterator[SearchResult]:
    while True:
        result = engine.search(query)
        yield result
        if result.next_cursor is None:
            return
        query = query.model_copy(update={"cursor": result.next_cursor})


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("sort", Sort)
def test_filters_give_the_same_ids_in_the_same_order(engine: SearchEngine, documents: list[VacancyDocument], name: str, sort: Sort) -> None:
    right = in_order([document for document in documents if fits(document, FILTERS[name])], sort)
    result = engine.search(VacancyQuery(filter=FILTERS[name], sort=sort, limit=50))
    assert (result.total, ids(result)) == (len(right), right[:50])


@pytest.mark.parametrize("name", FILTERS)
def test_facets_count_every_value_of_what_is_found(engine: SearchEngine, documents: list[VacancyDocument], name: str) -> None:
    found = [document for document in documents if fits(document, FILTERS[name])]
    result = engine.search(VacancyQuery(filter=FILTERS[name], facets=tuple(FacetField), facet_size=1000, limit=0))
    for facet in FacetField:
        counts = Counter(value for document in found for value in facet_values(document, facet))
        right = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        assert [(bucket.value, bucket.count) for bucket in result.facets[facet]] == right, facet


@pytest.mark.parametrize("size", [1, 3, 7, 20])
def test_a_facet_is_cut_after_ordering_by_count_then_value(engine: SearchEngine, documents: list[VacancyDocument], size: int) -> None:
    counts = Counter(value for document in documents for value in facet_values(document, FacetField.SKILL))
    right = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:size]
    query = VacancyQuery(filter=VacancyFilter(open_only=False), facets=(FacetField.SKILL,), facet_size=size, limit=0)
    assert [(bucket.value, bucket.count) for bucket in engine.search(query).facets[FacetField.SKILL]] == right


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", [None, "nurse", "krankenpfleger"])
@pytest.mark.parametrize("limit", [17, 500])
def test_all_pages_together_hold_every_hit_once(engine: SearchEngine, sort: Sort, text: str | None, limit: int) -> None:
    answers = list(pages(engine, VacancyQuery(text=text, sort=sort, limit=limit)))
    walked = [vacancy_id for answer in answers for vacancy_id in ids(answer)]
    assert len(walked) == len(set(walked)) == answers[0].total
    assert {answer.total for answer in answers} == {answers[0].total}
    assert [len(answer.hits) for answer in answers[:-1]] == [limit] * (len(answers) - 1)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.RELEVANCE])
def test_pages_follow_the_order_of_the_whole(engine: SearchEngine, documents: list[VacancyDocument], sort: Sort) -> None:
    walked = [vacancy_id for answer in pages(engine, VacancyQuery(sort=sort, limit=101)) for vacancy_id in ids(answer)]
    assert walked == in_order([document for document in documents if document.open], sort)


def test_relevance_orders_by_score_then_id_over_pages(engine: SearchEngine) -> None:
    walked = [
        (-hit.score, hit.document.vacancy_id) for answer in pages(engine, VacancyQuery(text="nurse", limit=13)) for hit in answer.hits
    ]
    assert walked == sorted(walked)


def test_limit_and_facets_may_change_from_page_to_page(engine: SearchEngine) -> None:
    whole = ids(engine.search(VacancyQuery(sort=Sort.NEWEST, limit=30)))
    first = engine.search(VacancyQuery(sort=Sort.NEWEST, limit=10))
    second = engine.search(VacancyQuery(sort=Sort.NEWEST, limit=20, cursor=first.next_cursor, facets=(FacetField.MONTH,)))
    assert ids(first) + ids(second) == whole
    assert sum(bucket.count for bucket in second.facets[FacetField.MONTH]) == second.total == first.total


def test_a_cursor_of_another_query_is_refused(engine: SearchEngine) -> None:
    cursor = engine.search(VacancyQuery(limit=5)).next_cursor
    for other in (VacancyQuery(sort=Sort.NEWEST), VacancyQuery(text="nurse"), VacancyQuery(filter=VacancyFilter(countries=("DE",)))):
        with pytest.raises(CursorInvalid, match="another query"):
            engine.search(other.model_copy(update={"cursor": cursor}))


def _with_another_first(cursor: str) -> str:
    return ("B" if cursor.startswith("A") else "A") + cursor[1:]


@pytest.mark.parametrize("garble", ["", "x", "é", "AAAA", lambda cursor: cursor[:-3], _with_another_first, lambda cursor: cursor * 2])
def test_a_garbled_cursor_is_refused(engine: SearchEngine, garble: str | Callable[[str], str]) -> None:
    cursor = engine.search(VacancyQuery(limit=5)).next_cursor
    assert cursor is not None
    with pytest.raises(CursorInvalid, match="garbled"):
        engine.search(VacancyQuery(limit=5, cursor=garble if isinstance(garble, str) else garble(cursor)))


@pytest.mark.parametrize("query", [VacancyQuery(limit=5), VacancyQuery(text="nurse", limit=5), VacancyQuery(sort=Sort.NEWEST, limit=5)])
@pytest.mark.parametrize(
    "position",
    [
        (),
        (5,),
        ("abc", 5),
        ("abc", "abc"),
        (5, "abc", "abc", "abc"),
        ("abc", 5, 5),
        (-5, -5, -5),
        (-5, -5),
        (5, 2**70),
        (5, 2**70, 2**70),
        (5, 10**9, 10**9),
        (2**70, 5),
        (5, 0.5),
        (5, 0.5, 0.5),
    ],
    ids=str,
)
def test_a_forged_cursor_is_no_fault(engine: SearchEngine, query: VacancyQuery, position: tuple[int | float | str, ...]) -> None:
    """Anybody can make a cursor with a good checksum; what an engine can take for a place is answered, all else refused."""
    genuine = engine.search(query).next_cursor
    assert genuine is not None
    forged = decode_cursor(genuine, engine=engine.name, query=query).model_copy(update={"position": position})
    with pytest.raises(CursorInvalid) if engine.name == "tantivy" else suppress(CursorInvalid):
        engine.search(query.model_copy(update={"cursor": encode_cursor(forged)}))


def test_a_forged_total_is_refused(engine: SearchEngine) -> None:
    query = VacancyQuery(limit=5)
    genuine = decode_cursor(engine.search(query).next_cursor or "", engine=engine.name, query=query)
    forged = encode_cursor(Cursor.model_construct(**{**dict(genuine), "total": -1}))
    with pytest.raises(CursorInvalid):
        engine.search(query.model_copy(update={"cursor": forged}))


TEXTS = {
    "en": "caring for patients",
    "de": "Pflege von Patienten in Häusern",
    "fr": "soins infirmiers aux patients",
    "es": "cuidado de los pacientes",
    "nl": "zorg voor patiënten",
    "sv": "vård av patienter",
    "cs": "péče o pacienty",
    "pl": "opieka w Łodzi",
    "it": "assistenza in città",
    NOT_STATED: "nursing care",
}


@pytest.fixture(scope="module")
def texts_engine(make_engine: Callable[[], SearchEngine], make_document: Callable[..., VacancyDocument]) -> SearchEngine:
    """An engine with one document in each language, whose id is the language."""
    engine = make_engine()
    engine.build([make_document(language, language=language, text=text) for language, text in TEXTS.items()], **BUILD)
    return engine


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("en", "patient care", True),
        ("en", "patient driving", False),
        ("en", "the patient", True),
        ("en", "patient nurse", True),  # the nurse is in the title
        ("de", "haus", True),
        ("fr", "infirmière", True),
        ("es", "paciente", True),
        ("nl", "patiënt", True),
        ("sv", "patienterna", True),
        ("cs", "péče", True),
        ("pl", "lodzi", True),
        ("it", "CITTA", True),
        (NOT_STATED, "nursing", True),
        ("en", "?!", False),
        ("en", "  ", True),  # no text at all
        ("en", 'caring" OR (driving', False),  # operators of query languages are no more than words
        ("en", "patient* AND caring", True),
        ("en", "patient " * 62, True),
    ],
)
def test_all_words_of_a_text_must_occur(texts_engine: SearchEngine, language: str, query: str, found: bool) -> None:
    wanted = VacancyQuery(text=query, filter=VacancyFilter(languages=(language,)))
    assert ids(texts_engine.search(wanted)) == ([language] if found else [])


def test_words_may_stand_in_title_and_text_and_the_title_counts_more(
    make_engine: Callable[[], SearchEngine], make_document: Callable[..., VacancyDocument]
) -> None:
    engine = make_engine()
    text = "We look for someone in the kitchen of our house by the lake with a baker as colleague"
    engine.build(
        [
            make_document("a", title="Cook", text=text),
            make_document("b", title="Baker", text=text),
            make_document("c", title="Driver", text="A lake is near"),
        ],
        **BUILD,
    )
    assert ids(engine.search(VacancyQuery(text="baker lake"))) == ["b", "a"]


def test_matching_adds_up_weights_and_breaks_ties_by_id(engine: SearchEngine, documents: list[VacancyDocument]) -> None:
    weights = {f"esco:skill/{number}": 0.25 * (number + 1) for number in range(12)}
    profile = tuple(WeightedSkill(uri=uri, weight=weight) for uri, weight in weights.items())
    right = []
    for document in documents:
        found = set(weights) & set(document.skills)
        if len(found) >= 2 and document.open and "DE" in document.regions:
            score = sum(weights[uri] * (1 if uri in document.skills_required else 0.5) for uri in found)
            right.append((-score, document.vacancy_id))
    result = engine.match(MatchQuery(skills=profile, minimum_found=2, limit=100, filter=VacancyFilter(regions=("DE",))))
    assert result.total == len(right)
    assert [(-round(hit.score, 4), hit.document.vacancy_id) for hit in result.hits] == sorted(right)[:100]


def test_matching_of_one_skill_ties_in_large_groups(engine: SearchEngine, documents: list[VacancyDocument]) -> None:
    required = sorted(document.vacancy_id for document in documents if document.open and "esco:skill/7" in document.skills_required)
    result = engine.match(MatchQuery(skills=(WeightedSkill(uri="esco:skill/7", weight=3.3),), limit=10))
    assert ids(result) == required[:10]


def test_matching_more_skills_than_the_profile_has_finds_nothing(engine: SearchEngine) -> None:
    result = engine.match(MatchQuery(skills=(WeightedSkill(uri="esco:skill/7"),), minimum_found=2))
    assert (result.total, result.hits) == (0, ())


def test_documents_come_back_as_they_were(engine: SearchEngine, documents: list[VacancyDocument]) -> None:
    by_id = {document.vacancy_id: document for document in documents}
    hits = engine.search(VacancyQuery(limit=20)).hits
    assert [hit.document for hit in hits] == [by_id[hit.document.vacancy_id] for hit in hits]
    assert engine.get(documents[5].vacancy_id) == documents[5]
    assert engine.get("no-such-id") is None


def test_reads_from_many_threads_agree(engine: SearchEngine) -> None:
    query = VacancyQuery(text="nurse", facets=(FacetField.SKILL, FacetField.REGION))
    alone = engine.search(query)
    with ThreadPoolExecutor(8) as pool:
        assert all(answer == alone for answer in pool.map(engine.search, [query] * 64))


def test_info_tells_what_the_index_was_built_from(engine: SearchEngine, documents: list[VacancyDocument]) -> None:
    info = engine.info()
    assert (info.documents, info.run_id, info.taxonomy, info.pipeline, info.lake_version) == (len(documents), "run-1", "starter:1", "1", 7)
    assert engine.size() > 10_000


def test_without_an_index_everything_says_so(make_engine: Callable[[], SearchEngine]) -> None:
    engine = make_engine()
    calls: list[Callable[[], object]] = [
        engine.info,
        engine.size,
        lambda: engine.search(VacancyQuery()),
        lambda: engine.match(MatchQuery(skills=(WeightedSkill(uri="esco:skill/1"),))),
        lambda: engine.get("v1"),
    ]
    for call in calls:
        with pytest.raises(IndexMissing, match="labourscope index"):
            call()


def test_an_index_without_documents_answers(make_engine: Callable[[], SearchEngine]) -> None:
    engine = make_engine()
    assert engine.build([], **BUILD).documents == 0
    result = engine.search(VacancyQuery(facets=(FacetField.SKILL,)))
    assert (result.total, result.hits, result.facets) == (0, (), {FacetField.SKILL: ()})
    assert engine.search(VacancyQuery(text="nurse")).total == 0


def test_a_shrunken_index_is_refused_and_the_live_one_stays(
    make_engine: Callable[[], SearchEngine], documents: list[VacancyDocument]
) -> None:
    engine = make_engine()
    live = engine.build(documents[:100], **BUILD)
    with pytest.raises(IndexRefused, match="79 vacancies, the live one 100"):
        engine.build(documents[:79], **BUILD)
    assert engine.info() == live
    assert engine.build(documents[:80], **BUILD).documents == 80
    assert engine.build(documents[:10], force=True, **BUILD).documents == 10
    assert engine.search(VacancyQuery(filter=VacancyFilter(open_only=False))).total == 10


@pytest.mark.parametrize("failure", [RuntimeError("the lake broke"), None])
def test_a_failed_build_leaves_the_live_index(
    make_engine: Callable[[], SearchEngine], documents: list[VacancyDocument], failure: RuntimeError | None
) -> None:
    def broken() -> Iterator[VacancyDocument]:
        yield from documents[:50]
        if failure:
            raise failure
        yield documents[3]  # a second time

    engine = make_engine()
    live = engine.build(documents[:10], **BUILD)
    with pytest.raises(RuntimeError if failure else IndexBuildFailed, match="the lake broke" if failure else documents[3].vacancy_id):
        engine.build(broken(), **BUILD)
    assert engine.info() == live
    assert engine.search(VacancyQuery(filter=VacancyFilter(open_only=False))).total == 10


def test_a_cursor_reads_its_own_generation_until_that_is_gone(
    make_engine: Callable[[], SearchEngine], documents: list[VacancyDocument]
) -> None:
    engine = make_engine()
    engine.build(documents[:100], **BUILD)
    everything = VacancyFilter(open_only=False)
    right = in_order(documents[:100], Sort.NEWEST)
    first = engine.search(VacancyQuery(sort=Sort.NEWEST, filter=everything, limit=60))
    engine.build(documents[50:200], **BUILD)
    second = VacancyQuery(sort=Sort.NEWEST, filter=everything, limit=60, cursor=first.next_cursor)
    assert ids(first) + ids(engine.search(second)) == right
    engine.build(documents[50:200], **BUILD)
    with pytest.raises(CursorInvalid, match="gone"):
        engine.search(second)
