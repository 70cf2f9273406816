"""Small numbers as words in eight languages, as folded, with the forms they take in front of a noun."""

from __future__ import annotations

import re
from typing import Final

from nlp.shared_scan import SharedScan

_BY_NUMBER: Final = {
    1: "one ein eine einem eines un une een uno ett jeden jednego jedno jednu",
    2: "two zwei deux twee dos två tva dwa dwie dwoch dwoje dwu dva dve dvou",
    3: "three drei trois drie tres tre trzy trzech troje tri",
    4: "four vier quatre cuatro fyra cztery czterech ctyri ctyr",
    5: "five fünf fuenf cinq vijf cinco fem piec pieciu pet peti",
    6: "six sechs seis sex szesc sest",
    7: "seven sieben sept siete sju",
    8: "eight acht huit ocho åtta",
    10: "ten zehn dix tien diez tio dziesiec deset",
}
NUMBER_WORDS: Final[dict[str, int]] = {word: number for number, words in _BY_NUMBER.items() for word in words.split()}
_WORD: Final = re.compile(rf"(?<!\w)(?:{'|'.join(NUMBER_WORDS)})")


def number_starts(scan: SharedScan) -> list[int]:
    """Where numbers may begin in a folded text, in digits or as words, ascending."""
    return sorted({*scan.digits, *scan.starts(_WORD)})
