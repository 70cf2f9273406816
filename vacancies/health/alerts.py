"""Alerts: what is not as usual with a board, since when, and what to do. One alert of a kind for a board, however many figures moved.

| kind | grave | when |
|---|---|---|
| held | yes | the last crawl is kept apart and waits for a person |
| layout | yes | more records than usual are rejected, or more pages hold none; or answers came and nothing was read |
| fields | yes, when one fell | the share of postings that state a field, or whose value cannot be read, leaves its usual range |
| count | yes, when it fell | the number of postings, or of new, changed or gone ones, leaves its usual range |
| silent | yes | no new posting for much longer than the longest wait so far |
| overdue | yes | no end for twice the usual interval (at least a day), the last three failed, or none ever; hours too short for a week |
| freshness | no | postings are older than usual when they are first seen |
| slow | no | answers take longer than usual |
| resting | no | the board failed again and again, in one crawl or over several, and is left alone |
| terms | no | terms or robots.txt were read more than a year ago |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from typing import Final

from pydantic import BaseModel, ConfigDict

from vacancies.health.figures import Figure, moved_figures
from vacancies.health.record import SourceHealth
from vacancies.health.usual_range import FEWEST_RUNS, median
from vacancies.run import RunStatus
from vacancies.source import Source

HISTORY: Final = 60
"""So many of a board's last runs are looked at."""
_REREAD_DAYS: Final = 365
_LEAST_OVERDUE: Final = 1.0  # days
_NEVER_DAYS: Final = 2
_FAILED_IN_A_ROW: Final = 3
_MANY_GAPS: Final = 10
_LONGEST_UNENDED: Final = 7  # days in which a board's hours end before its crawls do
_EXPECTED_NEW: Final = 10.0  # so many new postings the quiet time would usually have brought


class AlertKind(StrEnum):
    """What an alert is about."""

    HELD = "held"
    LAYOUT = "layout"
    FIELDS = "fields"
    COUNT = "count"
    SILENT = "silent"
    OVERDUE = "overdue"
    FRESHNESS = "freshness"
    SLOW = "slow"
    RESTING = "resting"
    TERMS = "terms"


