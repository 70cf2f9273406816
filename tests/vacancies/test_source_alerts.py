"""Alerts on boards simulated over many weeks: each comes when it should and only then; ordinary weeks bring none."""

from __future__ import annotations

import json
import math
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from vacancies.health.alerts import Alert, AlertKind, find_alerts
from vacancies.health.overview import board_healths
from vacancies.health.record import Decision, SourceHealth
from vacancies.lake import Lake
from vacancies.run import RunStatus
from vacancies.snapshots import read_snapshots
from vacancies.source import Source

BEGIN = datetime(2025, 1, 6, 4, tzinfo=UTC)
SHARES = {"title": 1.0, "description_text": 1.0, "date_posted": 0.97, "base_salary": 0.3, "employment_type": 0.6, "url": 1.0}
SOURCE = Source(
    board="board",
    name="Board",
    platform="jsonld",
    address="https://board.example",
    countries=("DE",),
    languages=("de",),
    legal_basis="agreement",
    contact="data@pes.example",
    active_from=date(2024, 1, 1),
)


class Board:
    """A board of about so many postings, crawled once a week or as often as said; weeks differ as chance has it."""

    def __init__(self, size: int, seed: int = 1, *, days: float = 7.0, turnover: float = 0.2) -> None:
        self.draw = random.Random(seed)
        self.size, self.days, self.turnover = size, days, turnover
        self.open: list[dict[str, bool]] = []
        self.runs: list[SourceHealth] = []
        self.at = BEGIN

    def week(self, **changed: object) -> SourceHealth:
        """Crawl once more; `changed` overrides figures of the run."""
        draw, first = self.draw, not self.runs
        season = 1 + 0.25 * math.sin(2 * math.pi * self.at.timetuple().tm_yday / 365)
        open_before = len(self.open)
        left = [job for job in self.open if draw.random() > self.turnover]
        new = self.size if first else self._poisson(self.size * self.turnover * season)
        self.open = left + [{name: draw.random() < share for name, share in SHARES.items()} for _ in range(new)]
        ages = [min(60, int(draw.expovariate(1 / (self.days * 0.6)))) for _ in range(new)]
        requests = max(1, len(self.open) // 20)
        figures: dict[str, object] = {
            "run_id": f"run-{len(self.runs):03}",
            "step": "crawl",
            "board": "board",
            "status": RunStatus.DONE,
            "at": self.at,
            "complete": True,
            "postings": len(self.open),
            "open_before": open_before,
            "new": new,
            "gone": open_before - len(left),
            "changed": self._poisson(len(left) * 0.05),
            "pages": requests,
            "requests": requests,
            "statuses": {"200": requests},
            "latency": 0.4 * math.exp(draw.gauss(0, 0.2)),
            "dated": new,
            "age_days": median(ages) if ages else None,
            "filled": {name: sum(job[name] for job in self.open) for name in SHARES},
            "quarantined": {"no_text": self._poisson(len(self.open) * 0.005)},
        }
        self.runs.append(SourceHealth.model_validate(figures | changed))
        self.at += timedelta(days=self.days, hours=draw.uniform(-2, 2))
        return self.runs[-1]

    def weeks(self, number: int) -> Board:
        """Crawl so many times."""
        for _ in range(number):
            self.week()
        return self

    def alerts(self, *, now: datetime | None = None, source: Source = SOURCE) -> tuple[Alert, ...]:
        """What is told after the last crawl."""
        return find_alerts(self.runs, source, board="board", now=now or self.runs[-1].at)

    def kinds(self, **options: datetime) -> list[str]:
        """The kinds of `alerts`."""
        return [alert.kind.value for alert in self.alerts(**options)]

    def _poisson(self, mean: float) -> int:
        if mean > 50:
            return max(0, round(self.draw.gauss(mean, math.sqrt(mean))))
        limit, product, count = math.exp(-mean), self.draw.random(), 0
        while product > limit:
            product, count = product * self.draw.random(), count + 1
        return count


def without(run: SourceHealth, field: str, left: float = 0.0) -> dict[str, int]:
    """The run's fill counts with one field stated by few."""
    return {**run.filled, field: int(run.filled[field] * left)}


def again(board: Board, change: Callable[[SourceHealth], dict[str, object]]) -> None:
    """One more crawl, changed by what it would have been."""
    run = board.week()
    board.runs[-1] = run.model_copy(update=change(run))


FAULTS: dict[str, tuple[Callable[[SourceHealth], dict[str, object]], list[str], bool]] = {
    "a field is renamed": (lambda run: {"filled": without(run, "employment_type")}, ["fields"], True),
    "a field is stated half as often": (lambda run: {"filled": without(run, "employment_type", 0.4)}, ["fields"], True),
    "a field's values cannot be read": (lambda run: {"unread": {"date_posted": run.postings}}, ["fields"], True),
    "all fields but the title go": (lambda run: {"filled": dict.fromkeys(SHARES, 0) | {"title": run.postings}}, ["fields"], True),
    "half of the records are rejected": (lambda run: {"quarantined": {"no_text": run.postings}}, ["layout"], True),
    "most pages hold none": (lambda run: {"pages": 20, "pages_without": 18}, ["layout"], True),
    "nothing is read": (lambda run: {"postings": 0, "filled": {}, "status": RunStatus.FAILED, "pages": 20}, ["layout"], True),
    "it lists a third": (
        lambda run: {"postings": run.postings // 3, "filled": {k: v // 3 for k, v in run.filled.items()}},
        ["count"],
        True,
    ),
    "it lists three times as many": (
        lambda run: {"postings": run.postings * 3, "filled": {k: v * 3 for k, v in run.filled.items()}},
        ["count"],
        False,
    ),
    "all ids are new": (lambda run: {"new": run.postings, "gone": run.open_before}, ["count"], False),
    "all postings changed": (lambda run: {"changed": run.postings}, ["count"], False),
    "postings are old at first sight": (lambda run: {"age_days": 40.0}, ["freshness"], False),
    "answers are slow": (lambda run: {"latency": 3.0}, ["slow"], False),
    "it is held": (lambda run: {"status": RunStatus.HELD, "held_because": "the board lists 10 postings"}, ["held"], True),
    "it rests": (lambda run: {"status": RunStatus.FAILED, "resting_until": run.at + timedelta(hours=2)}, ["resting"], False),
    "one crawl failed": (lambda run: {"status": RunStatus.FAILED}, [], False),
    "its hours ended in the middle": (
        lambda run: {"status": RunStatus.PAUSED, "complete": False, "postings": 9, "gone": 0, "filled": dict.fromkeys(SHARES, 9)},
        [],
        False,
    ),
}


@pytest.mark.parametrize(("change", "kinds", "grave"), FAULTS.values(), ids=FAULTS)
def test_each_fault_brings_its_alert_at_once_and_no_other(
    change: Callable[[SourceHealth], dict[str, object]], kinds: list[str], grave: bool
) -> None:
    board = Board(300).weeks(14)
    assert board.kinds() == []
    again(board, change)
    assert board.kinds() == kinds
    alerts = board.alerts()
    assert [alert.grave for alert in alerts] == [grave] * len(kinds)
    assert all(alert.since == board.runs[-1].at and alert.to_do and alert.now for alert in alerts)
    assert all(3 <= alert.runs <= 14 for alert in alerts if kinds[0] not in ("held", "resting"))
    assert board.weeks(1).kinds() == []  # when it is over, it is over


@pytest.mark.parametrize("past", [1, 2, 3])
def test_three_past_runs_are_needed(past: int) -> None:
    board = Board(300).weeks(past)
    again(board, lambda run: {"filled": without(run, "title")})
    assert board.kinds() == (["fields"] if past >= 3 else [])


def test_an_alert_stays_with_its_beginning_until_the_new_level_is_usual() -> None:
    board = Board(300).weeks(14)
    kinds = []
    for _ in range(9):
        again(board, lambda run: {"filled": without(run, "employment_type")})
        kinds.append(board.kinds())
        if board.alerts():
            assert board.alerts()[0].since == board.runs[14].at
    assert kinds == [["fields"]] * 7 + [[], []]


def test_a_persons_word_makes_a_level_usual_at_once() -> None:
    board = Board(300).weeks(14)
    board.size = 100
    board.open = board.open[:100]
    board.week(decision=Decision.ACCEPTED, decided_by="anna", decided_at=board.at, held_because="shrank")
    assert board.kinds() == []
    assert [board.weeks(1).kinds() for _ in range(6)] == [[]] * 6


def test_a_board_falls_silent_after_twice_its_longest_wait() -> None:
    board = Board(300).weeks(14)
    kinds = []
    for _ in range(3):
        board.week(new=0, dated=0, age_days=None)
        kinds.append(board.kinds())
    assert kinds == [[], ["silent"], ["silent"]]
    (alert,) = board.alerts()
    assert alert.since == board.runs[13].at
    assert board.weeks(1).kinds() == []


def test_a_small_board_may_be_quiet_for_longer() -> None:
    board = Board(5, turnover=0.1).weeks(30)
    for _ in range(6):
        board.week(new=0, dated=0, age_days=None)
        assert board.kinds() == []


def test_a_board_is_overdue_after_twice_its_interval() -> None:
    board = Board(300).weeks(6)
    last = board.runs[-1].at
    assert board.kinds(now=last + timedelta(days=13)) == []
    assert board.kinds(now=last + timedelta(days=15)) == ["overdue"]
    assert Board(300, days=0.01).weeks(6).kinds(now=BEGIN + timedelta(hours=20)) == []  # tried out by hand, not crawled every 14 minutes


@pytest.mark.parametrize(
    ("days", "others", "kinds"),
    [(2, True, ["overdue"]), (1, True, []), (-1, True, []), (2, False, [])],
    ids=["two days", "yesterday", "to come", "new installation"],
)
def test_an_active_board_that_was_never_collected_is_overdue(days: int, others: bool, kinds: list[str]) -> None:
    source = SOURCE.model_copy(update={"active_from": (BEGIN - timedelta(days=days)).date()})
    alerts = find_alerts([], source, board="board", now=BEGIN, are_others_collected=others)
    assert [alert.kind.value for alert in alerts] == kinds


def test_a_fixed_clock_makes_no_board_overdue() -> None:
    board = Board(300)
    for _ in range(6):
        board.at = BEGIN
        board.week()
    assert board.kinds(now=BEGIN + timedelta(days=60)) == []


def test_three_failures_in_a_row_are_told_without_any_past() -> None:
    board = Board(300)
    told = []
    for _ in range(3):
        board.week(status=RunStatus.FAILED, message="the board answered 500")
        told.append(board.kinds())
    assert told == [[], [], ["overdue"]]
    assert "none of 3 tries succeeded; the last try: the board answered 500" in board.alerts()[0].now


def test_a_crawl_that_was_paused_is_no_failure_and_ends_a_row_of_them() -> None:
    board = Board(300)
    for status in (RunStatus.FAILED, RunStatus.FAILED, RunStatus.PAUSED, RunStatus.FAILED, RunStatus.FAILED):
        board.week(status=status)
    assert board.kinds() == []
    board.week(status=RunStatus.FAILED)
    assert board.kinds() == ["overdue"]


def test_hours_that_end_before_the_crawls_for_a_week_are_told() -> None:
    board = Board(300, days=1)
    told = []
    for _ in range(9):
        board.week(status=RunStatus.PAUSED, message="the hours ended")
        told.append(board.kinds())
    assert (told[:7], told[-1]) == ([[]] * 7, ["overdue"])
    (alert,) = board.alerts()
    assert "hours are too short for it" in alert.to_do
    assert "none of 9 tries succeeded; the last try: the hours ended" in alert.now


def test_a_held_crawl_waits_through_failed_ones_and_ends_with_a_good_one() -> None:
    board = Board(300).weeks(6)
    board.week(status=RunStatus.HELD, held_because="the board lists 10 postings, 300 were open")
    held = board.runs[-1].at
    board.days = 1.0
    board.week(status=RunStatus.FAILED)
    board.week(status=RunStatus.PAUSED)
    (alert,) = board.alerts()
    assert (alert.kind, alert.since, alert.now) == (AlertKind.HELD, held, "the board lists 10 postings, 300 were open")
    assert "labourscope sources accept board" in alert.to_do
    assert board.weeks(1).kinds() == []


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ({"terms_read": date(2024, 3, 1)}, ["terms"]),
        ({"robots_read": date(2024, 3, 1), "terms_read": date(2025, 3, 1)}, ["terms"]),
        ({"terms_read": date(2024, 8, 1), "robots_read": date(2025, 3, 1)}, []),
        ({}, []),
        ({"terms_read": date(2024, 3, 1), "active_to": date(2025, 5, 1)}, []),
    ],
    ids=["terms", "robots", "within a year", "never said", "no longer active"],
)
def test_terms_are_to_be_read_once_a_year(row: dict[str, date], kinds: list[str]) -> None:
    board = Board(300)
    board.at = datetime(2025, 6, 1, tzinfo=UTC)
    board.weeks(1)
    assert [alert.kind.value for alert in board.alerts(source=SOURCE.model_copy(update=row))] == kinds


