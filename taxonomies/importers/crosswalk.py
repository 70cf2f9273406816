"""Reads labels out of ESCO's crosswalks to national classifications (tables of EURES's mapping tool).

Lines of "name, value" stand above the table and tell the languages of both sides. Where the first side is ESCO its names are labels in
that language, and the names of the other side's exact matches are alternative labels.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from taxonomies.csv_table import CsvTable
from taxonomies.draft import TaxonomyDraft
from taxonomies.error import ImportFailed
from taxonomies.importers.archive import Member
from taxonomies.model import ConceptType

_PREAMBLE: Final = re.compile(rb"^\W*(?:Column1\b[^\n]*\n)?[\s,;]*Mapping project name\b", re.IGNORECASE)
_LANGUAGE_LINE: Final = "classification 1 language"
_COLUMNS: Final = {
    "classification 1 uri": "uri",
    "classification 1 id": "uri",
    "classification 1 preflabel": "label",
    "classification 1 prefered label": "label",
    "classification 1 preferred label": "label",
    "classification 2 preflabel": "other",
    "classification 2 prefered label": "other",
    "classification 2 preferred label": "other",
    "mapping relation": "relation",
}
_TYPES: Final = (
    ("/esco/skill/", ConceptType.SKILL),
    ("/esco/occupation/", ConceptType.OCCUPATION),
    ("/esco/isco/", ConceptType.OCCUPATION_GROUP),
)
_MOST_PREAMBLE_LINES: Final = 60
_TWO_WORDS: Final = re.compile(r"[^\W\d_]{4,}/[^\W\d_]{4,}")
_DOUBLED_END: Final = re.compile(r'""(?=,)')  # the tool that writes these tables doubles a closing quote behind a bracket


def crosswalk_table(member: Member) -> CsvTable | None:
    """The table of a crosswalk whose first side is ESCO, its columns called uri, label, other and relation; None for any other file."""
    if not _PREAMBLE.match(member.data[:2000]):
        return None
    whole = CsvTable.parse(member.title, b"-\n" + member.data)
    lines = whole.text.splitlines(keepends=True)[1:]
    for at, line in enumerate(lines[:_MOST_PREAMBLE_LINES]):
        header = [_COLUMNS.get(name.strip().casefold(), name) for name in next(csv.reader(io.StringIO(line)), [])]
        if {"uri", "label", "other", "relation"}.issubset(header):
            return CsvTable(member.title, tuple(header), "".join(map(_mended, lines[at:])), ",")
    return None


def crosswalk_language(member: Member) -> str:
    """The language of ESCO's names in a crosswalk. Raises ImportFailed where the lines above the table do not tell it."""
    text = member.data.decode("utf-8-sig", errors="replace")
    for row in csv.reader(io.StringIO("\n".join(text.splitlines()[:_MOST_PREAMBLE_LINES]))):
        if len(row) > 1 and row[0].strip().casefold() == _LANGUAGE_LINE and re.fullmatch(r"[a-z]{2}", row[1].strip().casefold()):
            return row[1].strip().casefold()
    raise ImportFailed(f"{member.title}: no line 'Classification 1 Language' with a code of two letters above the table; add it")


def read_crosswalk(table: CsvTable, draft: TaxonomyDraft, language: str) -> int:
    """Add ESCO's names as preferred labels where there are none yet, exact matches' names as alternatives; gives the number of rows."""
    count = 0
    for uri, label, other, relation in table.rows("uri", "label", "other", "relation"):
        count += 1
        type_ = next((type_ for part, type_ in _TYPES if part in uri), None)
        if type_ is None or not label.strip():
            continue
        concept = draft.concept(uri.strip(), type_)
        concept.set_preferred(language, label, replace=False)
        if relation.strip().endswith("exactMatch"):
            concept.add_alternatives(language, _names(other))
    return count


def _mended(line: str) -> str:
    return _DOUBLED_END.sub('"', line) if line.count('"') % 2 else line


def _names(name: str) -> list[str]:
    """A name in both genders as two: "Conseiller / Conseillère en gestion" -> "Conseiller en gestion", "Conseillère en gestion".

    Two words with a slash between them are two names ("Fysioterapeut/Sjukgymnast").
    """
    if _TWO_WORDS.fullmatch(name.strip()):
        return name.strip().split("/")
    first, slash, second = (part.strip() for part in name.partition(" / "))
    if not slash:
        return [name]
    rest = second.split()[len(first.split()) :]
    return [" ".join([first, *rest]), second]
