"""Why a complete crawl found no posting, in words for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

_NOT_ASKED: Final = {
    "robots": "that robots.txt forbids",
    "robots_unreachable": "whose robots.txt could not be fetched",
    "off_site": "on other sites",
    "private_address": "at private addresses",
}


_MOST_HOSTS: Final = 5  # that a message names


def why_nothing(refused: Mapping[str, int], *, gone: int, forgotten: int = 0, script_hosts: Collection[str] = ()) -> str:
    """Say what became of a listing's links, by the counts of `BoardReport.refused` and of advertisements that answered 404 or 410.

    `forgotten` advertisements were not taken over, and the pages' scripts were not let to `script_hosts`.
    """
    if script_hosts:
        hosts = ", ".join(sorted(script_hosts)[:_MOST_HOSTS])
        return (
            f"no advertisement could be read: scripts of the pages wanted to ask {hosts}, which the row does not name; "
            f"if the advertisements come from there, write script_hosts: [{hosts}] into the board's row"
        )
    if forgotten:
        return f"{forgotten} advertisements were read and left out: somebody had them forgotten (labourscope forget)"
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
