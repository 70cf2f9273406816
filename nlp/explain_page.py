"""Draws an explained reading as one HTML page: facts, the text with marks by displaCy (skills or zones), tables. No script, no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from spacy import displacy

from nlp.explain_words import STATUS_MEANING, ZONE_MEANING
from vacancies.enriched import SkillStatus

if TYPE_CHECKING:
    from nlp.explain import Explanation, SkillLine, SkillRow

_COLOURS: Final = {
    "required": "#9be3b0", "preferred": "#ffe08a", "duty": "#a9d3f5", "mentioned": "#dddddd", "negated": "#f3b0a8",
    "employer": "#f0e6ff", "duties": "#e0effb", "requirements": "#e0f5e6", "offer": "#fff3d6", "application": "#fde3ef", "other": "#eeeeee",
}  # fmt: skip
_MARK: Final = '<mark class="{kind}" style="background: {bg}" title="{title}">{text}{note}</mark>'
_ZONE_MARK: Final = '<mark style="background: {bg}" title="{title}"><small>{note}</small>{text}</mark>'
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "yi"})


class _Mark(NamedTuple):
    """Words to mark; all strings still unescaped."""

    start: int
    end: int
    colour: str  # a key of _COLOURS
    kind: str  # class of the mark
    note: str  # shown beside the words
    title: str  # shown when pointed at


def page_of(explanation: Explanation) -> str:
    """The page as HTML; everything that comes from the advertisement or the taxonomy is escaped."""
    title = explanation.title or "Advertisement"
    language = escape(explanation.language or "")
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="soft">{escape(_summary(explanation))}</p>',
        f'<div class="facts"><section>{_occupations(explanation)}{_regions(explanation)}</section>'
        f"<section>{_conditions(explanation)}</section></div>",
        _views(explanation),
        _skill_tables(explanation),
        f"<footer>{escape(_rests_on(explanation))}</footer>",
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style>"
    )
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body data-language="{language}">{"".join(parts)}</body></html>\n'


@lru_cache(maxsize=1)
def _style() -> str:
    return resources.files("nlp").joinpath("explain_page.css").read_text(encoding="utf-8")


def _summary(explanation: Explanation) -> str:
    masked = ", ".join(f"{number} {kind}" for kind, number in sorted(explanation.contacts.items())) or "none found"
    counts = {status.value: len(lines) for status, lines in explanation.skills_by_status().items()}
    skills = ", ".join(f"{number} {status}" for status, number in counts.items()) or "none read"
    return f"Language: {explanation.language or 'not known'}. Skills: {skills}. Contact data of people, masked: {masked}."


def _rests_on(explanation: Explanation) -> str:
    reading = explanation.reading
    return (
        f"Read by pipeline {reading.pipeline} with the taxonomy {reading.taxonomy} and NUTS {reading.nuts_version or '-'}. "
        "Scores say how sure a value is, from 0 to 1. A candidate is a skill for which the taxonomy has no fitting concept."
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, kind: str = "") -> str:
    """A table of cells that are HTML already; the column "score" is set as a number."""
    classes = ['<{tag} class="score">' if column == "score" else "<{tag}>" for column in columns]
    head = "".join(f"{open_.format(tag='th')}{column}</th>" for open_, column in zip(classes, columns, strict=True))
    body = "".join(
        "<tr>" + "".join(f"{open_.format(tag='td')}{cell}</td>" for open_, cell in zip(classes, row, strict=True)) + "</tr>" for row in rows
    )
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _occupations(explanation: Explanation) -> str:
    rows = [(escape(row.label or "-"), escape(row.isco or "-"), f"{row.score:.2f}", escape(row.why)) for row in explanation.occupations]
    return "<h2>Occupation</h2>" + (
        _table(("occupation", "ISCO-08", "score", "why"), rows, kind="occupations") if rows else "<p>Not read with any certainty.</p>"
    )


def _regions(explanation: Explanation) -> str:
    rows = [
        (
            escape(row.place or "-"),
            escape(" ".join(part for part in (row.nuts, row.region) if part) or "-"),
            f"{row.score:.2f}",
            escape(row.why),
        )
        for row in explanation.regions
    ]
    return "<h2>Place of work</h2>" + (_table(("place", "region", "score", "why"), rows) if rows else "<p>Not stated.</p>")


def _conditions(explanation: Explanation) -> str:
    rows = [
        (escape(row.name), escape(row.value.replace("_", " ")), f"{row.score:.2f}", escape(row.source)) for row in explanation.conditions
    ]
    table = _table(("condition", "value", "score", "read from"), rows) if rows else ""
    return f"<h2>Conditions</h2>{table}<p class='soft'>What is not listed is not stated.</p>"


def _views(explanation: Explanation) -> str:
    skills = [_skill_mark(row) for row in explanation.skills if row.field == "description_text"]
    text = explanation.reading.public_text
    zones = [
        _Mark(*_stripped(text, zone.start, zone.end), zone.zone.value, "", zone.zone.value, f"score {zone.score:.2f}")
        for zone in explanation.reading.zones
    ]
    skill_key = _key({status.value: told for status, told in STATUS_MEANING.items()}, dashed=True)
    zone_key = _key({zone.value: told for zone, told in ZONE_MEANING.items()})
    return (
        '<h2>The text</h2><div class="views"><input type="radio" name="view" id="by-skill" checked><label for="by-skill">Skills</label>'
        '<input type="radio" name="view" id="by-zone"><label for="by-zone">Zones</label>'
        f'<div class="view of-skills">{skill_key}{_drawn(explanation, skills, _MARK)}</div>'
        f'<div class="view of-zones">{zone_key}{_drawn(explanation, zones, _ZONE_MARK)}</div></div>'
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _skill_mark(row: SkillRow) -> _Mark:
    is_said = row.label is not None and row.label.casefold() == row.words.casefold()
    note = "" if row.label is None or is_said else f" {row.label}"
    title = f"{row.status.value}: {row.label or 'candidate, no concept fits'}; {row.why}; score {row.score:.2f}"
    return _Mark(row.start, row.end, row.status.value, "candidate" if row.label is None else "", note, title)


def _key(meanings: dict[str, str], *, dashed: bool = False) -> str:
    items = [f'<li><span class="chip" style="background: {_COLOURS[name]}">{name}</span> {told}</li>' for name, told in meanings.items()]
    if dashed:
        items.append('<li><mark class="candidate" style="background: none">dashed</mark> a candidate: no concept of the taxonomy fits</li>')
    return f'<ul class="key">{"".join(items)}</ul>'


def _drawn(explanation: Explanation, marks: list[_Mark], template: str) -> str:
    """The text with its marks, as an HTML fragment. displaCy escapes the text; labels and parameters it takes as they are."""
    is_zone = template is _ZONE_MARK
    ents = [
        {
            "start": mark.start,
            "end": mark.end,
            "label": mark.colour,
            "params": {
                "kind": mark.kind,
                "title": escape(mark.title),
                "note": escape(mark.note) if is_zone or not mark.note else f"<small>{escape(mark.note)}</small>",
            },
        }
        for mark in _outermost(marks)
    ]
    direction = "rtl" if explanation.language in _RIGHT_TO_LEFT else "ltr"
    document = {"text": explanation.reading.public_text, "ents": ents, "settings": {"direction": direction}}
    options = {"colors": _COLOURS, "template": template}
    return displacy.render(cast("Any", document), style="ent", manual=True, page=False, jupyter=False, options=options)


def _outermost(marks: list[_Mark]) -> list[_Mark]:
    """Marks without those that touch an earlier, longer one: displaCy would write their words twice. The tables have all."""
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _skill_tables(explanation: Explanation) -> str:
    groups = explanation.skills_by_status()
    if not groups:
        return "<h2>Skills</h2><p>No skill was read.</p>"
    return "<h2>Skills</h2>" + "".join(
        f'<h3><span class="chip" style="background: {_COLOURS[status]}">{status.value}</span> {STATUS_MEANING[SkillStatus(status)]}</h3>'
        + _table(("words in the text", "skill", "score", "why"), (_skill_cells(line) for line in lines), kind="skills")
        for status, lines in groups.items()
    )


def _skill_cells(line: SkillLine) -> tuple[str, str, str, str]:
    row = line.row
    label = '<span class="candidate">candidate</span>' if row.label is None else escape(row.label)
    times = f' <span class="soft">(and {line.times - 1} more)</span>' if line.times > 1 else ""
    return f"“{escape(row.words)}”{times}", label, f"{row.score:.2f}", escape(row.why)
