"""Which ESCO table a CSV file is, told by its columns (file names differ between releases)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from taxonomies.csv_table import CsvTable
from taxonomies.error import ImportFailed
from taxonomies.importers.archive import Member
from taxonomies.importers.crosswalk import crosswalk_language, crosswalk_table
from taxonomies.importers.file_name import language_told
from taxonomies.importers.report import IgnoredFile


class EscoRole(StrEnum):
    """What an ESCO table holds, in the order in which tables are read."""

    CONCEPTS = "concepts and labels"
    COLLECTION = "collection of concepts"
    HIERARCHY = "skill hierarchy"
    BROADER = "broader relations"
    OCCUPATION_SKILLS = "occupation-skill relations"
    SKILL_SKILLS = "skill-skill relations"
    CROSSWALK = "labels of a crosswalk"


class EscoFile(NamedTuple):
    """A recognised table; `language` is None for relations."""

    title: str
    role: EscoRole
    language: str | None
    table: CsvTable


_REQUIRED: Final = {
    EscoRole.COLLECTION: ("conceptType", "conceptUri", "preferredLabel", "broaderConceptUri"),
    EscoRole.CONCEPTS: ("conceptType", "conceptUri", "preferredLabel"),
    EscoRole.HIERARCHY: ("Level 0 URI", "Level 0 preferred term"),
    EscoRole.OCCUPATION_SKILLS: ("occupationUri", "relationType", "skillUri"),
    EscoRole.SKILL_SKILLS: ("originalSkillUri", "relationType", "relatedSkillUri"),
    EscoRole.BROADER: ("conceptUri", "broaderUri"),
}
_LABELLED: Final = (EscoRole.CONCEPTS, EscoRole.COLLECTION, EscoRole.HIERARCHY)

# Names under which the official files are known, so that one that lacks a column is told apart from a foreign file.
_KNOWN_NAMES: Final = (
    (re.compile(r"^occupationskill", re.I), EscoRole.OCCUPATION_SKILLS),
    (re.compile(r"^skillskill", re.I), EscoRole.SKILL_SKILLS),
    (re.compile(r"^broaderrelations", re.I), EscoRole.BROADER),
    (re.compile(r"^skillshierarchy", re.I), EscoRole.HIERARCHY),
    (re.compile(r"collection", re.I), EscoRole.COLLECTION),
    (re.compile(r"^(skills|skillgroups|occupations|iscogroups)(_|\.|$)", re.I), EscoRole.CONCEPTS),
)
_NOT_USED: Final = (
    (re.compile(r"^conceptschemes", re.I), "ESCO's list of its own concept schemes; nothing here is read from it"),
    (re.compile(r"^dictionary", re.I), "ESCO's description of its columns"),
    (re.compile(r"^greenshare", re.I), "green shares of occupations; not part of the classification"),
)


def recognise(members: Iterable[Member]) -> tuple[list[EscoFile], list[IgnoredFile]]:
    """Sort files into ESCO tables, in reading order, and files left with the reason.

    Raises ImportFailed for an official file that lacks a column, is not text, or whose language cannot be told.
    """
    found: list[EscoFile] = []
    ignored: list[IgnoredFile] = []
    for member in members:
        reason = next((why for pattern, why in _NOT_USED if pattern.search(member.name)), None)
        if reason is None and not member.name.lower().endswith(".csv"):
            reason = "not a CSV file"
        crosswalk = crosswalk_table(member) if reason is None else None
        if crosswalk is not None:
            found.append(EscoFile(member.title, EscoRole.CROSSWALK, crosswalk_language(member), crosswalk))
            continue
        if reason is None:
            table = CsvTable.parse(member.title, member.data)
            role = _role(member.name, table)
            if role is not None:
                found.append(EscoFile(member.title, role, _language(member, role), table))
                continue
            reason = f"no ESCO table by name or columns ({', '.join(table.header[:6])})"
        ignored.append(IgnoredFile(name=member.title, reason=reason))
    order = list(EscoRole)
    return sorted(found, key=lambda f: (order.index(f.role), f.language != "en", f.title)), ignored


def looks_like_esco(member: Member) -> bool:
    """Whether a file's columns or name are those of an ESCO table."""
    if not member.name.lower().endswith(".csv"):
        return False
    if crosswalk_table(member) is not None:
        return True
    header = set(CsvTable.parse(member.title, member.data).header)
    return any(header.issuperset(columns) for columns in _REQUIRED.values()) or any(p.search(member.name) for p, _ in _KNOWN_NAMES[:4])


def _role(name: str, table: CsvTable) -> EscoRole | None:
    header = set(table.header)
    for role, columns in _REQUIRED.items():
        if header.issuperset(columns):
            return role
    expected = next((role for pattern, role in _KNOWN_NAMES if pattern.search(name)), None)
    if expected is not None:
        table.require(_REQUIRED[expected])
    return None


def _language(member: Member, role: EscoRole) -> str | None:
    if role not in _LABELLED:
        return None
    language = language_told(member.name, member.container)
    if language is None:
        raise ImportFailed(f"{member.title}: the name tells no language; call it like the official file, for example skills_en.csv")
    return language
