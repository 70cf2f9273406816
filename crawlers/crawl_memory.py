"""What a board answered last time, address by address: so that only what changed is fetched, and a broken-off crawl goes on where it was.

One SQLite file per board beside the crawls. It is no record: when it is lost, the next crawl fetches everything once more.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

_TABLES: Final = """
create table if not exists answers (
    address text primary key, url text not null, etag text, last_modified text, changed text, content_type text,
    sha256 text not null, fetched_at text not null, session text not null
);
create table if not exists state (name text primary key, value text not null);
"""
_LONGEST_BREAK: Final = timedelta(hours=24)  # a crawl whose last answer is older is begun anew: its answers are out of date
_LONGEST_CRAWL: Final = timedelta(days=7)  # in pieces, night by night
_FIRST_REST, _LONGEST_REST = timedelta(hours=1), timedelta(hours=24)


class Remembered(NamedTuple):
    """An answer as it was kept: the address it came from at last, its marks, and its body's sha256."""

    url: str
    etag: str | None
    last_modified: str | None
    changed: str | None  # what the listing stated of the last change, when it was fetched
    content_type: str | None
    sha256: str
    fetched_at: str  # ISO, UTC
    session: str

    def age(self) -> timedelta:
        """Tell how long ago it was fetched."""
        return now() - datetime.fromisoformat(self.fetched_at)


class CrawlMemory:
    """The memory of one board's crawls; open it with `open`, close it with `close`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.session = ""

    @classmethod
    def open(cls, path: Path) -> CrawlMemory:
        """Open the memory in a file, making it when it is new; a damaged one is begun anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(_connected(path))
        except sqlite3.DatabaseError:
            path.unlink()
            return cls(_connected(path))

    def begin(self, run_id: str, *, at: datetime) -> bool:
        """Begin a crawl, or go on with one that was broken off less than a day ago and begun within a week; tells whether it goes on."""
        former, began = self._state("session"), self._state("began")
        if former and began:
            begun = datetime.fromisoformat(began)
            if at - max(begun, self._last_answer(former) or begun) < _LONGEST_BREAK and at - begun < _LONGEST_CRAWL:
                self.session = former
                return True
        self.session = run_id
        self._put("session", run_id)
        self._put("began", at.isoformat())
        self.commit()
        return False

    def end(self) -> None:
        """Note that the crawl came to its end."""
        self._put("session", "")
        self.commit()

    def get(self, address: str) -> Remembered | None:
        """Give the latest answer to an address."""
        row = self._connection.execute(
            "select url, etag, last_modified, changed, content_type, sha256, fetched_at, session from answers where address = ?", (address,)
        ).fetchone()
        return Remembered(*row) if row else None

    def keep(self, address: str, answer: Remembered) -> None:
        """Remember an answer; it stays with the next `commit`."""
        self._connection.execute("insert or replace into answers values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (address, *answer))

    def commit(self) -> None:
        """Make what was kept last, even when the process is killed."""
        self._connection.commit()

    def rest(self, *, at: datetime) -> datetime:
        """Leave the board alone for a while, longer each time in a row; tells until when."""
        times = int(self._state("rests") or 0)
        until: datetime = at + min(_FIRST_REST * 2 ** min(times, 5), _LONGEST_REST)
        self._put("rests", str(times + 1))
        self._put("resting_until", until.isoformat())
        self.commit()
        return until

    def rested(self) -> None:
        """Note that the board answers again."""
        self._connection.execute("delete from state where name in ('rests', 'resting_until')")
        self.commit()

    def resting_until(self, *, at: datetime) -> datetime | None:
        """Tell until when the board is left alone; None when it is not."""
        value = self._state("resting_until")
        until = datetime.fromisoformat(value) if value else None
        return until if until is not None and until > at else None

    def forget(self, sha256s: set[str]) -> int:
        """Forget the answers with these bodies; returns how many."""
        gone = sum(self._connection.execute("delete from answers where sha256 = ?", (digest,)).rowcount for digest in sha256s)
        self.commit()
        return gone

    def close(self) -> None:
        """Close the file; what was not committed is lost."""
        self._connection.close()

    def _last_answer(self, session: str) -> datetime | None:
        (last,) = self._connection.execute("select max(fetched_at) from answers where session = ?", (session,)).fetchone()
        return datetime.fromisoformat(last) if last else None

    def _state(self, name: str) -> str | None:
        row = self._connection.execute("select value from state where name = ?", (name,)).fetchone()
        return str(row[0]) if row and row[0] else None

    def _put(self, name: str, value: str) -> None:
        self._connection.execute("insert or replace into state values (?, ?)", (name, value))


def memory_file(folder: Path, board: str) -> Path:
    """Where the memory of a board is, in the folder of crawls."""
    return folder / "memory" / f"{board}.sqlite"


def now() -> datetime:
    """The time by the machine's clock: memory is about real requests, whatever the clock of the postings."""
    return datetime.now(UTC)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.executescript(_TABLES)
    return connection
