"""The employer's industry as a code of NACE, where the board gives one."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nlp.conditions.source import ConditionSource
from taxonomies.code_list import nace_section
from taxonomies.csv_table import CsvTable
from taxonomies.starter_lists import FOLDER
from vacancies.enriched import Evidence, TextValue

# National editions of NACE add a fifth digit or a letter to its four digits: "6201Z" (NAF), "62010" (SNI), "62.01.Z" (PKD).
_NAMED: Final = re.compile(
    r"(?:NACE|NAF|APE|SBI|SNI|PKD|WZ|CNAE|ÖNACE|NOGA|ATECO)(?:[ -]?(?:Rev\.? ?2(?:\.[01])?|\d{4}|BEL|code|Code"
    r"|R2))?[\s:=#/-]{0,3}(?:[A-U][. ]?)?(\d{2})(?:\.?(\d)(\d)?)?(?:\.?\d{0,2}\.?[A-Z]?)\b"
)
_BARE: Final = re.compile(r"(?:[A-U][. -]?)?(\d{2})(?:\.?(\d)(\d)?(?:\.?\d{0,2}\.?[A-Z]?)?)?(?=\s*$|\s*[-–:;,|(]\s*[^\W\d])")
_SECTION: Final = re.compile(r"NACE(?:[ -]?Rev\.? ?2(?:\.[01])?)?[\s:]{1,2}([A-U])\b")


def read_industry(source: ConditionSource) -> TextValue | None:
    """The division, group or class ("62", "62.0", "62.01") or section ("J") of NACE Rev. 2 that the board's `industry` states.

    It is read from a code of NACE or of a national edition, or from the official name of a section or division; other words give None:
    an industry is not guessed.
    """
    stated = None if source.posting is None else source.posting.industry
    if not stated or not (stated := stated.strip()):
        return None
    return _coded(stated) or _named(stated)


def _coded(stated: str) -> TextValue | None:
    match = _NAMED.search(stated) or _BARE.match(stated)
    if match is None:
        section = _SECTION.search(stated)
        return None if section is None else _value(section[1], section.start(), section.end(), 1.0, "code")
    division, *rest = [digits for digits in match.groups() if digits]
    if nace_section(division) is None:
        return None
    code = f"{division}.{''.join(rest)}" if rest else division
    return _value(code, match.start(), match.end(), 1.0 if match.re is _NAMED else 0.9, "code")


def _named(stated: str) -> TextValue | None:
    code = _codes_by_name().get(stated.casefold())
    return None if code is None else _value(code, 0, len(stated), 0.9, "name")


def _value(code: str, start: int, end: int, score: float, rule: str) -> TextValue:
    return TextValue(value=code, score=score, evidence=Evidence(field="industry", start=start, end=end, rule=f"board_field:{rule}"))


@cache
def _codes_by_name() -> dict[str, str]:
    """Codes of sections and divisions by their official names in the languages of the bundled list."""
    table = CsvTable.parse("nace.csv", (FOLDER / "nace.csv").read_bytes())
    codes: dict[str, str] = {}
    for code, *names in table.rows("code", "label_en", "label_de", "label_fr"):
        for name in names:
            codes.setdefault(name.casefold(), code)
    return codes
