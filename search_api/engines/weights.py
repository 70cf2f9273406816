"""Weights of a profile's skills, rounded so that both engines add them up to the same number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from search_api.query import WeightedSkill

# Engines add scores up as 32-bit floats, in an order of their own. Multiples of 1/1024 with sums below 2**14 (200 skills of weight 10
# give 2,000) are exact there in any order, so equal vacancies get equal scores and are ordered by id on both engines.
_STEPS: Final = 512


class SkillBoost(NamedTuple):
    """What a skill adds to a vacancy that has it, and again to one that requires it."""

    uri: str
    half: float


def skill_boosts(skills: Iterable[WeightedSkill]) -> tuple[SkillBoost, ...]:
    """Half the weight of each skill, to 1/1024; of a skill given twice the greater weight counts."""
    weights: dict[str, float] = {}
    for skill in skills:
        weights[skill.uri] = max(weights.get(skill.uri, 0.0), skill.weight)
    return tuple(SkillBoost(uri, max(1, round(weight * _STEPS)) / _STEPS / 2) for uri, weight in weights.items())
