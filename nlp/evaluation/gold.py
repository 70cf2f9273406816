"""The labelled files: JSON Lines (gzip too), one typed record per line; fields that are not named here are ignored."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, islice
from pathlib import Path
from typing import Annotated, Final, Literal, Self, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator

from nlp.evaluation.error import GoldInvalid
from vacancies.enriched import SkillStatus, Zone
from vacancies.html_text import without_zero_width

Span = tuple[int, int]
_LANGUAGE_IN_NAME: Final = re.compile(r"_(cs|de|en|es|fr|nl|pl|sv)(?=[_.])")


class RecordForm(BaseModel):
    """Base of all records."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldLabel(RecordForm):
    """A concept, by URI."""

    uri: Annotated[str, Field(min_length=1)]
    label: str = ""


class LinkingRecord(RecordForm):
    """A sentence and the concepts it speaks of (none is allowed; such texts are left out of the figures)."""

    text: str
    labels: tuple[GoldLabel, ...]
    lang: str | None = None


class NameRecord(RecordForm):
    """A name of a skill and the concepts that are the same or close."""

    query: Annotated[str, Field(min_length=1)]
    exact: tuple[str, ...]
    close: tuple[str, ...]
    lang: str | None = None


class OccupationRecord(RecordForm):
    """A job title or a whole advertisement with its occupation: a concept, an ISCO-08 code (up to four digits), or both."""

    title: Annotated[str | None, Field(validation_alias=AliasChoices("title", "vacancyTitle"))] = None
    text: str | None = None
    uri: Annotated[str | None, Field(validation_alias=AliasChoices("uri", "conceptUri"))] = None
    code: Annotated[str | None, Field(validation_alias=AliasChoices("isco4", "code"), pattern=r"^\d{1,4}$")] = None
    lang: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not (self.title or self.text):
            raise ValueError("a record needs a title (title, vacancyTitle) or a text")
        if self.uri is None and self.code is None:
            raise ValueError("a record needs an occupation: uri (conceptUri) or isco4 (code)")
        return self


class TaggedRecord(RecordForm):
    """A sentence as tokens, with BIO tags for skills and for knowledge."""

    tokens: tuple[str, ...]
    tags_skill: tuple[Literal["B", "I", "O"], ...]
    tags_knowledge: tuple[Literal["B", "I", "O"], ...]
    source: str | None = None
    idx: int | str | None = None  # the posting of its source that it stands in, as SkillSpan numbers them
    lang: str | None = None

    @model_validator(mode="after")
    def _even(self) -> Self:
        if not len(self.tokens) == len(self.tags_skill) == len(self.tags_knowledge):
            raise ValueError("tokens, tags_skill and tags_knowledge must be of equal number")
        return self


def by_posting(records: Sequence[TaggedRecord]) -> list[list[TaggedRecord]]:
    """Sentences that follow each other in one posting, together; those that name no posting, each by itself."""

    def place(numbered: tuple[int, TaggedRecord]) -> tuple[str | None, str | None, int | str]:
        number, record = numbered
        return record.source, record.lang, number if record.idx is None else f"posting {record.idx}"

    return [[record for _, record in own] for _, own in groupby(enumerate(records), key=place)]


class GoldSkill(RecordForm):
    """A skill in an advertisement."""

    span: Span
    status: SkillStatus
    kind: Literal["skill", "knowledge", "attitude"]


