"""Build a new Elasticsearch index beside the live one and move the alias.

NAME                    alias of the live index
NAME-GENERATION         an index; its mapping's _meta holds IndexInfo
NAME-GENERATION-build   alias of an index while it is built: documents are sent to it with `require_alias`, so that a build whose
                        index was removed fails, where Elasticsearch would otherwise make a new index with a guessed mapping
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from elasticsearch import BadRequestError, Elasticsearch
from elasticsearch.helpers import BulkIndexError, parallel_bulk
from pydantic import JsonValue

from search_api.document import VacancyDocument
from search_api.engines.elasticsearch_mapping import BUILD_SETTINGS, LIVE_SETTINGS, mapping, to_elasticsearch
from search_api.engines.protocol import IndexInfo
from search_api.error import IndexBuildFailed

logger = logging.getLogger(__name__)

_GENERATION: Final = re.compile(r"\d{8}t\d{12}-[0-9a-f]{6}")
_CHUNK: Final = 500  # documents per bulk request
_ABANDONED: Final = timedelta(days=1)  # age at which an unfinished build is taken for dead


def create_index(client: Elasticsearch, index: str) -> None:
    """Create the index of a build. Names are unique, so one that exists is ours: the answer was lost and the client asked again."""
    try:
        client.indices.create(index=index, settings=BUILD_SETTINGS, mappings=mapping(), aliases={_build_alias(index): {}})
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def fill_index(client: Elasticsearch, index: str, documents: Iterable[VacancyDocument]) -> int:
    """Create the index, send it all documents and count what it holds; raises IndexBuildFailed for repeated ids and rejected documents."""
    create_index(client, index)
    sent = 0
    try:
        actions = _actions(_build_alias(index), documents)
        for _ in parallel_bulk(client, actions, thread_count=2, chunk_size=_CHUNK, require_alias=True):
            sent += 1
    except BulkIndexError as error:
        raise IndexBuildFailed(_first_rejection(error)) from error
    client.indices.flush(index=index)  # on disk before it goes live: see the translog's durability
    client.indices.refresh(index=index)
    held = int(client.count(index=index)["count"])
    if held != sent:
        raise IndexBuildFailed(f"{sent} documents were sent to the index, it holds {held}; the live index stays. Build it again")
    return held


def publish_index(client: Elasticsearch, alias: str, index: str, info: IndexInfo) -> str | None:
    """Seal a filled index and move the alias to it in one step; returns the index that was live before."""
    client.indices.put_mapping(index=index, meta={"labourscope": info.model_dump(mode="json")})
    client.indices.put_settings(index=index, settings=LIVE_SETTINGS)
    previous = live_index(client, alias)
    actions: list[dict[str, JsonValue]] = [
        {"add": {"index": index, "alias": alias}},
        {"remove": {"index": index, "alias": _build_alias(index)}},
    ]
    if previous is not None:
        actions.append({"remove": {"index": previous, "alias": alias}})
    client.indices.update_aliases(actions=actions)
    return previous


def remove_outdated(client: Elasticsearch, alias: str, *, keep: set[str | None]) -> None:
    """Delete the indices of older generations, but for those in `keep`."""
    for old in _outdated(client, alias, keep=keep):
        logger.info("deleting the older index %s", old)
        client.indices.delete(index=old, ignore_unavailable=True)


def remove_former(client: Elasticsearch, alias: str) -> int:
    """Delete every generation but the live one, unfinished builds too; returns how many."""
    live = live_index(client, alias)
    found = client.indices.get(index=f"{alias}-2*", features="aliases", ignore_unavailable=True)
    former = [name for name in found if name != live and _GENERATION.fullmatch(name.removeprefix(f"{alias}-")) is not None]
    for name in former:
        client.indices.delete(index=name, ignore_unavailable=True)
    return len(former)


def discard_index(client: Elasticsearch, alias: str, index: str) -> None:
    """Delete an index that is not to go live; one that went live although its build ended in an error (a lost answer) stays."""
    if live_index(client, alias) != index:
        client.indices.delete(index=index, ignore_unavailable=True)


def live_index(client: Elasticsearch, alias: str) -> str | None:
    """Name the index behind the alias, None when there is none."""
    if not client.indices.exists_alias(name=alias):
        return None
    return str(next(iter(client.indices.get_alias(name=alias))))


def _actions(alias: str, documents: Iterable[VacancyDocument]) -> Iterator[dict[str, JsonValue]]:
    for document in documents:
        # "create" refuses a repeated id, where "index" would silently overwrite
        yield {
            "_op_type": "create",
            "_index": alias,
            "_id": document.vacancy_id,
            "_source": to_elasticsearch(document),
        }


def _first_rejection(error: BulkIndexError) -> str:
    rejected = error.errors[0]["create"]
    reason = rejected.get("error", {})
    if rejected.get("status") == 409:
        return f"the vacancy {rejected.get('_id')} was sent to the index twice; merge the vacancies again: labourscope merge"
    return f"Elasticsearch rejected the vacancy {rejected.get('_id')}: {reason.get('type')}: {reason.get('reason')}; the live index stays"


def _outdated(client: Elasticsearch, alias: str, *, keep: set[str | None]) -> list[str]:
    """Indices of older generations, and unfinished builds that nobody has worked on for a day."""
    found = client.indices.get(index=f"{alias}-2*", features="aliases,settings", ignore_unavailable=True)
    limit = datetime.now(UTC) - _ABANDONED
    old = []
    for name, description in found.items():
        created = datetime.fromtimestamp(int(description["settings"]["index"]["creation_date"]) / 1000, UTC)
        unfinished = _build_alias(name) in description["aliases"]
        ours = _GENERATION.fullmatch(name.removeprefix(f"{alias}-")) is not None
        if ours and name not in keep and (not unfinished or created < limit):
            old.append(name)
    return old


def _build_alias(index: str) -> str:
    return f"{index}-build"
