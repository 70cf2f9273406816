"""Reads postings: streams through the pipeline in one process or several; what cannot be read is quarantined, never lost."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from nlp.error import ReadingFailed, WorkerLost
from nlp.pipeline import build_pipeline
from nlp.sentence_linker.model_folder import SentenceModel
from nlp.sentence_linker.sentence_linker import SentenceLinker
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from vacancies.enriched import EnrichedPosting
from vacancies.posting import Posting
from vacancies.quarantining import quarantined
from vacancies.run import QuarantinedRecord

OnFailure = Callable[[QuarantinedRecord], None]

_STEP: Final = "enrich"
_CHUNK: Final = 64
_CHUNKS_AHEAD: Final = 3  # per worker: how far reading may run ahead of what the caller has taken
_KEPT_WORDS: Final = 300_000  # words of the vocabulary that stay between batches; further ones are given back after their batch


def read_postings(
    nlp: Language, postings: Iterable[Posting], *, batch_size: int = _CHUNK, on_failure: OnFailure | None = None, run_id: str = ""
) -> Iterator[EnrichedPosting]:
    """Read postings in order with a pipeline of `build_pipeline`, a batch at a time.

    A posting that cannot be read goes to `on_failure` as a quarantine record (step "enrich"; reason `too_long`, `broken_text` or
    `unreadable`), so that readings and failures together are as many as the postings. Raises ReadingFailed when `on_failure` is None.
    """
    source = iter(postings)
    while batch := list(islice(source, max(batch_size, 1))):
        for outcome in _read_batch(nlp, batch, run_id):
            if isinstance(outcome, EnrichedPosting):
                yield outcome
            elif on_failure is None:
                raise ReadingFailed(f"{outcome.error}; pass on_failure to go on and quarantine it")
            else:
                on_failure(outcome)


@cache
def _controller() -> ThreadpoolController:
    """Holds numpy's products to one thread: the matrices are small, threads would only wait for each other; processes share the work."""
    return ThreadpoolController()


def _read_batch(nlp: Language, batch: Sequence[Posting], run_id: str) -> list[EnrichedPosting | QuarantinedRecord]:
    """One outcome per posting, in order."""
    outcomes: list[EnrichedPosting | QuarantinedRecord | None] = [None] * len(batch)
    fail = partial(_failure, run_id=run_id)

    def handle(component: str, _: object, docs: Sequence[Doc], error: Exception) -> None:
        for doc in docs:
            at = doc.user_data["labourscope.position"]
            outcomes[at] = fail(batch[at], "unreadable", f"{component}: {type(error).__name__}: {error}")

    has_words = _needs_words(nlp)
    with _no_search_for_cycles(), _memory(nlp), _controller().limit(limits=1, user_api="blas"):
        docs: list[Doc] = []
        for at, posting in enumerate(batch):
            if refusal := _refusal(posting.description_text, nlp.max_length):
                outcomes[at] = fail(posting, *refusal)
                continue
            doc = nlp.make_doc(posting.description_text) if has_words else Doc(nlp.vocab)
            doc._.posting = posting
            doc.user_data["labourscope.position"] = at
            docs.append(doc)
        before = nlp.default_error_handler
        nlp.set_error_handler(cast("Any", handle))  # spaCy types only handlers that raise
        try:
            for doc in nlp.pipe(docs, batch_size=len(batch)):
                outcomes[doc.user_data["labourscope.position"]] = doc._.reading
        finally:
            nlp.set_error_handler(before)
    return [
        outcome if outcome is not None else fail(posting, "unreadable", "the pipeline gave no reading; has it labourscope_reading?")
        for outcome, posting in zip(outcomes, batch, strict=True)
    ]


def _refusal(text: str, longest: int) -> tuple[str, str] | None:
    """Why a text cannot enter the pipeline at all: reason code and error."""
    if len(text) > longest:
        return "too_long", f"the text has {len(text):,} characters, more than {longest:,}"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return "broken_text", f"the text holds half a character (a lone surrogate) at {error.start}"
    return None


def _needs_words(nlp: Language) -> bool:
    """Whether a component may ask for words: ours read the posting's characters, and nobody sees their documents here."""
    return not all(factory.startswith("labourscope_") for factory in nlp.pipe_factories.values())


