"""`labourscope_reading`: gathers what the other components read into one EnrichedPosting."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.contacts import mask
from nlp.extensions import register_extensions
from vacancies.enriched import EnrichedPosting
from vacancies.posting import Posting


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
        guess = doc._.language
        doc._.reading = EnrichedPosting(
            posting_id=posting.posting_id,
            content_hash=posting.content_hash,
            language=None if guess is None else guess.code,
            language_score=0.0 if guess is None else guess.score,
            public_text=mask(posting.description_text, doc._.contacts),
            contacts=doc._.contacts,
            zones=doc._.zones,
            skills=doc._.skills,
            occupations=doc._.occupations,
            regions=doc._.regions,
            contract=doc._.contract,
            working_time=doc._.working_time,
            remote=doc._.remote,
            salary=doc._.salary,
            valid_through=posting.valid_through,
            pipeline=self.pipeline,
            taxonomy=self.taxonomy,
            nuts_version=self.nuts_version,
        )
        return doc


@Language.factory(
    "labourscope_reading", assigns=["doc._.reading"], default_config={"pipeline": "unversioned", "taxonomy": "none", "nuts_version": None}
)
def create_reading_collector(nlp: Language, name: str, pipeline: str, taxonomy: str, nuts_version: str | None) -> ReadingCollector:
    """Make the component."""
    register_extensions()
    return ReadingCollector(name, pipeline, taxonomy, nuts_version)
