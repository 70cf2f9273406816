"""TantivyEngine: the embedded search engine, for one machine, without a server."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import tantivy
from filelock import Timeout

from search_api.document import VacancyDocument
from search_api.engines.cursor import Cursor, decode_cursor, encode_cursor, fingerprint, position_of
from search_api.engines.protocol import IndexInfo
from search_api.engines.publication import check_share, new_generation, top_buckets
from search_api.engines.tantivy_build import write_index
from search_api.engines.tantivy_generations import Generations
from search_api.engines.tantivy_paging import Page, counted, rank_page, score_page
from search_api.engines.tantivy_query import compile_facets, compile_match, compile_search, order_field
from search_api.engines.tantivy_schema import from_tantivy, register_analyzers, schema
from search_api.error import CursorInvalid, IndexMissing, IndexUnavailable
from search_api.query import FacetBucket, FacetField, Hit, MatchQuery, SearchResult, VacancyQuery


class _Opened(NamedTuple):
    info: IndexInfo
    searcher: tantivy.Searcher


class TantivyEngine:
    """Search over an index folder; reads are safe from several threads, and see a swapped generation at once.

    A cursor keeps reading the generation it was made on for as long as that is kept: until the build after the next.
    """

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._opened: dict[str, _Opened] = {}
        self._lock = threading.Lock()

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
        """Build a new generation, verify its count and make it live atomically.

        Raises IndexRefused (gate), IndexBuildFailed (repeated id, wrong count) or IndexUnavailable (another build runs, disk full);
        the live index stays then.
        """
        built_at = datetime.now(UTC)
        generation = new_generation(built_at)
        with self._building(generation) as building:
            count = write_index(documents, building / "index", building / "spool.jsonl")
            info = IndexInfo(
                generation=generation,
                documents=count,
                built_at=built_at,
                run_id=run_id,
                taxonomy=taxonomy,
                pipeline=pipeline,
                lake_version=lake_version,
            )
            check_share(info, None if force else self._live_info(), minimum_share=minimum_share, force=force)
            self._generations.publish(building, info)
        return info

    def drop_former(self) -> int:
        """Remove every generation but the live one, and what killed builds left; raises IndexUnavailable while a build runs."""
        try:
            with self._generations.lock():
                return self._generations.drop_former()
        except Timeout as error:
            raise IndexUnavailable(f"a build of this index is running (lock {error.lock_file}); wait for it to end") from error

    def info(self) -> IndexInfo:
        """Describe the live index; raises IndexMissing or IndexUnavailable."""
        return self._live().info

    def size(self) -> int:
        """Bytes of the live index on disk; raises IndexMissing or IndexUnavailable."""
        folder = self._generations.index(self._live().info.generation)
        return sum(path.stat().st_size for path in folder.iterdir())

    def search(self, query: VacancyQuery) -> SearchResult:
        """Answer a search; raises CursorInvalid, IndexMissing or IndexUnavailable."""
        cursor = decode_cursor(query.cursor, engine=self.name, query=query) if query.cursor is not None else None
        opened = self._live() if cursor is None else self._of_cursor(cursor)
        compiled = compile_search(query)
        before, position = position_of(cursor, _position_parts(query))
        offsets = tuple(_offset(part, opened.searcher.num_docs) for part in position)
        with _reading():
            page = _page(opened.searcher, compiled, query, offsets, cursor.total if cursor else None)
            hits = _hits(opened.searcher, page)
            facets = _facets(opened.searcher, compiled, query)
        shown = before + len(hits)
        next_cursor = None
        if hits and shown < page.total:
            position = (shown, *page.position)
            next_cursor = encode_cursor(
                Cursor(engine=self.name, generation=opened.info.generation, query=fingerprint(query), total=page.total, position=position)
            )
        return SearchResult(total=page.total, hits=hits, facets=facets, next_cursor=next_cursor)

    def match(self, query: MatchQuery) -> SearchResult:
        """Rank vacancies for a profile's skills; raises IndexMissing or IndexUnavailable."""
        searcher = self._live().searcher
        compiled = compile_match(query)
        with _reading():
            page = score_page(searcher, compiled, start=0, skip=0, limit=query.limit)
            return SearchResult(total=page.total, hits=_hits(searcher, page))

    def get(self, vacancy_id: str) -> VacancyDocument | None:
        """Fetch one document; raises IndexMissing or IndexUnavailable."""
        searcher = self._live().searcher
        with _reading():
            wanted = tantivy.Query.term_query(schema(), "vacancy_id", vacancy_id, index_option="basic")
            found = searcher.search(wanted, 1, count=False).hits
            return _document(searcher, found[0][1]) if found else None

    @contextmanager
    def _building(self, generation: str) -> Iterator[Path]:
        try:
            with self._generations.lock():
                building = self._generations.begin(generation)
                try:
                    yield building
                finally:
                    self._generations.discard(building)
        except Timeout as error:
            raise IndexUnavailable(f"another build of this index is running (lock {error.lock_file}); wait for it to end") from error

    def _live_info(self) -> IndexInfo | None:
        try:
            return self._generations.info(self._generations.live())
        except IndexMissing:
            return None

    def _live(self) -> _Opened:
        generation = self._generations.live()
        try:
            return self._open(generation)
        except IndexUnavailable:
            # two swaps between reading the pointer and opening: what it named is gone, so look again
            renewed = self._generations.live()
            if renewed == generation:
                raise
            return self._open(renewed)

    def _of_cursor(self, cursor: Cursor) -> _Opened:
        if not self._generations.exists(cursor.generation):
            raise CursorInvalid("the index this cursor was made on is gone; start again without a cursor")
        return self._open(cursor.generation)

    def _open(self, generation: str) -> _Opened:
        with self._lock:
            opened = self._opened.get(generation)
            if opened is None:
                opened = _Opened(self._generations.info(generation), _open_searcher(self._generations.index(generation)))
                # files of removed generations take space until they are closed
                self._opened = {name: kept for name, kept in self._opened.items() if self._generations.exists(name)}
                self._opened[generation] = opened
            return opened


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexUnavailable(f"the index cannot be read: {error}; rebuild it: labourscope index --force") from error


