"""Code lists as CSV: a code, labels in one or more languages, the parent told by the code itself (ISCO-08, NACE, ISCED)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from taxonomies.csv_table import CsvTable
from taxonomies.draft import DraftConcept, RelationRank, TaxonomyDraft
from taxonomies.error import ImportFailed
from taxonomies.model import ConceptType, RelationType

TYPE_OF_SCHEME: Final = {"isco": ConceptType.OCCUPATION_GROUP, "nace": ConceptType.INDUSTRY, "isced": ConceptType.EDUCATION}

_CODE_COLUMNS: Final[tuple[str, ...]] = ("code", "Code", "CODE", "notation", "Notation", "id", "ID")
_LABEL: Final = re.compile(r"^(?:label|name|title|preferredLabel|Description)[_ -](?P<language>[A-Za-z]{2})$", re.IGNORECASE)
_PLAIN_LABELS: Final[tuple[str, ...]] = ("preferredLabel", "label", "Label", "name", "Name", "title", "Title", "Description", "description")
_LANGUAGE_COLUMN: Final = re.compile(r"^[a-z]{2}$")

# NACE Rev. 2: the divisions of each section (Regulation (EC) No 1893/2006, annex I).
_NACE_SECTIONS: Final = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43), "G": (45, 47), "H": (49, 53), "I": (55, 56),
    "J": (58, 63), "K": (64, 66), "L": (68, 68), "M": (69, 75), "N": (77, 82), "O": (84, 84), "P": (85, 85), "Q": (86, 88), "R": (90, 93),
    "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip


@dataclass(frozen=True)
class CodeListColumns:
    """Which columns of a code list hold what; `labels` maps a column to its language, `alternatives` likewise."""

    code: str
    labels: dict[str, str]
    alternatives: dict[str, str]
    parent: str | None
    uri: str | None


def code_list_columns(table: CsvTable, language: str | None = None) -> CodeListColumns:
    """Find the columns: `code`, and labels as `label_en`, as `en`, or one plain `label` in `language` (English when None).

    Raises ImportFailed, naming the columns that are there.
    """
    code = next((name for name in _CODE_COLUMNS if name in table.header), None)
    labels = {name: match["language"].lower() for name in table.header if (match := _LABEL.match(name))}
    labels |= {name: name for name in table.header if _LANGUAGE_COLUMN.match(name) and name != "id"}
    if not labels:
        labels = {name: language or "en" for name in _PLAIN_LABELS if name in table.header and name != code}
        labels = dict(list(labels.items())[:1])
    if code is None or not labels:
        what = "a code column (code)" if code is None else "a label column (label_en, label)"
        raise ImportFailed(f"{table.name}: {what} is missing (columns: {', '.join(table.header)}); rename the column that holds it")
    alternatives = {name: name[:2] for name in table.header if re.fullmatch(r"[a-z]{2}_alt", name)}
    parent = next((name for name in ("parent", "Parent", "broader") if name in table.header), None)
    return CodeListColumns(code, labels, alternatives, parent, "conceptUri" if "conceptUri" in table.header else None)


def read_code_list(table: CsvTable, draft: TaxonomyDraft, scheme: str, *, language: str | None = None) -> int:
    """Add a code list's rows to a draft and return how many; `scheme` is isco, nace or isced.

    Raises ImportFailed for a scheme that is no code list, missing columns, or when no row has both a code and a label.
    """
    if scheme not in TYPE_OF_SCHEME:
        raise ImportFailed(f"{table.name}: scheme {scheme!r} is no code list; known: {', '.join(TYPE_OF_SCHEME)}")
    columns = code_list_columns(table, language)
    label_names, alternative_names = list(columns.labels), list(columns.alternatives)
    wanted = [columns.code, columns.parent or "", columns.uri or "", *label_names, *alternative_names]
    read: dict[str, tuple[str, str, DraftConcept]] = {}
    for raw_code, parent, uri, *texts in table.rows(*wanted):
        code = normal_code(scheme, raw_code)
        labels = dict(zip(label_names, texts, strict=False))
        if not code or not any(text.strip() for text in labels.values()):
            continue
        concept = _concept(draft, uri or code_uri(draft.ref.scheme, code), scheme, code)
        for name, text in labels.items():
            concept.set_preferred(columns.labels[name], text)
        for name, text in zip(alternative_names, texts[len(label_names) :], strict=True):
            concept.add_alternatives(columns.alternatives[name], text.split("|"))
        read[code] = (uri or code_uri(draft.ref.scheme, code), normal_code(scheme, parent), concept)
    if not read:
        raise ImportFailed(
            f"{table.name}: no row has both a code and a label; check the columns {columns.code} and {', '.join(label_names)}"
        )
    _place(draft, scheme, {code: (uri, parent) for code, (uri, parent, _) in read.items()})
    return len(read)


def normal_code(scheme: str, raw: str) -> str:
    """A code as we keep it: NACE "A01.1", "A 01.1" and "01.10" become "01.1" and "01.10"; ISCED "ED3", "level 3" and "3" become "3"."""
    code = raw.strip().strip("'\"").upper()
    if scheme == "nace":
        code = re.sub(r"^[A-U]\s*(?=\d)", "", code.replace(" ", "")).rstrip(".")
        if re.fullmatch(r"\d{3,4}", code):
            code = f"{code[:2]}.{code[2:]}"
        return code if re.fullmatch(r"[A-U]|\d{2}(\.\d{1,2})?", code) else ""
    if scheme == "isced":
        return re.sub(r"^(?:ISCED|ED|LEVEL)[\s:_-]*", "", code)
    return re.sub(r"^(?:ISCO[-_ ]?08|ISCO|OC|C)[\s:_-]*(?=\d)", "", code)


def code_uri(scheme: str, code: str) -> str:
    """The URI under which a code of a list without URIs is kept: `urn:labourscope:nace:62.01`."""
    return f"urn:labourscope:{scheme}:{code}"


def nace_section(division: str) -> str | None:
    """The NACE Rev. 2 section letter of a division ("62" -> "J"), or None where there is no such division."""
    return next((letter for letter, (first, last) in _NACE_SECTIONS.items() if division.isdigit() and first <= int(division) <= last), None)


def _concept(draft: TaxonomyDraft, uri: str, scheme: str, code: str) -> DraftConcept:
    concept = draft.concept(uri, TYPE_OF_SCHEME[scheme])
    concept.code = code
    if scheme == "isco":
        concept.isco = code
    return concept


def _place(draft: TaxonomyDraft, scheme: str, rows: dict[str, tuple[str, str]]) -> None:
    uris = {c.code: uri for uri, c in draft.concepts.items() if c.code and c.type is TYPE_OF_SCHEME[scheme]}
    for code, (uri, parent) in rows.items():
        candidates = [parent] if parent else _parents(scheme, code)
        found = next((uris[candidate] for candidate in candidates if candidate in uris), None)
        if found is not None:
            draft.relate(uri, RelationType.BROADER, found, RelationRank.SIDE)


def _parents(scheme: str, code: str) -> list[str]:
    """Codes that may stand above, nearest first; a list may leave levels out."""
    if scheme == "nace":
        if "." not in code:
            return [letter] if (letter := nace_section(code)) else []
        shorter = [code[:-1]] if len(code) == 5 else []
        division = code[:2]
        return [*shorter, division, *([letter] if (letter := nace_section(division)) else [])]
    return [code[:length] for length in range(len(code) - 1, 0, -1)]
