"""France Travail's API "Offres d'emploi v2": `GET /partenaire/offresdemploi/v2/offres/search?range=0-149` answers a range of offers.

https://francetravail.io/data/api/offres-emploi; the whole number stands in the counts of the filters, each with one value per offer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_answer, record_fields, records_of, required_id
from vacancies.job_place import make_place
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.countries import read_country
from vacancies.values.dates import read_datetime
from vacancies.values.salaries import salary_from_text
from vacancies.values.words import each, number, word

VERSION: Final = "1"
_IN_DEPARTMENT: Final = re.compile(r"^(?:\d{2,3}|2[AB]) - (.+)$")
_CONTRACTS: Final = {  # the service's codes in words
    "CDI": "cdi", "DIN": "cdi", "CDD": "cdd", "DDI": "cdd", "MIS": "intérim", "TTI": "intérim", "SAI": "saisonnier",
    "LIB": "indépendant", "FRA": "indépendant", "CCE": "indépendant", "REP": "autre",
}  # fmt: skip


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every offer of the range, or the one of an offer's own address; an empty body (status 204) holds none.

    Raises RecordInvalid (`broken_json`, `unexpected_shape`).
    """
    if not body.strip():
        return PageReading(stated_total=0)
    found = Collected()
    answer = json_answer(body)
    if isinstance(answer, Mapping) and "intitule" in answer:
        answer = {"resultats": [answer]}
    answer, offers = records_of(answer, "resultats")
    for offer in offers:
        native_id = word(offer.get("id")) if isinstance(offer, Mapping) else None
        found.take(offer, lambda record: _draft(record_fields(record), found), native_id=native_id)
    return found.reading(stated_total=_total(answer))


def _total(answer: Mapping[str, object]) -> int | None:
    sums = [
        sum(number(value.get("nbResultats")) or 0 for value in each(entry.get("agregation")) if isinstance(value, Mapping))
        for entry in each(answer.get("filtresPossibles"))
        if isinstance(entry, Mapping)
    ]
    return int(max(sums)) if sums else None


def _draft(offer: Mapping[str, object], found: Collected) -> PostingDraft:
    description = offer.get("description")
    place = _place(offer, found)
    openings = number(offer.get("nombrePostes"))
    return PostingDraft(
        native_id=required_id(offer),
        url=word(inner_object(offer, "origineOffre").get("urlOrigine")),
        title=word(offer.get("intitule")),
        hiring_organization=word(inner_object(offer, "entreprise").get("nom")),
        description=description if isinstance(description, str) else "",
        date_posted=found.day("date_posted", offer.get("dateCreation")),
        date_modified=read_datetime(offer.get("dateActualisation")),
        employment_type=_employment_types(offer, found),
        work_hours=word(offer.get("dureeTravailLibelle")),
        job_locations=(place,) if place else (),
        base_salary=_salary(inner_object(offer, "salaire")),
        industry=word(offer.get("secteurActiviteLibelle")),
        occupational_categories=tuple(_categories(offer)),
        skills=tuple(_skills(offer)),
        total_job_openings=int(openings) if openings is not None and openings >= 0 else None,
    )


def _place(offer: Mapping[str, object], found: Collected) -> JobLocation | None:
    """Read the place of work; offers abroad carry the post code and the point of the agency in France, which are left out."""
    stated = inner_object(offer, "lieuTravail")
    label, post_code = word(stated.get("libelle")), word(stated.get("codePostal"))
    in_department = _IN_DEPARTMENT.match(label) if label else None
    country = read_country(word(offer.get("pays"))) or ("FR" if in_department else None)
    if country not in (None, "FR"):
        if post_code:
            found.note_unread("job_locations", f"{label} ({country}) with post code {post_code}")
        return make_place(text=label, country=country)
    name = in_department[1] if in_department else None
    return make_place(
        text=label,
        locality=name if post_code else None,
        region=None if post_code else name,
        postal_code=post_code,
        country=country,
        latitude=number(stated.get("latitude")),
        longitude=number(stated.get("longitude")),
    )


def _employment_types(offer: Mapping[str, object], found: Collected) -> tuple[str, ...]:
    code = word(offer.get("typeContrat"))
    contract = _CONTRACTS.get(code, code) if code else None
    return found.employment_types(
        word(offer.get("dureeTravailLibelleConverti")), contract, "alternance" if offer.get("alternance") is True else None
    )


def _salary(stated: Mapping[str, object]) -> BaseSalary | None:
    return salary_from_text(word(stated.get("libelle")) or word(stated.get("commentaire")) or "")


def _categories(offer: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    code, label = word(offer.get("romeCode")), word(offer.get("romeLibelle"))
    if code or label:
        yield OccupationalCategory(scheme="ROME", code=code, label=label)
    if appellation := word(offer.get("appellationlibelle")):
        yield OccupationalCategory(scheme="ROME appellation", label=appellation)


def _skills(offer: Mapping[str, object]) -> Iterator[str]:
    for key in ("competences", "qualitesProfessionnelles"):
        for entry in each(offer.get(key)):
            if isinstance(entry, Mapping) and (label := word(entry.get("libelle"))):
                yield label
