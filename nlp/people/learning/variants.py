"""Other texts of the same kind: other names, other capitals, lines joined; so that the network learns places of names, not names."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from nlp.contact_data.given_names import given_names_as_written, is_given_name

_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 3
_LONGEST_MIXED: Final = 12
_TITLES: Final = frozenset(
    ("dr", "prof", "mgr", "ing", "mudr", "phdr", "judr", "med", "von", "van", "der", "den", "het", "inż", "hab", "dipl", "mag", "doc")
)
_SWAPPED: Final = {"pl": 0.35, "cs": 0.35}  # how often a person gets another name; less where names are inflected
_SWAPPED_ELSE: Final = 0.6
_KEPT_WORD: Final = 0.3  # how often a word of the name stays even so
_INVENTED: Final = 0.25  # how often a new word is nobody's name
_LOUD_SURNAME, _LOUD_NAME = 0.06, 0.03  # how often the last word of a name is in capitals, or all of it
_SMALL, _CAPITALS, _JOINED = 0.04, 0.03, 0.12  # how often all letters are small, are capitals, line ends are spaces


class Lines(NamedTuple):
    """A labelled text: the people in it, half open."""

    text: str
    language: str | None
    people: tuple[tuple[int, int], ...]


def surnames_in(lines: Iterable[Lines]) -> list[str]:
    """The words of labelled names that are no given names."""
    words = (word for own in lines for start, end in own.people for word in _WORD.findall(own.text[start:end]))
    return sorted({word.title() if word.isupper() else word for word in words if _is_name_word(word) and not is_given_name(word)})


def variant(lines: Lines, surnames: Sequence[str], chance: random.Random) -> Lines:
    """A text like another one."""
    return _joined(_with_other_capitals(_with_other_names(lines, surnames, chance), chance), chance)


def _with_other_names(lines: Lines, surnames: Sequence[str], chance: random.Random) -> Lines:
    text, people, at = "", [], 0
    for start, end in sorted(lines.people):
        name = lines.text[start:end]
        if chance.random() < _SWAPPED.get(lines.language or "", _SWAPPED_ELSE):
            name = _WORD.sub(lambda word: _other_word(word[0], surnames, chance), name)
        name = _louder(name, chance)
        text += lines.text[at:start] + name
        people.append((len(text) - len(name), len(text)))
        at = end
    return Lines(text + lines.text[at:], lines.language, tuple(people))


def _other_word(word: str, surnames: Sequence[str], chance: random.Random) -> str:
    if not _is_name_word(word) or word.lower() in _TITLES or chance.random() < _KEPT_WORD:
        return word
    surnames = surnames or given_names_as_written()
    if chance.random() < _INVENTED:
        new = _mixed(given_names_as_written() if chance.random() < 0.5 else surnames, chance)
    else:
        new = chance.choice(given_names_as_written() if is_given_name(word) else surnames)
    return new.upper() if word.isupper() else new


def _louder(name: str, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < _LOUD_NAME:
        return _mapped(name, str.upper)
    first, blank, last = name.rpartition(" ")
    return first + blank + _mapped(last, str.upper) if blank and drawn < _LOUD_NAME + _LOUD_SURNAME else name


def _mixed(names: Sequence[str], chance: random.Random) -> str:
    first, second = chance.choice(names), chance.choice(names)
    cut, begin = (chance.randint(1, max(1, len(name) - 2)) for name in (first, second))
    return (first[:cut] + second[begin:].lower())[:_LONGEST_MIXED]


def _is_name_word(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper()


def _with_other_capitals(lines: Lines, chance: random.Random) -> Lines:
    drawn = chance.random()
    if drawn < _SMALL:
        return lines._replace(text=_mapped(lines.text, str.lower))
    if drawn < _SMALL + _CAPITALS:
        return lines._replace(text=_mapped(lines.text, str.upper))
    return lines


def _mapped(text: str, change: Callable[[str], str]) -> str:
    """Letter for letter: one that becomes two stays."""
    return "".join(changed if len(changed := change(letter)) == 1 else letter for letter in text)


def _joined(lines: Lines, chance: random.Random) -> Lines:
    return lines._replace(text=lines.text.replace("\n", " ")) if chance.random() < _JOINED else lines
