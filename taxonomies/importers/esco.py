"""Reads ESCO's official CSV tables into a draft."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from taxonomies.draft import DraftConcept, FinishedDraft, RelationRank, TaxonomyDraft
from taxonomies.importers.crosswalk import read_crosswalk
from taxonomies.importers.esco_files import EscoFile, EscoRole
from taxonomies.model import ConceptType, RelationType, SkillKind

_TYPES: Final = {
    "KnowledgeSkillCompetence": ConceptType.SKILL,
    "SkillGroup": ConceptType.SKILL_GROUP,
    "Occupation": ConceptType.OCCUPATION,
    "ISCOGroup": ConceptType.OCCUPATION_GROUP,
}
_RELATIONS: Final = {"essential": RelationType.ESSENTIAL, "optional": RelationType.OPTIONAL}
_ALTERNATIVES: Final = re.compile(r"\n| \| ")
# ESCO writes its software products to one pattern: "The computer program Ansible is a tool to ...".
_TOOL: Final = re.compile(r"^The (?:computer|software) (?:program(?:me)?|tool)\b|^The game engine\b")
_CONCEPT_COLUMNS: Final = (
    "conceptType", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "status", "description", "code", "iscoGroup", "skillType",
    "reuseLevel", "broaderConceptUri",
)  # fmt: skip


@dataclass
class EscoReader:
    """Reads tables one after the other into `draft`; `warnings` gathers what had to be left or decided."""

    draft: TaxonomyDraft
    warnings: list[str] = field(default_factory=list)

    def read(self, file: EscoFile) -> int:
        """Read one table and return its number of rows."""
        if file.role in (EscoRole.CONCEPTS, EscoRole.COLLECTION):
            return self._read_concepts(file)
        if file.role is EscoRole.CROSSWALK:
            return read_crosswalk(file.table, self.draft, file.language or "en")
        if file.role is EscoRole.HIERARCHY:
            return self._read_hierarchy(file)
        if file.role is EscoRole.BROADER:
            pairs = list(file.table.rows("conceptUri", "broaderUri"))
            for concept, broader in pairs:
                self.draft.relate(concept, RelationType.BROADER, broader)
            return len(pairs)
        columns = ("occupationUri", "relationType", "skillUri")
        if file.role is EscoRole.SKILL_SKILLS:
            columns = ("originalSkillUri", "relationType", "relatedSkillUri")
        return self._read_skill_relations(file, columns)

    def _read_concepts(self, file: EscoFile) -> int:
        count = 0
        skipped: Counter[str] = Counter()
        differing: list[str] = []
        main = file.role is EscoRole.CONCEPTS and "altLabels" in file.table.header
        types: set[ConceptType] = set()
        for row in file.table.rows(*_CONCEPT_COLUMNS):
            count += 1
            type_ = _TYPES.get(row[0])
            if type_ is None or row[5].strip() not in ("", "released"):
                skipped[f"status {row[5]}" if type_ else f"type {row[0] or 'empty'}"] += 1
                continue
            types.add(type_)
            if not self._add_concept(row, type_, file.language or "en", main=main):
                differing.append(row[1])
        if main and file.language == "en":
            self.draft.reference |= types
        self.warnings += [f"{file.title}: {n} rows left out ({what})" for what, n in skipped.items()]
        if differing:
            self.warnings.append(
                f"{file.title}: {len(differing)} concepts have another type or ISCO group than in the files before (another release?), "
                f"theirs is kept, for example {differing[0]}"
            )
        return count

    def _add_concept(self, row: tuple[str, ...], type_: ConceptType, language: str, *, main: bool) -> bool:
        """Add one row; False when its type or ISCO group contradicts what is known."""
        _, uri, label, alternatives, hidden, _, description, code, isco_group, skill_type, reuse_level, broader = row
        concept = self.draft.concept(uri, type_)
        isco = isco_group.strip() or (code.strip() if type_ is ConceptType.OCCUPATION_GROUP else "")
        agrees = concept.type is type_ and concept.isco in (None, isco or concept.isco)
        if main and language == "en":  # the reference language decides; others fill in
            concept.type, concept.isco, agrees = type_, isco or concept.isco, True
        concept.isco = concept.isco or isco or None
        concept.code = concept.code or code.strip() or None
        concept.reuse_level = concept.reuse_level or reuse_level.strip() or None
        concept.kind = concept.kind or _kind(type_, skill_type)
        concept.set_preferred(language, label, replace=main)
        if main or language not in concept.alternatives:
            concept.add_alternatives(language, _halves(concept, language))
            concept.add_alternatives(language, _ALTERNATIVES.split(alternatives))
            concept.add_alternatives(language, _ALTERNATIVES.split(hidden))
        if description.strip():
            concept.descriptions.setdefault(language, description.strip())
            if language == "en" and concept.kind is SkillKind.KNOWLEDGE and _TOOL.match(description):
                concept.kind = SkillKind.TOOL
        for parent in broader.split("|"):
            if parent.strip():
                self.draft.relate(uri, RelationType.BROADER, parent.strip(), RelationRank.SIDE)
        return agrees

    def _read_hierarchy(self, file: EscoFile) -> int:
        columns = [f"Level {level} {what}" for level in range(4) for what in ("URI", "preferred term", "code")]
        count = 0
        for row in file.table.rows(*columns):
            count += 1
            above: str | None = None
            for uri, label, code in zip(row[0::3], row[1::3], row[2::3], strict=True):
                if not uri:
                    break
                concept = self.draft.concept(uri, ConceptType.SKILL_GROUP)
                concept.set_preferred(file.language or "en", label, replace=False)
                concept.code = concept.code or code.strip() or None
                if above is not None:
                    self.draft.relate(uri, RelationType.BROADER, above, RelationRank.SIDE)
                above = uri
        return count

    def _read_skill_relations(self, file: EscoFile, columns: tuple[str, str, str]) -> int:
        count = 0
        unknown: Counter[str] = Counter()
        for source, relation, skill in file.table.rows(*columns):
            count += 1
            type_ = _RELATIONS.get(relation)
            if type_ is None:
                unknown[relation] += 1
            else:
                self.draft.relate(source, type_, skill)
        self.warnings += [f"{file.title}: {n} rows left out (relation {relation!r} is not known)" for relation, n in unknown.items()]
        return count


def missing_parts(finished: FinishedDraft, coverage: dict[str, dict[str, int]]) -> list[str]:
    """What a version of ESCO still lacks, each with the official file that would bring it."""
    counts, relations = finished.draft.counts(), finished.relation_counts()
    parts = {
        "skill": "skills (skills_en.csv)",
        "occupation": "occupations (occupations_en.csv)",
        "occupation_group": "ISCO groups (ISCOGroups_en.csv)",
        "skill_group": "skill groups (skillGroups_en.csv)",
    }
    missing = [what for type_, what in parts.items() if not counts.get(type_)]
    if counts.get("skill") and ConceptType.SKILL not in finished.draft.reference:
        missing.append(f"the full list of skills (skills_en.csv): {counts['skill']:,} are known from other files")
    if not relations.get("essential"):
        missing.append("skills of occupations (occupationSkillRelations.csv)")
    if not relations.get("broader"):
        missing.append("hierarchies (broaderRelationsSkillPillar.csv, broaderRelationsOccPillar.csv)")
    for language, labelled in coverage.items():
        for type_, total in counts.items():
            if labelled.get(type_, 0) < 0.95 * total:
                missing.append(f"labels in {language}: {labelled.get(type_, 0):,} of {total:,} {type_.replace('_', ' ')}s")
    return missing


def left_out(finished: FinishedDraft) -> list[str]:
    """Warnings for concepts that were left out because the full English list does not have them."""
    counted: Counter[tuple[str, tuple[str, ...]]] = Counter()
    example: dict[tuple[str, tuple[str, ...]], str] = {}
    for uri, (type_, languages) in finished.dropped.items():
        key = (type_.value.replace("_", " "), languages)
        counted[key] += 1
        example.setdefault(key, uri)
    return [
        f"{n} {type_}s left out: {'labels in ' + ', '.join(languages) if languages else 'no label'}, but not in the English list of this "
        f"version (another release?), for example {example[type_, languages]}"
        for (type_, languages), n in counted.items()
    ]


def _kind(type_: ConceptType, skill_type: str) -> SkillKind | None:
    if type_ is not ConceptType.SKILL or not skill_type.strip():
        return None
    return SkillKind.KNOWLEDGE if skill_type.strip() == "knowledge" else SkillKind.SKILL


def _halves(concept: DraftConcept, language: str) -> list[str]:
    """Both forms of a label in two genders: "directeur technique/directrice technique" -> each by itself."""
    halves = [half.strip() for half in concept.preferred.get(language, "").split("/")]
    if (
        concept.type is ConceptType.OCCUPATION
        and len(halves) == 2
        and halves[0][:3].casefold() == halves[1][:3].casefold()
        and len(halves[1]) > 3
    ):
        return halves
    return []