def _memory(nlp: Language) -> AbstractContextManager[object]:
    """Common words stay in the vocabulary; once it is large, new ones are freed with their batch."""
    context: AbstractContextManager[object] = nlp.memory_zone() if len(nlp.vocab) > _KEPT_WORDS else nullcontext()
    return context


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Python looks for cycles of dead objects by how many are made, and goes through all of a taxonomy for them; a batch can wait.

    What a batch leaves is looked through once behind it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _failure(posting: Posting, reason: str, error: str, *, run_id: str) -> QuarantinedRecord:
    return quarantined(
        posting.model_dump(),
        step=_STEP,
        board=posting.board,
        reason=reason,
        error=f"posting {posting.posting_id}: {error}",
        run_id=run_id,
        at=datetime.now(UTC),
        url=posting.url,
    )


def read_parallel(
    taxonomy_root: Path,
    taxonomy: str | None,
    postings: Iterable[Posting],
    *,
    workers: int,
    nuts_version: str | None = None,
    languages: Sequence[str] | None = None,
    sentence_model: SentenceModel | None = None,
    chunk: int = _CHUNK,
    run_id: str = "",
) -> Iterator[EnrichedPosting | QuarantinedRecord]:
    """Read postings in several processes, in the order they came, taking only a few chunks ahead of the caller.

    Each process opens the taxonomy by name (None: the newest ESCO, else the starter). With fewer than two workers it reads in this
    process. Raises UnknownTaxonomy and SentenceModelUnusable before anything is read, WorkerLost when a process is killed.
    """
    store = TaxonomyStore(taxonomy_root)
    ref = str(store.open(taxonomy).ref)
    setup = _Setup(str(taxonomy_root), ref, nuts_version, None if languages is None else tuple(languages), sentence_model)
    chunks = _chunks(postings, chunk)
    if workers < 2:
        nlp = setup.build()
        for batch in chunks:
            yield from _read_batch(nlp, batch, run_id)
        return
    if sentence_model is not None:
        SentenceLinker.load(store.open(ref), sentence_model)  # what is kept is made once, and a process's own errors would not be told
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(setup, run_id)) as pool:
        yield from _in_order(pool, chunks, ahead=workers * _CHUNKS_AHEAD)


def _chunks(postings: Iterable[Posting], size: int) -> Iterator[list[Posting]]:
    source = iter(postings)
    while chunk := list(islice(source, max(size, 1))):
        yield chunk


def _in_order(pool: ProcessPoolExecutor, chunks: Iterator[list[Posting]], *, ahead: int) -> Iterator[EnrichedPosting | QuarantinedRecord]:
    waiting: deque[Future[list[EnrichedPosting | QuarantinedRecord]]] = deque()
    try:
        for chunk in islice(chunks, ahead):
            waiting.append(pool.submit(_read_in_worker, chunk))
        while waiting:
            outcomes = waiting.popleft().result()
            for chunk in islice(chunks, 1):
                waiting.append(pool.submit(_read_in_worker, chunk))
            yield from outcomes
    except BrokenProcessPool as error:
        raise WorkerLost("a reading process ended before its postings were read (out of memory?); run again with fewer workers") from error
    finally:
        for future in waiting:
            future.cancel()


_worker: dict[str, Any] = {}  # what a reading process keeps between chunks: its pipeline and run id


class _Setup(NamedTuple):
    """What a reading process builds its pipeline from."""

    root: str
    taxonomy: str
    nuts_version: str | None
    languages: tuple[str, ...] | None
    sentence_model: SentenceModel | None

    def build(self) -> Language:
        store = TaxonomyStore(Path(self.root))
        taxonomy, regions = store.open(self.taxonomy), Regions.open(store, self.nuts_version)
        return build_pipeline(taxonomy, regions, languages=self.languages, sentence_model=self.sentence_model)


def _start_worker(setup: _Setup, run_id: str) -> None:
    _end_with_parent()
    _worker["nlp"] = setup.build()
    _worker["run_id"] = run_id


def _end_with_parent() -> None:
    """A killed parent cannot end its processes, and they would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _read_in_worker(chunk: list[Posting]) -> list[EnrichedPosting | QuarantinedRecord]:
    return _read_batch(_worker["nlp"], chunk, _worker["run_id"])
