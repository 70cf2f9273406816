"""Concepts of a classification, their labels and relations."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, field_validator

_NAME: Final = re.compile(r"^(?P<scheme>[a-z][a-z0-9-]*):(?P<version>[A-Za-z0-9][A-Za-z0-9._-]*)$")


class TaxonomyRef(NamedTuple):
    """Names one version of one scheme, written `scheme:version` (`esco:1.1.0`)."""

    scheme: str
    version: str

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read `scheme:version`; raises ValueError that names the value when it has another form."""
        match = _NAME.match(name)
        if match is None:
            raise ValueError(f"taxonomy name {name!r} is not of the form scheme:version, for example esco:1.1.0")
        return cls(match["scheme"], match["version"])

    def __str__(self) -> str:
        return f"{self.scheme}:{self.version}"


class ConceptType(StrEnum):
    """What a concept stands for."""

    SKILL = "skill"
    SKILL_GROUP = "skill_group"
    OCCUPATION = "occupation"
    OCCUPATION_GROUP = "occupation_group"
    REGION = "region"
    INDUSTRY = "industry"
    EDUCATION = "education"


class SkillKind(StrEnum):
    """The kind of a skill concept: ESCO's two types, attitudes, and tool or certificate where the concept tells."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    ATTITUDE = "attitude"
    TOOL = "tool"
    CERTIFICATE = "certificate"


class RelationType(StrEnum):
    """How two concepts are related; the source of BROADER is the narrower concept."""

    BROADER = "broader"
    ESSENTIAL = "essential"  # occupation -> skill, or skill -> skill
    OPTIONAL = "optional"
    REPLACED_BY = "replaced_by"


class Concept(BaseModel):
    """One entry of a classification in one version.

    `code` is the scheme's notation where it has one (ISCO-08 code of an occupation group, NUTS code, NACE code);
    `isco` is the four-digit ISCO-08 unit group of an occupation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    uri: str
    type: ConceptType
    code: str | None = None
    kind: SkillKind | None = None
    isco: str | None = None
    labels: dict[str, str]  # language -> preferred label
    alternative_labels: dict[str, tuple[str, ...]] = {}
    descriptions: dict[str, str] = {}
    reuse_level: str | None = None  # ESCO: sector-specific, occupation-specific, cross-sector, transversal

    @field_validator("labels")
    @classmethod
    def _has_label(cls, value: dict[str, str]) -> dict[str, str]:
        if not value:
            raise ValueError("a concept needs at least one preferred label")
        return value


class Relation(NamedTuple):
    """A directed relation between two concepts of one taxonomy, by URI."""

    source: str
    type: RelationType
    target: str


class LabelRow(NamedTuple):
    """One label of one concept, as label matching and search take them."""

    uri: str
    language: str
    text: str
    preferred: bool


class ConceptHit(NamedTuple):
    """A concept found by a label search, with the label that matched and a score 0..1 (1 = exact label)."""

    uri: str
    type: ConceptType
    label: str
    matched: str
    language: str
    score: float
