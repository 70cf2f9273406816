"""`labourscope_conditions`: what an advertisement says of the job's conditions, from the board's fields, else from its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.conditions.agency import read_agency
from nlp.conditions.contract import read_contract
from nlp.conditions.deadline import read_deadline
from nlp.conditions.education import read_education
from nlp.conditions.experience import read_experience
from nlp.conditions.hours import read_hours_per_week
from nlp.conditions.industry import read_industry
from nlp.conditions.languages import read_languages
from nlp.conditions.licences import read_licences
from nlp.conditions.openings import read_openings
from nlp.conditions.remote import read_remote
from nlp.conditions.salary import read_salary
from nlp.conditions.seniority import read_seniority
from nlp.conditions.shifts import read_shifts
from nlp.conditions.source import ConditionSource
from nlp.conditions.start import read_start
from nlp.conditions.working_time import read_working_time
from nlp.conditions.workload import read_workload_percent
from nlp.extensions import register_extensions
from vacancies.posting import Posting

# The attribute of Doc._ (and field of EnrichedPosting) that each reader sets.
READERS: Final[dict[str, Callable[[ConditionSource], object]]] = {
    "contract": read_contract,
    "working_time": read_working_time,
    "remote": read_remote,
    "salary": read_salary,
    "hours_per_week": read_hours_per_week,
    "workload_percent": read_workload_percent,
    "education": read_education,
    "experience": read_experience,
    "licences": read_licences,
    "languages": read_languages,
    "openings": read_openings,
    "agency": read_agency,
    "deadline": read_deadline,
    "start": read_start,
    "seniority": read_seniority,
    "shifts": read_shifts,
    "industry": read_industry,
}


_READ: Final = "labourscope.conditions"


class ConditionReader:
    """Sets `Doc._.<name>` for each condition of `READERS`; None or () where nothing is stated."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Read the conditions of a document."""
        read = doc._
        posting: Posting | None = read.posting
        ad = advertisement(doc)
        title = Advertisement("" if posting is None else posting.title or "", (), ad.language)
        source = ConditionSource(ad=ad, title=title, posting=posting, zones=read.zones, soft_ranges=read.soft_ranges)
        was_read = doc.user_data.setdefault(_READ, False)  # what an earlier run said must be overwritten, by nothing too
        doc.user_data[_READ] = True
        for name, reader in READERS.items():
            value = reader(source)
            if value or was_read:
                read.set(name, value)
        return doc


@Language.factory("labourscope_conditions", requires=["doc._.zones"], assigns=[f"doc._.{name}" for name in READERS])
def create_condition_reader(nlp: Language, name: str) -> ConditionReader:
    """Make the component."""
    register_extensions()
    return ConditionReader(name)
