"""A mapping that a non-programmer can edit: which column of a feed holds which field of schema.org JobPosting.

A mapping file is YAML: on the left the JobPosting field (dots go into objects: `jobLocation.address.addressLocality`), on the right the
feed's column, a list of columns of which the first stated one is taken, or `{value: ...}` for a constant. `null_words` lists what the
feed writes for "not stated"; `value_maps` translates codes of a JobPosting field. Of two mappings of one field the first that is stated
stays (`baseSalary.value.minValue` before `baseSalary` as a text).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from vacancies.error import FeedInvalid

JobPostingObject = dict[str, object]

FIELDS: Final = frozenset(
    {
        "board", "identifier", "url", "title", "description", "inLanguage", "datePosted", "dateModified", "validThrough", "jobStartDate",
        "employmentType", "workHours", "jobLocationType", "industry", "occupationalCategory", "skills", "totalJobOpenings",
        "hiringOrganization.name", "jobLocation.name", "jobLocation.address.addressLocality", "jobLocation.address.addressRegion",
        "jobLocation.address.postalCode", "jobLocation.address.addressCountry", "jobLocation.geo.latitude", "jobLocation.geo.longitude",
        "baseSalary.currency", "baseSalary.value.minValue", "baseSalary.value.maxValue", "baseSalary.value.unitText", "baseSalary",
        "occupationalCategory.codeValue", "occupationalCategory.inCodeSet", "occupationalCategory.name",
    }
)  # fmt: skip


class Constant(BaseModel):
    """A value that every record of the feed has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str | int | float | bool


class FeedMapping(BaseModel):
    """Where each JobPosting field of a feed stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: dict[str, str | tuple[str, ...] | Constant]
    null_words: tuple[str, ...] = ("", "NA", "null", "None")
    value_maps: dict[str, dict[str, str]] = {}

    def apply(self, record: Mapping[str, object]) -> JobPostingObject:
        """Turn one record of the feed into a schema.org JobPosting object; fields the record does not state are left out."""
        result: JobPostingObject = {}
        for name, place in self.fields.items():
            value = place.value if isinstance(place, Constant) else self._first_stated(record, place)
            if value is not None:
                _put(result, name.split("."), self.value_maps.get(name, {}).get(str(value), value))
        return result

    def _first_stated(self, record: Mapping[str, object], place: str | tuple[str, ...]) -> object:
        for column in (place,) if isinstance(place, str) else place:
            value = record.get(column)
            if value is not None and not (isinstance(value, str) and value.strip() in self.null_words):
                return value
        return None


def _put(target: JobPostingObject, path: list[str], value: object) -> None:
    for step in path[:-1]:
        inner = target.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        target = inner
    target.setdefault(path[-1], value)


def load_mapping(path: Path) -> FeedMapping:
    """Read a mapping file; raises FeedInvalid that names the field which JobPosting does not have, or what else is wrong."""
    try:
        mapping = FeedMapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FeedInvalid(f"mapping file {path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise FeedInvalid(f"mapping file {path} is not a mapping of JobPosting fields to columns: {error}") from error
    unknown = sorted(set(mapping.fields) - FIELDS)
    if unknown:
        raise FeedInvalid(
            f"mapping file {path}: {', '.join(unknown)} is no field of a JobPosting here; known are {', '.join(sorted(FIELDS))}"
        )
    return mapping
