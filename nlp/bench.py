"""Measures speed and memory of label matching and of the whole reading, overall and by component."""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict
from spacy.language import Language
from spacy.tokens import Doc

from nlp.label_matcher import LabelMatcher
from nlp.place_depth import PlaceDepth, place_depth
from nlp.reading import read_postings
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy
from vacancies.posting import Posting

_FIRST: Final = 5  # postings of each language, read before the clock runs

_ADDITIONS: Final = 2_000_000


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelBench(_Frozen):
    """Label matching on plain texts, one process. CPU seconds do not count waiting for a busy machine."""

    texts: int
    mean_characters: float
    labels: int  # forms in the matcher
    matches: int
    open_seconds: float
    seconds: float
    cpu_seconds: float
    texts_per_second: float
    texts_per_cpu_second: float
    peak_memory_mb: float


class ComponentTime(_Frozen):
    """CPU time of one component over all postings, and its share."""

    name: str
    cpu_seconds: float
    share: float


class ReadBench(_Frozen):
    """Reading of postings by the whole pipeline, one process."""

    postings: int
    read: int
    quarantined: int
    mean_characters: float
    skills_per_posting: float
    places: dict[str, int]  # postings by how deep their place is known, see `PlaceDepth`
    seconds: float
    cpu_seconds: float
    postings_per_second: float
    postings_per_cpu_second: float
    additions_per_cpu_second: float  # whole numbers added one by one in Python, before and after: how fast the machine is meanwhile
    start_seconds: float  # CPU time of the first texts of each language, in which words and rules are loaded; not among `cpu_seconds`
    peak_memory_mb: float
    components: tuple[ComponentTime, ...]


def bench_labels(taxonomy: Taxonomy, texts: Sequence[tuple[str, str | None]]) -> LabelBench:
    """Match skill labels in texts given with their language (None: English)."""
    begun = time.perf_counter()
    matcher = LabelMatcher.build(taxonomy, [ConceptType.SKILL])
    for language in {language for _, language in texts}:
        matcher.match("", language)  # makes the automaton
    opened = time.perf_counter() - begun
    wall, cpu = time.perf_counter(), time.process_time()
    matches = sum(len(matcher.match(text, language)) for text, language in texts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return LabelBench(
        texts=len(texts),
        mean_characters=_mean([len(text) for text, _ in texts]),
        labels=len(matcher),
        matches=matches,
        open_seconds=round(opened, 3),
        seconds=round(wall, 3),
        cpu_seconds=round(cpu, 3),
        texts_per_second=_rate(len(texts), wall),
        texts_per_cpu_second=_rate(len(texts), cpu),
        peak_memory_mb=peak_memory_mb(),
    )


def bench_read(nlp: Language, postings: Sequence[Posting]) -> ReadBench:
    """Read postings with a pipeline of `build_pipeline` and time its components.

    The first few of each language are read once before: what a process loads with them it keeps for as long as it runs.
    """
    started = time.process_time()
    for _ in read_postings(nlp, _first_of_languages(postings), on_failure=lambda _: None):
        pass
    started = time.process_time() - started
    failed = 0
    skills = 0
    read = 0
    places = dict.fromkeys(PlaceDepth, 0)

    def count_failure(_: object) -> None:
        nonlocal failed
        failed += 1

    yardstick = _additions_seconds()
    with _timed(nlp) as times:
        wall, cpu = time.perf_counter(), time.process_time()
        for reading in read_postings(nlp, postings, on_failure=count_failure):
            read += 1
            skills += len(reading.skills)
            places[place_depth(reading.regions)] += 1
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    yardstick += _additions_seconds()
    return ReadBench(
        postings=len(postings),
        read=read,
        quarantined=failed,
        mean_characters=_mean([len(posting.description_text) for posting in postings]),
        skills_per_posting=round(skills / read, 2) if read else 0.0,
        places={depth.value: number for depth, number in places.items()},
        seconds=round(wall, 3),
        cpu_seconds=round(cpu, 3),
        postings_per_second=_rate(len(postings), wall),
        postings_per_cpu_second=_rate(len(postings), cpu),
        additions_per_cpu_second=_rate(2 * _ADDITIONS, yardstick),
        start_seconds=round(started, 3),
        peak_memory_mb=peak_memory_mb(),
        components=tuple(_component_time(name, spent, cpu) for name, spent in times.items()),
    )


def _additions_seconds() -> float:
    """CPU time of a plain loop, by which figures of two machines, or of one whose speed drifts, can be set beside each other."""
    begun, total = time.process_time(), 0
    for number in range(_ADDITIONS):
        total += number
    return time.process_time() - begun


def _first_of_languages(postings: Sequence[Posting]) -> list[Posting]:
    """A few postings of each declared language, in order."""
    met: Counter[str | None] = Counter()
    first = []
    for posting in postings:
        met[posting.language] += 1
        if met[posting.language] <= _FIRST:
            first.append(posting)
    return first


def _component_time(name: str, spent: float, whole: float) -> ComponentTime:
    return ComponentTime(name=name, cpu_seconds=round(spent, 3), share=round(spent / whole, 3) if whole else 0.0)


def peak_memory_mb() -> float:
    """The largest resident memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


@contextmanager
def _timed(nlp: Language) -> Iterator[dict[str, float]]:
    """Count the CPU time of tokenizer and components while the block runs."""
    times = {"tokenizer": 0.0, **dict.fromkeys(nlp.pipe_names, 0.0)}
    tokenizer = nlp.tokenizer
    components: list[tuple[str, Callable[[Doc], Doc]]] = nlp._components  # spaCy has no public way to wrap a component in place
    originals = list(components)
    nlp.tokenizer = _timing(tokenizer, "tokenizer", times)
    components[:] = [(name, _timing(component, name, times)) for name, component in originals]
    try:
        yield times
    finally:
        nlp.tokenizer = tokenizer
        components[:] = originals


def _timing(call: Callable[[Any], Any], name: str, times: dict[str, float]) -> Callable[[Any], Any]:
    return _TimedBatches(call, name, times) if hasattr(call, "pipe") else _Timed(call, name, times)


class _Timed:
    """A component that counts its CPU time."""

    def __init__(self, call: Callable[[Any], Any], name: str, times: dict[str, float]) -> None:
        self._call = call
        self._name = name
        self._times = times

    def __call__(self, argument: Any) -> Any:
        begun = time.process_time()
        try:
            return self._call(argument)
        finally:
            self._times[self._name] += time.process_time() - begun


class _TimedBatches(_Timed):
    """Likewise for a component that takes many documents at a time."""

    def pipe(self, stream: Iterable[Doc], **options: Any) -> Iterator[Doc]:
        docs = list(stream)  # what earlier components take is theirs
        begun = time.process_time()
        done = list(cast("Any", self._call).pipe(docs, **options))
        self._times[self._name] += time.process_time() - begun
        yield from done


def _mean(values: Sequence[int]) -> float:
    return round(sum(values) / len(values), 1) if values else 0.0


def _rate(count: int, seconds: float) -> float:
    return round(count / seconds, 1) if seconds else 0.0
