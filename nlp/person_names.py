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
_MIXED: Final = rf"(?=[\w'’]*[a-zß-öø-ÿąćęłńśźżščřžýůďťňě])[{_UPPER}][\w'’]+(?:-[{_UPPER}][\w'’]+)?"
_CAPITALS: Final = rf"[{_UPPER}][{_UPPER}'’]+(?:-[{_UPPER}'’]{{2,}})?(?![\w'’])"  # French and Polish advertisements write surnames so
_LONG_CAPITALS: Final = rf"(?=[{_UPPER}'’]{{3}}){_CAPITALS}"  # two letters are a code more often than a second name
_NAME_WORD: Final = rf"(?:{_MIXED}|{_LONG_CAPITALS})"
_INITIAL: Final = rf"[{_UPPER}]\."
_PARTICLES: Final = "van|von|vom|der|den|de|des|del|la|le|du|da|di|zu|ten|ter|dos|al|el|af"
_PARTICLE_WORDS: Final = frozenset(_PARTICLES.split("|"))
_PARTICLE: Final = rf"(?i:{_PARTICLES})"
_TITLE: Final = r"(?:(?i:Dr|Prof|Ing|Mgr|Bc|Dipl|PhDr|RNDr|MUDr|Phil|Med)\.?[ -]{0,2}){0,3}"
_FULL_NAME: Final = re.compile(rf"{_TITLE}(?:{_NAME_WORD}|{_INITIAL})(?: (?:{_PARTICLE} )*(?:{_NAME_WORD}|{_INITIAL})){{1,3}}")
_SURNAME: Final = re.compile(
    rf"\.?[ \t]{{0,2}}({_TITLE}(?:{_INITIAL} ?)*(?:{_PARTICLE} )*(?:{_MIXED}|{_CAPITALS})(?: (?:{_PARTICLE} )*{_NAME_WORD}){{0,2}})"
)
_LEAD_WORDS: Final = r"ist|is|est|sind|är|jest|je|es|unsere?|unseren?|onze|notre|our|at"
_LEAD_TITLES: Final = (
    r"Herrn?|Frau|Mrs?\.?|Ms\.?|Mme\.?|Mlle\.?|M\.|Madame|Monsieur|dhr\.?|mevr\.?|mevrouw|mw\.|de heer|Sra?\.?|pan[ií]?|paní|panem|panią"
)
_LEAD: Final = rf"(?:(?i:{_LEAD_WORDS})|(?P<title>(?i:{_LEAD_TITLES})|M(?= [{_UPPER}])))(?!\w)"
_LEAD_GAP: Final = re.compile(rf"[ \t]*(?:\([^()\n]{{0,30}}\))?[ \t]*(?:(?:[:,–-]|{_LEAD})[ \t]*){{0,3}}\n?[ \t]*")
_QUANTITY: Final = re.compile(r"\d[ \t]?$")


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    text = resources.files("nlp.lexicon").joinpath("not_names.yaml").read_text(encoding="utf-8")
    return frozenset(fold(word) for word in yaml.safe_load(text)["words"])


def _is_no_name(word: str) -> bool:
    return fold(word.strip(".,:()")) in _no_names()


def surnames_with_title(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The name behind a title at [start, end) ("Frau Dr. Weber", "MR SMITH"); a title of one or two small letters needs its full stop."""
    title = text[start:end]
    has_stop = text.startswith(".", end)
    if _QUANTITY.search(text, max(0, start - 2), start) or (len(title) < 3 and not title[0].isupper() and not has_stop):
        return  # "12 MW", "m" in running text
    match = _SURNAME.match(text, end)
    if match is None or (len(title) == 1 and not has_stop and match[1].isupper()):
        return  # "(H/F) M CDI"
    if found := _trimmed(text, match.start(1), match.end(1), minimum=1):
        yield found


def name_after(text: str, end: int) -> Iterator[Offsets]:
    """A full name right behind a contact word ("Ansprechpartner: Jana Weber"), or a surname behind a title ("Contact : Mme LEFEBVRE")."""
    gap = _LEAD_GAP.match(text, end)
    start = end if gap is None else gap.end()
    has_title = gap is not None and gap["title"] is not None
    match = _FULL_NAME.match(text, start)
    span = None if match is None else match.span()
    if span is None and has_title and (surname := _SURNAME.match(text, start)) is not None:
        span = surname.span(1)
    if span is not None and (found := _trimmed(text, *span, minimum=1 if has_title else 2)):
        yield found


def names_from_mailboxes(text: str, addresses: Iterable[str]) -> Iterator[Offsets]:
    """Where the text writes out a name that a mail address holds (jana.weber@ ...: "Jana Weber", "Weber")."""
    for address in addresses:
        box, _, host = address.partition("@")
        words = [word for word in re.split(r"[._\-+]", box.split("[")[0].strip()) if len(word) > 2 and word.isalpha()]
        if not 1 <= len(words) <= 3 or any(map(_is_no_name, words)):
            continue
        if len(words) > 1:
            pattern = r"[ \t]+(?:\w{1,3}\.?[ \t]+)?".join(re.escape(word) for word in words)
            backwards = r",?[ \t]+".join(re.escape(word) for word in reversed(words))
            yield from _capitalised(text, rf"\b(?:{pattern}|{backwards})\b")
        else:
            yield from _beside(text, words[0], in_capitals=words[0].lower() not in host.lower())


def names_again(text: str, names: Iterable[str]) -> Iterator[Offsets]:
    """Further places of full names that were found, in whatever capitals (first and last name together)."""
    for name in {fold(name): name for name in names if " " in name.strip()}.values():
        yield from _capitalised(text, rf"\b{re.escape(name)}(?!\w)")


def _capitalised(text: str, pattern: str) -> Iterator[Offsets]:
    for match in re.finditer(pattern, text, re.IGNORECASE):
        words = [word for word in match[0].split() if word.lower() not in _PARTICLE_WORDS]
        if all(word[:1].isupper() for word in words) and not any(map(_is_no_name, words)):
            yield match.span()


def _beside(text: str, surname: str, *, in_capitals: bool) -> Iterator[Offsets]:
    """A surname with one more word of a name before or behind it; in capitals only behind a first name, firms stand so otherwise."""
    name = re.escape(surname.capitalize())
    pattern = rf"\b{_NAME_WORD} {name}\b|\b{name} {_NAME_WORD}(?!\w)"
    if in_capitals:
        pattern += rf"|\b{_MIXED} {re.escape(surname.upper())}\b"
    for match in re.finditer(pattern, text):
        if not any(map(_is_no_name, match[0].split())):
            yield match.span()


def _trimmed(text: str, start: int, end: int, *, minimum: int) -> Offsets | None:
    """The name up to the first word that is none; None when fewer than `minimum` words besides particles ("von", "de") are left."""
    kept = 0
    last = start
    for word in re.finditer(r"\S+", text[start:end]):
        if word[0].lower() in _PARTICLE_WORDS:
            continue
        if _is_no_name(word[0]):
            break
        last = start + word.end()
        kept += 1
    return (start, last) if kept >= minimum else None
