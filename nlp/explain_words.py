"""Says in plain words why a value was read: what a rule, a zone or a cue means to somebody who does not know the pipeline."""

from __future__ import annotations

from typing import Final

from vacancies.enriched import SkillStatus, Zone

STATUS_MEANING: Final = {
    SkillStatus.REQUIRED: "the person must bring it",
    SkillStatus.PREFERRED: "welcome, not a must",
    SkillStatus.DUTY: "part of the work itself",
    SkillStatus.MENTIONED: "named, but not asked for",
    SkillStatus.NEGATED: "said not to be needed",
}
ZONE_MEANING: Final = {
    Zone.EMPLOYER: "about the employer",
    Zone.DUTIES: "what is to be done",
    Zone.REQUIREMENTS: "what the person brings",
    Zone.OFFER: "what the employer offers",
    Zone.APPLICATION: "how to apply",
    Zone.OTHER: "anything else",
}
_ZONE_NAMES: Final = {
    Zone.EMPLOYER: "words on the employer",
    Zone.DUTIES: "duties",
    Zone.REQUIREMENTS: "requirements",
    Zone.OFFER: "offer",
    Zone.APPLICATION: "how to apply",
    Zone.OTHER: "other text",
}
_FIELDS: Final = {"title": "title", "skills": "the board's list of skills", "description_text": "text"}
_RULES: Final = {
    "label": "by name",
    "label-words": "by name, in another order or with other endings",
    "label-compound": "by name, inside a compound word",
    "label-misspelt": "by name, misspelt in the text",
    "label-short": "by a short form that the text explains",
    "label-shared": "by name, one part of a list that shares a word",
    "linker": "by meaning",
    "context": "by name, told from others of that name by context",
    "board_field": "stated by the board",
    "ranker": "learnt from title and text",
    "words": "words of the text",
    "coordinates": "coordinates",
    "country": "country",
    "region_name": "name of a region",
    "place": "name of a place",
    "postal_code": "postal code",
}


def skill_reason(*, zone: str, cue: str | None, rule: str, field: str) -> str:
    """Why a skill has its status and its concept: where it stands, which words decided, how its concept was found."""
    where = _ZONE_NAMES[Zone(zone)] if field == "description_text" else _FIELDS.get(field, field)
    asked = f"{where}, “{cue}”" if cue else where
    return asked if rule in ("board_field", "tagger") else f"{asked}; {rule_in_words(rule)}"


def rule_in_words(rule: str) -> str:
    """A rule's name in words; the name itself where nothing better is known."""
    name, _, rest = rule.partition(":")
    words = _RULES.get(name, name.replace("_", " "))
    return f"{words} ({rest.replace('_', ' ')})" if rest else words


def field_in_words(field: str) -> str:
    """Where a value was read: the text, the title or a field that the board fills."""
    return _FIELDS.get(field) or f"the board's field {field}"
