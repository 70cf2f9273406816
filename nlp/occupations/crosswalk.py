"""Crosswalks from other classifications to ESCO and ISCO-08: their names to learn from, and codes and names of boards looked up in them.

Official mapping files (ESCO's own form, CSV, gzip too): a preamble, a header row, then a row per mapping with the URI of an ESCO
occupation or ISCO group in one column and code or URI and name of the other classification beside it.
"""

from __future__ import annotations

import csv
import gzip
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from nlp.error import CrosswalkInvalid
from nlp.folding import fold
from nlp.occupations.examples import Example
from taxonomies.taxonomy import Taxonomy

_OCCUPATION: Final = "http://data.europa.eu/esco/occupation/"
_GROUP: Final = re.compile(r"^http://data\.europa\.eu/esco/isco/C(\d{4})$")
_TARGET: Final = re.compile(r"^http://data\.europa\.eu/esco/(?:occupation/|isco/C\d{4}$)")
_BROADER: Final = re.compile(r"broad", re.IGNORECASE)
_EXACT: Final = re.compile(r"exact", re.IGNORECASE)
_WORD: Final = re.compile(r"[\w+#]+")
_KEPT: Final = "crosswalks"
_KEY_TAIL: Final = re.compile(r"[^/#]+$")


class Mapping(NamedTuple):
    """One row: code and name in the other classification, the concept's name where the file gives it, and what it maps to."""

    code: str
    name: str
    description: str | None
    target: str
    target_name: str
    relation: str


def read_mappings(path: Path) -> Iterator[Mapping]:
    """Give the rows of a mapping file that end in ESCO occupations or ISCO unit groups. Raises CrosswalkInvalid when there are none."""
    found = False
    with gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else path.open(encoding="utf-8-sig") as source:
        for row in csv.reader(source):
            at = next((place for place, cell in enumerate(row) if _TARGET.match(cell)), None)
            if at is None or len(row) < 5:
                continue
            mapping = _mapping(row, at)
            if mapping is not None:
                found = True
                yield mapping
    if not found:
        raise CrosswalkInvalid(
            f"{path.name} holds no mapping to ESCO occupations or ISCO groups; give ESCO's mapping table as CSV or CSV.gz"
        )


def _mapping(row: Sequence[str], at: int) -> Mapping | None:
    if at == 0:  # ESCO first: URI, name, [URL,] code or URI, name, [URL,] relation
        rest = [cell for cell in row[2:] if cell != row[0]]
        if len(rest) < 3:
            return None
        relation = next((cell for cell in rest[2:] if "Match" in cell), "")
        return Mapping(_code(rest[0]), rest[1], None, row[0], row[1], relation)
    relation = row[at + 3] if len(row) > at + 3 else ""  # the other first: code, name, description, URI, name, description, relation
    return Mapping(row[0], row[1], row[2] if at > 2 else None, row[at], row[at + 1], relation)


def _code(cell: str) -> str:
    tail = _KEY_TAIL.search(cell)
    return tail[0] if tail else cell


def isco_of(target: str, taxonomy: Taxonomy) -> str | None:
    """The unit group of what a row maps to."""
    if match := _GROUP.match(target):
        return match[1]
    return taxonomy.isco_of(target) if target in taxonomy else None


def crosswalk_examples(path: Path, taxonomy: Taxonomy) -> list[Example]:
    """Names to learn from: those of the concept, and those of the other classification unless they are broader."""
    examples: dict[Example, None] = {}
    for row in read_mappings(path):
        isco = isco_of(row.target, taxonomy)
        if isco is None:
            continue
        uri = row.target if row.target.startswith(_OCCUPATION) else None
        examples[Example(row.target_name, None, isco, uri)] = None
        if not _BROADER.search(row.relation):
            same = uri if _EXACT.search(row.relation) else None
            forms = {row.name, *(part.strip() for part in row.name.split(" / "))}
            for name in sorted(forms):
                examples[Example(name, row.description, isco, same, 0.5)] = None
    return list(examples)


class Crosswalk:
    """Codes and names of other classifications with the shares (0..1) of the unit groups they map to. Unknown ones are counted."""

    def __init__(self, shares: dict[str, dict[str, float]]) -> None:
        self._shares = shares
        self.unknown: Counter[str] = Counter()

    @classmethod
    def build(cls, files: Iterable[Path], taxonomy: Taxonomy) -> Crosswalk:
        """Load mapping files; raises CrosswalkInvalid."""
        counted: dict[str, Counter[str]] = {}
        for path in files:
            for row in read_mappings(path):
                isco = isco_of(row.target, taxonomy)
                if isco is not None:
                    for key in {_key(row.code), *(_key(part) for part in (row.name, *row.name.split(" / ")))}:
                        counted.setdefault(key, Counter())[isco] += 3 if _EXACT.search(row.relation) else 1
        return cls({key: {isco: n / sum(own.values()) for isco, n in own.items()} for key, own in counted.items() if key})

    def __len__(self) -> int:
        return len(self._shares)

    def groups(self, scheme: str, code: str | None, name: str | None) -> dict[str, float]:
        """The unit groups of a board's code or, failing that, of its name; empty, and counted by scheme, when neither is known."""
        for asked in (code, name):
            if asked and (shares := self._shares.get(_key(asked))):
                return shares
        self.unknown[scheme] += 1
        return {}


def keep_crosswalk(path: Path, taxonomy: Taxonomy) -> int:
    """Keep a mapping file beside the compiled taxonomy, for reading; gives the number of its mappings. Raises CrosswalkInvalid."""
    count = sum(1 for _ in read_mappings(path))
    folder = taxonomy.folder / _KEPT
    folder.mkdir(exist_ok=True)
    shutil.copyfile(path, folder / path.name)
    return count


def kept_crosswalk(taxonomy: Taxonomy) -> Crosswalk | None:
    """All mapping files kept beside the compiled taxonomy as one crosswalk; None when there are none."""
    files = sorted((taxonomy.folder / _KEPT).glob("*.csv*"))
    return Crosswalk.build(files, taxonomy) if files else None


def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
