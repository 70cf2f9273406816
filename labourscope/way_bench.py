"""Timing the whole way on a folder of feeds, with the count of what went in and came out."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from flows import steps
from flows.context import StepResult
from labourscope.console import progress_reporter
from labourscope.installation import run_context
from labourscope.settings import Settings
from vacancies.feed_mapping import load_mapping
from vacancies.ingest import FeedReader
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.register import SourceRegister, load_register
from vacancies.run import QuarantinedRecord
from vacancies.source import Source


class WayBench(BaseModel):
    """Seconds by step, advertisements per second over all steps, peak memory of the main and of the largest reading process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: int
    postings: int
    repeated: int
    quarantined: dict[str, int]
    read: int
    vacancies: int
    indexed: int
    seconds: dict[str, float]
    per_second: float
    peak_mib: int
    peak_child_mib: int
    lost: int

    def rows(self) -> list[dict[str, object]]:
        """Lay the figures out as table rows."""
        plain = {name: value for name, value in self.model_dump().items() if not isinstance(value, dict)}
        rows: list[dict[str, object]] = [{"figure": name, "value": value} for name, value in plain.items()]
        rows += [{"figure": f"seconds: {step}", "value": round(seconds, 2)} for step, seconds in self.seconds.items()]
        return rows + [{"figure": f"quarantined: {reason}", "value": number} for reason, number in self.quarantined.items()]


def bench_way(
    settings: Settings, files: list[Path], *, home: Path, mapping: Path | None, register: Path | None, taxonomy: str | None
) -> WayBench:
    """Go the whole way with these feeds in a home folder (taxonomies are taken from the settings' own home)."""
    own = settings.model_copy(update={"home": home, "elasticsearch_index": "labourscope-bench"})
    _share_taxonomies(settings, home)
    rows = load_register(register) if register else _register_for(files)
    seconds: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with progress_reporter() as reporter:
        context = run_context(own, reporter, register=rows, taxonomy=taxonomy)
        lake = Lake.open(context.home.lake)
        feed_mapping = load_mapping(mapping) if mapping else None
        begun = time.perf_counter()
        for file in files:
            board = file.name.removesuffix(".jsonl.gz")
            _add(steps.ingest(context, lake, file, board=board, mapping=feed_mapping, complete=False), seconds, counts)
        for step in (steps.enrich, steps.merge, steps.index, steps.figures, steps.release):
            _add(step(context, lake), seconds, counts)
        total = time.perf_counter() - begun
    quarantined = {name: n for name, n in counts.items() if ".quarantined." in name}
    lost = counts["ingest.lines"] - counts["ingest.repeated"] - counts["enrich.read"] - sum(quarantined.values())
    return WayBench(
        lines=counts["ingest.lines"],
        postings=counts["ingest.postings"],
        repeated=counts["ingest.repeated"],
        quarantined=quarantined,
        read=counts["enrich.read"],
        vacancies=counts["merge.vacancies"],
        indexed=counts["index.indexed"],
        seconds=dict(seconds),
        per_second=round(counts["ingest.postings"] / total, 1),
        peak_mib=_peak(resource.RUSAGE_SELF),
        peak_child_mib=_peak(resource.RUSAGE_CHILDREN),
        lost=lost,
    )


def read_all(files: list[Path], mapping: Path | None, left_out: Counter[str]) -> Iterator[Posting]:
    """Read the postings of feeds without a lake; records that are none are counted by reason in `left_out`."""
    register = _register_for(files)
    for file in files:
        reader = FeedReader(
            register,
            "bench",
            datetime.now(UTC),
            board=file.name.removesuffix(".jsonl.gz"),
            mapping=load_mapping(mapping) if mapping else None,
        )
        for item in reader.read(file):
            if isinstance(item, Posting):
                yield item
            elif isinstance(item, QuarantinedRecord):
                left_out[item.reason] += 1


def _add(result: StepResult, seconds: Counter[str], counts: Counter[str]) -> None:
    seconds[result.step] += result.seconds  # type: ignore[assignment]  # a Counter adds floats as well
    counts.update({f"{result.step}.{name}": number for name, number in result.counts.items()})


def _register_for(files: list[Path]) -> SourceRegister:
    return SourceRegister(
        [
            Source(
                board=file.name.removesuffix(".jsonl.gz"),
                name=file.name,
                platform="feed",
                address=file.name,
                countries=(),
                languages=(),
                legal_basis="test data, measured on this machine only",
                contact="bench@labourscope.example",
                active_from=date(2000, 1, 1),
            )
            for file in files
        ]
    )


def _share_taxonomies(settings: Settings, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    shared = settings.home.expanduser().resolve() / "taxonomies"
    if shared.is_dir() and not (home / "taxonomies").exists():
        (home / "taxonomies").symlink_to(shared, target_is_directory=True)


def _peak(whose: int) -> int:
    return int(resource.getrusage(whose).ru_maxrss / 1024)
