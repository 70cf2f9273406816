"""A mapping that a non-programmer can edit: which column of a feed holds which field of schema.org JobPosting.

A mapping file is YAML. Under `fields` stands on the left the JobPosting field (dots go into objects:
`jobLocation.address.addressLocality`), on the right the feed's column, a list of columns of which the first stated one is taken,
`{all: [...]}` for columns that all count, `{value: ...}` for what holds for every record, or `{each: ..., fields: {...}}` for what stands
several times in a record (places, occupations). A column is a column's name (CSV, Excel), a key or a dotted way (JSON: `employer.name`),
or a path of element names (XML: `employer/name`, `@id`, `Description/@lang`).

`null_words` lists what the feed writes for "not stated"; `value_maps` translates codes of a JobPosting field; `date_formats` says how a
field's dates are written where that is not plain (`datePosted: "%m/%d/%Y"`). Of two mappings of one field the first that is stated stays
(`baseSalary.value.minValue` before `baseSalary` as a text). How the feed itself is laid out: see `vacancies.feeds.layout.FeedLayout`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vacancies.error import FeedInvalid
from vacancies.feeds.layout import FeedLayout
from vacancies.yaml_loading import load_yaml, yaml_problem

JobPostingObject = dict[str, object]
Unread = Callable[[str, str], None]

FIELDS: Final = frozenset(
    {
        "board", "identifier", "url", "title", "description", "inLanguage", "datePosted", "dateModified", "validThrough", "jobStartDate",
        "employmentType", "workHours", "jobLocationType", "industry", "occupationalCategory", "skills", "totalJobOpenings",
        "hiringOrganization.name", "jobLocation", "jobLocation.name", "jobLocation.address", "jobLocation.address.addressLocality",
        "jobLocation.address.addressRegion", "jobLocation.address.postalCode", "jobLocation.address.addressCountry",
        "jobLocation.geo.latitude", "jobLocation.geo.longitude",
        "baseSalary.currency", "baseSalary.value.minValue", "baseSalary.value.maxValue", "baseSalary.value.unitText", "baseSalary",
        "salaryCurrency", "occupationalCategory.codeValue", "occupationalCategory.inCodeSet", "occupationalCategory.name",
        "responsibilities", "qualifications", "educationRequirements", "experienceRequirements", "jobBenefits",
    }
)  # fmt: skip


class Constant(BaseModel):
    """A value that every record of the feed has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str | int | float | bool


class All(BaseModel):
    """Several columns that say the same kind of thing: what any of them states counts (kinds of employment, skills)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    all: tuple[str, ...]


Place = str | tuple[str, ...] | Constant | All


class Each(BaseModel):
    """What stands several times in a record: where, and its own fields, whose columns are looked for within (`.` is its own text)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    each: str
    fields: dict[str, Place]


