"""Forgetting in what crawls leave beside the lake: the memory of answers, jobs, reports and logs."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

Holds = Callable[[str], bool]

_FILES: Final = ("crawl.log", "report.json", "job.json")
_FORGOTTEN: Final = "(forgotten)"


def forget_in_crawls(crawls: Path, holds: Holds, *, boards: tuple[str, ...], whole_board: str | None) -> int:
    """Drop what tells of forgotten postings (`holds`), or of a whole board; returns how many files or lines went.

    Of a whole board its memory goes, and its part of every job, report and log; the folder of a crawl of this board alone goes as a whole.
    """
    gone = _drop_memory(crawls, whole_board) if whole_board else sum(_clean_memory(_memory(crawls, board), holds) for board in boards)
    for folder in sorted(crawls.iterdir()) if crawls.is_dir() else ():
        if folder.is_dir() and folder.name != "memory":
            gone += _clean_folder(folder, holds, whole_board)
    return gone


def _memory(crawls: Path, board: str) -> Path:
    return crawls / "memory" / f"{board}.sqlite"


def _drop_memory(crawls: Path, board: str) -> int:
    files = [path for end in ("", "-wal", "-shm") if (path := _memory(crawls, board).with_name(f"{board}.sqlite{end}")).exists()]
    for path in files:
        path.unlink()
    return len(files)


def _clean_memory(path: Path, holds: Holds) -> int:
    """Forget the addresses that hold a trace; the file is written anew, since a database keeps deleted rows in free pages."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select address, url, coalesce(changed, '') from answers").fetchall()
        told = [(row[0],) for row in rows if holds("\n".join(row))]
        connection.executemany("delete from answers where address = ?", told)
        connection.commit()
        connection.execute("vacuum")
        connection.execute("pragma wal_checkpoint(truncate)")
    return len(told)


def _clean_folder(folder: Path, holds: Holds, whole_board: str | None) -> int:
    if whole_board is not None and _boards_of(folder) == {whole_board}:
        shutil.rmtree(folder)
        return 1
    return sum(_clean_file(folder / name, holds, whole_board) for name in _FILES if (folder / name).exists())


def _boards_of(folder: Path) -> set[str]:
    try:
        job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
        return {source["board"] for source in job["sources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()  # not a whole crawl: its files are cleaned one by one


def _clean_file(path: Path, holds: Holds, whole_board: str | None) -> int:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".json":
        cleaned, gone = _clean_json(text, holds, whole_board)
    else:
        lines = text.splitlines(keepends=True)
        kept = [line for line in lines if not holds(line) and (whole_board is None or whole_board not in line)]
        cleaned, gone = "".join(kept), len(lines) - len(kept)
    if gone:
        part = path.with_name(f"{path.name}.part")
        part.write_text(cleaned, encoding="utf-8")
        part.replace(path)
    return gone


def _clean_json(text: str, holds: Holds, whole_board: str | None) -> tuple[str, int]:
    try:
        value = json.loads(text)
    except ValueError:
        return ("{}", 1) if holds(text) else (text, 0)
    gone: list[str] = []
    cleaned = _cleaned(value, holds, whole_board, gone)
    return json.dumps(cleaned, ensure_ascii=False, indent=1), len(gone)


def _cleaned(value: object, holds: Holds, whole_board: str | None, gone: list[str]) -> object:
    if isinstance(value, str):
        if not holds(value):
            return value
        gone.append(value)
        return _FORGOTTEN
    if isinstance(value, dict):
        return {key: _cleaned(inner, holds, whole_board, gone) for key, inner in value.items()}
    if isinstance(value, list):
        of_board = list(_rows_of(value, whole_board))
        gone.extend(_FORGOTTEN for _ in of_board)
        return [_cleaned(inner, holds, whole_board, gone) for inner in value if inner not in of_board]
    return value


def _rows_of(rows: list[object], board: str | None) -> Iterator[object]:
    return (row for row in rows if board is not None and isinstance(row, dict) and row.get("board") == board)
