"""Pages of a tantivy answer: by a unique order (rank fields) or by score with ties by vacancy id."""

from __future__ import annotations

from itertools import groupby
from typing import Final, NamedTuple

import tantivy

from search_api.engines.tantivy_query import after_rank
from search_api.engines.tantivy_schema import BY_ID

_SPARE: Final = 200  # hits fetched beyond a page: they cost little and mostly hold the rest of its last group of equal scores


class Page(NamedTuple):
    """Some hits in order: scores, where the documents are, and where the next page starts (the cursor's position)."""

    scores: list[float]
    addresses: list[tantivy.DocAddress]
    position: tuple[int, ...]
    total: int  # of the whole answer


def rank_page(searcher: tantivy.Searcher, query: tantivy.Query, field: str, *, after: int, limit: int, total: int) -> Page:
    """The next `limit` hits behind place `after` of a unique order; `total` is the whole answer's size.

    Looks through a window of places that should hold enough hits and widens it, so that a page costs about the same wherever it
    starts and a walk over all pages stays linear.
    """
    places = searcher.num_docs
    width = max(1_000, 2 * limit * places // max(1, total))
    while True:
        up_to = after + width
        found = searcher.search(
            after_rank(query, field, after, up_to), max(1, limit), count=False, order_by_field=field, order=tantivy.Order.Asc
        ).hits[:limit]
        if len(found) == limit or up_to >= places:
            break
        width *= 4
    return Page([0.0] * len(found), [address for _, address in found], (int(found[-1][0]) if found else places,), total)


def score_page(searcher: tantivy.Searcher, query: tantivy.Query, *, start: int, skip: int, limit: int, total: int | None = None) -> Page:
    """The next `limit` hits by score, ties by vacancy id; `total` is the whole answer's size where it is known.

    tantivy breaks ties by its own document numbers. So every group of equal scores that the page touches is fetched whole and put in
    order here: `start` is the offset of such a group in tantivy's own order, `skip` how many of it earlier pages have shown.
    """
    need = skip + limit
    size = need + _SPARE
    while True:
        found = searcher.search(query, size, count=total is None, offset=start)
        if total is None:
            total = counted(found)
        hits = found.hits
        if len(hits) < size or hits[-1][0] != hits[need - 1][0]:
            break
        size *= 4
    ordered: list[tuple[float, tantivy.DocAddress]] = []
    group_starts: list[int] = []
    for _, group in groupby(hits, key=lambda hit: float(hit[0])):
        if len(ordered) >= need:
            break
        group_start = len(ordered)
        ordered.extend(_by_id(searcher, list(group)))
        group_starts.extend([group_start] * (len(ordered) - group_start))
    page = ordered[skip:need]
    last = skip + len(page) - 1
    position = (start + group_starts[last], last + 1 - group_starts[last]) if page else (start, skip)
    return Page([score for score, _ in page], [address for _, address in page], position, total)


def counted(found: tantivy.SearchResult) -> int:
    """How many documents matched, of a search that counted."""
    return int(getattr(found, "count"))  # noqa: B009 - tantivy's stub does not name it


def _by_id(searcher: tantivy.Searcher, group: list[tuple[float, tantivy.DocAddress]]) -> list[tuple[float, tantivy.DocAddress]]:
    if len(group) == 1:
        return group
    places = searcher.fast_field_values(BY_ID, [address for _, address in group])
    return [hit for _, hit in sorted(zip(places, group, strict=True), key=lambda pair: int(pair[0] or 0))]
