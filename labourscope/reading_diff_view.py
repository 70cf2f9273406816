"""What a changed parser would change, on the terminal."""

from __future__ import annotations

import json

from rich.progress import Progress

from crawlers.reading_diff import ReadingDiff, diff_captures
from labourscope.console import err, out, print_json, print_rows
from labourscope.installation import home_of, register_of
from labourscope.settings import Settings
from vacancies.lake import Lake

_COUNTS = ("captures", "latest", "readings", "same", "new", "changed", "changed_now", "lost", "not_kept")
_SHORT = 80  # characters of a value


def show_reading_diff(boards: list[str] | None, *, as_json: bool) -> None:
    """Read all captures anew, and print what would be new, changed, lost and unreadable, with examples."""
    settings = Settings()
    lake = Lake.open(home_of(settings).lake)
    with Progress(console=err, transient=True, disable=as_json) as progress:
        task = progress.add_task("captures", total=lake.row_count("captures"))
        diffs = diff_captures(lake, register_of(settings), boards=boards, on_capture=lambda: progress.advance(task))
    if as_json:
        print_json([diff.model_dump(mode="json") for diff in diffs])
        return
    rows = [{"board": diff.board, **{name.replace("_", " "): getattr(diff, name) for name in _COUNTS}} for diff in diffs]
    print_rows(rows, empty="the lake keeps no captures")
    for diff in diffs:
        _show(diff)


def _show(diff: ReadingDiff) -> None:
    if diff.unreadable:
        print_rows([{"unreadable": reason, "times": count} for reason, count in diff.unreadable.items()], title=diff.board)
    if not diff.fields:
        return
    print_rows([{"field": field, "changed": count} for field, count in diff.fields.items()], title=diff.board)
    for example in diff.examples:
        change = example.change
        out.print(f"{change.field}: {_short(change.old)} -> {_short(change.new)}", markup=False, highlight=False, soft_wrap=True)
        out.print(f"    {example.posting_id} {example.fetched_at:%Y-%m-%d} {example.url}", markup=False, highlight=False, soft_wrap=True)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
