"""What `read` shows on the terminal: one advertisement with all that was read in it, in tables that fit 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.markup import escape
from rich.table import Table

from labourscope.console import out
from nlp.explain import Explanation, SkillLine
from nlp.explain_words import STATUS_MEANING
from vacancies.enriched import SkillStatus

_STYLES = {
    SkillStatus.REQUIRED: "green",
    SkillStatus.PREFERRED: "yellow",
    SkillStatus.DUTY: "blue",
    SkillStatus.MENTIONED: "bright_black",
    SkillStatus.NEGATED: "red",
}
_NARROW = frozenset({"score", "ISCO-08"})


def show(explanation: Explanation) -> None:
    """Print an explanation: what the job is, its conditions, its skills by status, and what the words mean."""
    if explanation.title:
        out.print(f"[bold]{escape(explanation.title)}[/]")
    masked = ", ".join(f"{number} {kind}" for kind, number in sorted(explanation.contacts.items())) or "none found"
    out.print(f"language {explanation.language or 'not known'}; contact data of people, masked: {masked}\n", highlight=False)
    occupations = [(row.label, row.isco, f"{row.score:.2f}", row.why) for row in explanation.occupations]
    _print("Occupation", ("occupation", "ISCO-08", "score", "why"), occupations, empty="no occupation was read with any certainty")
    regions = [
        (row.place, " ".join(part for part in (row.nuts, row.region) if part), f"{row.score:.2f}", row.why) for row in explanation.regions
    ]
    _print("Place of work", ("place", "region", "score", "why"), regions, empty="no place of work is stated")
    conditions = [(row.name, row.value.replace("_", " "), f"{row.score:.2f}", row.source) for row in explanation.conditions]
    _print("Conditions", ("condition", "value", "score", "read from"), conditions, empty="no condition is stated")
    _show_skills(explanation)
    reading = explanation.reading
    told = f"Scores: how sure, from 0 to 1. Read by {reading.pipeline} with {reading.taxonomy}."
    out.print(f"[dim]{escape(told)}[/]", highlight=False)


def _show_skills(explanation: Explanation) -> None:
    groups = explanation.skills_by_status()
    if not groups:
        out.print("[bold]Skills[/]\nno skill was read\n")
        return
    for status, lines in groups.items():
        title = f"Skills: [{_STYLES[status]}]{status.value}[/] [not bold dim]({STATUS_MEANING[status]})[/]"
        table = _table(title, ("words in the text", "skill", "score", "why"))
        for line in lines:
            table.add_row(*_skill_cells(line))
        out.print(table)
    if any(row.label is None for row in explanation.skills):
        out.print("[dim]candidate: a skill for which the taxonomy has no fitting concept[/]")


def _skill_cells(line: SkillLine) -> tuple[str, str, str, str]:
    row = line.row
    label = "[dim italic]candidate[/]" if row.label is None else escape(row.label)
    times = f" [dim](and {line.times - 1} more)[/]" if line.times > 1 else ""
    return f"{escape(' '.join(row.words.split()))}{times}", label, f"{row.score:.2f}", escape(row.why)


def _print(title: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]], *, empty: str) -> None:
    table = _table(title, columns)
    for row in rows:
        table.add_row(*("–" if not cell else escape(cell) for cell in row))
    if table.row_count:
        out.print(table)
    else:
        out.print(f"[bold]{title}[/]\n{empty}\n")


def _table(title: str, columns: Sequence[str]) -> Table:
    """A table over the whole width, so that columns stand below each other; numbers and codes take what they need."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), pad_edge=False
    )
    for column in columns:
        if column in _NARROW:
            table.add_column(column, justify="right" if column == "score" else "left", no_wrap=True)
        else:
            table.add_column(column, ratio=1, overflow="fold")
    return table
