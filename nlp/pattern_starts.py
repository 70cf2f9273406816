"""What a pattern can begin with, read from its syntax tree; characters are told apart only as far as a byte tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, NamedTuple

# The syntax trees of `re`: there is no public way to them, and the names have stayed since Python 3.11.
sre: Final[Any] = import_module("re._constants")
parser: Final[Any] = import_module("re._parser")

_LONGEST: Final = 6  # characters of a start; longer ones would hardly be rarer
_SHORTEST: Final = 2  # bytes: a single letter that may stand inside a word is everywhere
_MOST: Final = 1_500  # starts of one pattern
_MOST_LETTERS: Final = 12  # of a class that is written out
_TO_BYTE: Final = bytes(
    ord("0") if chr(code).isdecimal() else code if chr(code).isalpha() else ord(" ") for code in range(256)
)  # digits are all alike, and everything that is no letter is a space


def as_bytes(text: str) -> bytes:
    """A text with a byte for each character: letters of Latin-1 stay, digits are one, all others too."""
    return text.encode("latin-1", "replace").translate(_TO_BYTE)


class Start(NamedTuple):
    """Letters (see `as_bytes`) that a match begins with; a led one begins with the character before the match, which is no letter."""

    letters: bytes
    is_led: bool


class _Start(NamedTuple):
    """The beginning of a match so far; `is_open` while more may follow, `is_led` when no word character stands before it."""

    letters: bytes
    is_open: bool = True
    is_led: bool = False


@lru_cache(maxsize=1024)
def pattern_starts(pattern: re.Pattern[str]) -> tuple[Start, ...]:
    """Starts of which each match begins with one. Empty where they cannot be told, or would say little."""
    if pattern.flags & (re.IGNORECASE | re.MULTILINE):
        return ()
    starts = _of_sequence(parser.parse(pattern.pattern, pattern.flags), [_Start(b"")])
    if not starts or len(starts) > _MOST:
        return ()
    found = {Start(b" " + start.letters if start.is_led else start.letters, start.is_led) for start in starts}
    is_telling = all(len(start.letters) >= _SHORTEST and start.letters.strip() for start in found)
    return tuple(_shortest(sorted(found, key=lambda start: (start.is_led, start.letters)))) if is_telling else ()


def _shortest(starts: Iterable[Start]) -> Iterator[Start]:
    """The starts (sorted) without those that go on from another one."""
    last: Start | None = None
    for start in starts:
        if last is None or start.is_led is not last.is_led or not start.letters.startswith(last.letters):
            yield start
            last = start


def _of_sequence(items: Iterable[Any], starts: list[_Start]) -> list[_Start]:
    for operator, argument in items:
        if len(starts) > _MOST or not any(start.is_open for start in starts):
            break
        starts = _one_more(operator, argument, starts)
    return starts


def _one_more(operator: Any, argument: Any, starts: list[_Start]) -> list[_Start]:
    """The starts with one more part of the pattern."""
    if operator in (sre.LITERAL, sre.IN):
        return _joined(starts, _class([(operator, argument)] if operator is sre.LITERAL else argument))
    if operator is sre.SUBPATTERN and not argument[1]:  # a group without flags of its own
        return _of_sequence(argument[-1], starts)
    if operator is sre.BRANCH:
        return _distinct(start for branch in argument[1] for start in _of_sequence(branch, starts))
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _repeated(argument, starts)
    if operator in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return [_led(start) for start in starts] if _is_word_edge(operator, argument) else starts
    return _closed(starts)


def _closed(starts: list[_Start]) -> list[_Start]:
    return [start._replace(is_open=False) for start in starts]


def _repeated(argument: Any, starts: list[_Start]) -> list[_Start]:
    least, most, items = argument
    once = _of_sequence(items, starts)
    for _ in range(least - 1):
        once = _of_sequence(items, once)
    if most > max(least, 1):
        once = _closed(once)
    return once if least else _distinct([*starts, *once])


def _joined(starts: list[_Start], letters: set[bytes] | None) -> list[_Start]:
    if letters is None:
        return _closed(starts)
    closed = [start for start in starts if not start.is_open]
    return _distinct([*closed, *(_longer(start, letter) for start in starts if start.is_open for letter in letters)])


def _longer(start: _Start, letter: bytes) -> _Start:
    letters = start.letters + letter
    return _Start(letters, len(letters) < _LONGEST, start.is_led and not (not start.letters and letter == b" "))


def _led(start: _Start) -> _Start:
    return start if start.letters or not start.is_open else start._replace(is_led=True)


def _distinct(starts: Iterable[_Start]) -> list[_Start]:
    return list(dict.fromkeys(starts))


def _class(parts: Iterable[Any]) -> set[bytes] | None:
    """The bytes of a class of characters; None where there are too many."""
    found: set[bytes] = set()
    for operator, argument in parts:
        if operator is sre.LITERAL:
            found.add(as_bytes(chr(argument)))
        elif operator is sre.RANGE:
            found |= {as_bytes(chr(code)) for code in range(argument[0], min(argument[1], argument[0] + 256) + 1)}
        elif operator is sre.CATEGORY and argument is sre.CATEGORY_DIGIT:
            found.add(b"0")
        elif operator is sre.CATEGORY and argument in (sre.CATEGORY_SPACE, sre.CATEGORY_NOT_WORD):
            found.add(b" ")
        else:
            return None
    return found if len(found) <= _MOST_LETTERS else None


def _is_word_edge(operator: Any, argument: Any) -> bool:
    """Whether no word character may stand before: `(?<!\\w)`."""
    if operator is not sre.ASSERT_NOT or argument[0] != -1:
        return False
    items = list(argument[1])
    if len(items) != 1 or items[0][0] is not sre.IN:
        return False
    return (sre.CATEGORY, sre.CATEGORY_WORD) in items[0][1]