def ordinary() -> Iterator[Board]:
    for seed in range(10):
        yield Board((6, 25, 120, 800)[seed % 4], seed, days=(1.0, 7.0, 7.0)[seed % 3], turnover=(0.05, 0.2, 0.4)[seed % 3])


def test_fifty_ordinary_runs_bring_no_alert() -> None:
    """500 runs of ten boards of 6 to 800 postings, daily and weekly."""
    told: Counter[str] = Counter()
    for board in ordinary():
        for _ in range(50):
            board.week()
            told.update(board.kinds())
    assert told == Counter()


def test_what_the_lake_keeps_is_judged_and_the_boards_in_trouble_come_first(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path)
    well, ill = Board(40).weeks(4), Board(40).weeks(4)
    again(ill, lambda run: {"filled": without(run, "title")})
    for run in (*(run.model_copy(update={"board": "a-well"}) for run in well.runs), *ill.runs):
        lake.record_health(run)
    rows = [SOURCE.model_copy(update={"board": "a-well"}), SOURCE, SOURCE.model_copy(update={"board": "new"})]
    boards = board_healths(lake, rows, now=ill.runs[-1].at)
    assert [(board.board, [alert.kind.value for alert in board.alerts]) for board in boards] == [
        ("board", ["fields"]),
        ("new", ["overdue"]),
        ("a-well", []),
    ]
    assert boards[0].runs == tuple(ill.runs)
    then = board_healths(lake, rows, now=ill.runs[-1].at, run_id="run-003")
    assert [(board.board, board.alerts, len(board.runs)) for board in then] == [("a-well", (), 4), ("board", (), 4)]


