"""What may stand between contact words, people's names and addresses: marks, small words, other people, ends of sentences."""

from __future__ import annotations

import re
from typing import Final

from nlp.contact_data.name_forms import LOWER, UPPER

_IS: Final = (
    "(?i:ist|is|est|sind|är|jest|je|es|unsere?|unseren?|onze|notre|nuestra|nuestro|our|your|ihre?|at|mit|met|med|z|ze|s|se|con|avec"
    "|to|with)"
)
_HONORIFICS: Final = (
    r"(?:(?i:Herrn?|Frau|Mrs?\.?|Ms\.?|Mme\.?|Mlle\.?|Madame|Monsieur|dhr\.?|mevr\.?|mevrouw|mw\.|de heer|Sra?\.?|Srta\.?|D\.|Don|Dña\.?|"
    r"Doña|pan[ií]?|pana|panu|paní|panem|panią|p\.|fru)|M\.?(?= [A-Z]))"
)
_SPACE: Final = r"[ \t\u00a0]*"
DIRECT: Final = re.compile(
    rf"{_SPACE}(?:\([^()\n]{{0,30}}\))?{_SPACE}(?:(?:[:;,.\-–—|*/]|{_IS}(?![\w.])){_SPACE}){{0,4}}\s{{0,4}}"
    rf"(?P<title>{_HONORIFICS}(?!\w)\.?{_SPACE})?"
)
SMALL_WORDS: Final = re.compile(
    rf"{_SPACE}[:,–-]?[ \t]*(?:\([^()\n]{{0,30}}\)[ \t]*)?(?:[{LOWER}'’/&.]+[,:]?[ \t\u00a0\n]+){{1,7}}(?:[:–-]{_SPACE})?"
)
ROLE_GAP_BEFORE: Final = re.compile(r"[ \t\u00a0]?[\n,|(:–—/-]*\s{0,3}(?:(?:\w|[&/-])+\.? ){0,2}\Z")
ROLE_GAP: Final = re.compile(rf"\.?[ \t\u00a0]*(?:\([^()\n]{{0,30}}\))?[ \t]*(?P<mark>[:,|–—-]?)[ \t]*(?:{_IS}(?!\w) )?\s{{0,3}}")
CLOSED: Final = re.compile(r"[\w)\]]?[\s,!.]{0,6}(?:/|i\. ?[AV]\.\s*)?\s{0,4}")
SENTENCE_END: Final = re.compile(rf"\n\s*\n|(?<=[^\W\d_]{{4}})[.!;]\s+(?=[{UPPER}])|(?<=\))\.\s")
SENTENCE_BREAK: Final = re.compile(r"[^\W\d_]{4}[.!?;]\s|\n\s*\n\s*\n")
TO_ADDRESS: Final = re.compile(r"[\s,:;(–—|/.-]*(?:[^\W\d_]{1,9}[.:]{0,2}[\s:–|-]*){0,2}[(:+]?\s*")
RIGHT_TO_ADDRESS: Final = re.compile(
    rf"[\s,:;(–—|/-]*(?:(?:[{LOWER}]{{1,9}}|Tel\w{{0,6}}|Mob\w{{0,3}}|E-?[Mm]ail|Mail)\b[.:]{{0,2}}[\s:–|-]*){{0,2}}[(:+]?\s*"
)
SAME_SENTENCE: Final = re.compile(r"(?:(?!\n\n|[^\W\d_]{4}[.!?;]\s)[\s\S])*")
BESIDE: Final = re.compile(r"[\s,;:()–—/|.-]{0,5}\Z")
NAMED_IN_BRACKETS: Final = re.compile(rf" ?\(([{UPPER}][{LOWER}]+)\)")
AND: Final = r"and|or|und|oder|sowie|et|ou|en|of|y|o|e|och|eller|samt|i|lub|oraz|albo|a|nebo|či|&|/"
NEXT: Final = re.compile(
    rf"(?: ?\([^()\n]{{0,60}}\))?(?:,? [^,.;\n]{{1,40}}?)?(?:,? (?:{AND}) (?:[{LOWER}]+ ){{0,3}}|, ?)"
    rf"(?:{_HONORIFICS} )?"
)
TO_COLON: Final = re.compile(r"[^:;\n.!?]{1,50}:[ \t]*\n?")
OPENS: Final = re.compile(r"(?:\A|[\n?!.:–-]\s{0,3})\Z")
RIGHT_NEXT: Final = re.compile(rf"(?:,? (?:{AND}) |, ?)(?:{_HONORIFICS} )?")
SMALL_NAME: Final = re.compile(r"([^\W\d_]{2,}(?:-[^\W\d_]+)?)((?: [^\W\d_]{2,}(?:-[^\W\d_]+)?){1,2})?")
SMALL_NAME_ENDS: Final = re.compile(r" ?(?:[,:(/|–-]|tel|mob|gsm|phone|fon|e-?mail)")
QUANTITY: Final = re.compile(r"\d[ \t]?\Z")
ROAD: Final = re.compile(r"(?<!\d)\d{1,5} (?:[NESW]\.? )?(?:[A-Z][\w'.]+ ){1,3}\Z|\bul\. ?\Z", re.IGNORECASE)
