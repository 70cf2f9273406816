"""The pages that people see, three of them with data for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from crawlers.sample_boards.advertisement import Advertisement, Salary
from crawlers.sample_boards.site import Site

_DAY_FORMATS: Final = {"de": "%d.%m.%Y", "fr": "%d/%m/%Y", "nl": "%d-%m-%Y", "en": "%d %B %Y"}


def listing_page(site: Site, advertisements: Sequence[Advertisement], page: int) -> str | None:
    """Render one page of a listing; None beyond the last one."""
    pages = max(1, -(-len(advertisements) // site.page_size))
    if not 1 <= page <= pages:
        return None
    shown = advertisements[(page - 1) * site.page_size : page * site.page_size]

    def address(number: int) -> str | None:
        return f"{site.path(site.listing)}?{site.page_parameter}={number}" if 1 <= number <= pages else None

    template = _templates().get_template("listing.html")
    return template.render(site=site, advertisements=shown, total=len(advertisements), next=address(page + 1), previous=address(page - 1))


def detail_page(site: Site, advertisement: Advertisement, address: str) -> str:
    """Render an advertisement; the first two boards state JobPosting in it."""
    if site.board == "sample-emplois":
        return _templates().get_template("detail_microdata.html").render(site=site, ad=advertisement, address=address)
    data = Markup(json_ld(site, advertisement, address)) if site.board == "sample-stellenportal" else None  # noqa: S704 (ours)
    return _templates().get_template("detail.html").render(site=site, ad=advertisement, json_ld=data)


def notice_page(site: Site, text: str) -> str:
    """Render a page with a short notice."""
    return _templates().get_template("notice.html").render(site=site, text=text)


def front_page(day: int, sites: Sequence[tuple[Site, int, str]]) -> str:
    """Render the list of boards: site, number of advertisements, path of what machines read."""
    return _templates().get_template("front.html").render(day=day, sites=sites)


def json_ld(site: Site, advertisement: Advertisement, address: str) -> str:
    """Write the page's JSON-LD: an object, at times a list or a graph with references, as real boards do; two pages are spoilt."""
    posting = _job_posting(site, advertisement, address)
    if advertisement.flaw == "empty":
        posting = {
            "@context": "https://schema.org/",
            "@type": "JobPosting",
            "title": "",
            "description": "",
            "datePosted": posting["datePosted"],
        }
    number = int(advertisement.id)
    document: object = posting
    if number % 7 == 0:
        document = [posting]
    elif number % 5 == 0:
        employer = {"@type": "Organization", "@id": f"{address}/#employer-{number}", "name": advertisement.employer}
        page = {"@type": "WebPage", "@id": f"{address}/#page-{number}", "name": f"{advertisement.title} | {site.name}"}
        graph = [page, employer, {**posting, "hiringOrganization": {"@id": employer["@id"]}}]
        document = {"@context": "https://schema.org/", "@graph": graph}
    text = json.dumps(document, ensure_ascii=False, indent=2).replace("</", "<\\/")
    return text.replace('\\"', '"') if advertisement.flaw == "unescaped_quotes" else text


def _job_posting(site: Site, advertisement: Advertisement, address: str) -> dict[str, object]:
    ad = advertisement
    stated: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": ad.title,
        "identifier": {"@type": "PropertyValue", "name": site.name, "value": ad.id},
        "url": address + site.detail_path(ad),
        "datePosted": ad.posted.isoformat(),
        "validThrough": f"{ad.valid_through.isoformat()}T23:59:59+01:00" if ad.valid_through else None,
        "hiringOrganization": {"@type": "Organization", "name": ad.employer},
        "employmentType": list(ad.employment_type) if len(ad.employment_type) > 1 else next(iter(ad.employment_type), None),
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": ad.locality,
                "postalCode": ad.postcode,
                "addressCountry": ad.country,
            },
        },
        "jobLocationType": "TELECOMMUTE" if ad.remote else None,
        "occupationalCategory": ad.category,
        "baseSalary": _base_salary(ad.salary),
        "description": ad.html.strip(),
    }
    return {name: value for name, value in stated.items() if value is not None}


def _base_salary(salary: Salary | None) -> dict[str, object] | None:
    if salary is None:
        return None
    value = {"@type": "QuantitativeValue", "minValue": salary.min, "maxValue": salary.max, "unitText": salary.period}
    return {"@type": "MonetaryAmount", "currency": salary.currency, "value": value}


@cache
def _templates() -> Environment:
    environment = Environment(loader=PackageLoader("crawlers.sample_boards"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"day": _day, "hours": _hours, "pay": pay_text}
    return environment


def _day(day: date, language: str) -> str:
    return day.strftime(_DAY_FORMATS[language]).lstrip("0")


def _hours(advertisement: Advertisement, words: dict[str, str]) -> str:
    return ", ".join(words[name] for name in advertisement.employment_type)


def pay_text(salary: Salary, site: Site) -> str:
    """Write a salary in the board's language: "3.100 – 3.600 EUR pro Monat"."""
    low, high = (_amount(value, site.language) for value in (salary.min, salary.max))
    amounts = low if low == high else f"{low} – {high}"
    return f"{amounts} {salary.currency} {site.words[salary.period]}"


def _amount(value: float, language: str) -> str:
    text = f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
    if language == "en":
        return text
    thousands = "\u202f" if language == "fr" else "."
    return text.replace(",", "#").replace(".", ",").replace("#", thousands)
