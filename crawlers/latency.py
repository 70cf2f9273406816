"""How long a board takes to answer: the median over any number of answers, in little memory."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

_STEP: Final = 1.05  # answers that differ by less are counted as one
_SHORTEST: Final = 0.0005  # seconds


class Latency:
    """Counts waiting times in steps of 5 per cent."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def add(self, seconds: float) -> None:
        """Note how long an answer took."""
        self._counts[round(math.log(max(seconds, _SHORTEST), _STEP))] += 1

    def median(self) -> float | None:
        """Give the median in seconds, to within 5 per cent; None without any answer."""
        passed = 0
        for step, number in sorted(self._counts.items()):
            passed += number
            if 2 * passed >= self._counts.total():
                return float(round(_STEP**step, 4))
        return None
