"""What one feed brought of one board, on its way to a health record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from vacancies.health.person import this_person
from vacancies.health.record import Decision, SourceHealth
from vacancies.health.stated_fields import StatedFields, known_fields, lost_words
from vacancies.lake import Lake
from vacancies.lake.postings import Missed, UpsertCounts
from vacancies.posting import Posting
from vacancies.run import RunStatus


class FeedTally:
    """Counts a board's part of a feed; tells when its postings no longer state a field, so that nothing of them is taken over."""

    def __init__(self, lake: Lake, board: str, *, at: datetime) -> None:
        self.board = board
        self.open_before = lake.open_count(board)
        self.rejected: Counter[str] = Counter()
        self.doubt: str | None = None
        self._at = at
        self._known = known_fields(lake.dataset("postings"), board)
        self._stated = StatedFields(self._known, seen_at=at)
        self._postings = 0
        self._counts: Counter[str] = Counter()

    def has_lost_fields(self, postings: Sequence[Posting]) -> bool:
        """Note a batch; tells whether it, or one before it, has lost a field that the board's stored postings state."""
        batch = StatedFields(self._known, seen_at=self._at)
        for posting in postings:
            batch.add(posting)
            self._stated.add(posting)
        self._postings += len(postings)
        self.doubt = self.doubt or lost_words(batch.lost())
        return self.doubt is not None

    def add(self, counts: UpsertCounts | Missed) -> None:
        """Note what taking a batch over, or withdrawing what the feed does not hold, has changed."""
        self._counts.update(counts._asdict())

    def health(self, *, run_id: str, complete: bool, held: bool, force: bool, seconds: float, unread: Counter[str]) -> SourceHealth:
        """Give the record; `held` says that a gate held the board."""
        dated, age_days = self._stated.ages()
        is_forced = force and self.doubt is not None
        status = RunStatus.HELD if held else RunStatus.DONE if self._postings or not self.rejected else RunStatus.FAILED
        return SourceHealth(
            run_id=run_id,
            step="ingest",
            board=self.board,
            status=status,
            at=self._at,
            complete=complete,
            message=self.doubt,
            seconds=round(seconds, 3),
            pages=1,
            pages_without=int(not self._postings),
            postings=self._postings,
            open_before=self.open_before,
            **{name: self._counts[name] for name in ("new", "changed", "unchanged", "reappeared", "gone", "missing")},
            dated=dated,
            age_days=age_days,
            filled=self._stated.filled(),
            quarantined=dict(sorted(self.rejected.items())),
            unread=dict(sorted(unread.items())),
            held_because=self.doubt,
            decision=Decision.FORCED if is_forced else None,
            decided_by=this_person() if is_forced else None,
            decided_at=datetime.now(UTC) if is_forced else None,
        )
