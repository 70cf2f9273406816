"""What both engines do around a build: naming generations, and the gate before one goes live."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from search_api.engines.protocol import IndexInfo
from search_api.error import IndexRefused
from search_api.query import FacetBucket


def new_generation(built_at: datetime) -> str:
    """Name a generation: its UTC time to the microsecond and six random digits, so names sort by time."""
    return f"{built_at:%Y%m%dt%H%M%S%f}-{secrets.token_hex(3)}"


def check_share(new: IndexInfo, live: IndexInfo | None, *, minimum_share: float, force: bool) -> None:
    """Hold back an index that shrank; raises IndexRefused."""
    if force or live is None or new.documents >= minimum_share * live.documents:
        return
    raise IndexRefused(
        f"the new index holds {new.documents} vacancies, the live one {live.documents}: below the share of {minimum_share:g} that "
        f"is let through, so the live index stays. Look at what is missing (labourscope sources); to publish it all the same: --force"
    )


def top_buckets(counts: Iterable[tuple[str, int]], size: int) -> tuple[FacetBucket, ...]:
    """Order a facet's buckets by count, then value, and keep the first `size`."""
    ordered = sorted((pair for pair in counts if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetBucket(value=value, count=count) for value, count in ordered[:size])
