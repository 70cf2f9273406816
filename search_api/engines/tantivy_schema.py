"""The tantivy schema: fields, analyzers, and a vacancy as a tantivy document."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import Final

import orjson
import tantivy

from search_api.document import VacancyDocument
from search_api.engines.index_fields import ANALYZERS, FACET_FIELDS, KEYWORD_FIELDS, OTHER_TEXT, TEXT_FIELDS, index_fields

FOLDED: Final = "folded"
NOT_STEMMED: Final = frozenset({FOLDED, "czech"})
LONGEST_WORD: Final = 80  # bytes; longer "words" are addresses and codes

# Orders that are unique per document (places 0, 1, 2 ...), because tantivy breaks ties by its own document numbers.
BY_ID: Final = "by_id"
BY_NEWEST: Final = "by_newest"
BY_OLDEST: Final = "by_oldest"


@cache
def analyzer(name: str) -> tantivy.TextAnalyzer:
    """Make the analyzer of a language by its English name; `folded`, and a language that tantivy cannot stem: words without accents."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(LONGEST_WORD)).filter(tantivy.Filter.lowercase())
    if name not in NOT_STEMMED:
        builder = builder.filter(tantivy.Filter.stopword(name)).filter(tantivy.Filter.stemmer(name))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


@cache
def field_analyzer(field: str) -> str:
    """Name the analyzer of a text field or of `title`."""
    return FOLDED if field in {OTHER_TEXT, "title"} else ANALYZERS[field.removeprefix("text_")]


@cache
def schema() -> tantivy.Schema:
    """Build the schema; it is part of every generation's folder."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("vacancy_id", tokenizer_name="raw", index_option="basic")
    for field in KEYWORD_FIELDS:
        builder.add_text_field(field, fast=field in FACET_FIELDS, tokenizer_name="raw", index_option="basic")
    for field in ("title", *TEXT_FIELDS):
        builder.add_text_field(field, stored=field != "title", tokenizer_name=field_analyzer(field), index_option="freq")
    builder.add_integer_field("posted", indexed=True, fast=True)  # proleptic ordinal of the day
    builder.add_boolean_field("open", indexed=True, fast=True)
    for field in (BY_ID, BY_NEWEST, BY_OLDEST):
        builder.add_unsigned_field(field, fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


def register_analyzers(index: tantivy.Index) -> tantivy.Index:
    """Give an opened index the analyzers its schema names; tantivy keeps only their names on disk."""
    for name in (FOLDED, *ANALYZERS.values()):
        index.register_tokenizer(name, analyzer(name))
    return index


def to_tantivy(document: VacancyDocument) -> str:
    """Write a document as tantivy's JSON takes it, but for its places in the orders; `with_places` adds them.

    `document` is the VacancyDocument's own JSON without its text, kept as bytes for hits; the text is kept in its own field.
    """
    fields = index_fields(document)
    return orjson.dumps(
        {
            **fields.keywords,
            "vacancy_id": fields.vacancy_id,
            "title": fields.title,
            fields.text_field: fields.text,
            "posted": fields.posted.toordinal(),
            "open": fields.open,
            "document": b64encode(document.model_dump_json(exclude={"text"}).encode()).decode(),
        }
    ).decode()


def from_tantivy(stored: tantivy.Document) -> VacancyDocument:
    """Put a VacancyDocument together again from what the index keeps of it."""
    stated = orjson.loads(bytes(stored["document"][0]))
    indexed = next((stored[field][0] for field in TEXT_FIELDS if stored[field]), "")
    return VacancyDocument.model_validate(stated | {"text": indexed[len(stated["title"]) + 1 :]})


def with_places(indexed: str, places: tuple[int, int, int]) -> str:
    """Add a document's places by id, newest first and oldest first to its JSON object."""
    by_id, newest, oldest = places
    return f'{indexed[:-1]}, "{BY_ID}": {by_id}, "{BY_NEWEST}": {newest}, "{BY_OLDEST}": {oldest}}}'
