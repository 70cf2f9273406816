"""Whether a browser is at hand."""

from __future__ import annotations

import importlib.util
import shutil
from typing import Final

_PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def program() -> str | None:
    """Give the path of the system's Chromium or Chrome; None without one."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def why_not() -> str | None:
    """Say what is missing and what to do; None when pages can be rendered."""
    if importlib.util.find_spec("scrapy_playwright") is None:
        return "the board needs a browser: pip install 'labourscope[browser]'"
    if program() is None:
        return f"the board needs Chromium, and none of {', '.join(_PROGRAMS)} is on the path; on Debian: apt-get install chromium"
    return None