class GoldSalary(RecordForm):
    """A salary as stated."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None


class GoldEducation(RecordForm):
    """The lowest education accepted; None where only a field is named."""

    isced: int | None = None


class GoldExperience(RecordForm):
    """Years of experience; None where they are said in words only."""

    years: float | None = None


class GoldLanguage(RecordForm):
    """A language asked for."""

    code: str


class GoldLicence(RecordForm):
    """A driving licence asked for."""

    category: str


class ReadingGold(RecordForm):
    """Everything that an advertisement says; None and () mean that it does not say."""

    zones: tuple[tuple[int, int, Zone], ...]
    skills: tuple[GoldSkill, ...]
    isco4: str | None = None
    isco4_also: tuple[str, ...] = ()
    language: str | None = None
    contract: str | None = None
    working_time: tuple[str, ...] = ()
    hours_per_week: tuple[float, float] | None = None
    workload_percent: tuple[float, float] | None = None
    salary: GoldSalary | None = None
    education: GoldEducation | None = None
    experience: GoldExperience | None = None
    languages: tuple[GoldLanguage, ...] = ()
    licences: tuple[GoldLicence, ...] = ()
    remote: str | None = None
    openings: int | None = None
    agency: bool | None = None


class ReadingRecord(RecordForm):
    """A whole advertisement as collected, with its labels; offsets count characters of `description`."""

    id: str
    lang: str
    title: str | None = None
    employer: str | None = None
    location: str | None = None
    country: str | None = None
    description: str
    gold: ReadingGold

    @model_validator(mode="after")
    def _inside(self) -> Self:
        spans = [skill.span for skill in self.gold.skills] + [(start, end) for start, end, _ in self.gold.zones]
        _check_spans(spans, len(self.description))
        return self

    def as_parsed(self) -> Self:
        """The record with its description without zero-width characters, which postings do not hold, and the labels moved along."""
        description = without_zero_width(self.description)
        if description == self.description:
            return self
        places = [0, *accumulate(len(without_zero_width(letter)) for letter in self.description)]  # of each character, and of the end
        gold = self.gold.model_copy(
            update={
                "skills": tuple(
                    each.model_copy(update={"span": (places[each.span[0]], places[each.span[1]])}) for each in self.gold.skills
                ),
                "zones": tuple((places[start], places[end], zone) for start, end, zone in self.gold.zones),
            }
        )
        return self.model_copy(update={"description": description, "gold": gold})


class ContactRecord(RecordForm):
    """A text with the contact data of people in it: start, end, kind; `part` where a file is divided (to look at, to report)."""

    text: Annotated[str, Field(pattern=r"\S")]
    lang: str
    spans: tuple[tuple[int, int, str], ...]
    part: str | None = None

    @model_validator(mode="after")
    def _inside(self) -> Self:
        _check_spans([(start, end) for start, end, _ in self.spans], len(self.text))
        return self


def _check_spans(spans: list[Span], length: int) -> None:
    wrong = next((span for span in spans if not 0 <= span[0] < span[1] <= length), None)
    if wrong is not None:
        raise ValueError(f"span {list(wrong)} is empty or outside the text of {length} characters")


R = TypeVar("R", bound=BaseModel)


def read_records(path: Path, form: type[R], *, most: int | None = None) -> list[R]:
    """Read the records of a labelled file (None: all). Raises GoldInvalid, naming line and field, for a file of another form or without
    records.
    """
    records = []
    for number, line in islice(_lines(path), most):
        try:
            records.append(form.model_validate(json.loads(line)))
        except ValidationError as error:
            raise GoldInvalid(f"{path}, line {number}: {_first_fault(error)}; expected is {_shape(form)}") from error
        except ValueError as error:
            raise GoldInvalid(f"{path}, line {number}: no JSON ({error}); a labelled file holds one JSON object per line") from error
    if not records:
        raise GoldInvalid(f"{path} holds no records; expected is {_shape(form)}")
    return records


def read_advertisements(path: Path) -> list[ReadingRecord]:
    """Read labelled advertisements as postings hold them, see `ReadingRecord.as_parsed`. Raises GoldInvalid."""
    return [record.as_parsed() for record in read_records(path, ReadingRecord)]


def language_in_name(path: Path) -> str | None:
    """The language that a file's name tells (`skillnorm_de.jsonl.gz`), for records without one."""
    match = _LANGUAGE_IN_NAME.search(path.name)
    return None if match is None else match[1]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise GoldInvalid(f"{path} cannot be read as JSON Lines: {error}") from error


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    place = ".".join(map(str, fault["loc"]))
    return f"field {place}: {fault['msg']}" if place else fault["msg"]


def _shape(form: type[BaseModel]) -> str:
    names = [name if field.is_required() else f"{name}?" for name, field in form.model_fields.items()]
    return f"an object with {', '.join(names)} (? may be absent)"
