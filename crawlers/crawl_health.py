"""What a crawl leaves of its board's health: pages, answers' times and stated fields, noted on the way and put together at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from crawlers.latency import Latency
from crawlers.report import BoardReport
from vacancies.health.person import this_person
from vacancies.health.record import Decision, SourceHealth
from vacancies.health.stated_fields import StatedFields, known_fields, lost_words
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.run import RunStatus


class CrawlHealth:
    """Notes one crawl of one board."""

    def __init__(self, lake: Lake, board: str, *, run_id: str, seen_at: datetime) -> None:
        self.latency = Latency()
        self.resting_until: datetime | None = None
        self._run_id = run_id
        self._seen_at = seen_at
        self._stated = StatedFields(known_fields(lake.dataset("postings"), board), seen_at=seen_at)
        self._pages = self._pages_without = 0

    def begin_page(self) -> None:
        """Note a page that is read for postings; one that cannot be read holds none."""
        self._pages += 1
        self._pages_without += 1

    def end_page(self, postings: Sequence[Posting]) -> None:
        """Note what the page begun last holds."""
        self._pages_without -= bool(postings)
        for posting in postings:
            self._stated.add(posting)

    def lost_fields(self) -> str | None:
        """Say which fields the board's postings no longer state; None when there are none."""
        return lost_words(self._stated.lost())

    def record(self, report: BoardReport, *, open_before: int, doubt: str | None, force: bool) -> SourceHealth:
        """Put the record together; `doubt` is what the gate found, `force` that a person let the crawl through beforehand."""
        shared = set(BoardReport.model_fields) & set(SourceHealth.model_fields)
        dated, age_days = self._stated.ages()
        figures: dict[str, object] = {
            "run_id": self._run_id,
            "step": "crawl",
            "at": self._seen_at,
            "latency": self.latency.median(),
            "pages": self._pages,
            "pages_without": self._pages_without,
            "postings": report.parsed,
            "open_before": open_before,
            "dated": dated,
            "age_days": age_days,
            "filled": self._stated.filled(),
            "resting_until": self.resting_until,
            "held_because": doubt,
        }
        if force and doubt is not None and report.status is RunStatus.DONE:
            figures |= {"decision": Decision.FORCED, "decided_by": this_person(), "decided_at": datetime.now(UTC)}
        return SourceHealth.model_validate(report.model_dump(include=shared) | figures)
