from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.document import NOT_STATED, VacancyDocument
from search_api.engines.cursor import Cursor, decode_cursor, encode_cursor, fingerprint
from search_api.engines.index_fields import KEYWORD_FIELDS, index_fields, text_field
from search_api.engines.weights import skill_boosts
from search_api.error import CursorInvalid
from search_api.query import VacancyQuery, WeightedSkill


def test_every_keyword_field_has_a_value(make_document: Callable[..., VacancyDocument]) -> None:
    fields = index_fields(make_document("v1", title="Cook", text="Soup", posted=date(2026, 2, 3), skills=("a",), employer="ÖBB"))
    assert set(fields.keywords) == set(KEYWORD_FIELDS)
    assert fields.keywords["skill"] == ("a",)
    assert fields.keywords["region"] == fields.keywords["isco"] == fields.keywords["skill_required"] == (NOT_STATED,)
    assert fields.keywords["employer"] == ("öbb",)
    assert fields.keywords["month"] == ("2026-02",)
    assert (fields.text_field, fields.text) == ("text_en", "Cook\nSoup")


@pytest.mark.parametrize(("language", "field"), [("de", "text_de"), ("pl", "text_other"), ("it", "text_other"), (NOT_STATED, "text_other")])
def test_language_decides_the_text_field(language: str, field: str) -> None:
    assert text_field(language) == field


def test_of_a_skill_given_twice_the_greater_weight_counts() -> None:
    skills = [WeightedSkill(uri="a", weight=1), WeightedSkill(uri="b"), WeightedSkill(uri="a", weight=4)]
    assert [(boost.uri, boost.half) for boost in skill_boosts(skills)] == [("a", 2.0), ("b", 0.5)]


@given(st.lists(st.floats(min_value=0.001, max_value=10), min_size=1, max_size=200))
def test_rounded_weights_add_up_exactly_in_32_bits(weights: list[float]) -> None:
    halves = [boost.half for boost in skill_boosts([WeightedSkill(uri=str(at), weight=weight) for at, weight in enumerate(weights)])]
    assert all((half * 1024).is_integer() and half > 0 for half in halves)
    assert sum(halves) * 2 * 1024 < 2**24


@given(
    position=st.lists(st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.text()), max_size=4).map(
        tuple
    ),
    text=st.none() | st.text(max_size=50),
)
def test_a_cursor_comes_back_as_it_was(position: tuple[int | float | str, ...], text: str | None) -> None:
    query = VacancyQuery(text=text)
    cursor = Cursor(engine="tantivy", generation="20260101t0-a", query=fingerprint(query), total=9, position=position)
    again = decode_cursor(encode_cursor(cursor), engine="tantivy", query=query)
    assert again == cursor
    assert [type(part) for part in again.position] == [type(part) for part in position]


@given(st.text(max_size=200))
def test_any_text_that_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorInvalid):
        decode_cursor(text, engine="tantivy", query=VacancyQuery())


def test_a_cursor_of_the_other_engine_is_refused() -> None:
    query = VacancyQuery()
    cursor = encode_cursor(Cursor(engine="elasticsearch", generation="20260101t0-a", query=fingerprint(query), total=9, position=(1, "v1")))
    with pytest.raises(CursorInvalid, match="another query"):
        decode_cursor(cursor, engine="tantivy", query=query)
