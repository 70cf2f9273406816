"""schema.org JobPosting to PostingDraft: the one mapping for JSON-LD and microdata pages, JSON feeds and ingested files.

Form of the fields: https://schema.org/JobPosting; read tolerantly, since boards write a text where an object belongs,
and the other way round.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, TypeVar

from pydantic import ValidationError

from vacancies.error import RecordInvalid
from vacancies.html_text import as_html, looks_like_html
from vacancies.job_place import read_places
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_date, read_datetime
from vacancies.values.employment import read_employment_types
from vacancies.values.salaries import read_salary
from vacancies.values.words import each, first_word, number, read_language, word, words_of

Unread = Callable[[str, str], None]
"""Told the field and the value when a field is stated, but its value cannot be read and is left out."""

T = TypeVar("T")

_PREFIXES: Final = ("http://schema.org/", "https://schema.org/", "schema:")
_SECTIONS: Final = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "educationRequirements": "Education",
    "experienceRequirements": "Experience",
    "jobBenefits": "Benefits",
}
_MAX_SKILL: Final = 80  # characters; a longer "skill" is running text


def is_jobposting(obj: Mapping[str, object]) -> bool:
    """Tell whether the object's @type says JobPosting (alone or among others, with or without schema.org's prefix)."""
    return any(_local(str(name)) == "JobPosting" for name in each(obj.get("@type")))


def draft_from_jobposting(obj: Mapping[str, object], *, countries: Collection[str] = (), on_unread: Unread | None = None) -> PostingDraft:
    """Map one JobPosting object to a draft; `on_unread` is told of stated values that could not be read.

    `countries` are those the board covers, as in `place_from_words`.

    Raises RecordInvalid with reason `not_jobposting` for an object that says to be something else, `no_text` for one with neither
    title nor text, and `invalid_field` for a value that no draft can hold.
    """
    try:
        return _draft(obj, countries, on_unread or _ignore)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(map(str, detail["loc"]))
        raise RecordInvalid("invalid_field", f"field {where}: {detail['msg']}, found {str(detail['input'])[:120]!r}") from error


def _draft(obj: Mapping[str, object], countries: Collection[str], tell: Unread) -> PostingDraft:
    fields = {_local(key): value for key, value in obj.items()}
    if fields.get("@type") is not None and not is_jobposting(obj):
        raise RecordInvalid("not_jobposting", f"expected a schema.org JobPosting, found @type {fields['@type']!r}")
    title = _plain(first_word(fields.get("title"), fields.get("name")))
    description = _description(fields)
    if title is None and not description:
        raise RecordInvalid("no_text", "the JobPosting has neither a title nor a description")
    telecommute = True if "TELECOMMUTE" in (word(fields.get("jobLocationType")) or "").upper() else None
    return PostingDraft(
        native_id=_native_id(fields.get("identifier")),
        url=_url(fields),
        title=title,
        hiring_organization=_plain(word(fields.get("hiringOrganization"))),
        description=description,
        language=read_language(word(fields.get("inLanguage"))),
        date_posted=_told(read_date, "date_posted", fields.get("datePosted"), tell),
        date_modified=_told(read_datetime, "date_modified", fields.get("dateModified"), tell),
        valid_through=_told(read_date, "valid_through", fields.get("validThrough"), tell),
        job_start_date=word(fields.get("jobStartDate")),
        employment_type=_employment_types(fields.get("employmentType"), tell),
        work_hours=_plain(word(fields.get("workHours"))),
        job_locations=_places(fields, countries, telecommute=bool(telecommute)),
        telecommute=telecommute,
        base_salary=read_salary(fields.get("baseSalary"), currency=word(fields.get("salaryCurrency"))),
        industry=_plain("; ".join(words_of(fields.get("industry")))),
        occupational_categories=tuple(_categories(fields.get("occupationalCategory"))),
        skills=tuple(_skills(fields.get("skills"))),
        total_job_openings=_told(_count, "total_job_openings", fields.get("totalJobOpenings"), tell),
    )


def _local(name: str) -> str:
    prefix = next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")
    return name[len(prefix) :]


def _ignore(field: str, value: str) -> None:
    """Take no notice of a value that could not be read."""


def _told(read: Callable[[object], T | None], name: str, value: object, tell: Unread) -> T | None:
    plain = word(value) if isinstance(value, Mapping | list | tuple) else value
    found = read(plain)
    if found is None and plain not in (None, ""):
        tell(name, str(plain))
    return found


def _plain(text: str | None) -> str | None:
    return " ".join(html.unescape(text).split()) or None if text else None


def _description(fields: Mapping[str, object]) -> str:
    main = _running_text(fields.get("description"))
    sections = [(name, _running_text(fields.get(key))) for key, name in _SECTIONS.items()]
    more = [(name, text) for name, text in sections if text and text not in main]
    if not more:
        return main
    if not any(looks_like_html(text) for text in (main, *(text for _, text in more))):
        return "\n\n".join(filter(None, (main, *(f"{name}:\n{text}" for name, text in more))))
    return "".join(filter(None, (as_html(main), *(f"<h3>{name}</h3>{as_html(text)}" for name, text in more))))


def _running_text(value: object) -> str:
    """Join texts, keeping their line breaks; a list is a list of paragraphs."""
    texts = (
        member.get("@value") or member.get("description") or member.get("name") if isinstance(member, Mapping) else member
        for member in each(value)
    )
    return "\n".join(text.strip() for text in texts if isinstance(text, str) and text.strip())


def _native_id(value: object) -> str | None:
    """Read the board's own id: a text, a number, or a PropertyValue's value (its name is the issuer's)."""
    for member in each(value):
        found = word(member.get("value") or member.get("@value")) if isinstance(member, Mapping) else word(member)
        if found:
            return found
    return None


def _url(fields: Mapping[str, object]) -> str | None:
    for key in ("url", "mainEntityOfPage", "sameAs", "@id"):
        for member in each(fields.get(key)):
            found = word(member.get("@id") or member.get("url")) if isinstance(member, Mapping) else word(member)
            if found and found.startswith(("http://", "https://")) and (key != "@id" or "#" not in found):
                return found
    return None


def _places(fields: Mapping[str, object], countries: Collection[str], *, telecommute: bool) -> tuple[JobLocation, ...]:
    places = read_places(fields.get("jobLocation"), countries=countries)
    return places or (read_places(fields.get("applicantLocationRequirements"), countries=countries) if telecommute else ())


def _employment_types(value: object, tell: Unread) -> tuple[str, ...]:
    types, unread = read_employment_types(words_of(value))
    for text in unread:
        tell("employment_type", text)
    return types


def _categories(value: object) -> Iterator[OccupationalCategory]:
    for member in each(value):
        if isinstance(member, Mapping):
            code = word(member.get("codeValue") or member.get("termCode"))
            label = _plain(word(member.get("name")))
            scheme = word(member.get("inCodeSet") or member.get("inDefinedTermSet")) or "board"
        else:
            code, label, scheme = None, _plain(word(member)), "board"
        if code or label:
            yield OccupationalCategory(scheme=scheme, code=code, label=label)


def _skills(value: object) -> Iterator[str]:
    """Yield listed skills; a running text in this field is no list and gives nothing."""
    members = words_of(value)
    if len(members) == 1:
        members = members[0].replace(";", ",").split(",")
    for member in members:
        text = _plain(member)
        if text and len(text) <= _MAX_SKILL and not looks_like_html(text):
            yield text


def _count(value: object) -> int | None:
    found = number(value)
    return int(found) if found is not None and 0 <= found < 100_000 else None
