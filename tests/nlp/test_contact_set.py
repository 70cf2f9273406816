"""The shipped set of contact lines: its form, and the figures that reading reaches on it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from spacy.language import Language

from nlp.evaluation.contacts import evaluate_contacts
from nlp.evaluation.gold import ContactRecord, read_records
from nlp.evaluation.measuring import SHIPPED
from nlp.evaluation.quality import ContactQuality
from nlp.lexicon.words import LANGUAGES
from nlp.reading import read_postings

PARTS = ("look", "report", "second", "third")
PATH = SHIPPED / "contacts.jsonl"


@pytest.fixture(scope="module")
def records() -> list[ContactRecord]:
    return read_records(PATH, ContactRecord)


@pytest.fixture(scope="module")
def quality(pipeline: Language) -> ContactQuality:
    return evaluate_contacts(PATH, lambda postings: read_postings(pipeline, postings))


def test_the_set_has_all_languages_and_many_texts_without_contacts(records: list[ContactRecord]) -> None:
    languages = Counter(record.lang for record in records)
    assert len(records) >= 400
    assert set(languages) == set(LANGUAGES)
    assert min(languages.values()) >= 50
    assert 0.4 <= sum(not record.spans for record in records) / len(records) <= 0.6
    assert {record.part for record in records} == set(PARTS)


def test_spans_begin_and_end_with_words_and_do_not_overlap(records: list[ContactRecord]) -> None:
    for record in records:
        assert all(record.text[start:end].strip() == record.text[start:end] for start, end, _ in record.spans), record.text
        assert all(first[1] <= second[0] for first, second in pairwise(record.spans)), record.text
        assert {kind for _, _, kind in record.spans} <= {"email", "phone", "person", "profile"}


@pytest.mark.parametrize("part", PARTS)
def test_contact_data_is_found(quality: ContactQuality, part: str) -> None:
    assert quality.by_part[part].recall >= 0.99
    assert quality.by_part[part].precision >= 0.97


def test_few_characters_of_contact_data_stay_readable(quality: ContactQuality) -> None:
    assert quality.characters.recall >= 0.98
