"""Bundesagentur für Arbeit, Jobsuche: `GET /pc/v6/jobs?page=&size=` names offers, `GET /pc/v4/jobdetails/{id}` gives one whole.

The id is the offer's number in base64. The interface is not official (https://github.com/bundesAPI/jobsuche-api); in August 2026 the
search moved from v4 to v6 and renamed its fields, so that older names are read too. Descriptions are plain text with some Markdown.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import quote

from crawlers.page_parsers.page_reading import Collected, DetailLink, PageReading, inner_object, json_answer, listed_draft, record_fields
from vacancies.error import RecordInvalid
from vacancies.job_place import make_place
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.salaries import make_salary, read_amount, salary_from_text
from vacancies.values.words import each, first_word, number, word, words_of

VERSION: Final = "2"
_LISTS: Final = ("ergebnisliste", "stellenangebote")
_PAGE: Final = "https://www.arbeitsagentur.de/jobsuche/jobdetail/"
_PART_TIME: Final = tuple(f"arbeitszeitTeilzeit{time}" for time in ("Flexibel", "Vormittag", "Nachmittag", "Abend"))
_KINDS: Final = {
    "AUSBILDUNG": "Ausbildung", "4": "Ausbildung", "PRAKTIKUM_TRAINEE": "Praktikum", "34": "Praktikum",
    "SELBSTAENDIGKEIT": "Freelance", "2": "Freelance",
}  # fmt: skip
_TERMS: Final = {"BEFRISTET": "befristet", "1": "befristet", "UNBEFRISTET": "unbefristet", "2": "unbefristet"}
_SHIFTS: Final = "Schicht, Nacht oder Wochenende"
_NOT_STATED: Final = frozenset({"KEINE_ANGABE", "KEINE_ANGABEN"})
_PERIODS: Final = {"STUNDE": "hour", "TAG": "day", "WOCHE": "week", "MONAT": "month", "JAHR": "year"}


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the search, or one offer; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = record_fields(json_answer(body))
    found = Collected()
    if any(key in answer for key in ("referenznummer", "refnr", "stellenangebotsTitel", "hashId")):
        found.take(answer, lambda record: _draft(record_fields(record), found), url=url, native_id=_number(answer))
        return found.reading()
    total = number(answer.get("maxErgebnisse"))
    hits = next((answer[name] for name in _LISTS if isinstance(answer.get(name), list)), None)
    if hits is None and total != 0:
        raise RecordInvalid("unexpected_shape", f"expected a list 'ergebnisliste', found {', '.join(list(answer)[:8]) or 'no keys'}")
    details = []
    for hit in each(hits):
        native_id = _number(hit) if isinstance(hit, Mapping) else None
        if native_id is None or not isinstance(hit, Mapping):
            found.reject("no_identity", "the hit has no 'referenznummer'", hit)
        else:
            changed = first_word(hit.get("aenderungsdatum"), hit.get("modifikationsTimestamp"))
            details.append(DetailLink(_detail_address(native_id), changed, listed_draft(hit, _draft)))
    return found.reading(stated_total=int(total) if total is not None else None, details=details)


def _number(offer: Mapping[str, object]) -> str | None:
    return first_word(offer.get("referenznummer"), offer.get("refnr"))


def _detail_address(native_id: str) -> str:
    return "../v4/jobdetails/" + quote(b64encode(native_id.encode()).decode(), safe="=")


def _draft(offer: Mapping[str, object], found: Collected) -> PostingDraft:
    native_id = _number(offer)
    text = next((text for key in ("stellenangebotsBeschreibung", "stellenbeschreibung") if isinstance(text := offer.get(key), str)), "")
    openings = number(offer.get("anzahlOffeneStellen"))
    begins = first_word(inner_object(offer, "eintrittszeitraum").get("von"), offer.get("eintrittsdatum"))
    posted = first_word(*(offer.get(key) for key in ("datumErsteVeroeffentlichung", "ersteVeroeffentlichungsdatum")))
    return PostingDraft(
        native_id=native_id,
        url=f"{_PAGE}{quote(native_id, safe='')}" if native_id else None,
        title=first_word(offer.get("stellenangebotsTitel"), offer.get("titel"), offer.get("hauptberuf"), offer.get("beruf")),
        hiring_organization=first_word(offer.get("firma"), offer.get("arbeitgeber")),
        description=text,
        date_posted=found.day("date_posted", posted or word(offer.get("aktuelleVeroeffentlichungsdatum"))),
        date_modified=read_datetime(first_word(offer.get("aenderungsdatum"), offer.get("modifikationsTimestamp"))),
        valid_through=found.day("valid_through", word(offer.get("laufzeitBis"))),
        job_start_date=begins,
        employment_type=_employment_types(offer, found),
        work_hours=_SHIFTS if offer.get("arbeitszeitSchichtNachtWochenende") is True else None,
        job_locations=tuple(dict.fromkeys(_places(offer))),
        base_salary=_salary(offer),
        industry=first_word(offer.get("branche"), offer.get("branchengruppe")),
        occupational_categories=tuple(dict.fromkeys(_categories(offer))),
        total_job_openings=int(openings) if openings is not None and openings >= 0 else None,
    )


def _places(offer: Mapping[str, object]) -> Iterator[JobLocation]:
    for entry in each(offer.get("stellenlokationen") or offer.get("arbeitsorte") or offer.get("arbeitsort")):
        if not isinstance(entry, Mapping):
            continue
        address = inner_object(entry, "adresse") or entry
        point = inner_object(entry, "koordinaten")
        place = make_place(
            locality=word(address.get("ort")),
            region=word(address.get("region")),
            postal_code=word(address.get("plz")),
            country=word(address.get("land")),
            latitude=number(entry.get("breite", point.get("lat"))),
            longitude=number(entry.get("laenge", point.get("lon"))),
        )
        if place:
            yield place


def _employment_types(offer: Mapping[str, object], found: Collected) -> tuple[str, ...]:
    hours = [mode.casefold() for mode in words_of(offer.get("arbeitszeitmodelle")) if mode in {"VOLLZEIT", "TEILZEIT", "MINIJOB"}]
    hours += ["vollzeit"] if offer.get("arbeitszeitVollzeit") is True else []
    is_small = offer.get("istGeringfuegigeBeschaeftigung") is True
    hours += ["teilzeit"] if is_small or any(offer.get(key) is True for key in _PART_TIME) else []
    term = first_word(offer.get("vertragsdauer"), offer.get("befristung"))
    kind = first_word(offer.get("stellenangebotsart"), offer.get("angebotsart"))
    stated = None if term in _NOT_STATED else _TERMS.get(term or "", term)
    return found.employment_types(*hours, stated, _KINDS.get(kind or ""))


def _salary(offer: Mapping[str, object]) -> BaseSalary | None:
    low, high = (read_amount(offer.get(key)) for key in ("gehaltsspanneVon", "gehaltsspanneBis"))
    kind = (word(offer.get("artDerVerguetung")) or "").upper()
    if low or high:
        return make_salary(low, high, period=next((period for name, period in _PERIODS.items() if name in kind), None))
    stated = first_word(offer.get("verguetung"), offer.get("verguetungsangabe"))
    return salary_from_text(stated) if stated and stated not in _NOT_STATED and not stated.isupper() else None


def _categories(offer: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    code = word(offer.get("hauptDkz"))
    main = first_word(offer.get("hauptberuf"), offer.get("beruf"))
    if main or code:
        yield OccupationalCategory(scheme="BA Beruf", code=code, label=main)
    for label in words_of([offer.get("alternativBeruf1"), offer.get("alternativBerufe"), offer.get("alleBerufe")]):
        if label != main:
            yield OccupationalCategory(scheme="BA Beruf", label=label)
