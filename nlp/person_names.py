"""Names of persons where advertisements put them: behind a title or a contact word, and in mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import Final

import yaml

from nlp.folding import fold

Offsets = tuple[int, int]

_UPPER: Final = "A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻŠČŘŽÝÚŮĎŤŇĚĞİŐŰ"
_HAS_LOWER: Final = r"(?=[\w'’]*[a-zß-öø-ÿąćęłńśźżščřžýůďťňě])"  # names are not written in capitals only, codes and firms are
_NAME_WORD: Final = rf"{_HAS_LOWER}[{_UPPER}][\w'’]+(?:-[{_UPPER}][\w'’]+)?"
_INITIAL: Final = rf"[{_UPPER}]\."
_PARTICLE: Final = r"(?:van|von|der|den|de|del|la|le|da|di|zu|ten|ter|dos|al|el|af)"
_TITLE: Final = r"(?:(?:Dr|Prof|Ing|Mgr|Bc|Dipl|PhDr|RNDr|MUDr|Phil|Med)\.?[ -]{0,2}){0,3}"
_FULL_NAME: Final = re.compile(rf"{_TITLE}(?:{_NAME_WORD}|{_INITIAL})(?: (?:{_PARTICLE} )*(?:{_NAME_WORD}|{_INITIAL})){{1,3}}")
_SURNAME: Final = re.compile(
    rf"\.?[ \t]{{0,2}}({_TITLE}(?:{_INITIAL} ?)*(?:{_PARTICLE} )*{_NAME_WORD}(?: (?:{_PARTICLE} )*{_NAME_WORD}){{0,2}})"
)
_LEAD_TITLES: Final = (
    r"ist|is|est|sind|är|jest|je|es|unsere?|unseren?|onze|notre|our|at|Herrn?|Frau|Mrs?\.?|Ms\.?|Mme|M\.|Madame|Monsieur"
    r"|dhr\.?|mevr\.?|mevrouw|de heer|Sra?\.?|pan[ií]?|paní"
)
_LEAD_GAP: Final = re.compile(rf"[ \t]*(?:\([^()\n]{{0,30}}\))?[ \t]*(?:(?:[:,–-]|(?:{_LEAD_TITLES})(?!\w))[ \t]*){{0,3}}\n?[ \t]*")


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    text = resources.files("nlp.lexicon").joinpath("not_names.yaml").read_text(encoding="utf-8")
    return frozenset(fold(word) for word in yaml.safe_load(text)["words"])


def _is_no_name(word: str) -> bool:
    return fold(word.strip(".,:()")) in _no_names()


def surnames_with_title(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The name behind a title at [start, end) ("Frau Dr. Weber"); the title must be written with a capital or be a full word."""
    title = text[start:end]
    if (len(title) > 1 and title.isupper()) or (len(title) < 3 and not title[0].isupper()):
        return  # "MS Excel", "m" in running text
    match = _SURNAME.match(text, end)
    if match is None:
        return
    if begins := _trimmed(text, match.start(1), match.end(1), minimum=1):
        yield begins


def name_after(text: str, end: int) -> Iterator[Offsets]:
    """A full name right behind a contact word ("Ansprechpartner: Jana Weber")."""
    gap = _LEAD_GAP.match(text, end)
    start = end if gap is None else gap.end()
    match = _FULL_NAME.match(text, start)
    if match is not None and (found := _trimmed(text, match.start(), match.end(), minimum=2)):
        yield found


def names_from_mailboxes(text: str, addresses: Iterable[str]) -> Iterator[Offsets]:
    """Where the text writes out a name that a mail address holds (jana.weber@ ...: "Jana Weber", "Weber")."""
    for address in addresses:
        words = [word for word in re.split(r"[._\-+]", address.split("@")[0].split("[")[0].strip()) if len(word) > 2 and word.isalpha()]
        if not 1 <= len(words) <= 3 or any(map(_is_no_name, words)):
            continue
        if len(words) > 1:
            pattern = r"[ \t]+(?:\w{1,3}\.?[ \t]+)?".join(re.escape(word) for word in words)
            backwards = r",?[ \t]+".join(re.escape(word) for word in reversed(words))
            yield from _capitalised(text, rf"\b(?:{pattern}|{backwards})\b")
        else:
            yield from _capitalised(text, rf"\b{_NAME_WORD} {re.escape(words[0])}\b|\b{re.escape(words[0])} {_NAME_WORD}\b", near=words[0])


def _capitalised(text: str, pattern: str, near: str | None = None) -> Iterator[Offsets]:
    flags = re.IGNORECASE if near is None else re.NOFLAG
    if near is not None:
        pattern = pattern.replace(re.escape(near), re.escape(near.capitalize()))
    for match in re.finditer(pattern, text, flags):
        words = match[0].split()
        if all(word[:1].isupper() for word in words) and not any(map(_is_no_name, words)):
            yield match.span()


def _trimmed(text: str, start: int, end: int, *, minimum: int) -> Offsets | None:
    """The name up to the first word that is none; None when fewer than `minimum` words are left."""
    kept = 0
    last = start
    for word in re.finditer(r"\S+", text[start:end]):
        if _is_no_name(word[0]):
            break
        last = start + word.end()
        kept += 1
    return (start, last) if kept >= minimum else None
