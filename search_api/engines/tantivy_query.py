"""Compile typed queries to tantivy's: pure functions, golden-tested."""

from __future__ import annotations

from typing import Final

import tantivy
from tantivy import Occur, Query

from search_api.engines.index_fields import TEXT_FIELDS, TITLE_BOOST, keyword_conditions
from search_api.engines.tantivy_schema import BY_ID, BY_NEWEST, BY_OLDEST, analyzer, field_analyzer, schema
from search_api.engines.weights import skill_boosts
from search_api.query import FacetField, MatchQuery, Sort, VacancyFilter, VacancyQuery

# More than any field has values (ESCO: 14,000 skills), so that counts are exact over segments and ties at the cut are seen whole.
_ALL_VALUES: Final = 65_000


def compile_search(query: VacancyQuery) -> Query:
    """Text and filter of a search; scores come from the text alone."""
    words = text_query(query.text)
    condition = filter_query(query.filter)
    if words is None:
        return condition
    return Query.boolean_query([(Occur.Must, words), (Occur.Must, Query.const_score_query(condition, 0.0))])


def compile_match(query: MatchQuery) -> Query:
    """Score by a profile's skills: half a weight for a skill the vacancy has, the other half where it requires it."""
    boosts = skill_boosts(query.skills)
    found = [(Occur.Should, Query.const_score_query(_term("skill", boost.uri), boost.half)) for boost in boosts]
    required = [(Occur.Should, Query.const_score_query(_term("skill_required", boost.uri), boost.half)) for boost in boosts]
    if query.minimum_found > len(boosts):
        return Query.empty_query()
    return Query.boolean_query(
        [
            (Occur.Must, Query.boolean_query(found, minimum_number_should_match=query.minimum_found)),
            (Occur.Must, Query.const_score_query(filter_query(query.filter), 0.0)),
            *required,
        ]
    )


def compile_facets(facets: tuple[FacetField, ...]) -> dict[str, dict[str, dict[str, str | int]]]:
    """Count every value of each facet's field; ordering and cutting are the engine's."""
    return {facet.value: {"terms": {"field": facet.value, "size": _ALL_VALUES, "segment_size": _ALL_VALUES}} for facet in facets}


def order_field(query: VacancyQuery) -> str | None:
    """Name the field a query is ordered by, ascending; None means by score."""
    if query.sort is Sort.NEWEST:
        return BY_NEWEST
    if query.sort is Sort.OLDEST:
        return BY_OLDEST
    return BY_ID if text_query(query.text) is None else None


def text_query(text: str | None) -> Query | None:
    """All words must occur in the text field of one language (it holds title and text); None when there is no text to look for."""
    if text is None or not text.strip():
        return None
    fields = [query for field in TEXT_FIELDS if (query := _all_words(field, text)) is not None]
    if not fields:
        return Query.empty_query()
    title = [(Occur.Should, Query.boost_query(_word("title", word), TITLE_BOOST)) for word in _words("title", text)]
    return Query.boolean_query([(Occur.Must, Query.disjunction_max_query(fields)), *title])


def filter_query(conditions: VacancyFilter) -> Query:
    """The conditions of a filter, joined by AND; everything matches an empty one."""
    clauses = [_any_of(condition.field, condition.values) for condition in keyword_conditions(conditions)]
    if conditions.posted_from is not None or conditions.posted_to is not None:
        lower, upper = conditions.posted_from, conditions.posted_to
        clauses.append(
            Query.range_query(
                schema(),
                "posted",
                tantivy.FieldType.Integer,
                lower_bound=lower.toordinal() if lower else None,
                upper_bound=upper.toordinal() if upper else None,
            )
        )
    if conditions.open_only:
        clauses.append(Query.term_query(schema(), "open", True, index_option="basic"))
    if not clauses:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, clause) for clause in clauses])


def after_rank(query: Query, field: str, after: int, up_to: int) -> Query:
    """Keep what stands behind place `after` and not behind `up_to` in one of the unique orders."""
    window = Query.range_query(schema(), field, tantivy.FieldType.Unsigned, lower_bound=after, upper_bound=up_to, include_lower=False)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, window)])


def _all_words(field: str, text: str) -> Query | None:
    words = _words(field, text)
    return Query.boolean_query([(Occur.Must, _word(field, word)) for word in words]) if words else None


def _words(field: str, text: str) -> list[str]:
    return list(dict.fromkeys(analyzer(field_analyzer(field)).analyze(text)))


def _word(field: str, word: str) -> Query:
    return Query.term_query(schema(), field, word, index_option="freq")


def _any_of(field: str, values: tuple[str, ...]) -> Query:
    return _term(field, values[0]) if len(values) == 1 else Query.term_set_query(schema(), field, list(values))


def _term(field: str, value: str) -> Query:
    return Query.term_query(schema(), field, value, index_option="basic")
