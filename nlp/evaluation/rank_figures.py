"""Scores of one ranking against its gold answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def r_precision_at(k: int, ranking: Sequence[str], gold: Collection[str]) -> float:
    """RP@k = |first k of the ranking in gold| / min(k, |gold|); gold holds each answer once and at least one."""
    return len(set(ranking[:k]) & set(gold)) / min(k, len(gold))


def hit_at(k: int, ranking: Sequence[str], gold: Collection[str]) -> float:
    """1 when a gold answer is among the first k, else 0."""
    return float(any(answer in gold for answer in ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], gold: Collection[str]) -> float:
    """1 / rank of the first gold answer, 0 when none is ranked."""
    return next((1 / rank for rank, answer in enumerate(ranking, start=1) if answer in gold), 0.0)
