"""Compile typed queries to Elasticsearch request bodies: pure functions, golden-tested."""

from __future__ import annotations

from pydantic import JsonValue

from search_api.engines.elasticsearch_mapping import STORED_FIELDS
from search_api.engines.index_fields import TEXT_FIELDS, TITLE_BOOST, keyword_conditions
from search_api.engines.weights import skill_boosts
from search_api.query import FacetField, MatchQuery, Sort, VacancyFilter, VacancyQuery

Body = dict[str, JsonValue]


def compile_search(query: VacancyQuery, *, after: list[JsonValue] | None = None, count: bool = True) -> Body:
    """Write the body of a search; `after` are the sort values of the last hit of the page before, `count` asks for the exact total."""
    body: Body = {
        "query": {"bool": {"filter": filter_clauses(query.filter), **text_clauses(query.text)}},
        "sort": sort_clauses(query),
        "size": query.limit,
        "track_total_hits": count,
        "_source": [*STORED_FIELDS],
    }
    if query.facets:
        body["aggs"] = compile_facets(query.facets, query.facet_size)
    if after is not None:
        body["search_after"] = after
    return body


def compile_match(query: MatchQuery) -> Body:
    """Score by a profile's skills: half a weight for a skill the vacancy has, the other half where it requires it."""
    boosts = skill_boosts(query.skills)
    found: list[JsonValue] = [_constant("skill", boost.uri, boost.half) for boost in boosts]
    required: list[JsonValue] = [_constant("skill_required", boost.uri, boost.half) for boost in boosts]
    score: Body = {
        "filter": filter_clauses(query.filter),
        "must": [{"bool": {"should": found, "minimum_should_match": query.minimum_found}}],
        "should": required,
    }
    return {
        "query": {"bool": score},
        "sort": [{"_score": "desc"}, {"vacancy_id": "asc"}],
        "size": query.limit,
        "track_total_hits": True,
        "_source": [*STORED_FIELDS],
    }


def sort_clauses(query: VacancyQuery) -> list[JsonValue]:
    """Order of hits, ties by vacancy id."""
    by_id: JsonValue = {"vacancy_id": "asc"}
    if query.sort is Sort.NEWEST:
        return [{"posted": "desc"}, by_id]
    if query.sort is Sort.OLDEST:
        return [{"posted": "asc"}, by_id]
    return [{"_score": "desc"}, by_id] if _has_words(query.text) else [by_id]


def text_clauses(text: str | None) -> Body:
    """All words must occur in the text field of one language (it holds title and text); words of the title count more."""
    if not _has_words(text):
        return {}
    return {
        "must": [{"multi_match": {"query": text, "type": "best_fields", "operator": "and", "fields": list(TEXT_FIELDS)}}],
        "should": [{"match": {"title": {"query": text, "boost": TITLE_BOOST}}}],
    }


def filter_clauses(conditions: VacancyFilter) -> list[JsonValue]:
    """The conditions of a filter, joined by AND."""
    clauses: list[JsonValue] = [{"terms": {condition.field: list(condition.values)}} for condition in keyword_conditions(conditions)]
    bounds: Body = {}
    if conditions.posted_from is not None:
        bounds["gte"] = conditions.posted_from.isoformat()
    if conditions.posted_to is not None:
        bounds["lte"] = conditions.posted_to.isoformat()
    if bounds:
        clauses.append({"range": {"posted": bounds}})
    if conditions.open_only:
        clauses.append({"term": {"open": True}})
    return clauses


def compile_facets(facets: tuple[FacetField, ...], size: int) -> Body:
    """Count the values of each facet's field: by count, then value."""
    order: JsonValue = [{"_count": "desc"}, {"_key": "asc"}]
    return {facet.value: {"terms": {"field": facet.value, "size": size, "order": order}} for facet in facets}


def _has_words(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def _constant(field: str, value: str, boost: float) -> JsonValue:
    return {"constant_score": {"filter": {"term": {field: value}}, "boost": boost}}
