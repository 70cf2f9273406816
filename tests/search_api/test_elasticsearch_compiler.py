"""Golden bodies: what is sent to Elasticsearch for a query, word by word."""

from __future__ import annotations

from datetime import date

import pytest

from search_api.engines.elasticsearch_mapping import mapping
from search_api.engines.elasticsearch_query import compile_match, compile_search, filter_clauses
from search_api.query import FacetField, MatchQuery, Sort, VacancyFilter, VacancyQuery, WeightedSkill

OPEN = {"term": {"open": True}}
TEXT_FIELDS = ["text_en", "text_de", "text_fr", "text_es", "text_nl", "text_sv", "text_cs", "text_other"]


def test_a_query_without_conditions() -> None:
    assert compile_search(VacancyQuery()) == {
        "query": {"bool": {"filter": [OPEN]}},
        "sort": [{"vacancy_id": "asc"}],
        "size": 20,
        "track_total_hits": True,
        "_source": ["document", *TEXT_FIELDS],
    }


def test_text_facets_and_a_next_page() -> None:
    query = VacancyQuery(text="nurse night", limit=5, facets=(FacetField.SKILL,), facet_size=7)
    assert compile_search(query, after=[1.5, "v9"], count=False) == {
        "query": {
            "bool": {
                "filter": [OPEN],
                "must": [{"multi_match": {"query": "nurse night", "type": "best_fields", "operator": "and", "fields": TEXT_FIELDS}}],
                "should": [{"match": {"title": {"query": "nurse night", "boost": 2.0}}}],
            }
        },
        "sort": [{"_score": "desc"}, {"vacancy_id": "asc"}],
        "size": 5,
        "track_total_hits": False,
        "_source": ["document", *TEXT_FIELDS],
        "aggs": {"skill": {"terms": {"field": "skill", "size": 7, "order": [{"_count": "desc"}, {"_key": "asc"}]}}},
        "search_after": [1.5, "v9"],
    }


@pytest.mark.parametrize(
    ("sort", "clause"),
    [(Sort.NEWEST, {"posted": "desc"}), (Sort.OLDEST, {"posted": "asc"})],
)
def test_dates_order_before_ids(sort: Sort, clause: dict[str, str]) -> None:
    assert compile_search(VacancyQuery(text="nurse", sort=sort))["sort"] == [clause, {"vacancy_id": "asc"}]


@pytest.mark.parametrize(
    ("conditions", "clauses"),
    [
        (VacancyFilter(), [OPEN]),
        (VacancyFilter(open_only=False), []),
        (VacancyFilter(regions=("DE3", "AT"), open_only=False), [{"terms": {"region": ["DE3", "AT"]}}]),
        (VacancyFilter(skills_any=("a", "b")), [{"terms": {"skill": ["a", "b"]}}, OPEN]),
        (VacancyFilter(skills_all=("a", "b")), [{"terms": {"skill": ["a"]}}, {"terms": {"skill": ["b"]}}, OPEN]),
        (VacancyFilter(employer="Klinik STRASSE"), [{"terms": {"employer": ["klinik strasse"]}}, OPEN]),
        (VacancyFilter(posted_from=date(2026, 1, 2)), [{"range": {"posted": {"gte": "2026-01-02"}}}, OPEN]),
        (
            VacancyFilter(posted_from=date(2026, 1, 2), posted_to=date(2026, 1, 3)),
            [{"range": {"posted": {"gte": "2026-01-02", "lte": "2026-01-03"}}}, OPEN],
        ),
    ],
)
def test_filters(conditions: VacancyFilter, clauses: list[object]) -> None:
    assert filter_clauses(conditions) == clauses


def test_a_match_scores_by_constant_clauses() -> None:
    query = MatchQuery(skills=(WeightedSkill(uri="a", weight=2), WeightedSkill(uri="b", weight=0.5)), minimum_found=2, limit=3)

    def clause(field: str, uri: str, boost: float) -> dict[str, object]:
        return {"constant_score": {"filter": {"term": {field: uri}}, "boost": boost}}

    assert compile_match(query) == {
        "query": {
            "bool": {
                "filter": [OPEN],
                "must": [{"bool": {"should": [clause("skill", "a", 1.0), clause("skill", "b", 0.25)], "minimum_should_match": 2}}],
                "should": [clause("skill_required", "a", 1.0), clause("skill_required", "b", 0.25)],
            }
        },
        "sort": [{"_score": "desc"}, {"vacancy_id": "asc"}],
        "size": 3,
        "track_total_hits": True,
        "_source": ["document", *TEXT_FIELDS],
    }


def test_the_mapping_uses_elasticsearchs_own_analyzers() -> None:
    properties = mapping()["properties"]
    assert isinstance(properties, dict)
    analyzers = {name: field["analyzer"] for name, field in properties.items() if isinstance(field, dict) and "analyzer" in field}
    assert analyzers == {
        "title": "folded",
        "text_other": "folded",
        "text_en": "english",
        "text_de": "german",
        "text_fr": "french",
        "text_es": "spanish",
        "text_nl": "dutch",
        "text_sv": "swedish",
        "text_cs": "czech",
    }
