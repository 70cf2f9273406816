"""One vacancy with everything known about it, as the API answers and the page shows."""

from __future__ import annotations

from datetime import date, datetime

from search_api.answer import Answer, Coded, Meta, Term, VacancySummary, meta_of, summary_of
from search_api.code_names import condition_name, country_name
from search_api.context import ApiContext
from search_api.error import IndexMissing
from search_api.evidence import PostingRecord, Snippet, VacancyRecord, read_vacancy, snippet_of
from search_api.problem import Problem
from vacancies.enriched import EnrichedPosting, Evidence, SkillStatus, TextValue, Zone
from vacancies.posting import Block, GoneReason
from vacancies.vacancy import LinkReason

LINK_WORDS: dict[LinkReason, str] = {
    LinkReason.SAME_BOARD_ID: "same number on the same board",
    LinkReason.SAME_CONTENT: "same employer, title, place and text",
    LinkReason.SAME_JOB_NEAR_TEXT: "same employer, title and region, nearly the same text",
}


class SkillEvidence(Answer):
    """A skill read in a posting. `concept` is None for words that fit no concept well enough.

    `start` and `end` are code points in the posting's `field` (`text` here for description_text); `cue` is the word that decided
    the status.
    """

    concept: Term | None
    status: SkillStatus
    cue: str | None
    zone: Zone
    score: float
    field: str
    start: int
    end: int
    snippet: Snippet
    rule: str


class OccupationEvidence(Answer):
    """A candidate occupation, best first."""

    concept: Term | None
    isco: Coded | None
    score: float
    evidence: Evidence


class RegionEvidence(Answer):
    """A place of work; `candidates` is what else its name fits."""

    region: Coded | None
    country: Coded | None
    place: str | None
    candidates: tuple[Coded, ...]
    score: float
    evidence: Evidence


class ConditionEvidence(Answer):
    """A coded condition with where it was read."""

    field: str  # contract, working_time, remote
    value: Coded
    score: float
    evidence: Evidence


class PostingDetail(Answer):
    """One posting of a vacancy on one board; title, employer and text have contact data masked and are None until it has been read."""

    id: str
    board: Coded
    url: str | None
    title: str | None
    employer: str | None
    representative: bool
    posted: date | None
    valid_through: date | None
    first_seen: datetime | None
    last_seen: datetime | None
    changed_at: datetime | None
    revisions: int
    gone_at: datetime | None
    gone_reason: GoneReason | None
    parser: str
    capture_sha256: str | None
    text: str | None
    blocks: tuple[Block, ...]
    skills: tuple[SkillEvidence, ...]
    occupations: tuple[OccupationEvidence, ...]
    regions: tuple[RegionEvidence, ...]
    conditions: tuple[ConditionEvidence, ...]


class LinkDetail(Answer):
    """Why two postings are taken for the same vacancy; `score` is the likeness of their texts, 0..1."""

    posting_id: str
    other_id: str
    reason: LinkReason
    words: str
    score: float


class VacancyDetail(Answer):
    """One vacancy with its postings (the representative first), evidence, and the links that hold it together."""

    meta: Meta
    vacancy: VacancySummary
    gone_at: datetime | None
    postings: tuple[PostingDetail, ...]
    links: tuple[LinkDetail, ...]


def load_vacancy(context: ApiContext, vacancy_id: str, language: str, link: str) -> VacancyDetail:
    """Gather a vacancy from index and lake; a problem (404) when there is none of that id."""
    info = context.engine.info()
    document = context.engine.get(vacancy_id)
    if document is None:
        mend = (
            "Ids change only when the board's own id does; search for it again. It may also have been collected after the index was built."
        )
        raise Problem(404, "unknown-vacancy", f"there is no vacancy {vacancy_id} in the index", mend=mend)
    record = read_vacancy(context.lake, vacancy_id, pipeline=info.pipeline, taxonomy=info.taxonomy)
    if record is None:
        raise IndexMissing(f"vacancy {vacancy_id} is in the index but not in the lake; build the index anew with: labourscope index")
    return VacancyDetail(
        meta=meta_of(context),
        vacancy=summary_of(context, document, language, link),
        gone_at=record.vacancy.gone_at,
        postings=tuple(_posting(context, found, record, language) for found in record.postings),
        links=tuple(
            LinkDetail(posting_id=k.posting_id, other_id=k.other_id, reason=k.reason, words=LINK_WORDS[k.reason], score=k.score)
            for k in record.vacancy.links
        ),
    )


