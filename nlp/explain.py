"""Explains one posting: everything read out of it, with names for codes and the words as evidence, also as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from spacy.language import Language

from nlp.conditions.wording import stated_conditions
from nlp.explain_words import field_in_words, rule_in_words, skill_reason
from nlp.reading import read_postings
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting, Evidence, SkillMention, SkillStatus
from vacancies.posting import Posting


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

    @property
    def why(self) -> str:
        """Why it has this status and concept, in words."""
        return skill_reason(zone=self.zone, cue=self.cue, rule=self.rule, field=self.field)


class SkillLine(NamedTuple):
    """Mentions of one skill with one status, put together: the surest of them, and how many they are."""

    row: SkillRow
    times: int


class OccupationRow(_Frozen):
    """An occupation candidate with its label."""

    label: str | None
    isco: str | None
    score: float
    rule: str
    uri: str | None

    @property
    def why(self) -> str:
        """What it was read from, in words."""
        return rule_in_words(self.rule)


class RegionRow(_Frozen):
    """A place of work with its region's name."""

    place: str | None
    nuts: str | None
    region: str | None
    candidates: tuple[str, ...]
    score: float
    rule: str

    @property
    def why(self) -> str:
        """What it was read from, in words."""
        return rule_in_words(self.rule)


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

    def skills_by_status(self) -> dict[SkillStatus, list[SkillLine]]:
        """The skills of each status that occurs, required ones first; mentions of one skill are one line, in the order of the text."""
        lines: dict[SkillStatus, dict[str, SkillLine]] = {status: {} for status in SkillStatus}
        for row in self.skills:
            key = row.uri or row.words.casefold()
            known = lines[row.status].get(key)
            best = row if known is None or row.score > known.row.score else known.row
            lines[row.status][key] = SkillLine(best, 1 if known is None else known.times + 1)
        return {status: list(found.values()) for status, found in lines.items() if found}

    def to_html(self) -> str:
        """A page of its own, without scripts or anything from the network: the text with its skills, its zones, and tables."""
        from nlp.explain_page import page_of

        return page_of(self)


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
        return field_in_words(evidence.field)
    text = reading.public_title or "" if evidence.field == "title" else reading.public_text
    words = " ".join(text[evidence.start : evidence.end].split())
    return f"“{words}”" if evidence.field == "description_text" else f"“{words}” in the {field_in_words(evidence.field)}"
