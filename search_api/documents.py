"""VacancyDocuments from the lake: a vacancy, its postings and what was read in them, made flat for the index."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from search_api.document import FULL_TEXT, NOT_STATED, VacancyDocument
from taxonomies.gazetteer import iso_country, nuts_country
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting, RegionReading, SkillStatus
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.vacancy import Vacancy

logger = logging.getLogger(__name__)

_BATCH: Final = 20_000  # vacancies whose postings and readings are held in memory at a time
_STRENGTH: Final = (SkillStatus.REQUIRED, SkillStatus.PREFERRED, SkillStatus.DUTY)  # strongest first; other statuses are not asked for
_LIKELY: Final = 0.2  # probability from which a further candidate occupation counts as one of the vacancy

T = TypeVar("T")
V = TypeVar("V")


class _Skills(NamedTuple):
    every: tuple[str, ...]
    required: tuple[str, ...]
    preferred: tuple[str, ...]
    duty: tuple[str, ...]


def to_document(
    vacancy: Vacancy, postings: Iterable[Posting], enriched: Iterable[EnrichedPosting], *, taxonomy: Taxonomy, regions: Regions
) -> VacancyDocument:
    """Make the document of one vacancy from its postings and their readings.

    Text and skills are the representative posting's; any other value is the first one stated, the representative's before its copies'.
    A vacancy that no pipeline has read yet gets neither title, employer nor text (contact data is still in them), and of what its board
    states only what is no text.
    Raises ValueError when `postings` lacks all postings of the vacancy.
    """
    own = _ordered(vacancy, {posting.posting_id: posting for posting in postings})
    readings = _ordered(vacancy, {reading.posting_id: reading for reading in enriched})
    if not own:
        raise ValueError(f"vacancy {vacancy.vacancy_id}: none of its postings {vacancy.posting_ids} was given")
    main = readings[0] if readings else None
    skills = _skills(main)
    places = _first(readings, lambda reading: reading.regions) or ()
    occupations, isco = _occupations(readings, taxonomy)
    salary = _first(readings, lambda reading: reading.salary)
    located = next((place for place in places if place.latitude is not None and place.longitude is not None), None)
    return VacancyDocument(
        vacancy_id=vacancy.vacancy_id,
        title=_first(readings, lambda reading: reading.public_title) or "",
        employer=_first(readings, lambda reading: reading.public_employer),
        text=main.public_text if main else "",
        language=(main.language if main else None) or NOT_STATED,
        url=_first(own, lambda posting: posting.url),
        boards=vacancy.boards,
        posting_ids=vacancy.posting_ids,
        skills=skills.every,
        skills_required=skills.required,
        skills_preferred=skills.preferred,
        skills_duty=skills.duty,
        occupations=occupations,
        isco=isco,
        regions=region_codes(places, regions),
        countries=_countries(places, own),
        place=next((place.place for place in places if place.place), None),
        latitude=located.latitude if located else None,
        longitude=located.longitude if located else None,
        posted=_posted(vacancy, own),
        first_seen=vacancy.first_seen,
        last_seen=vacancy.last_seen,
        open=vacancy.gone_at is None,
        contract=_first(readings, lambda reading: reading.contract and reading.contract.value) or NOT_STATED,
        working_time=_first(readings, lambda reading: reading.working_time and reading.working_time.value) or NOT_STATED,
        remote=_first(readings, lambda reading: reading.remote and reading.remote.value) or NOT_STATED,
        salary_year_min=salary.year_min if salary else None,
        salary_year_max=salary.year_max if salary else None,
        salary_currency=salary.currency if salary else None,
        text_quality=_text_quality(next((posting for posting in own if main and posting.posting_id == main.posting_id), own[0])),
    )


def documents_from_lake(lake: Lake, taxonomy: Taxonomy, regions: Regions, *, pipeline: str) -> Iterator[VacancyDocument]:
    """Make the documents of all vacancies of the lake, with the readings of this pipeline version and taxonomy."""
    unread = 0
    vacancies = lake.vacancies()
    while batch := list(islice(vacancies, _BATCH)):
        ids = [posting_id for vacancy in batch for posting_id in vacancy.posting_ids]
        postings = {posting.posting_id: posting for posting in lake.postings(posting_ids=ids)}
        readings = {reading.posting_id: reading for reading in lake.enriched(pipeline, str(taxonomy.ref), posting_ids=ids)}
        for vacancy in batch:
            own = [postings[posting_id] for posting_id in vacancy.posting_ids if posting_id in postings]
            read = [readings[posting_id] for posting_id in vacancy.posting_ids if posting_id in readings]
            unread += not read
            yield to_document(vacancy, own, read, taxonomy=taxonomy, regions=regions)
    if unread:
        logger.warning(
            "%s vacancies are indexed without title, text and skills: pipeline %s has not read them; labourscope enrich", unread, pipeline
        )


def isco_codes(isco: str | None) -> tuple[str, ...]:
    """An ISCO-08 code with all codes above it: 2512 gives 2, 25, 251, 2512."""
    return tuple(isco[:length] for length in range(1, len(isco) + 1)) if isco else ()


def region_codes(places: Iterable[RegionReading], regions: Regions) -> tuple[str, ...]:
    """NUTS codes of places of work with all codes above them, widest first; of a place that is sure by country only, the country."""
    codes: dict[str, None] = {}
    for place in places:
        code = place.nuts or (nuts_country(place.country) if place.country else None)
        if code is not None and regions.exists(code):
            codes.update(dict.fromkeys(sorted((*regions.parents(code), code), key=len)))
    return tuple(codes)


def _text_quality(posting: Posting) -> str:
    """Tell what the text is worth that skills and conditions were read from; what is guessed may be an excerpt, too."""
    return "guessed" if posting.is_guessed else "excerpt" if posting.description_is_excerpt else FULL_TEXT


def _ordered(vacancy: Vacancy, by_id: dict[str, T]) -> list[T]:
    ids = dict.fromkeys((vacancy.representative_id, *vacancy.posting_ids))
    return [by_id[posting_id] for posting_id in ids if posting_id in by_id]


def _first(items: Sequence[T], value: Callable[[T], V]) -> V | None:
    return next((found for item in items if (found := value(item))), None)


def _skills(reading: EnrichedPosting | None) -> _Skills:
    """Concepts by the strongest status their mentions have, in the order of first mention."""
    strongest: dict[str, SkillStatus] = {}
    for mention in reading.skills if reading else ():
        if mention.uri is None or mention.status not in _STRENGTH:
            continue
        before = strongest.get(mention.uri, mention.status)
        strongest[mention.uri] = min(before, mention.status, key=_STRENGTH.index)
    by_status = (tuple(uri for uri, status in strongest.items() if status is wanted) for wanted in _STRENGTH)
    return _Skills(tuple(strongest), *by_status)


def _occupations(readings: Sequence[EnrichedPosting], taxonomy: Taxonomy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Candidate occupations, best first, without unlikely ones, and the ISCO codes of the best that has one."""
    candidates = _first(readings, lambda reading: reading.occupations) or ()
    likely = (candidate for at, candidate in enumerate(candidates) if at == 0 or candidate.score >= _LIKELY)
    uris = tuple(dict.fromkeys(candidate.uri for candidate in likely if candidate.uri))
    for candidate in candidates:
        isco = candidate.isco or (taxonomy.isco_of(candidate.uri) if candidate.uri and candidate.uri in taxonomy else None)
        if isco:
            return uris, isco_codes(isco)
    return uris, ()


def _countries(places: Iterable[RegionReading], postings: Iterable[Posting]) -> tuple[str, ...]:
    """ISO 3166 codes of the places read, else those the boards state."""
    read = [place.country or (iso_country(place.nuts[:2]) if place.nuts else None) for place in places]
    stated = [place.country for posting in postings for place in posting.job_locations]
    return tuple(dict.fromkeys(code for code in read if code)) or tuple(dict.fromkeys(code for code in stated if code))


def _posted(vacancy: Vacancy, postings: Iterable[Posting]) -> date:
    """The earliest date a board states, and never later than it was first seen: boards renew their dates."""
    return min([vacancy.first_seen.date(), *(posting.date_posted for posting in postings if posting.date_posted)])
