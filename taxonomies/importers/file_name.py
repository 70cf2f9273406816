"""What file names tell: scheme, version and language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from taxonomies.error import ImportFailed, VersionMissing

SCHEMES: Final = ("esco", "isco", "nuts", "nace", "isced")

_DOTTED: Final = re.compile(r"(?:^|[^0-9.])v?[ _-]?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?![0-9]|\.\d)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_REVISION: Final = re.compile(r"rev(?:ision)?[ ._-]*(\d(?:\.\d)?)", re.IGNORECASE)
_ISCO: Final = re.compile(r"isco[ ._-]*(08|88)", re.IGNORECASE)
_MEMBER_LANGUAGE: Final = re.compile(r"[_-]([a-z]{2})(?:[_-]?v?[\d.]+)?\.csv$", re.IGNORECASE)
_ARCHIVE_LANGUAGE: Final = re.compile(r"(?:^|[\s_.-])([a-z]{2})(?=[\s_.-]|$)")
_NO_LANGUAGES: Final = frozenset({"gz", "eu", "rg", "lb", "br", "of", "to", "v1", "v2"})


def version_told(name: str, scheme: str) -> str | None:
    """The version in a file's name: `esco-v1.1.0-en.zip` -> 1.1.0, `NUTS_RG_60M_2021_4326.geojson` -> 2021, `nace_rev2.1.csv` -> 2.1."""
    patterns = {"esco": (_DOTTED,), "nuts": (_YEAR,), "nace": (_REVISION,), "isced": (_YEAR,), "isco": (_ISCO,)}
    for pattern in patterns.get(scheme, (_DOTTED, _YEAR)):
        if match := pattern.search(name):
            return match[1]
    return None


def decide_version(names: Iterable[str], scheme: str, asked: str | None) -> tuple[str, list[str]]:
    """The version to import into, and warnings. An option wins over the names and a differing name is warned of.

    Raises VersionMissing where neither tells it, ImportFailed where the names differ and no option decides.
    """
    told = {name: version for name in names if (version := version_told(name, scheme)) is not None}
    if asked is not None:
        other = [f"{name} says version {v}, imported into {scheme}:{asked} as asked" for name, v in told.items() if v != asked]
        return asked, other
    versions = set(told.values())
    if len(versions) > 1:
        listed = ", ".join(f"{name} ({version})" for name, version in told.items())
        raise ImportFailed(f"the files are of several versions: {listed}; import each version by itself, or decide with --version")
    if not versions:
        raise VersionMissing(f"{', '.join(names)}: the name tells no version and the files carry none; name it with --version")
    return versions.pop(), []


def language_told(name: str, container: str) -> str | None:
    """The language of a file: `skills_fr.csv` -> fr, else the container's (`labels-fr.tar.gz`, `esco - classification - fr - csv.zip`)."""
    if match := _MEMBER_LANGUAGE.search(name):
        return match[1].lower()
    stem = re.sub(r"\.(zip|tar\.gz|tgz|tar|csv|gz)$", "", container.lower())
    found = [code for code in _ARCHIVE_LANGUAGE.findall(stem) if code not in _NO_LANGUAGES]
    return found[-1] if found else None


def scheme_told(name: str) -> str | None:
    """The scheme in a file's name (`nace_rev2.csv` -> nace), or None."""
    lowered = name.lower()
    return next((scheme for scheme in ("isced", "nace", "nuts", "isco", "esco") if scheme in lowered), None)
