"""The typed attributes that the components set on spaCy's Doc and Span."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Span

from vacancies.enriched import SkillMention, ZoneSpan


class LanguageGuess(NamedTuple):
    """The language of a text (ISO 639-1), how sure (0..1), and how it was found: "text", "declared" or "both"."""

    code: str
    score: float
    rule: str


_DOC_DEFAULTS: dict[str, object] = {
    "posting": None,  # vacancies.posting.Posting, set by the caller before the pipeline runs; None for bare text
    "language": None,  # LanguageGuess
    "zones": (),  # tuple[ZoneSpan, ...]
    "soft_ranges": (),  # tuple[tuple[int, int], ...]: parts under a heading such as "Nice to have"
    "tagged": None,  # nlp.tagger.tagger.TaggedText, where the trained tagger reads
    "labels": (),  # tuple[LabelMatch, ...]: labels of the taxonomy found in the text, where the tagger reads
    "skills": (),  # tuple[SkillMention, ...], also those of the title and the board's fields
    "contacts": (),  # tuple[ContactSpan, ...]
    "occupations": (),  # tuple[OccupationReading, ...]
    "regions": (),  # tuple[RegionReading, ...]
    # the conditions, each as the field of that name in EnrichedPosting
    "contract": None,
    "working_time": None,
    "remote": None,
    "salary": None,
    "hours_per_week": None,
    "workload_percent": None,
    "education": None,
    "experience": None,
    "languages": (),
    "licences": (),
    "openings": None,
    "agency": None,
    "deadline": None,
    "start": None,
    "seniority": None,
    "shifts": (),
    "industry": None,
    "reading": None,  # EnrichedPosting, set by the last component
}


def register_extensions() -> None:
    """Register the attributes; calling it again changes nothing."""
    for name, default in _DOC_DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    if not Span.has_extension("skill"):
        Span.set_extension("skill", getter=_skill_of)
    if not Span.has_extension("zone"):
        Span.set_extension("zone", getter=_zone_of)


def _skill_of(span: Span) -> SkillMention | None:
    """The skill mention with exactly this span's offsets."""
    mentions: tuple[SkillMention, ...] = span.doc._.skills
    return next((m for m in mentions if (m.start, m.end) == (span.start_char, span.end_char) and m.field == "description_text"), None)


def _zone_of(span: Span) -> ZoneSpan | None:
    """The zone in which a span begins."""
    zones: tuple[ZoneSpan, ...] = span.doc._.zones
    return next((zone for zone in zones if zone.start <= span.start_char < zone.end), None)
