"""The authored advertisements, as they stand on one day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

_FOLDER: Final = Path(__file__).parent
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_SECOND_DAY: Final = date(2026, 9, 30)
_NOT_COPIED: Final = frozenset({"id", "days", "day2", "copy_of"})


class Salary(BaseModel):
    """What is paid, as the advertisement says it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min: float
    max: float
    currency: str
    period: Literal["HOUR", "MONTH", "YEAR"]


def _as_tuple(value: object) -> object:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


class Advertisement(BaseModel):
    """One advertisement of a sample board; `isco` is the right ISCO-08 unit group, for checking, and is not served."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    employer: str
    locality: str
    postcode: str
    country: str
    language: str
    posted: date
    valid_through: date | None
    employment_type: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
    salary: Salary | None
    category: str | None
    remote: bool
    isco: str
    html: str
    hours_per_week: tuple[int, int] | None = None
    openings: int = 1
    modified: date | None = None  # when the board changed it, if it did
    flaw: Literal["unescaped_quotes", "empty"] | None = None  # how the board spoils the page

    @property
    def slug(self) -> str:
        """The title as it stands in addresses."""
        plain = unicodedata.normalize("NFKD", self.title.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
        return _NOT_WORD.sub("-", plain).strip("-")[:60].strip("-") or "stelle"


def load_advertisements(day: int) -> dict[str, list[Advertisement]]:
    """Load every board's advertisements as they stand on day 1 or 2, newest first."""
    files = sorted((_FOLDER / "advertisements").glob("*.yaml"))
    rows = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}
    by_key = {f"{board}/{row['id']}": row for board, items in rows.items() for row in items}
    return {board: _newest_first(_of_day(items, by_key, day)) for board, items in rows.items()}


def load_spoilt() -> list[Advertisement]:
    """Load the advertisements whose pages `sample-stellenportal` spoils."""
    rows = yaml.safe_load((_FOLDER / "spoilt_pages.yaml").read_text(encoding="utf-8"))
    return [Advertisement.model_validate(row) for row in rows]


def _newest_first(advertisements: Iterator[Advertisement]) -> list[Advertisement]:
    return sorted(advertisements, key=lambda advertisement: (advertisement.posted, advertisement.id), reverse=True)


def _of_day(rows: list[dict[str, object]], by_key: Mapping[str, dict[str, object]], day: int) -> Iterator[Advertisement]:
    for row in rows:
        days = row.get("days")
        if isinstance(days, list) and day not in days:
            continue
        changes = row.get("day2") if day == 2 else None
        fields = {**_copied(row, by_key), **row, **(changes if isinstance(changes, dict) else {})}
        if changes:
            fields["modified"] = _SECOND_DAY
        fields["html"] = f"{fields.pop('prefix', '')}{fields['html']}{fields.pop('suffix', '')}"
        yield Advertisement.model_validate({key: value for key, value in fields.items() if key == "id" or key not in _NOT_COPIED})


def _copied(row: dict[str, object], by_key: Mapping[str, dict[str, object]]) -> dict[str, object]:
    """Give the fields that a copy takes from its original."""
    key = row.get("copy_of")
    return {name: value for name, value in by_key[str(key)].items() if name not in _NOT_COPIED} if key else {}