def _open_searcher(folder: Path) -> tantivy.Searcher:
    with _reading():
        return register_analyzers(tantivy.Index.open(str(folder))).searcher()


def _page(searcher: tantivy.Searcher, compiled: tantivy.Query, query: VacancyQuery, offsets: tuple[int, ...], total: int | None) -> Page:
    field = order_field(query)
    if field is None and query.limit:
        start, skip = offsets or (0, 0)
        return score_page(searcher, compiled, start=start, skip=skip, limit=query.limit, total=total)
    if total is None:
        total = counted(searcher.search(compiled, 1, count=True))
    if field is None or not query.limit:
        return Page([], [], (), total)
    return rank_page(searcher, compiled, field, after=offsets[0] if offsets else 0, limit=query.limit, total=total)


def _position_parts(query: VacancyQuery) -> int:
    return 2 if order_field(query) is None else 1


def _offset(part: float | str, documents: int) -> int:
    # tantivy makes room for all hits before an offset: a number out of the air would end the process
    if not isinstance(part, int) or not 0 <= part <= documents:
        raise CursorInvalid("the cursor names no place in this index; start again without a cursor")
    return part


def _facets(searcher: tantivy.Searcher, compiled: tantivy.Query, query: VacancyQuery) -> dict[FacetField, tuple[FacetBucket, ...]]:
    if not query.facets:
        return {}
    answer = searcher.aggregate(compiled, compile_facets(query.facets))
    return {
        facet: top_buckets(((bucket["key"], bucket["doc_count"]) for bucket in answer[facet.value]["buckets"]), query.facet_size)
        for facet in query.facets
    }


def _hits(searcher: tantivy.Searcher, page: Page) -> tuple[Hit, ...]:
    return tuple(Hit(score=score, document=_document(searcher, at)) for score, at in zip(page.scores, page.addresses, strict=True))


def _document(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> VacancyDocument:
    return from_tantivy(searcher.doc(address))
