"""Months as they are called outside English, for dates that a board's software wrote in the language of its pages."""

from __future__ import annotations

import re
from typing import Final

# German; French; Spanish; Italian; Dutch; Swedish; Danish, Norwegian; Polish; Czech; Portuguese
_NAMES: Final = {
    "Jan": "januar jänner; janvier janv; enero ene; gennaio gen; januari; januari; januar; stycznia sty; ledna; janeiro",
    "Feb": "februar; février févr; febrero; febbraio; februari; februari; februar; lutego lut; února; fevereiro fev",
    "Mar": "märz mrz; mars; marzo; marzo; maart mrt; mars; marts mars; marca; března; março",
    "Apr": "april; avril avr; abril abr; aprile; april; april; april; kwietnia kwi; dubna; abril abr",
    "May": "mai; mai; mayo; maggio mag; mei; maj; maj mai; maja; května; maio mai",
    "Jun": "juni; juin; junio; giugno giu; juni; juni; juni; czerwca cze; června; junho",
    "Jul": "juli; juillet juil; julio; luglio lug; juli; juli; juli; lipca lip; července; julho",
    "Aug": "august; août; agosto ago; agosto ago; augustus; augusti; august; sierpnia sie; srpna; agosto ago",
    "Sep": "september; septembre; septiembre setiembre; settembre set; september; september; september; września wrz; září; setembro set",
    "Oct": "oktober okt; octobre; octubre; ottobre ott; oktober okt; oktober okt; oktober okt; października paź; října; outubro out",
    "Nov": "november; novembre; noviembre; novembre; november; november; november; listopada lis; listopadu; novembro",
    "Dec": "dezember dez; décembre déc; diciembre dic; dicembre dic; december; december; desember des; grudnia gru; prosince; dezembro dez",
}
_ENGLISH: Final = {name: month for month, names in _NAMES.items() for name in names.replace(";", "").split()}
_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_WEEKDAY: Final = re.compile(r"^[^\W\d_]+\.?,\s*")
_EAST_ASIAN: Final = re.compile(r"^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")


def with_english_months(text: str) -> str:
    """Write a date's month in English ("mar., 1 sept. 2026", "5 de agosto de 2026", "2026年9月1日"); other words stay as they are.

    A word before the first comma is a day of the week, and left out.
    """
    text = _EAST_ASIAN.sub(r"\1-\2-\3", text)
    bare = _WEEKDAY.sub("", text)
    return _WORD.sub(_english, bare)


def _english(match: re.Match[str]) -> str:
    name = match[0].removesuffix(".").casefold()
    return "" if name == "de" else _ENGLISH.get(name, match[0])
