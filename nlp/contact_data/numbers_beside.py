"""Finds telephone numbers that no word announces, behind the people whom they belong to, and extensions there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from nlp.contact_data.name_forms import Offsets
from nlp.contact_data.phones import is_date_or_hours, is_money_or_code

_LONGEST: Final = 80  # characters of a number and what stands around it, at the most
_WITHIN: Final = 110  # characters behind a name, two line ends among them
_NUMBER: Final = re.compile(  # 8 to 13 digits: "03943/654-211", "61.555.88.20", "416 55 50 55"
    r"(?<![\w.,/–-])(?<!\d )(?:[+(])?\d(?:[ \u00a0./()–-]{0,3}\d){7,12}(?!\w|[.,:/–-]?\d| \d)"
)
_EXTENSION: Final = re.compile(
    r"(?:[,(:;–-] ?|\n)(?:\w+ )?(?:DW:?|[Dd]urchwahl|[Ee]xt(?:ensi[oó]n|\.)?|[Ii]nt(?:ern[oa]?|\.)|[Aa]nexo|kl\.|wewn?\.|nr wewn?\."
    r"|[Ll]inka|[Tt]oestel|App\.|[Pp]oste|ankn\.?|[Tt]el\. intern) ?(?P<digits>-?\d{2,5}|\d\d \d{2,3})"
    r"(?=[\s,;)]|\.(?!\d)|\Z)(?! ?(?:[%€$£]|h\b|km\b))"
)
_SHORT: Final = re.compile(r"[ \u00a0]?(?:[(:,]|, x|\(x) ?(?P<digits>(?:-|(?<=x))\d{2,5})(?=[\s,;)]|\.(?!\d)|\Z)(?! ?[°%€$£])")
_STOP: Final = re.compile(r"\n[^\n]*\n[^\n]*\n|\n\s*\n|[^\W\d_]{4}[.!?]\s+(?=[^\W\d_a-z])")  # the third line end, a blank line, a sentence


def numbers_beside(text: str, folded: str, people: Iterable[Offsets]) -> Iterator[Offsets]:
    """Where numbers stand behind people: in the name's sentence or line, or in the two lines behind it; the nearest one of each."""
    for _, end in people:
        short = _SHORT.match(text, end)
        if short is not None:
            yield short.span("digits")
            continue
        stop = _STOP.search(text, end, end + _WITHIN)
        last = min(len(text), end + _WITHIN if stop is None else stop.end())
        beyond = last + _LONGEST  # what begins within is read to its end
        number = _NUMBER.search(text, end, beyond)
        if number is not None and number.start() < last and _is_dialled(text, folded, number, end):
            yield number.span()
        extension = _EXTENSION.search(text, end, beyond)
        if extension is not None and extension.start() < last:
            yield extension.span("digits")


def _is_dialled(text: str, folded: str, number: re.Match[str], behind: int) -> bool:
    return not (is_date_or_hours(number[0]) or is_money_or_code(text, folded, number, behind=behind))
