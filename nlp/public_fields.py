"""What of a posting's own fields may be shown: contact data masked in title, employer, place words and the board's skills.

Every mask keeps the number of characters, so offsets in a field hold in its public form too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from nlp.advertisement import Advertisement
from nlp.components.contacts import find_contacts, mask
from vacancies.enriched import ContactSpan, SkillMention

_PERSON: Final = "person"


def title_contacts(title: str, language: str | None, *, employer: str | None, names: Iterable[str]) -> tuple[ContactSpan, ...]:
    """Contact data in a title; `names` are those known from the text. A person whose name is the employer's is no contact there."""
    found = _contacts_in(title, language, _written_in(title, names))
    return tuple(span for span in found if span.kind != _PERSON or title[span.start : span.end] not in (employer or ""))


def skill_contacts(skills: Sequence[str], language: str | None, *, names: Iterable[str]) -> tuple[ContactSpan, ...]:
    """Contact data in the skills that a board lists, with offsets in the list joined by newlines."""
    found: list[ContactSpan] = []
    at = 0
    for words in skills:
        spans = _contacts_in(words, language, _written_in(words, names))
        found += (span.model_copy(update={"start": span.start + at, "end": span.end + at}) for span in spans)
        at += len(words) + 1
    return tuple(found)


def _written_in(words: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name.casefold() in words.casefold())


@lru_cache(maxsize=8192)  # boards list the same skills over and over
def _contacts_in(words: str, language: str | None, names: tuple[str, ...]) -> tuple[ContactSpan, ...]:
    return find_contacts(Advertisement(words, (), language), in_title=True, names=names)


@lru_cache(maxsize=4096)
def public_employer(employer: str, language: str | None) -> str:
    """The employer's name without addresses and numbers; a person's name stays, self-employed people are employers by name."""
    found = find_contacts(Advertisement(employer, (), language), persons=False)
    return mask(employer, found)


@lru_cache(maxsize=4096)
def public_place(place: str, language: str | None) -> str:
    """The words of a place without contact data."""
    return mask(place, find_contacts(Advertisement(place, (), language), in_title=True))


def names_in(text: str, contacts: Iterable[ContactSpan]) -> list[str]:
    """Full names among the contact data of a text, longest first."""
    names = {text[span.start : span.end] for span in contacts if span.kind == _PERSON}
    return sorted((name for name in names if " " in name.strip()), key=len, reverse=True)


def without_contacts(mention: SkillMention, public: str, contacts: Sequence[ContactSpan]) -> SkillMention | None:
    """A mention in a field with its words as they may be shown; None for a skill that was read out of contact data."""
    if any(span.start < mention.end and mention.start < span.end for span in contacts):
        return None if mention.uri is not None else mention.model_copy(update={"text": public[mention.start : mention.end]})
    return mention
