"""The Elasticsearch index: mapping, settings, and a vacancy as an indexed document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from search_api.document import VacancyDocument
from search_api.engines.index_fields import ANALYZERS, KEYWORD_FIELDS, OTHER_TEXT, TEXT_FIELDS, index_fields

STORED_FIELDS: Final = ["document", *TEXT_FIELDS]  # what a hit must bring for `from_elasticsearch`
_FOLDED: Final = "folded"

# One shard: facet counts are exact and scores comparable, and one shard holds tens of millions of vacancies.
# Replicas come when the index is complete. (`auto_expand_replicas`)
BUILD_SETTINGS: Final[dict[str, JsonValue]] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "-1",
    "translog": {"durability": "async"},  # a build that breaks is begun anew
    "analysis": {"analyzer": {_FOLDED: {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}}},
}
LIVE_SETTINGS: Final[dict[str, JsonValue]] = {
    "auto_expand_replicas": "0-1",
    "refresh_interval": None,
    "translog": {"durability": None},
    "blocks": {"write": True},
}


def mapping() -> dict[str, JsonValue]:
    """Write the mapping; `document` is the VacancyDocument's JSON without its text, kept for hits and not indexed."""
    # epoch_millis is the form in which Elasticsearch hands out sort values, for the next page
    properties: dict[str, JsonValue] = {
        "vacancy_id": {"type": "keyword"},
        "posted": {"type": "date", "format": "strict_date||epoch_millis"},
        "open": {"type": "boolean"},
        "title": _text(_FOLDED),
        OTHER_TEXT: _text(_FOLDED),
        "document": {"type": "keyword", "index": False, "doc_values": False},
    }
    for field in KEYWORD_FIELDS:
        properties[field] = {"type": "keyword"}
    for language, analyzer in ANALYZERS.items():
        properties[f"text_{language}"] = _text(analyzer)
    # _source is kept whole: cutting it down makes Elasticsearch keep a second copy for recovery, which is slower and larger (measured)
    return {"dynamic": "strict", "properties": properties}


def to_elasticsearch(document: VacancyDocument) -> dict[str, JsonValue]:
    """Make the body that is sent to the index."""
    fields = index_fields(document)
    body: dict[str, JsonValue] = {field: list(values) for field, values in fields.keywords.items()}
    body["vacancy_id"] = fields.vacancy_id
    body["title"] = fields.title
    body[fields.text_field] = fields.text
    body["posted"] = fields.posted.isoformat()
    body["open"] = fields.open
    body["document"] = document.model_dump_json(exclude={"text"})  # it stands in its own field
    return body


def from_elasticsearch(source: Mapping[str, str]) -> VacancyDocument:
    """Put a VacancyDocument together again from the parts of a hit named in STORED_FIELDS."""
    stated = json.loads(source["document"])
    indexed = next((source[field] for field in TEXT_FIELDS if field in source), "")
    return VacancyDocument.model_validate(stated | {"text": indexed[len(stated["title"]) + 1 :]})


def _text(analyzer: str) -> JsonValue:
    return {"type": "text", "analyzer": analyzer, "index_options": "freqs"}