class FeedMapping(FeedLayout):
    """Where each JobPosting field of a feed stands, and how the feed is laid out."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    fields: dict[str, Place | Each]
    null_words: tuple[str, ...] = ("", "NA", "null", "None")
    value_maps: dict[str, dict[str, str]] = Field(default_factory=dict)
    date_formats: dict[str, str] = Field(default_factory=dict)

    def apply(self, record: Mapping[str, object], on_unread: Unread | None = None) -> JobPostingObject:
        """Turn one record of the feed into a schema.org JobPosting object; fields the record does not state are left out.

        `on_unread` is told of a date that is not written as `date_formats` says.
        """
        result: JobPostingObject = {}
        for name, place in self.fields.items():
            value: object
            if isinstance(place, Each):
                value = [member for part in _parts(record, place.each) if (member := self._member(name, part, place.fields))]
            else:
                value = self._value(name, record, place, on_unread)
            if value not in (None, []):
                _put(result, name.split("."), value)
        return result

    def columns(self) -> Iterator[str]:
        """Name every column that the mapping takes, those within a group with the group's path before."""
        for _, columns in self.columns_by_field():
            yield from columns

    def columns_by_field(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Name the columns that each field takes, in the order of the mapping; none for constants."""
        for name, place in self.fields.items():
            if isinstance(place, Each):
                for inner, inner_place in place.fields.items():
                    own = (place.each if column == "." else _within(place.each, column) for column in _columns(inner_place))
                    yield f"{name}.{inner}", tuple(own)
            else:
                yield name, _columns(place)

    def _member(self, name: str, record: Mapping[str, object], fields: Mapping[str, Place]) -> JobPostingObject:
        result: JobPostingObject = {}
        for inner, place in fields.items():
            value = self._value(f"{name}.{inner}", record, place, None)
            if value is not None:
                _put(result, inner.split("."), value)
        return result if any(not isinstance(place, Constant) for place in fields.values()) else {}

    def _value(self, name: str, record: Mapping[str, object], place: Place, on_unread: Unread | None) -> object:
        value: object
        if isinstance(place, Constant):
            value = place.value
        elif isinstance(place, All):
            value = [found for column in place.all if (found := self._first_stated(record, column)) is not None] or None
        else:
            value = self._first_stated(record, place)
        if value is None:
            return None
        value = self._translated(name, value)
        form = self.date_formats.get(name)
        return value if form is None else _day(name, value, form, on_unread)

    def _translated(self, name: str, value: object) -> object:
        words = self.value_maps.get(name)
        if words is None:
            return value
        if isinstance(value, list):
            return [words.get(str(member), member) for member in value]
        return words.get(str(value), value)

    def _first_stated(self, record: Mapping[str, object], place: str | tuple[str, ...]) -> object:
        for column in (place,) if isinstance(place, str) else place:
            value = stated(record, column)
            if isinstance(value, list):
                value = [member for member in value if not self.is_null(member)] or None
            if not self.is_null(value):
                return value
        return None

    def is_null(self, value: object) -> bool:
        """Tell whether a cell says nothing."""
        return value is None or (isinstance(value, str) and value.strip() in self.null_words)


def stated(record: Mapping[str, object], column: str) -> object:
    """Look a column up: by its whole name, else its dots as a way into objects (of a list of objects, what each of them says)."""
    if column in record or "." not in column.strip("."):
        return record.get(column)
    first, _, rest = column.partition(".")
    inner = record.get(first)
    if isinstance(inner, Mapping):
        return stated(inner, rest)
    if isinstance(inner, list):
        found = [value for member in inner if isinstance(member, Mapping) and (value := stated(member, rest)) is not None]
        return found or None
    return None


def _parts(record: Mapping[str, object], path: str) -> Iterator[Mapping[str, object]]:
    """Give what stands at a path, each as a record of its own."""
    found = record.get(f"{path}[]")
    found = found if found is not None else stated(record, path)
    for member in found if isinstance(found, list) else [found]:
        if isinstance(member, Mapping):
            yield member
        elif member is not None:
            yield {".": member}


def _columns(place: Place) -> tuple[str, ...]:
    if isinstance(place, Constant):
        return ()
    if isinstance(place, All):
        return place.all
    return (place,) if isinstance(place, str) else place


def _within(path: str, column: str) -> str:
    return f"{path}/{column}" if "/" in path or "/" in column or "@" in column else f"{path}.{column}"


def _day(name: str, value: object, form: str, on_unread: Unread | None) -> object:
    text = str(value[0] if isinstance(value, list) else value).strip()
    try:
        return datetime.strptime(text, form).isoformat()  # noqa: DTZ007 (a zone is part of the form where there is one)
    except ValueError:
        if on_unread is not None:
            on_unread(name, text)
        return None


def _put(target: JobPostingObject, path: list[str], value: object) -> None:
    for step in path[:-1]:
        inner = target.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        target = inner
    target.setdefault(path[-1], value)


def bundled_mappings() -> dict[str, Path]:
    """Give the mappings that come with Labourscope, by name."""
    folder = Path(str(files("vacancies.feeds") / "mappings"))
    return {path.name.removesuffix(".mapping.yaml"): path for path in sorted(folder.glob("*.mapping.yaml"))}


def find_mapping(name: str | Path) -> FeedMapping:
    """Give a mapping by the name of one that comes with us ("indeed-xml"), or by its file; raises FeedInvalid."""
    bundled = bundled_mappings()
    if str(name) in bundled:
        return load_mapping(bundled[str(name)])
    path = Path(name)
    if path.suffix not in {".yaml", ".yml"} and not path.exists():
        raise FeedInvalid(f"there is no mapping {str(name)!r}; known are {', '.join(bundled)}, else give a mapping file (.yaml)")
    return load_mapping(path)


def load_mapping(path: Path) -> FeedMapping:
    """Read a mapping file; raises FeedInvalid that names the field which JobPosting does not have, or what else is wrong."""
    try:
        mapping = FeedMapping.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FeedInvalid(f"mapping file {path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise FeedInvalid(f"mapping file {path} is not a mapping of JobPosting fields to columns: {_problems(error)}") from error
    except yaml.YAMLError as error:
        raise FeedInvalid(f"mapping file {path} {yaml_problem(error)}") from error
    except UnicodeDecodeError as error:
        raise FeedInvalid(f"mapping file {path} is not a mapping of JobPosting fields to columns: {error}") from error
    unknown = sorted(set(_names(mapping)) - FIELDS)
    if unknown:
        raise FeedInvalid(
            f"mapping file {path}: {', '.join(unknown)} is no field of a JobPosting here; known are {', '.join(sorted(FIELDS))}"
        )
    return mapping


def _names(mapping: FeedMapping) -> Iterator[str]:
    for name, place in mapping.fields.items():
        yield name
        if isinstance(place, Each):
            yield from (f"{name}.{inner}" for inner in place.fields)
    yield from mapping.date_formats


def _problems(error: ValidationError) -> str:
    told = []
    for detail in error.errors(include_url=False):
        where = ".".join(str(part) for part in detail["loc"][:2]) or "whole file"
        told.append(f"{where}: {detail['msg']}, found {str(detail['input'])[:80]!r}")
    return "; ".join(dict.fromkeys(told))
