"""`labourscope_reading`: gathers what the other components read into one EnrichedPosting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens.underscore import Underscore

from nlp.components.contacts import mask
from nlp.extensions import register_extensions
from nlp.public_fields import names_in, public_employer, public_place, skill_contacts, title_contacts, without_contacts
from vacancies.enriched import EnrichedPosting, RegionReading, SkillMention
from vacancies.posting import Posting


class _PublicFields(NamedTuple):
    """A posting's own fields, and what was read in them, as they may be shown."""

    title: str | None
    employer: str | None
    skills: tuple[str, ...]
    mentions: tuple[SkillMention, ...]
    regions: tuple[RegionReading, ...]


class ReadingCollector:
    """Sets `Doc._.reading` for documents that have a posting; stamped with the versions it was configured with."""

    def __init__(self, name: str, pipeline: str, taxonomy: str, nuts_version: str | None) -> None:
        self.name = name
        self.pipeline = pipeline
        self.taxonomy = taxonomy
        self.nuts_version = nuts_version

    def __call__(self, doc: Doc) -> Doc:
        """Gather the reading of a document."""
        posting: Posting | None = doc._.posting
        if posting is None:
            return doc
        read = doc._
        guess = read.language
        fields = _public_fields(posting, None if guess is None else guess.code, read)
        read.reading = EnrichedPosting(
            posting_id=posting.posting_id,
            content_hash=posting.content_hash,
            language=None if guess is None else guess.code,
            language_score=0.0 if guess is None else guess.score,
            public_text=mask(posting.description_text, read.contacts),
            public_title=fields.title,
            public_employer=fields.employer,
            public_skills=fields.skills,
            contacts=read.contacts,
            zones=read.zones,
            skills=fields.mentions,
            occupations=read.occupations,
            regions=fields.regions,
            contract=read.contract,
            working_time=read.working_time,
            remote=read.remote,
            salary=read.salary,
            hours_per_week=read.hours_per_week,
            workload_percent=read.workload_percent,
            education=read.education,
            experience=read.experience,
            languages=read.languages,
            licences=read.licences,
            openings=read.openings,
            agency=read.agency,
            deadline=read.deadline,
            start=read.start,
            seniority=read.seniority,
            shifts=read.shifts,
            industry=read.industry,
            valid_through=posting.valid_through,
            pipeline=self.pipeline,
            taxonomy=self.taxonomy,
            nuts_version=self.nuts_version,
        )
        return doc


def _public_fields(posting: Posting, language: str | None, read: Underscore) -> _PublicFields:
    title, employer, listed = posting.title or "", posting.hiring_organization, "\n".join(posting.skills)
    names = names_in(posting.description_text, read.contacts)
    in_title = title_contacts(title, language, employer=employer, names=names)
    in_skills = skill_contacts(posting.skills, language, names=names)
    masked = {"title": (mask(title, in_title), in_title), "skills": (mask(listed, in_skills), in_skills)}
    shown = (without_contacts(mention, *masked[mention.field]) if mention.field in masked else mention for mention in read.skills)
    return _PublicFields(
        title=None if posting.title is None else masked["title"][0],
        employer=None if employer is None else public_employer(employer, language),
        skills=tuple(_cut(masked["skills"][0], posting.skills)),
        mentions=tuple(mention for mention in shown if mention is not None),
        regions=tuple(_public_region(region, language) for region in read.regions),
    )


def _cut(joined: str, like: Iterable[str]) -> Iterator[str]:
    """The parts of a text joined by newlines, each as long as its original."""
    at = 0
    for part in like:
        yield joined[at : at + len(part)]
        at += len(part) + 1


def _public_region(region: RegionReading, language: str | None) -> RegionReading:
    shown = None if region.place is None else public_place(region.place, language)
    return region if shown == region.place else region.model_copy(update={"place": shown})


@Language.factory(
    "labourscope_reading", assigns=["doc._.reading"], default_config={"pipeline": "unversioned", "taxonomy": "none", "nuts_version": None}
)
def create_reading_collector(nlp: Language, name: str, pipeline: str, taxonomy: str, nuts_version: str | None) -> ReadingCollector:
    """Make the component."""
    register_extensions()
    return ReadingCollector(name, pipeline, taxonomy, nuts_version)
