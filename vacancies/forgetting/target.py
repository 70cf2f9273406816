"""What is to be forgotten, and the journal that lets a broken-off forgetting be finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.dataset as ds
from ahocorasick_rs import AhoCorasick
from pydantic import BaseModel, ConfigDict

from vacancies.error import BoardForgotten, UnknownPosting
from vacancies.forgetting.tombstone import ForgottenKind
from vacancies.forgetting.traces import Traces
from vacancies.forgetting.wording import bare, pieces
from vacancies.identity import canonical_url, posting_id
from vacancies.lake import Lake

_SHORTEST_WORDS: Final = 24  # letters of a sentence that is looked for
_SHORTEST_EMPLOYER: Final = 8
_SHORTEST_NATIVE_ID: Final = 5
_MOST_WORDS: Final = 12  # sentences of one posting that are looked for
_TEXTS: Final = ["posting_id", "board", "url", "native_id", "title", "hiring_organization", "description_text"]
_PAGES: Final = ["url", "native_id", "title", "hiring_organization", "description_text"]


class Target(BaseModel):
    """What is to be forgotten: postings, or a board with all of them; `addresses` are of captures that no posting was read from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    posting_ids: tuple[str, ...]
    board: str | None = None
    boards: tuple[str, ...] = ()  # of the postings
    addresses: tuple[str, ...] = ()
    at: datetime
    reason: str | None = None