def _posting(context: ApiContext, found: PostingRecord, record: VacancyRecord, language: str) -> PostingDetail:
    posting, life, reading = found.posting, found.life, found.reading
    return PostingDetail(
        id=posting.posting_id,
        board=Coded(code=posting.board, label=context.board_name(posting.board)),
        url=posting.url,
        title=reading.public_title if reading else None,
        employer=reading.public_employer if reading else None,
        representative=posting.posting_id == record.vacancy.representative_id,
        posted=posting.date_posted,
        valid_through=posting.valid_through or (reading.valid_through if reading else None),
        first_seen=life.first_seen if life else None,
        last_seen=life.last_seen if life else None,
        changed_at=life.changed_at if life else None,
        revisions=life.revisions if life else 1,
        gone_at=life.gone_at if life else None,
        gone_reason=life.gone_reason if life else None,
        parser=posting.parser,
        capture_sha256=posting.capture_sha256,
        text=reading.public_text if reading else None,
        blocks=posting.blocks,
        skills=_skills(context, reading, language) if reading else (),
        occupations=_occupations(context, reading, language) if reading else (),
        regions=_regions(context, reading) if reading else (),
        conditions=_conditions(reading) if reading else (),
    )


def _term(context: ApiContext, uri: str | None, language: str) -> Term | None:
    return None if uri is None else Term(uri=uri, label=context.concept_label(uri, language))


def _skills(context: ApiContext, reading: EnrichedPosting, language: str) -> tuple[SkillEvidence, ...]:
    return tuple(
        SkillEvidence(
            concept=_term(context, mention.uri, language),
            status=mention.status,
            cue=mention.cue,
            zone=mention.zone,
            score=mention.score,
            field=mention.field,
            start=mention.start,
            end=mention.end,
            snippet=snippet_of(mention, reading),
            rule=mention.rule,
        )
        for mention in reading.skills
    )


def _occupations(context: ApiContext, reading: EnrichedPosting, language: str) -> tuple[OccupationEvidence, ...]:
    return tuple(
        OccupationEvidence(
            concept=_term(context, found.uri, language),
            isco=Coded(code=found.isco, label=context.isco_label(found.isco, language)) if found.isco else None,
            score=found.score,
            evidence=found.evidence,
        )
        for found in reading.occupations
    )


def _regions(context: ApiContext, reading: EnrichedPosting) -> tuple[RegionEvidence, ...]:
    return tuple(
        RegionEvidence(
            region=Coded(code=found.nuts, label=context.region_label(found.nuts)) if found.nuts else None,
            country=Coded(code=found.country, label=country_name(found.country)) if found.country else None,
            place=found.place,
            candidates=tuple(Coded(code=code, label=context.region_label(code)) for code in found.candidates),
            score=found.score,
            evidence=found.evidence,
        )
        for found in reading.regions
    )


def _conditions(reading: EnrichedPosting) -> tuple[ConditionEvidence, ...]:
    values: dict[str, TextValue | None] = {"contract": reading.contract, "working_time": reading.working_time, "remote": reading.remote}
    return tuple(
        ConditionEvidence(
            field=name, value=Coded(code=value.value, label=condition_name(value.value)), score=value.score, evidence=value.evidence
        )
        for name, value in values.items()
        if value is not None
    )
