"""Golden queries: tantivy's own description of what a query compiles to, with field numbers put back to names."""

from __future__ import annotations

import re
from datetime import date

import pytest
import tantivy

from search_api.engines.index_fields import KEYWORD_FIELDS, TEXT_FIELDS
from search_api.engines.tantivy_query import after_rank, compile_facets, compile_match, compile_search, filter_query, order_field
from search_api.query import FacetField, MatchQuery, Sort, VacancyFilter, VacancyQuery, WeightedSkill

FIELDS = ("vacancy_id", *KEYWORD_FIELDS, "title", *TEXT_FIELDS, "posted", "open", "by_id", "by_newest", "by_oldest")


def told(query: tantivy.Query) -> str:
    """The query's description with names of fields: `skill="a"`."""
    text = str(query).removeprefix("Query(").removesuffix(")")
    text = re.sub(r"Term\(field=(\d+), type=\w+, ([^)]*)\)", lambda found: f"{FIELDS[int(found[1])]}={found[2]}", text)
    text = re.sub(r"Field\((\d+)\)", lambda found: FIELDS[int(found[1])], text)
    return text.replace(", minimum_number_should_match: 0", "").replace(", minimum_number_should_match: 1", "")


@pytest.mark.parametrize(
    ("conditions", "golden"),
    [
        (VacancyFilter(open_only=False), "AllQuery"),
        (VacancyFilter(), "BooleanQuery { subqueries: [(Must, TermQuery(open=true))] }"),
        (VacancyFilter(regions=("DE3",), open_only=False), 'BooleanQuery { subqueries: [(Must, TermQuery(region="DE3"))] }'),
        (
            VacancyFilter(skills_any=("a", "b"), open_only=False),
            'BooleanQuery { subqueries: [(Must, TermSetQuery { terms_map: {skill: [skill="a", skill="b"]} })] }',
        ),
        (
            VacancyFilter(skills_all=("a", "b"), open_only=False),
            'BooleanQuery { subqueries: [(Must, TermQuery(skill="a")), (Must, TermQuery(skill="b"))] }',
        ),
        (
            VacancyFilter(employer="Klinik STRASSE", open_only=False),
            'BooleanQuery { subqueries: [(Must, TermQuery(employer="klinik strasse"))] }',
        ),
        (
            VacancyFilter(posted_from=date(2026, 1, 2), open_only=False),
            "BooleanQuery { subqueries: [(Must, RangeQuery { bounds: BoundsRange "
            "{ lower_bound: Included(posted=739618), upper_bound: Unbounded } })] }",
        ),
    ],
)
def test_filters(conditions: VacancyFilter, golden: str) -> None:
    assert told(filter_query(conditions)) == golden


def test_text_is_looked_for_in_every_language_and_scored_by_the_title_too() -> None:
    golden = told(compile_search(VacancyQuery(text="Caring nurses", filter=VacancyFilter(open_only=False))))
    assert golden.endswith("(Must, Const(score=0, query=AllQuery))] }")
    for part in (
        'BooleanQuery { subqueries: [(Must, TermQuery(text_en="care")), (Must, TermQuery(text_en="nurs"))] }',
        'BooleanQuery { subqueries: [(Must, TermQuery(text_other="caring")), (Must, TermQuery(text_other="nurses"))] }',
        '(Should, Boost(query=TermQuery(title="caring"), boost=2))',
        "DisjunctionMaxQuery",
    ):
        assert part in golden


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (VacancyQuery(), "by_id"),
        (VacancyQuery(text=" "), "by_id"),
        (VacancyQuery(text="nurse"), None),
        (VacancyQuery(text="nurse", sort=Sort.NEWEST), "by_newest"),
        (VacancyQuery(sort=Sort.OLDEST), "by_oldest"),
    ],
)
def test_order(query: VacancyQuery, field: str | None) -> None:
    assert order_field(query) == field


def test_a_match_scores_by_constant_clauses() -> None:
    query = MatchQuery(
        skills=(WeightedSkill(uri="a", weight=2), WeightedSkill(uri="b", weight=0.5)),
        minimum_found=2,
        filter=VacancyFilter(open_only=False),
    )
    assert told(compile_match(query)) == (
        'BooleanQuery { subqueries: [(Must, BooleanQuery { subqueries: [(Should, Const(score=1, query=TermQuery(skill="a"))), '
        '(Should, Const(score=0.25, query=TermQuery(skill="b")))], minimum_number_should_match: 2 }), '
        "(Must, Const(score=0, query=AllQuery)), "
        '(Should, Const(score=1, query=TermQuery(skill_required="a"))), '
        '(Should, Const(score=0.25, query=TermQuery(skill_required="b")))] }'
    )


def test_a_page_is_a_window_of_places() -> None:
    assert told(after_rank(tantivy.Query.all_query(), "by_newest", 20, 1020)) == (
        "BooleanQuery { subqueries: [(Must, AllQuery), (Must, RangeQuery { bounds: BoundsRange "
        "{ lower_bound: Excluded(by_newest=20), upper_bound: Included(by_newest=1020) } })] }"
    )


def test_facets_ask_for_every_value() -> None:
    assert compile_facets((FacetField.SKILL,)) == {"skill": {"terms": {"field": "skill", "size": 65_000, "segment_size": 65_000}}}
