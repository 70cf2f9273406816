"""Open data of the Czech ministry of labour (MPSV): one JSON file with all vacancies of the labour office, under `polozky`.

https://data.mpsv.cz/web/data/volna-mista-v-cele-cr; values are codes of its lists ("CzIsco/83221"), whose labels stand in other files.
Codes whose meaning is certain are read, places are given by post code and street.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields, required_id
from vacancies.job_place import make_place
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import each, number, word

VERSION: Final = "1"
LIST: Final = "polozky"
_RELATIONS: Final = {"plny": "plný úvazek", "zkraceny": "zkrácený úvazek", "dpp": "other", "dpc": "other", "sluzebni": None}
_PAID_BY: Final = {"mesic": "month", "hod": "hour"}


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every vacancy of the file, or of a piece of it; raises RecordInvalid as `json_records` does."""
    _, vacancies = json_records(body, LIST)
    found = Collected()
    for vacancy in vacancies:
        native_id = word(vacancy.get("portalId")) if isinstance(vacancy, Mapping) else None
        found.take(vacancy, lambda record: _draft(record_fields(record), found), native_id=native_id)
    return found.reading()


def _draft(vacancy: Mapping[str, object], found: Collected) -> PostingDraft:
    openings, hours, address = number(vacancy.get("pocetMist")), number(vacancy.get("pocetHodinTydne")), word(vacancy.get("urlAdresa"))
    text = inner_object(vacancy, "upresnujiciInformace").get("cs")
    occupation = _code(vacancy.get("profeseCzIsco"))
    return PostingDraft(
        native_id=required_id(vacancy, "portalId"),
        url=address if address and address.startswith(("http://", "https://")) else None,
        title=word(inner_object(vacancy, "pozadovanaProfese").get("cs")),
        hiring_organization=word(inner_object(vacancy, "zamestnavatel").get("nazev")),
        description="\n\n".join(filter(None, (text.strip() if isinstance(text, str) else "", _benefits(vacancy)))),
        language="cs",
        date_posted=found.day("date_posted", vacancy.get("datumVlozeni")),
        date_modified=read_datetime(vacancy.get("datumZmeny")),
        valid_through=found.day("valid_through", vacancy.get("expirace")),
        job_start_date=word(vacancy.get("terminZahajeniPracovnihoPomeru")),
        employment_type=_employment_types(vacancy, found),
        work_hours=f"{hours:g} hodin týdně" if hours else None,
        job_locations=tuple(dict.fromkeys(_places(inner_object(vacancy, "mistoVykonuPrace")))),
        base_salary=_salary(vacancy),
        occupational_categories=(OccupationalCategory(scheme="CZ-ISCO", code=occupation),) if occupation else (),
        skills=tuple(
            text for entry in each(vacancy.get("pozadovanaDovednost")) if isinstance(entry, Mapping) and (text := word(entry.get("popis")))
        ),
        total_job_openings=int(openings) if openings is not None and openings >= 0 else None,
    )


def _code(value: object) -> str | None:
    """Read a code without the name of its list: "CzIsco/83221" is 83221."""
    code = word(value.get("id")) if isinstance(value, Mapping) else None
    return code.rsplit("/", 1)[-1] if code else None


def _benefits(vacancy: Mapping[str, object]) -> str:
    entries = (entry for entry in each(vacancy.get("vyhodyVolnehoMista")) if isinstance(entry, Mapping))
    words = [text for entry in entries if (text := word(entry.get("popis")))]
    return "Výhody:\n" + "\n".join(words) if words else ""


def _employment_types(vacancy: Mapping[str, object], found: Collected) -> tuple[str, ...]:
    codes = [code for entry in each(vacancy.get("pracovnePravniVztahy")) if (code := _code(entry))]
    ends = "fixed term" if word(vacancy.get("terminUkonceniPracovnihoPomeru")) else None
    return found.employment_types(*(_RELATIONS.get(code, code) for code in codes), ends)


def _places(place: Mapping[str, object]) -> Iterator[JobLocation]:
    """Read workplaces; where there is none, the municipality or districts, of which the file gives the codes only."""
    addresses = [inner_object(entry, "adresa") for entry in each(place.get("pracoviste")) if isinstance(entry, Mapping)]
    for address in filter(None, addresses):
        house = "/".join(filter(None, (word(address.get("cisloDomovni")), word(address.get("cisloOrientacni")))))
        street = word(inner_object(address, "ulice").get("nazev"))
        post_code = word(address.get("psc"))
        area = None if post_code else next(filter(None, (word(inner_object(address, key).get("id")) for key in ("obec", "okres"))), None)
        found = make_place(
            text=" ".join(filter(None, (street, house if street else None))) or word(place.get("adresaText")) or area,
            locality=word(address.get("nazevCastiObce")),
            postal_code=post_code,
            country="CZ",
        )
        if found:
            yield found
    if not any(addresses):
        areas = [word(entry.get("id")) for entry in each([place.get("obec"), place.get("okresy")]) if isinstance(entry, Mapping)]
        for text in filter(None, areas or [word(place.get("adresaText"))]):
            yield JobLocation(text=text, country="CZ")


def _salary(vacancy: Mapping[str, object]) -> BaseSalary | None:
    """Read the pay, in crowns by the file's definition, per month or hour."""
    low, high = (read_amount(vacancy.get(name)) for name in ("mesicniMzdaOd", "mesicniMzdaDo"))
    return make_salary(low, high, currency="CZK", period=_PAID_BY.get(_code(vacancy.get("typMzdy")) or ""))