class Forgetting(BaseModel):
    """A forgetting that has begun: kept in the lake's folder until it is proven to be done, since afterwards nobody could look for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: Target
    traces: Traces


def journal(lake: Lake) -> Path:
    """Where a forgetting under way is noted."""
    return lake.root / "forgetting.json"


def begun(lake: Lake) -> Forgetting | None:
    """Give the forgetting that was broken off; None when there is none."""
    path = journal(lake)
    return Forgetting.model_validate_json(path.read_text(encoding="utf-8")) if path.exists() else None


def note(lake: Lake, forgetting: Forgetting) -> None:
    """Note a forgetting before it begins."""
    part = journal(lake).with_suffix(".part")
    part.write_text(forgetting.model_dump_json(), encoding="utf-8")
    part.replace(journal(lake))


def target_of_posting(lake: Lake, identifier: str, *, at: datetime, reason: str | None = None) -> Target:
    """Find a posting by its id, or the beginning of it (8 digits at least); raises UnknownPosting."""
    found = {row["posting_id"]: row["board"] for row in _rows(lake, ["posting_id", "board"]) if row["posting_id"].startswith(identifier)}
    if len(found) != 1 or len(identifier) < 8:
        gone = [stone for stone in lake.tombstones() if stone.key.startswith(identifier)]
        why = f"; it was forgotten on {gone[0].forgotten_at:%Y-%m-%d}" if gone else "; give at least 8 digits of one posting's id"
        raise UnknownPosting(f"{len(found)} postings of the lake begin with {identifier!r}{why}")
    return Target(posting_ids=tuple(found), boards=tuple(found.values()), at=at, reason=reason)


def target_of_url(lake: Lake, url: str, *, at: datetime, reason: str | None = None) -> Target:
    """Find the postings of an address, by theirs or by that of the page they were read from; raises UnknownPosting."""
    wanted = canonical_url(url)
    captured = lake.dataset("captures").to_table(columns=["url", "sha256", "board"]).to_pylist()
    pages = {row["sha256"]: row["board"] for row in captured if canonical_url(row["url"]) == wanted}
    found: dict[str, str] = {}
    readings: dict[str, set[str]] = {}
    for row in _rows(lake, ["posting_id", "board", "url", "capture_sha256"]):
        if row["url"] and canonical_url(row["url"]) == wanted:
            found[row["posting_id"]] = row["board"]
        elif row["capture_sha256"] in pages:
            readings.setdefault(row["capture_sha256"], set()).add(row["posting_id"])
    for sha256, ids in readings.items():
        if len(ids) == 1:  # an advertisement's own page; a listing's address means none of those it names
            found.setdefault(ids.pop(), pages[sha256])
    if not found:
        if not pages:
            raise UnknownPosting(f"no posting and no captured page of the lake has the address {url}; look at `labourscope postings show`")
        found = {posting_id(board, native_id=None, url=url, content_hash=""): board for board in set(pages.values())}
    boards = tuple(dict.fromkeys(found.values()))
    return Target(posting_ids=tuple(found), boards=boards, addresses=tuple(dict.fromkeys((url, wanted))), at=at, reason=reason)


def target_of_board(lake: Lake, board: str, *, at: datetime, reason: str | None = None) -> Target:
    """Take all that the lake holds of a board; raises UnknownPosting when that is nothing."""
    where = ds.field("board") == board
    ids = dict.fromkeys(row["posting_id"] for row in _rows(lake, ["posting_id"], where))
    ids |= dict.fromkeys(lake.dataset("lives").to_table(columns=["posting_id"], filter=where)["posting_id"].to_pylist())
    if not ids and not any(lake.dataset(table).count_rows(filter=where) for table in ("captures", "quarantine")):
        raise UnknownPosting(f"the lake holds nothing of a board {board!r}; `labourscope sources list` names the boards")
    return Target(posting_ids=tuple(ids), board=board, boards=(board,), at=at, reason=reason)


def forgotten_boards(lake: Lake) -> dict[str, datetime]:
    """Tell which boards were forgotten as a whole, and when."""
    return {stone.key: stone.forgotten_at for stone in lake.tombstones() if stone.kind is ForgottenKind.BOARD}


def check_not_forgotten(lake: Lake, boards: Iterable[str]) -> None:
    """Raise BoardForgotten when one of these boards was forgotten as a whole."""
    forgotten = forgotten_boards(lake)
    for board in boards:
        if board in forgotten:
            raise BoardForgotten(
                f"the board {board} was forgotten on {forgotten[board]:%Y-%m-%d} and is not collected any more; "
                f"to allow it again: labourscope forget --board {board} --lift"
            )


def traces_of(lake: Lake, target: Target) -> Traces:
    """Collect what tells the target's postings from all others; reads the texts of the whole lake once."""
    ids = set(target.posting_ids)
    words: dict[str, None] = {}
    employers: dict[str, None] = {}
    addresses = dict.fromkeys(target.addresses)
    native_ids: dict[str, None] = {}
    for row in _rows(lake, _TEXTS, ds.field("board").isin(pa.array(target.boards, pa.string()))):
        if row["posting_id"] in ids:
            texts = pieces(f"{row['title'] or ''}\n{row['description_text']}", shortest=_SHORTEST_WORDS)
            words |= dict.fromkeys(texts[:_MOST_WORDS])
            employers |= dict.fromkeys(name for name in [bare(row["hiring_organization"] or "")] if len(name) >= _SHORTEST_EMPLOYER)
            addresses |= dict.fromkeys((row["url"], canonical_url(row["url"])) if row["url"] else ())
            native_ids |= dict.fromkeys(name for name in [row["native_id"]] if name and len(name) >= _SHORTEST_NATIVE_ID)
    shared = _Shared(words)
    for row in _rows(lake, ["posting_id", *_PAGES]):
        if row["posting_id"] not in ids:
            shared.add(row)
    return Traces(
        posting_ids=target.posting_ids,
        addresses=tuple(address for address in addresses if canonical_url(address) not in shared.addresses),
        words=tuple(piece for piece in words if piece not in shared.words),
        employers=tuple(name for name in employers if name not in shared.employers),
        native_ids=tuple(native_ids),
    )


def copies_of(lake: Lake, target: Target) -> list[str]:
    """Name the postings that stay although they are taken for copies of what is forgotten: they may have to go too."""
    ids = set(target.posting_ids)
    return sorted({other for vacancy in lake.vacancies() if ids & set(vacancy.posting_ids) for other in vacancy.posting_ids} - ids)


class _Shared:
    """What postings that stay have in common with those that go."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: set[str] = set()
        self.employers: set[str] = set()
        self.addresses: set[str] = set()
        self._wanted = list(words)
        self._automaton = AhoCorasick(self._wanted) if self._wanted else None

    def add(self, row: dict[str, str]) -> None:
        """Look at a posting that stays."""
        if row["url"]:
            self.addresses.add(canonical_url(row["url"]))
        if row["hiring_organization"]:
            self.employers.add(bare(row["hiring_organization"]))
        if self._automaton is not None:
            text = bare(f"{row['title'] or ''}\n{row['description_text']}")
            self.words |= {self._wanted[number] for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}


def _rows(lake: Lake, columns: list[str], where: ds.Expression | None = None) -> Iterator[dict[str, str]]:
    for table in ("postings", "posting_history"):
        for batch in lake.dataset(table).to_batches(columns=columns, filter=where):
            yield from batch.to_pylist()
