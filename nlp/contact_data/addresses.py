"""Finds mail addresses, also spelt ones ("name (at) firm (dot) org"), and links to people's own pages.

All mail addresses are taken, those of offices too: whether "jobs@" is read by one person cannot be told from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import accumulate
from typing import Final

from nlp.characters import places_of
from nlp.contact_data.given_names import is_given_name
from nlp.folding import fold

Offsets = tuple[int, int]

_BOX: Final = re.compile(r"[\w.+%'-]{1,64}\Z")
_HOST: Final = re.compile(r"(?:[\w-]{1,63}\.)+[A-Za-z]{2,24}|\.{2,}|[\w-]{2,63}(?=\s|$)")
_AT_WORDS: Final = r"at|ät|@|a|arroba|arobase|apenstaartje|apestaart|snabel-?a|małpa|malpa|zavin[áa]č|zavinac"
_DOT_WORDS: Final = r"dot|punkt|point|punto|punt|kropka|tečka|tecka|prick|\."
_BRACKETS: Final = "[({<"  # found many times as fast as by a pattern
_SPELT_AT: Final = re.compile(rf"[\[({{<]\s?(?:{_AT_WORDS})\s?[\])}}>]\s?", re.IGNORECASE)
_SPELT_BOX: Final = re.compile(r"[\w.+%'-]{1,64} ?\Z")
_SPELT_HOST: Final = re.compile(rf"[\w-]{{1,63}}(?:(?:\.|\s?[\[({{<]\s?(?:{_DOT_WORDS})\s?[\])}}>]\s?)[\w-]{{2,24}}){{1,3}}", re.IGNORECASE)
_SAID: Final = {  # a word for the dot, and the words for the sign that go with it ("at any point" is no address)
    dot: re.compile(
        rf"(?P<box>(?:[\w.+%'-]{{1,30}}{dot}){{0,2}}[\w.+%'-]{{1,64}}) (?:{at}) [\w-]{{1,63}}(?:{dot}[\w-]{{1,24}}(?!\w)){{1,3}}",
        re.IGNORECASE,
    )
    for dot, at in (
        (" dot ", "at"),
        (" punkt ", "at|ät|klammeraffe|snabel-?a|małpa"),
        (" punt ", "at|apenstaartje|apenstaart"),
        (" point ", "arobase"),
        (" punto ", "arroba"),
        (" kropka ", "małpa"),
        (" tečka ", "zavináč|zavinac"),
        (" prick ", "at|snabel-?a"),
        (" DOT ", "at"),
    )
}
_PERSONAL: Final = (
    r"linkedin\.com/(?:in|pub)/|xing\.com/(?:profile|xing)/|wa\.me/|t\.me/|calendly\.com/|cal\.com/|facebook\.com/(?:people/|profile\.php)"
    r"|researchgate\.net/profile/|orcid\.org/\d{4}-|bsky\.app/profile/|signal\.me/|about\.me/"
)
_PROFILE: Final = re.compile(
    rf"(?:{_PERSONAL}|(?P<open>(?:facebook|instagram|twitter|x|github|gitlab|medium|behance)\.(?:com|net)/))(?P<handle>[^\s)<>\"',;|\]]{{2,120}})",
    re.IGNORECASE,
)
_PROFILE_HOST: Final = re.compile(r"(?:https?://)?(?:[a-z]{1,3}\.)?(?P<name>[a-z]{1,12})\Z", re.IGNORECASE)
_SHORTEST_SURNAME: Final = 4  # that is a handle by itself
_SHORTEST_CUT: Final = 7  # letters that a handle shares with the beginning of somebody's full name
_MOST_PARTS: Final = 6
_MOST_INITIALS: Final = 3  # with those of particles: "mvdsteen"
_SKYPE: Final = re.compile(r"kype(?: id| name)?:\s?(?P<name>[\w.:-]{3,60})", re.IGNORECASE)


def mail_addresses(text: str) -> Iterator[Offsets]:
    """Where mail addresses stand, written and spelt; pieces may overlap."""
    for at in places_of(text, "@"):
        left = _BOX.search(text, max(0, at - 64), at)
        right = _HOST.match(text, at + 1)
        if left is not None and right is not None:
            yield left.start(), right.end()
    yield from _spelt(text)
    for dot, pattern in _SAID.items():
        yield from _said(text, dot, pattern) if dot in text else ()


def _said(text: str, dot: str, pattern: re.Pattern[str]) -> Iterator[Offsets]:
    """Addresses written as they are said: "jobs at firm dot org"."""
    at = text.find(dot)
    while at >= 0:
        first = text.rfind("\n", max(0, at - 130), at) + 1
        yield from (match.span() for match in pattern.finditer(text, max(first, at - 130), at + 80))
        at = text.find(dot, at + 80)


def _spelt(text: str) -> Iterator[Offsets]:
    for at in sorted(at for bracket in _BRACKETS for at in places_of(text, bracket)):
        if (match := _SPELT_AT.match(text, at)) is None:
            continue
        left = _SPELT_BOX.search(text, max(0, match.start() - 64), match.start())
        right = _SPELT_HOST.match(text, match.end())
        if left is not None and right is not None:
            yield left.start(), right.end()


def profile_links(text: str, people: Iterable[str] = ()) -> Iterator[Offsets]:
    """Where links to one person's page stand; of networks where firms have the same form only those that hold a given name, or are written
    as the name of somebody (`people`, full names) whom the text names ("jweber-dev", "jana.weber").
    """
    known = {handle for name in people for handle in _handles_of(fold(name).split())}
    for ending in (".com/", ".me/", ".net/", ".org/", ".app/"):
        for at in places_of(text, ending):
            yield from _profile_at(text, at, known)
    if "kype" in text:
        yield from (match.span("name") for match in _SKYPE.finditer(text))


def _handles_of(name: Sequence[str]) -> Iterator[str]:
    if len(name) > 1:
        for surname in (part.replace("'", "") for part in name[1:]):
            yield from (name[0] + surname, surname + name[0], name[0][0] + surname, surname + name[0][0])
            if len(surname) >= _SHORTEST_SURNAME:
                yield surname


def _profile_at(text: str, dot: int, people: Set[str]) -> Iterator[Offsets]:
    host = _PROFILE_HOST.search(text, max(0, dot - 22), dot)
    match = None if host is None else _PROFILE.match(text, host.start("name"))
    if host is None or match is None:
        return
    handle = match["handle"].rstrip(".,:!?*_”’")
    is_personal = match["open"] is None or any(map(_holds_given_name, re.split(r"[\W\d_]+", handle)))
    if handle and (is_personal or any(name in people for name in _names_in(handle)) or _begins_with(handle, people)):
        yield host.start(), match.start("handle") + len(handle)


def _holds_given_name(part: str) -> bool:
    """Whether a part of a handle is a given name, or a longer one with an initial behind it ("ellinorw")."""
    return (len(part) > 2 and is_given_name(part)) or (len(part) >= _SHORTEST_CUT and is_given_name(part[:-1]))


def _begins_with(handle: str, people: Iterable[str]) -> bool:
    """Whether a handle begins as the full name of somebody does ("lovisacedq": Lovisa Cederqvist)."""
    begin = re.sub(r"[\W_]", "", fold(handle.split("/", 1)[0]))[:_SHORTEST_CUT]
    return len(begin) == _SHORTEST_CUT and any(name.startswith(begin) for name in people)


def _names_in(handle: str) -> Iterator[str]:
    """What of a handle may be a name: its parts, its beginning without the marks between parts, and both without some initials in front."""
    parts = [part for part in re.split(r"[\W\d_]+", fold(handle.split("/", 1)[0])) if part][:_MOST_PARTS]
    for name in (*parts, *accumulate(parts)):
        yield from (name[initials:] for initials in range(min(_MOST_INITIALS, len(name)) + 1))
