"""What a page parser yields: drafts, and what it rejected, with reasons."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from pydantic import ValidationError

from crawlers.page_parsers.same_posting import one_per_id
from vacancies.error import RecordInvalid
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_date
from vacancies.values.employment import read_employment_types
from vacancies.values.words import word

R = TypeVar("R")


@dataclass(frozen=True)
class Rejected:
    """A record that could not be read; `native_id` and `url` are what is known of which advertisement it is."""

    reason: str
    error: str
    record: str
    url: str | None = None
    native_id: str | None = None


class DetailLink(NamedTuple):
    """The page of one advertisement; `changed` is what the listing states of its last change, as written.

    `listed` is what the listing states of the advertisement itself: it stands where the page states nothing.
    """

    url: str
    changed: str | None = None
    listed: PostingDraft | None = None


@dataclass(frozen=True)
class PageReading:
    """What one page holds.

    `details` are pages of advertisements that hold what this page does not; `next_page` leads to the rest of the listing: an address, or
    what the platform's spider makes one of.
    `unread` names (field, value) of stated values that could not be read and are left out of their draft; `withdrawn` holds the
    native ids that the page says are gone; `stated_total` is the number of advertisements that the board says it has; `gap` says why the
    page may hold more advertisements than could be read.
    """

    drafts: tuple[PostingDraft, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, ...] = ()
    stated_total: int | None = None
    gap: str | None = None
    details: tuple[DetailLink, ...] = ()
    next_page: str | None = None


class PageParser(Protocol):
    """Reads a page's body and address."""

    def __call__(self, body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
        """Give what the page holds; `countries` are those the board covers, which settle words that may name several.

        Raises RecordInvalid when the page as a whole cannot be read.
        """
        ...


@dataclass
class Collected:
    """Collects what a parser meets on its way through a page."""

    drafts: list[PostingDraft] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def take(self, record: R, read: Callable[[R], PostingDraft], *, url: str | None = None, native_id: str | None = None) -> None:
        """Read one record; when it is invalid, keep it as rejected and go on."""
        try:
            self.drafts.append(read(record))
        except RecordInvalid as error:
            self.reject(error.reason, str(error), record, url=url, native_id=native_id)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            text = f"field {'.'.join(map(str, detail['loc']))}: {detail['msg']}, found {str(detail['input'])[:120]!r}"
            self.reject("invalid_field", text, record, url=url, native_id=native_id)

    def reject(self, reason: str, error: str, record: object, *, url: str | None = None, native_id: str | None = None) -> None:
        """Keep a record as rejected."""
        text = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False, default=str)
        self.rejected.append(Rejected(reason, error, text, url, native_id))

    def note_unread(self, name: str, value: str) -> None:
        """Note a stated value that cannot be read."""
        self.unread.append((name, value))

    def day(self, name: str, value: object) -> date | None:
        """Read a calendar date; note it when it is stated but cannot be read."""
        day = read_date(value)
        if day is None and value not in (None, ""):
            self.note_unread(name, str(value))
        return day

    def employment_types(self, *values: str | None) -> tuple[str, ...]:
        """Read employment types; note the words that cannot be read."""
        types, unread = read_employment_types(value for value in values if value)
        for text in unread:
            self.note_unread("employment_type", text)
        return types

    def one_per_id(self) -> None:
        """Merge what was read so far to one draft per native id, see `same_posting`."""
        self.drafts = list(one_per_id(self.drafts, self.note_unread))

    def reading(
        self,
        *,
        withdrawn: tuple[str, ...] = (),
        stated_total: int | None = None,
        gap: str | None = None,
        details: Iterable[DetailLink] = (),
        next_page: str | None = None,
    ) -> PageReading:
        """Close the collection."""
        return PageReading(
            drafts=tuple(self.drafts),
            rejected=tuple(self.rejected),
            unread=tuple(self.unread),
            withdrawn=withdrawn,
            stated_total=stated_total,
            gap=gap,
            details=tuple(details),
            next_page=next_page,
        )


def listed_draft(record: object, read: Callable[[Mapping[str, object], Collected], PostingDraft]) -> PostingDraft | None:
    """Read what a listing states of an advertisement that has a page of its own, without its (cut) text.

    None where it cannot be read; values that cannot be read are not noted: the page states and notes them.
    """
    try:
        return read(record_fields(record), Collected()).model_copy(update={"description": "", "description_is_excerpt": False})
    except (RecordInvalid, ValidationError):
        return None


def json_answer(body: bytes) -> object:
    """Read a JSON answer, in Western European letters where it is not UTF-8 as it should be; raises RecordInvalid `broken_json`."""
    try:
        return json.loads(body)
    except UnicodeDecodeError:
        return json_answer(body.decode("cp1252", "replace").encode())
    except (ValueError, RecursionError) as error:
        raise RecordInvalid("broken_json", f"the answer is not JSON: {error}") from error


def json_records(body: bytes, key: str) -> tuple[Mapping[str, object], list[object]]:
    """Read a JSON answer and the list of records under `key`; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    return records_of(json_answer(body), key)


def records_of(answer: object, key: str) -> tuple[Mapping[str, object], list[object]]:
    """Take the list of records under a key of an answer; raises RecordInvalid `unexpected_shape`."""
    records = answer.get(key) if isinstance(answer, Mapping) else None
    if not isinstance(answer, Mapping) or not isinstance(records, list):
        raise RecordInvalid("unexpected_shape", f"expected a JSON object with a list {key!r}, found {_shape(answer)}")
    return answer, records


def json_list(body: bytes) -> list[object]:
    """Read a JSON answer that is a list of records; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = json_answer(body)
    if not isinstance(answer, list):
        raise RecordInvalid("unexpected_shape", f"expected a JSON list, found {_shape(answer)}")
    return answer


def record_fields(record: object) -> Mapping[str, object]:
    """Take a record as an object; raises RecordInvalid (`unexpected_shape`) when it is something else."""
    if not isinstance(record, Mapping):
        raise RecordInvalid("unexpected_shape", f"expected an object, found {_shape(record)}")
    return record


def required_id(record: Mapping[str, object], key: str = "id") -> str:
    """Take the board's own id of a record; raises RecordInvalid `no_identity` when there is none."""
    native_id = word(record.get(key))
    if native_id is None:
        raise RecordInvalid("no_identity", f"the record has no {key!r}")
    return native_id


def inner_object(record: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Take the object under a key; an empty one when there is none."""
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}


def _shape(value: object) -> str:
    if isinstance(value, Mapping):
        return "an object with " + (", ".join(list(map(str, value))[:8]) or "no keys")
    return f"{type(value).__name__} {str(value)[:80]!r}"
