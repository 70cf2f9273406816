"""Write documents into a new tantivy index.

Two passes: the first writes the documents to a file beside the index and learns ids and dates; the second indexes them with their
places in the three orders (by id, newest first, oldest first), which are known only when all documents are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path
from typing import Final

import tantivy

from search_api.document import VacancyDocument
from search_api.engines.tantivy_schema import register_analyzers, schema, to_tantivy, with_places
from search_api.error import IndexBuildFailed, IndexUnavailable

WRITER_MEMORY: Final = 256_000_000  # bytes, over both threads
WRITER_THREADS: Final = 2
_BATCH: Final = 1_000  # documents written to the file at a time


def write_index(documents: Iterable[VacancyDocument], folder: Path, spool: Path) -> int:
    """Index documents into the empty `folder`; returns how many the index holds. `spool` is a file that is made and removed.

    Raises IndexBuildFailed for a repeated id or when the index holds another number than was sent.
    """
    try:
        keys = _spool(documents, spool)
        ranks = rank_documents(keys)
        held = _index_lines(_lines(spool), ranks, folder)
    finally:
        spool.unlink(missing_ok=True)
    if held != len(keys):
        raise IndexBuildFailed(f"{len(keys)} documents were sent to the index, it holds {held}; the live index stays. Build it again")
    return held


def _index_lines(lines: Iterator[str], ranks: list[tuple[int, int, int]], folder: Path) -> int:
    try:
        index = register_analyzers(tantivy.Index(schema(), str(folder)))
        writer = index.writer(WRITER_MEMORY, WRITER_THREADS)
        for line, place in zip(lines, ranks, strict=True):
            writer.add_json(with_places(line, place))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return int(index.searcher().num_docs)
    except (OSError, ValueError) as error:
        raise IndexUnavailable(f"the index in {folder} could not be written: {error}; free disk space, then: labourscope index") from error


def _spool(documents: Iterable[VacancyDocument], spool: Path) -> list[tuple[int, str]]:
    """Write documents to a file as tantivy takes them, one JSON line each; returns day (ordinal) and id of each, in the same order."""
    keys: list[tuple[int, str]] = []
    spool.touch()  # there may be no documents at all
    for batch in _batches(documents):
        try:
            with spool.open("a", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{to_tantivy(document)}\n" for document in batch)
        except OSError as error:
            raise IndexUnavailable(f"{spool} could not be written: {error}; free disk space, then: labourscope index") from error
        keys.extend((document.posted.toordinal(), document.vacancy_id) for document in batch)
    return keys


def _batches(documents: Iterable[VacancyDocument]) -> Iterator[list[VacancyDocument]]:
    iterator = iter(documents)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def rank_documents(keys: list[tuple[int, str]]) -> list[tuple[int, int, int]]:
    """Places (1, 2 ...) of each document by id, newest first and oldest first, ties by id; raises IndexBuildFailed for a repeated id."""
    ids = [vacancy_id for _, vacancy_id in keys]
    by_id = sorted(range(len(keys)), key=ids.__getitem__)
    for first, second in pairwise(by_id):
        if ids[first] == ids[second]:
            raise IndexBuildFailed(f"the vacancy {ids[first]} was sent to the index twice; merge the vacancies again: labourscope merge")
    # sorting is stable: sorted by day, documents of one day stay ordered by id
    newest = sorted(by_id, key=lambda at: -keys[at][0])
    oldest = sorted(by_id, key=lambda at: keys[at][0])
    return list(zip(_places(by_id), _places(newest), _places(oldest), strict=True))


def _places(order: list[int]) -> list[int]:
    places = [0] * len(order)
    for place, at in enumerate(order, start=1):
        places[at] = place
    return places


def _lines(spool: Path) -> Iterator[str]:
    with closing(spool.open(encoding="utf-8", newline="\n")) as file:
        for line in file:
            yield line.rstrip("\n")
