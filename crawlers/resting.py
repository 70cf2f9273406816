"""What a crawl leaves to the next: a rest for a board that gave no page in several crawls in a row, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.crawl_memory import CrawlMemory, now
from vacancies.health.record import SourceHealth
from vacancies.health.resting import without_page_in_a_row


def begin_rest(memory: CrawlMemory, history: Sequence[SourceHealth], health: SourceHealth, *, crawls: int) -> SourceHealth:
    """Let the board rest after so many crawls in a row without a page, this one (`health`) the last of them; its record says so.

    Each rest in a row is longer. A crawl that brought the board to rest by itself is left as it is.
    """
    if not health.gave_no_page or health.resting_until is not None:
        return health
    times = without_page_in_a_row([*history, health])
    if times < crawls:
        return health
    until = memory.rest(at=now())
    said = f"no page in {times} crawls in a row, so the board is left alone until {until:%Y-%m-%d %H:%M} UTC"
    return health.model_copy(update={"resting_until": until, "message": f"{health.message}; {said}" if health.message else said})


def close_memory(memory: CrawlMemory, health: SourceHealth, *, is_broken_off: bool) -> None:
    """Close the memory after a crawl: a board that gave pages has rested enough, and a crawl that came to its end is not gone on with."""
    if health.resting_until is None and not health.gave_no_page:
        memory.rested()
    if not is_broken_off:
        memory.end()
    memory.close()
