"""A feed's check as people read it."""

from __future__ import annotations

from vacancies.feed_check import FeedReport, Trouble

Rows = list[dict[str, object]]


def feed_tables(report: FeedReport) -> list[tuple[str, Rows]]:
    """Give the report's tables by title, empty ones left out."""
    boards: Rows = [
        {
            "board": board.board,
            "postings": board.postings,
            "new": board.new,
            "changed": board.changed,
            "unchanged": board.unchanged,
            "reappeared": board.reappeared,
            "gone if complete": board.gone,
            "would be held": board.would_be_held,
        }
        for board in report.boards
    ]
    fields: Rows = [
        {
            "field": field.field,
            "filled": f"{field.share:.1%}",
            "not read": field.unread,
            "examples": " | ".join(field.examples),
        }
        for field in report.fields
    ]
    left: Rows = [
        {"column": column.column, "filled": f"{column.share:.1%}", "examples": " | ".join(column.examples)}
        for column in report.columns_left
    ]
    missing: Rows = [{"field: columns": text} for text in report.columns_missing]
    tables: list[tuple[str, Rows]] = [
        (f"{report.feed}: {report.records} records, {report.postings} can be taken over, {report.repeated} of them repeated", boards),
        ("What the postings' fields would hold", fields),
        ("Stated values that cannot be read", _troubles("field", report.unread)),
        ("Records that would be rejected", _troubles("reason", report.rejected)),
        ("Columns of the mapping that the feed does not have", missing),
        ("Columns of the feed that no field takes", left),
    ]
    return [(title, rows) for title, rows in tables if rows]


def verdict(report: FeedReport) -> str:
    """Say in a line whether the feed can go live."""
    if not report.postings:
        return "no record can be taken over; correct the mapping"
    if report.is_well:
        return "all well: the feed can be taken over without --check"
    return "look at the tables above; what cannot be read is left out, rejected records go to quarantine. Nothing was written"


def _troubles(name: str, troubles: tuple[Trouble, ...]) -> Rows:
    return [
        {
            name: trouble.kind,
            "times": trouble.count,
            "lines": ", ".join(map(str, trouble.lines)) + (" ..." if trouble.count > len(trouble.lines) else ""),
            "first": trouble.example,
        }
        for trouble in troubles
    ]
