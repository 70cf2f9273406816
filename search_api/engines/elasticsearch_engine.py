"""ElasticsearchEngine: the search engine beyond one machine, an Elasticsearch 9 cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from elastic_transport import ObjectApiResponse
from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch, NotFoundError, OrjsonSerializer
from pydantic import ValidationError

from search_api.document import VacancyDocument
from search_api.engines.cursor import Cursor, decode_cursor, encode_cursor, fingerprint, position_of
from search_api.engines.elasticsearch_build import discard_index, fill_index, live_index, publish_index, remove_former, remove_outdated
from search_api.engines.elasticsearch_errors import asking, split_credentials
from search_api.engines.elasticsearch_mapping import STORED_FIELDS, from_elasticsearch
from search_api.engines.elasticsearch_query import Body, compile_match, compile_search, sort_clauses
from search_api.engines.protocol import IndexInfo
from search_api.engines.publication import check_share, new_generation, top_buckets
from search_api.error import CursorInvalid, IndexMissing, IndexUnavailable, SearchError
from search_api.query import Hit, MatchQuery, SearchResult, VacancyQuery

logger = logging.getLogger(__name__)

_TIMEOUT: Final = 30.0  # seconds for one request
_TIMEOUT_OF_INFO: Final = 5.0


class ElasticsearchEngine:
    """Search in an Elasticsearch cluster behind the alias `index`; reads are safe from several threads.

    `url` is http or https; `basic_auth` is (user, password), else those in the url are taken; `ca_certs` is a PEM file when the
    cluster's certificate is signed by an authority of its own. No request is made before a method is called. Cursors read the index
    they were made on directly: it never changes once it is live, so no point in time needs to be kept open.
    """

    name = "elasticsearch"

    def __init__(
        self,
        url: str,
        index: str = "labourscope-vacancies",
        *,
        api_key: str | None = None,
        basic_auth: tuple[str, str] | None = None,
        ca_certs: Path | None = None,
        timeout: float = _TIMEOUT,
    ) -> None:
        self._url, url_auth = split_credentials(url)  # errors name the address, so nothing secret may be left in it
        self._index = index
        self._timeout = timeout
        self._client = Elasticsearch(
            self._url,
            api_key=api_key,
            basic_auth=basic_auth or (None if api_key else url_auth),
            ca_certs=DEFAULT if ca_certs is None else str(ca_certs),
            request_timeout=timeout,
            retry_on_timeout=True,
            max_retries=2,
            serializer=OrjsonSerializer(),
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def build(
        self,
        documents: Iterable[VacancyDocument],
        *,
        run_id: str,
        taxonomy: str,
        pipeline: str,
        lake_version: int,
        minimum_share: float = 0.8,
        force: bool = False,
    ) -> IndexInfo:
        """Build a new index, verify its count and move the alias to it.

        Raises IndexRefused (gate), IndexBuildFailed (repeated id, rejected document, wrong count) or IndexUnavailable; the live index
        stays then.
        """
        built_at = datetime.now(UTC)
        generation = new_generation(built_at)
        index = self._index_of(generation)
        published = False
        try:
            with asking(self._url):
                count = fill_index(self._client, index, documents)
                info = IndexInfo(
                    generation=generation,
                    documents=count,
                    built_at=built_at,
                    run_id=run_id,
                    taxonomy=taxonomy,
                    pipeline=pipeline,
                    lake_version=lake_version,
                )
                live = live_index(self._client, self._index)
                check_share(info, self._info_of(live, self._client) if live else None, minimum_share=minimum_share, force=force)
                previous = publish_index(self._client, self._index, index, info)
                published = True
        finally:
            if not published:
                self._tidy(lambda: discard_index(self._client, self._index, index))
        self._tidy(lambda: remove_outdated(self._client, self._index, keep={index, previous}))
        return info

    def drop_former(self) -> int:
        """Delete every index of ours but the live one, unfinished builds too; raises IndexUnavailable."""
        with asking(self._url):
            return remove_former(self._client, self._index)

    def info(self) -> IndexInfo:
        """Describe the live index; raises IndexMissing or IndexUnavailable.

        It is asked at every request to the API, also at those that need no index: so it waits 5 s at most, once.
        """
        asked = self._client.options(request_timeout=min(self._timeout, _TIMEOUT_OF_INFO), retry_on_timeout=False)
        return self._info_of(self._index, asked)

    def size(self) -> int:
        """Bytes of the live index on disk, without replicas; raises IndexMissing or IndexUnavailable."""
        with asking(self._url):
            stats = self._client.indices.stats(index=self._index, metric="store")
            return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def search(self, query: VacancyQuery) -> SearchResult:
        """Answer a search; raises CursorInvalid, IndexMissing or IndexUnavailable."""
        cursor = decode_cursor(query.cursor, engine=self.name, query=query) if query.cursor is not None else None
        if cursor is not None:
            return self._next_page(query, cursor)
        body = compile_search(query)
        with asking(self._url):
            answer = self._client.search(index=self._index, **_arguments(body))
        return self._result(query, answer, total=_total(answer), before=0)

    def match(self, query: MatchQuery) -> SearchResult:
        """Rank vacancies for a profile's skills; raises IndexMissing or IndexUnavailable."""
        with asking(self._url):
            answer = self._client.search(index=self._index, **_arguments(compile_match(query)))
        return SearchResult(total=_total(answer), hits=_hits(answer))

    def get(self, vacancy_id: str) -> VacancyDocument | None:
        """Fetch one document; raises IndexMissing or IndexUnavailable."""
        with asking(self._url):
            try:
                answer = self._client.get(index=self._index, id=vacancy_id, source_includes=STORED_FIELDS)
            except NotFoundError as error:
                if isinstance(error.body, dict) and error.body.get("found") is False:
                    return None
                raise
        return from_elasticsearch(answer["_source"])

    def _next_page(self, query: VacancyQuery, cursor: Cursor) -> SearchResult:
        before, after = position_of(cursor, len(sort_clauses(query)))
        body = compile_search(query, after=list(after), count=False)
        try:
            with asking(self._url):
                answer = self._client.search(index=self._index_of(cursor.generation), **_arguments(body))
        except IndexMissing as error:
            raise CursorInvalid("the index this cursor was made on is gone; start again without a cursor") from error
        except IndexUnavailable:
            raise
        except SearchError as error:  # of such a request only the place is not ours
            raise CursorInvalid("the cursor names no place in this answer; start again without a cursor") from error
        return self._result(query, answer, total=cursor.total, before=before)

    def _result(self, query: VacancyQuery, answer: ObjectApiResponse[Any], *, total: int, before: int) -> SearchResult:
        found = answer["hits"]["hits"]
        shown = before + len(found)
        next_cursor = None
        if found and shown < total:
            generation = found[-1]["_index"].removeprefix(f"{self._index}-")
            position = (shown, *found[-1]["sort"])
            next_cursor = encode_cursor(
                Cursor(engine=self.name, generation=generation, query=fingerprint(query), total=total, position=position)
            )
        facets = {}
        for facet in query.facets:
            buckets = answer["aggregations"][facet.value]["buckets"]
            facets[facet] = top_buckets(((bucket["key"], bucket["doc_count"]) for bucket in buckets), query.facet_size)
        return SearchResult(total=total, hits=_hits(answer), facets=facets, next_cursor=next_cursor)

    def _info_of(self, index: str, client: Elasticsearch) -> IndexInfo:
        with asking(self._url):
            described = client.indices.get_mapping(index=index)
        name, mappings = next(iter(described.items()))
        try:
            return IndexInfo.model_validate(mappings["mappings"]["_meta"]["labourscope"])
        except (KeyError, ValidationError) as error:
            raise IndexUnavailable(f"the index {name} is not Labourscope's ({error}); use another index name") from error

    def _index_of(self, generation: str) -> str:
        return f"{self._index}-{generation}"

    def _tidy(self, remove: Callable[[], None]) -> None:
        try:
            with asking(self._url):
                remove()
        except SearchError as error:
            # neither a published index nor the error that ended a build is to be hidden by this; a later build removes what is left
            logger.warning("indices that are no longer needed could not be removed: %s", error)


def _arguments(body: Body) -> dict[str, Any]:
    # the client takes the body's parts as keyword arguments and names this one without its underscore
    return {"source" if name == "_source" else name: value for name, value in body.items()}


def _total(answer: ObjectApiResponse[Any]) -> int:
    return int(answer["hits"]["total"]["value"])


def _hits(answer: ObjectApiResponse[Any]) -> tuple[Hit, ...]:
    return tuple(Hit(score=hit["_score"] or 0.0, document=from_elasticsearch(hit["_source"])) for hit in answer["hits"]["hits"])