def test_real_daily_variation_brings_hardly_any_alert() -> None:
    """The Czech record: 249 snapshots; the only alerts are two days on which most of the board was rewritten."""
    folder = os.environ.get("LABOURSCOPE_REFERENCE_DATA")
    if not folder:
        pytest.skip("LABOURSCOPE_REFERENCE_DATA is not set")
    history: list[SourceHealth] = []
    before: set[str] = set()
    last: dict[str, str] = {}
    told: list[tuple[str, str]] = []
    for number, snapshot in enumerate(read_snapshots([Path(folder) / "vacancies" / "cz_mpsv_drivers_daily.changes.jsonl.gz"])):
        listed = set(snapshot.marks)
        history.append(
            SourceHealth(
                run_id=str(number),
                step="crawl",
                board="board",
                status=RunStatus.DONE,
                at=snapshot.at,
                complete=True,
                postings=len(listed),
                open_before=len(before),
                new=len(listed - last.keys()),
                gone=len(before - listed),
                changed=sum(last[key] != snapshot.marks[key] for key in last.keys() & listed),
            )
        )
        before = listed
        last.update(snapshot.marks)
        source = SOURCE.model_copy(update={"active_from": date(2022, 1, 1)})
        told += [(f"{snapshot.at:%Y-%m-%d}", alert.now) for alert in find_alerts(history, source, board="board", now=snapshot.at)]
    assert len(history) == 249
    assert told == [("2022-12-21", "changed postings 489"), ("2023-02-03", "changed postings 585")], json.dumps(told)
