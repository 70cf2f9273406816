"""What is wrong with XML that is not well-formed: slips within texts, or a feed that is cut off, so that entries may be missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

_SLIPS_IN_TEXT: Final = frozenset(  # libxml2's names: &nbsp; a bare &, a control character, an undeclared prefix
    {"ERR_UNDECLARED_ENTITY", "ERR_NAME_REQUIRED", "ERR_ENTITYREF_SEMICOL_MISSING", "ERR_INVALID_CHAR", "NS_ERR_UNDEFINED_NAMESPACE"}
)


class Slip(Protocol):
    """An entry of libxml2's error log."""

    line: int
    type_name: str


def why_entries_may_be_missing(log: Iterable[Slip]) -> str | None:
    """Say where a feed is cut off or broken; None when it has slips within its texts only."""
    cut = next((error for error in log if error.type_name not in _SLIPS_IN_TEXT), None)
    return f"the feed is cut off or broken in line {cut.line} ({cut.type_name}), so entries may be missing" if cut else None
