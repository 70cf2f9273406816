"""Explains one posting: everything read out of it, with names for codes and the words as evidence, also as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict
from spacy import displacy
from spacy.language import Language

from nlp.conditions.wording import stated_conditions
from nlp.reading import read_postings
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting, Evidence, SkillMention, SkillStatus
from vacancies.posting import Posting

_COLOURS: Final = {
    "required": "#9be3b0", "preferred": "#cfe8a0", "duty": "#a9d3f5", "mentioned": "#dddddd", "negated": "#f3b0a8",
    "employer": "#f0e6ff", "duties": "#e0effb", "requirements": "#e0f5e6", "offer": "#fff3d6", "application": "#fde3ef", "other": "#eeeeee",
}  # fmt: skip


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SkillRow(_Frozen):
    """A skill mention with its concept's label (None: linked to no concept)."""

    label: str | None
    words: str
    status: SkillStatus
    zone: str
    cue: str | None
    score: float
    rule: str
    field: str
    start: int
    end: int
    uri: str | None


class OccupationRow(_Frozen):
    """An occupation candidate with its label."""

    label: str | None
    isco: str | None
    score: float
    rule: str
    uri: str | None


class RegionRow(_Frozen):
    """A place of work with its region's name."""

    place: str | None
    nuts: str | None
    region: str | None
    candidates: tuple[str, ...]
    score: float
    rule: str


class ConditionRow(_Frozen):
    """One condition of the job, with the words or the field that state it."""

    name: str
    value: str
    score: float
    source: str


class Explanation(_Frozen):
    """What was read out of one posting, in words; `reading` is the reading itself. Contact data is masked everywhere."""

    title: str | None
    language: str | None
    skills: tuple[SkillRow, ...]
    occupations: tuple[OccupationRow, ...]
    regions: tuple[RegionRow, ...]
    conditions: tuple[ConditionRow, ...]
    contacts: dict[str, int]  # how many of each kind were masked
    reading: EnrichedPosting

    def to_html(self) -> str:
        """A page with the text twice: skills marked by status, and zones; drawn by displaCy."""
        return _page(self)


def explain(nlp: Language, posting: Posting, *, taxonomy: Taxonomy, regions: Regions, language: str = "en") -> Explanation:
    """Read one posting and explain it; labels are in `language` where the taxonomy has them.

    Raises ReadingFailed for an unreadable posting.
    """
    reading = next(read_postings(nlp, [posting]))
    return explain_reading(reading, taxonomy=taxonomy, regions=regions, language=language)


def explain_reading(reading: EnrichedPosting, *, taxonomy: Taxonomy, regions: Regions, language: str = "en") -> Explanation:
    """Explain a reading that was made before, for instance one kept in the lake."""
    counted: dict[str, int] = {}
    for contact in reading.contacts:
        counted[contact.kind] = counted.get(contact.kind, 0) + 1
    return Explanation(
        title=reading.public_title,
        language=reading.language,
        skills=tuple(_skill_row(mention, taxonomy, language) for mention in reading.skills),
        occupations=tuple(
            OccupationRow(
                label=taxonomy.label(o.uri, language) if o.uri is not None and o.uri in taxonomy else None,
                isco=o.isco, score=o.score, rule=o.evidence.rule, uri=o.uri,
            )
            for o in reading.occupations
        ),
        regions=tuple(
            RegionRow(
                place=r.place, nuts=r.nuts, region=regions.label(r.nuts) if r.nuts and regions.exists(r.nuts) else None,
                candidates=r.candidates, score=r.score, rule=r.evidence.rule,
            )
            for r in reading.regions
        ),
        conditions=tuple(_condition_rows(reading)),
        contacts=counted,
        reading=reading,
    )  # fmt: skip


def _skill_row(mention: SkillMention, taxonomy: Taxonomy, language: str) -> SkillRow:
    return SkillRow(
        label=taxonomy.label(mention.uri, language) if mention.uri is not None and mention.uri in taxonomy else None,
        words=mention.text,
        status=mention.status,
        zone=mention.zone.value,
        cue=mention.cue,
        score=mention.score,
        rule=mention.rule,
        field=mention.field,
        start=mention.start,
        end=mention.end,
        uri=mention.uri,
    )


def _condition_rows(reading: EnrichedPosting) -> Iterator[ConditionRow]:
    for name, value, score, evidence in stated_conditions(reading):
        yield ConditionRow(name=name, value=value, score=score, source=_source(evidence, reading))


def _source(evidence: Evidence, reading: EnrichedPosting) -> str:
    """The words a value was read from, else the name of the field."""
    if evidence.start is None or evidence.end is None:
        return evidence.field
    text = reading.public_title or "" if evidence.field == "title" else reading.public_text
    return f"“{text[evidence.start : evidence.end]}” ({evidence.field})"


def _page(explanation: Explanation) -> str:
    reading = explanation.reading
    skills = [
        (row.start, row.end, f"{row.status.value}: {row.label or '?'}", row.status.value)
        for row in explanation.skills
        if row.field == "description_text"
    ]
    zones = [(zone.start, zone.end, zone.zone.value, zone.zone.value) for zone in reading.zones]
    drawn = _drawn(reading.public_text, skills, f"{explanation.title or ''} - skills") + _drawn(reading.public_text, zones, "Zones")
    title = html.escape(explanation.title or "Advertisement")
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return f'<!DOCTYPE html>\n<html lang="{html.escape(explanation.language or "en")}">{head}<body>{drawn}</body></html>\n'


def _drawn(text: str, marks: list[tuple[int, int, str, str]], title: str) -> str:
    """One text with its marks (start, end, label, what gives the colour), as an HTML fragment."""
    document = {"text": text, "ents": [{"start": start, "end": end, "label": label} for start, end, label, _ in marks], "title": title}
    options = {"colors": {label: _COLOURS[kind] for _, _, label, kind in marks}}
    return displacy.render(cast("Any", document), style="ent", manual=True, page=False, jupyter=False, options=options)
