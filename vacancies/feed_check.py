"""Looking at a feed before it goes live: what each field holds, what cannot be read and where, and what taking it over would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyarrow.dataset as ds
from pydantic import BaseModel, ConfigDict

from vacancies.feed_mapping import FeedMapping
from vacancies.feeds.layout import FeedRecord
from vacancies.feeds.opening import refuse_empty
from vacancies.ingest import SMALLEST_SHARE, FeedReader
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.run import QuarantinedRecord

_EXAMPLES: Final = 3
_PLACES: Final = 5  # lines named for one kind of trouble
_LONGEST_EXAMPLE: Final = 60  # characters
_MOST_COLUMNS: Final = 2000  # different ones that are counted; a feed with keys made of data has no end of them
_FIELDS: Final = (
    "native_id", "url", "title", "hiring_organization", "description_text", "language", "date_posted", "date_modified", "valid_through",
    "job_start_date", "employment_type", "work_hours", "job_locations", "telecommute", "base_salary", "industry",
    "occupational_categories", "skills", "total_job_openings",
)  # fmt: skip


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldFilled(_Frozen):
    """A field of the posting: in how many of the postings it is filled, examples, and how many stated values could not be read."""

    field: str
    filled: int
    share: float
    examples: tuple[str, ...]
    unread: int


class Trouble(_Frozen):
    """Something that could not be read: where (the first lines), how often, and the value or message of the first."""

    kind: str
    count: int
    lines: tuple[int, ...]
    example: str


class ColumnLeft(_Frozen):
    """A column that no field takes."""

    column: str
    filled: int
    share: float
    examples: tuple[str, ...]


class BoardChange(_Frozen):
    """What taking the feed over would change for a board; `gone` counts if it holds all that is open (`--complete`)."""

    board: str
    postings: int
    new: int
    changed: int
    unchanged: int
    reappeared: int
    gone: int
    would_be_held: bool


class FeedReport(_Frozen):
    """All that a check found; nothing was written."""

    feed: str
    records: int
    postings: int
    repeated: int
    fields: tuple[FieldFilled, ...]
    unread: tuple[Trouble, ...]
    rejected: tuple[Trouble, ...]
    columns_left: tuple[ColumnLeft, ...]
    columns_missing: tuple[str, ...]
    boards: tuple[BoardChange, ...]

    @property
    def is_well(self) -> bool:
        """Whether the feed could go live as it is: everything was read, no column is missing, and no board would be held."""
        held = any(board.would_be_held for board in self.boards)
        return self.postings > 0 and not (self.rejected or self.unread or self.columns_missing or held)


def check_feed(path: Path, lake: Lake | None, reader: FeedReader) -> FeedReport:
    """Read a feed as `ingest` would, and report; writes nothing. Raises FeedInvalid as reading does, and for an empty file."""
    refuse_empty(path)
    if reader.board is not None:
        reader.register.get(reader.board)
    check = _Check(lake, reader)
    for record in reader.records(path):
        check.take(record, path.name)
    return check.report(path)


class _Tally:
    """Counts something, with its first examples."""

    def __init__(self) -> None:
        self.count = 0
        self.examples: list[str] = []

    def add(self, value: object) -> None:
        self.count += 1
        if len(self.examples) < _EXAMPLES and (text := _shown(value)) not in self.examples:
            self.examples.append(text)


class _Places:
    def __init__(self) -> None:
        self.count = 0
        self.lines: list[int] = []
        self.example = ""

    def add(self, line: int, text: str) -> None:
        self.count += 1
        self.example = self.example or text
        if len(self.lines) < _PLACES:
            self.lines.append(line)

    def trouble(self, kind: str) -> Trouble:
        return Trouble(kind=kind, count=self.count, lines=tuple(self.lines), example=self.example)


class _Check:
    def __init__(self, lake: Lake | None, reader: FeedReader) -> None:
        self._lake = lake
        self._reader = reader
        self._records = self._postings = self._repeated = 0
        self._fields = {name: _Tally() for name in _FIELDS}
        self._columns: dict[str, _Tally] = {}
        self._unread: dict[str, _Places] = {}
        self._rejected: dict[str, _Places] = {}
        self._boards: dict[str, _Board] = {}

    def take(self, record: FeedRecord, feed: str) -> None:
        self._records += 1
        self._count_columns(record.fields)
        item = self._reader.read_record(record, feed, lambda name, value: self._note_unread(record.line, name, value))
        if isinstance(item, QuarantinedRecord):
            self._rejected.setdefault(item.reason, _Places()).add(record.line, item.error)
            self._board(item.board or self._reader.board).rejected += 1
            return
        self._postings += 1
        for name, tally in self._fields.items():
            value = getattr(item, name)
            if value not in (None, (), ""):
                tally.add(value)
        self._repeated += not self._board(item.board).meet(item)

    def _note_unread(self, line: int, name: str, value: str) -> None:
        self._unread.setdefault(name, _Places()).add(line, _shown(value))

    def _count_columns(self, fields: Mapping[str, object]) -> None:
        for name, value in fields.items():
            is_new = name not in self._columns
            if name.endswith("[]") or (is_new and len(self._columns) >= _MOST_COLUMNS):
                continue
            tally = self._columns.setdefault(name, _Tally())
            if value not in (None, "", [], {}):
                tally.add(value)

    def _board(self, name: str | None) -> _Board:
        key = name or ""
        if key not in self._boards:
            self._boards[key] = _Board(self._lake, key)
        return self._boards[key]

    def report(self, path: Path) -> FeedReport:
        mapping = self._reader.mapping
        fields = tuple(
            FieldFilled(
                field=name,
                filled=tally.count,
                share=_share(tally.count, self._postings),
                examples=tuple(tally.examples),
                unread=self._unread[name].count if name in self._unread else 0,
            )
            for name, tally in self._fields.items()
        )
        return FeedReport(
            feed=str(path),
            records=self._records,
            postings=self._postings,
            repeated=self._repeated,
            fields=fields,
            unread=tuple(places.trouble(name) for name, places in sorted(self._unread.items())),
            rejected=tuple(places.trouble(reason) for reason, places in sorted(self._rejected.items())),
            columns_left=tuple(self._left(mapping)),
            columns_missing=tuple(self._missing(mapping)),
            boards=tuple(board.change() for name, board in sorted(self._boards.items()) if name),
        )

    def _left(self, mapping: FeedMapping | None) -> Iterator[ColumnLeft]:
        taken = set(mapping.columns()) if mapping else set(self._columns)
        for name, tally in self._columns.items():
            if tally.count and not _is_taken(name, taken):
                yield ColumnLeft(column=name, filled=tally.count, share=_share(tally.count, self._records), examples=tuple(tally.examples))

    def _missing(self, mapping: FeedMapping | None) -> Iterator[str]:
        """Name the fields of the mapping none of whose columns is in the feed: a name is misspelt, or the feed has changed."""
        for name, columns in mapping.columns_by_field() if mapping and self._records else ():
            if columns and not any(_is_there(column, self._columns) for column in columns):
                yield f"{name}: {', '.join(columns)}"


class _Board:
    """What the lake holds of a board, against what the feed holds."""

    def __init__(self, lake: Lake | None, board: str) -> None:
        self.board = board
        self.rejected = 0
        self._met: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._known = _known(lake, board)
        self._open = _open_ids(lake, self._known)

    def meet(self, posting: Posting) -> bool:
        """Compare a posting with what is known; tells whether it was met for the first time."""
        if posting.posting_id in self._met:
            return False
        self._met.add(posting.posting_id)
        before = self._known.get(posting.posting_id)
        self._counts["new" if before is None else "unchanged" if before == posting.content_hash else "changed"] += 1
        self._counts["reappeared"] += before is not None and posting.posting_id not in self._open
        return True

    def change(self) -> BoardChange:
        held = bool(self.rejected) or len(self._met) < SMALLEST_SHARE * len(self._open)
        return BoardChange(
            board=self.board,
            postings=len(self._met),
            new=self._counts["new"],
            changed=self._counts["changed"],
            unchanged=self._counts["unchanged"],
            reappeared=self._counts["reappeared"],
            gone=len(self._open - self._met),
            would_be_held=held,
        )


def _known(lake: Lake | None, board: str) -> dict[str, str]:
    if lake is None or not board:
        return {}
    table = lake.dataset("postings").to_table(columns=["posting_id", "content_hash"], filter=ds.field("board") == board)
    return dict(zip(table["posting_id"].to_pylist(), table["content_hash"].to_pylist(), strict=True))


def _open_ids(lake: Lake | None, known: Mapping[str, str]) -> set[str]:
    if lake is None or not known:
        return set()
    table = lake.dataset("lives").to_table(columns=["posting_id"], filter=ds.field("gone_at").is_null())
    return {posting_id for posting_id in table["posting_id"].to_pylist() if posting_id in known}


def _is_taken(column: str, taken: set[str]) -> bool:
    return column in taken or any(name.startswith((f"{column}.", f"{column}/")) for name in taken)


def _is_there(column: str, columns: Mapping[str, _Tally]) -> bool:
    return column in columns or column.partition(".")[0] in columns


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _shown(value: object) -> str:
    if isinstance(value, tuple | list):
        value = "; ".join(_shown(member) for member in value[:3])
    elif isinstance(value, BaseModel):
        stated = value.model_dump(exclude_none=True)
        value = stated.pop("text", None) or ", ".join(str(part) for part in stated.values())
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 1] + "…"