class Alert(BaseModel):
    """Something that is not as usual; `runs` is the number of past runs that `usual` rests on, 0 where it needs none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    board: str
    kind: AlertKind
    grave: bool
    usual: str
    runs: int
    now: str
    since: datetime
    to_do: str


def find_alerts(
    history: Sequence[SourceHealth], source: Source | None, *, board: str, now: datetime, are_others_collected: bool = False
) -> tuple[Alert, ...]:
    """Judge a board by its runs, oldest first, and its row; the grave alerts come first. Boards that are not active have none.

    Where no board at all was collected yet, a board without runs is no fault: the installation is new.
    """
    if source is None or not source.active_on(now.date()):
        return ()
    runs = [run for run in history if run.status is not RunStatus.RUNNING][-HISTORY:]
    found = [*_of_row(source, now)]
    if not history and are_others_collected and (now.date() - source.active_from).days >= _NEVER_DAYS:
        found.append(_never(source, now))
    if runs:
        found += [*_of_state(runs, now), *_of_figures(runs), *_of_time(runs, now)]
    return tuple(sorted(found, key=lambda alert: not alert.grave))


def _of_row(source: Source, now: datetime) -> Iterator[Alert]:
    read = {"terms": source.terms_read, "robots.txt": source.robots_read}
    old = {name: day for name, day in read.items() if day is not None and (now.date() - day).days > _REREAD_DAYS}
    if old:
        yield Alert(
            board=source.board,
            kind=AlertKind.TERMS,
            grave=False,
            usual="read within a year",
            runs=0,
            now=", ".join(f"{name} read on {day}" for name, day in old.items()),
            since=datetime.combine(min(old.values()), datetime.min.time(), tzinfo=now.tzinfo) + timedelta(days=_REREAD_DAYS + 1),
            to_do="read them again, then put the new date into the board's row (terms_read, robots_read)",
        )


def _of_state(runs: Sequence[SourceHealth], now: datetime) -> Iterator[Alert]:
    last = runs[-1]
    waiting = next((run for run in reversed(runs) if run.came_to_its_end), None)
    if waiting is not None and waiting.waits:
        first = waiting
        for run in reversed(runs):
            if run.status is RunStatus.DONE:
                break
            first = run if run.waits else first
        how = "labourscope ingest ... --force" if waiting.step == "ingest" else f"labourscope sources accept {last.board}"
        yield Alert(
            board=last.board,
            kind=AlertKind.HELD,
            grave=True,
            usual="crawls pass their gate",
            runs=0,
            now=waiting.held_because or waiting.message or "the crawl is kept apart",
            since=first.at,
            to_do=f"look at the board; if it is right: {how}; if not, mend the parser or the row and crawl again",
        )
    if last.resting_until is not None and last.resting_until > now:
        until, said = f"left alone until {last.resting_until:%Y-%m-%d %H:%M} UTC", last.message or "it failed again and again"
        yield Alert(
            board=last.board,
            kind=AlertKind.RESTING,
            grave=False,
            usual="the board answers",
            runs=0,
            now=said if until in said else f"{until}: {said}",
            since=last.at,
            to_do=f"see whether the board answers in a browser; write to its contact if it blocks us; to ask it at once: "
            f"labourscope crawl --board {last.board} --force",
        )


_TO_DO: Final = {
    AlertKind.LAYOUT: "look at labourscope quarantine list; mend the page parser, then labourscope crawl --from-captures",
    AlertKind.FIELDS: "compare a page of the board with its posting; mend the parser, then labourscope crawl --from-captures",
    AlertKind.COUNT: "compare with the number that the board itself shows; look at address and paging in its row",
    AlertKind.FRESHNESS: "crawl the board more often, or see whether it lists old postings anew",
    AlertKind.SLOW: "raise delay in the board's row, or crawl it at another hour",
}
_TO_CRAWL: Final = "see the message of the last run, then crawl again; if nothing ran, look at the schedule"
_TO_WIDEN: Final = "the board's hours are too short for it: widen them in its row (hours), or lower delay, as its terms allow"


def _of_figures(runs: Sequence[SourceHealth]) -> Iterator[Alert]:
    figures = moved_figures(runs)
    if any(figure.kind == AlertKind.LAYOUT for figure in figures):  # what was not read at all states no field and is no posting
        figures = [figure for figure in figures if figure.kind not in (AlertKind.FIELDS, AlertKind.COUNT)]
    for kind in _TO_DO:
        moved = [figure for figure in figures if figure.kind == kind]
        if moved:
            yield _moved_alert(runs[-1].board, kind, moved)


def _moved_alert(board: str, kind: AlertKind, moved: Sequence[Figure]) -> Alert:
    return Alert(
        board=board,
        kind=kind,
        grave=any(figure.is_loss for figure in moved),
        usual="; ".join(f"{figure.name} {figure.shown_usual}" for figure in moved),
        runs=max(figure.unusual.usual.runs for figure in moved),
        now="; ".join(f"{figure.name} {figure.shown_now}" for figure in moved),
        since=min(figure.unusual.since for figure in moved),
        to_do=_TO_DO[kind],
    )


def _of_time(runs: Sequence[SourceHealth], now: datetime) -> Iterator[Alert]:
    overdue = _overdue(runs, [run for run in runs if run.came_to_its_end], now)
    if overdue is not None:
        yield overdue
    silent = _silent([run for run in runs if run.status is RunStatus.DONE])
    if silent is not None:
        yield silent


def _overdue(runs: Sequence[SourceHealth], good: Sequence[SourceHealth], now: datetime) -> Alert | None:
    tries = [run for run in runs if not good or run.at > good[-1].at]
    intervals = [days for days in _days_between(good) if days > 0]  # a fixed clock tells nothing of how often
    limit = max(2 * median(intervals), _LEAST_OVERDUE) if len(intervals) >= FEWEST_RUNS else None
    waited = _days(now - good[-1].at) if good else 0.0
    is_late = limit is not None and waited > limit
    is_endless = bool(tries) and tries[-1].status is RunStatus.PAUSED and _days(now - tries[0].at) >= _LONGEST_UNENDED
    if not (is_late or is_endless) and _failed_in_a_row(tries) < _FAILED_IN_A_ROW:
        return None
    since = tries[0].at if tries else good[-1].at + timedelta(days=limit or 0.0)
    why = f"; the last try: {tries[-1].message}" if tries and tries[-1].message else ""
    return Alert(
        board=runs[-1].board,
        kind=AlertKind.OVERDUE,
        grave=True,
        usual=f"a successful collection every {median(intervals):.1f} days" if limit else "collections succeed",
        runs=len(good) if limit else 0,
        now=(f"the last one {waited:.1f} days ago, {len(tries)} tries since" if good else f"none of {len(tries)} tries succeeded") + why,
        since=since,
        to_do=_TO_WIDEN if tries and tries[-1].status is RunStatus.PAUSED else _TO_CRAWL,
    )


def _failed_in_a_row(tries: Sequence[SourceHealth]) -> int:
    return sum(1 for _ in takewhile(lambda run: run.status is RunStatus.FAILED, reversed(tries)))


def _never(source: Source, now: datetime) -> Alert:
    is_feed = source.platform == "feed"
    how = f"labourscope ingest FILE --board {source.board}" if is_feed else f"labourscope crawl --board {source.board}"
    return Alert(
        board=source.board,
        kind=AlertKind.OVERDUE,
        grave=True,
        usual="active boards are collected",
        runs=0,
        now="never collected",
        since=datetime.combine(source.active_from, datetime.min.time(), tzinfo=now.tzinfo),
        to_do=f"{how}; if that never runs, look at the schedule and at the row's hours and active_from",
    )


def _silent(good: Sequence[SourceHealth]) -> Alert | None:
    bringing = [run for run in good if run.new]
    gaps = _days_between(bringing)
    if len(gaps) < FEWEST_RUNS or good[-1].new:  # too few to know, or not silent
        return None
    quiet = _days(good[-1].at - bringing[-1].at)
    rate = sum(run.new for run in bringing[1:]) / max(sum(gaps), 1e-9)  # a first run brings the whole board, and stands for no time
    longest = max(gaps)
    if quiet < (1.9 if len(gaps) >= _MANY_GAPS else 2.9) * longest or rate * quiet < _EXPECTED_NEW:
        return None
    return Alert(
        board=good[-1].board,
        kind=AlertKind.SILENT,
        grave=True,
        usual=f"new postings every {median(gaps):.1f} days, the longest wait {longest:.1f}",
        runs=len(bringing),
        now=f"none for {quiet:.1f} days, though the board answers",
        since=bringing[-1].at,
        to_do="look whether the board itself shows new postings; it may have moved, or lists an archive now",
    )


def _days_between(runs: Sequence[SourceHealth]) -> list[float]:
    return [_days(later.at - earlier.at) for earlier, later in pairwise(runs)]


def _days(span: timedelta) -> float:
    return span.total_seconds() / 86_400
