"""Where one works: boards' words for remote, hybrid and on-site work."""

from __future__ import annotations

import re
from typing import Final

_HYBRID: Final = re.compile(r"hybrid|flexib|part|teil|temporar|some|occasion", re.IGNORECASE)
_REMOTE: Final = re.compile(r"remote|telecommut|home ?-?office|work from home|télétravail|thuiswerk|distans|fully", re.IGNORECASE)
_ON_SITE: Final = re.compile(r"on[\s_-]?site|in[\s_-]?office|in[\s_-]?person|^office$|vor ort|sur site|op locatie|på plats", re.IGNORECASE)
_NEGATED: Final = re.compile(r"\b(?:no|not|non)\b", re.IGNORECASE)


def read_workplace(text: str | None) -> bool | None:
    """Tell whether the work is done from home altogether (True) or on site (False); None for a mix of both, and for other words."""
    if not text or _HYBRID.search(text):
        return None
    is_remote, is_on_site = bool(_REMOTE.search(text)), bool(_ON_SITE.search(text))
    if is_remote and not is_on_site:
        return None if _NEGATED.search(text) else True
    return False if is_on_site and not is_remote else None
