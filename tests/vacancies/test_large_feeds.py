"""Feeds far larger than the memory that reading them takes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

RECORDS = 8000
TEXT = "Wir suchen Verstärkung für unser Team. " * 100  # 4 kB
ALLOWED = 12  # MiB beside what the program itself takes
MEASURE = """
import resource, sys
from pathlib import Path
from vacancies.feeds.records import read_records
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
records = read_records(Path(sys.argv[1]))
for _ in range(200):
    next(records)
before = peak()
print(200 + sum(1 for _ in records), peak() - before)
"""


def as_xml() -> Iterator[str]:
    yield "<?xml version='1.0'?><source>"
    for number in range(RECORDS):
        yield f"<job><referencenumber>{number}</referencenumber><title>Koch</title><description><![CDATA[{TEXT}]]></description></job>\n"
    yield "</source>"


def as_array() -> Iterator[str]:
    for number in range(RECORDS):
        yield ("[" if number == 0 else ",\n") + json.dumps({"id": number, "title": "Koch", "description": TEXT}, ensure_ascii=False)
    yield "]"


def as_table() -> Iterator[str]:
    yield "id;title;description\n"
    for number in range(RECORDS):
        yield f'{number};Koch;"{TEXT}"\n'


@pytest.mark.parametrize(("name", "make"), [("a.xml", as_xml), ("a.json", as_array), ("a.csv", as_table)])
def test_memory_does_not_grow_with_the_feed(tmp_path: Path, name: str, make: Callable[[], Iterator[str]]) -> None:
    path = tmp_path / name
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(make())
    assert path.stat().st_size > 30_000_000
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read, grown = map(int, done.stdout.split())
    assert (read, grown <= ALLOWED) == (RECORDS, True), f"{grown} MiB"
