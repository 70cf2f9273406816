"""Why a complete crawl found no posting, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NOT_ASKED: Final = {
    "robots": "that robots.txt forbids",
    "off_site": "on other sites",
    "private_address": "at private addresses",
}


def why_nothing(refused: Mapping[str, int], *, gone: int) -> str:
    """Say what became of a listing's links, by the counts of `BoardReport.refused` and of advertisements that answered 404 or 410."""
    named = [f"{gone} that answered 404 or 410"] if gone else []
    named += [f"{refused[kind]} {words}, which were not asked for" for kind, words in _NOT_ASKED.items() if refused.get(kind)]
    if named:
        return f"no advertisement could be read: the listing names {', '.join(named)}"
    if passed_over := refused.get("not_a_job"):
        return (
            f"the listing names no advertisement: its {passed_over} links were passed over, since they do not look like one; "
            "if some are, write what their addresses have in common as job_address in the board's row"
        )
    return "the listing names no advertisement; services answer so for a wrong name too"
