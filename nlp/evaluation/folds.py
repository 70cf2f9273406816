"""Cross-validation: every record is read by a reader that has learnt from the other folds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

import numpy as np

from nlp.evaluation.error import NothingToLearn
from nlp.folding import fold as folded

Reader = TypeVar("Reader")
R = TypeVar("R")

_SEED: Final = 5


def fold_numbers(texts: Sequence[str], folds: int) -> list[int]:
    """Put records into folds of about equal size by chance (seeded); records of equal folded text share one.

    Raises NothingToLearn for fewer different texts than folds.
    """
    groups = {text: at for at, text in enumerate(dict.fromkeys(" ".join(folded(text).split()) for text in texts))}
    if len(groups) < folds:
        raise NothingToLearn(f"{folds} folds need as many different texts, there are {len(groups)}; ask for fewer folds")
    places = np.random.default_rng(_SEED).permutation(len(groups)) % folds
    return [int(places[groups[" ".join(folded(text).split())]]) for text in texts]


def in_folds(
    reader: Reader, records: Sequence[R], *, folds: int, text_of: Callable[[R], str], learn: Callable[[Sequence[R]], Reader] | None
) -> Iterator[tuple[Reader, list[int]]]:
    """Give readers and the positions of the records that each is to read; without `learn` or folds the reader as it is, for all."""
    if learn is None or folds < 2:
        yield reader, list(range(len(records)))
        return
    numbers = fold_numbers([text_of(record) for record in records], folds)
    for number in range(folds):
        taught = learn([record for record, own in zip(records, numbers, strict=True) if own != number])
        yield taught, [at for at, own in enumerate(numbers) if own == number]
