"""Finds names again that are known: from elsewhere in a text, or from the mail addresses that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nlp.contact_data.given_names import is_given_name
from nlp.contact_data.name_forms import Offsets, full_names, is_firm_or_place, is_no_name, pieces
from nlp.folding import fold


def names_from_mailboxes(text: str, addresses: Iterable[str]) -> Iterator[Offsets]:
    """Where the text writes out a name that a mail address holds (jana.weber@ ...: "Jana Weber", "Jana", with one word more "Weber")."""
    for address in addresses:
        box, _, host = address.partition("@")
        words = [word for word in re.split(r"[._\-+]", re.split(r"[\[({<]", box)[0].strip()) if len(word) > 2 and word.isalpha()]
        if not 1 <= len(words) <= 3 or any(map(is_no_name, words)):
            continue
        if len(words) > 1:
            pattern = r"[ \t]+(?:\w{1,3}\.?[ \t]+)?".join(re.escape(word) for word in words)
            backwards = r",?[ \t]+".join(re.escape(word) for word in reversed(words))
            yield from _capitalised(text, rf"\b(?:{pattern}|{backwards})(?![\w-])")
        else:
            yield from _beside(text, words[0], in_capitals=words[0].lower() not in host.lower())
        if is_given_name(words[0]):
            yield from _alone(text, words[0])


def names_again(text: str, names: Iterable[str]) -> Iterator[Offsets]:
    """Further places of full names that were found, in whatever capitals (first and last name together)."""
    for name in {fold(name): name for name in names if " " in name.strip()}.values():
        yield from _capitalised(text, rf"\b{re.escape(name)}(?!\w)")


def _capitalised(text: str, pattern: str) -> Iterator[Offsets]:
    for match in re.finditer(pattern, text, re.IGNORECASE):
        found = [piece for piece in pieces(text, *match.span()) if piece.counts]
        if found and all(piece.word[:1].isupper() and not is_no_name(piece.word) for piece in found):
            yield match.span()


def _alone(text: str, given: str) -> Iterator[Offsets]:
    """A first name by itself, where no other word with a capital stands beside it."""
    for match in re.finditer(rf"(?<![\w-]){re.escape(given.capitalize())}(?![\w-]| [A-ZÀ-Þ])", text):
        if not is_firm_or_place(text, *match.span()):
            yield match.span()


def _beside(text: str, surname: str, *, in_capitals: bool) -> Iterator[Offsets]:
    """A surname with one more word of a name before or behind it; in capitals only behind a first name, firms stand so otherwise."""
    for match in re.finditer(rf"(?<![\w-])(?:{re.escape(surname.capitalize())}|{re.escape(surname.upper())})(?!\w)", text):
        for name in full_names(text, max(0, match.start() - 30), match.end() + 30):
            found = pieces(text, *name)
            at = next((at for at, piece in enumerate(found) if piece.start <= match.start() < piece.end), None)
            if at is None or (match[0].isupper() and not (in_capitals and at)):
                continue
            for pair in (found[max(0, at - 1) : at + 1], found[at : at + 2]):
                if (
                    len(pair) == 2
                    and all(piece.counts or piece.is_initial for piece in pair)
                    and not any(is_no_name(piece.word) for piece in pair)
                    and not is_firm_or_place(text, pair[0].start, pair[1].end)
                ):
                    yield pair[0].start, pair[1].end
                    break
