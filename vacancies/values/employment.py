"""Employment types: boards' words in schema.org's, and PERMANENT, for which schema.org has none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SPLIT: Final = re.compile(r"[,;/|+()]|\s(?:ou|oder|or|of|and|und|et|och|eller|y|o)\s")
_FOLD: Final = re.compile(r"[\s_\-–.()]+")

_WORDS: Final = {
    "FULL_TIME": (
        "full time|fulltime|full|ft|vollzeit|temps plein|temps complet|voltijd|voltijds|fulltijd|heltid|"
        "tiempo completo|jornada completa|tempo pieno|pełny etat|plný úvazek|kokoaikainen"
    ),
    "PART_TIME": (
        "part time|parttime|part|pt|teilzeit|temps partiel|deeltijd|deeltijds|deltid|tiempo parcial|"
        "media jornada|tempo parziale|niepełny etat|część etatu|zkrácený úvazek|osa aikainen|mini job|minijob"
    ),
    "CONTRACTOR": "contractor|contract|freelance|freelancer|freier mitarbeiter|indépendant|zzp|zzper|autónomo|b2b|konsult",
    "TEMPORARY": (
        "temporary|temp|fixed term|fixedterm|fixed term contract|temporary contract|contrat à durée déterminée|"
        "befristet|zeitarbeit|aushilfe|cdd|intérim|mission intérimaire|mis|saisonnier|tijdelijk|"
        "uitzendwerk|uitzendkracht|seasonal|vikariat|tidsbegränsad|temporal|tempo determinato|umowa na czas określony"
    ),
    "INTERN": (
        "intern|internship|trainee|praktikum|praktikant|ausbildung|apprenticeship|apprentice|stage|stagiaire|alternance|apprentissage|"
        "leerwerkplek|leerling|praktik|prácticas|becario|tirocinio|staż|praktyki"
    ),
    "VOLUNTEER": "volunteer|voluntary|ehrenamt|freiwillig|bénévole|bénévolat|vrijwilliger|voluntario|volontariato|wolontariat",
    "PER_DIEM": "per diem|perdiem|casual|on call|zero hours|oproepkracht|nul uren|behovsanställning",
    "PERMANENT": (
        "permanent|festanstellung|unbefristet|unbefristete anstellung|unbefristeter vertrag|cdi|contrat à durée indéterminée|"
        "durée indéterminée|"
        "vast|vast contract|vast dienstverband|vaste baan|onbepaalde tijd|contract onbepaalde tijd|tillsvidare|tillsvidareanställning|"
        "tills vidare|fast anställning|indefinido|contrato indefinido|fijo|tempo indeterminato|stała|praca stała|umowa stała|"
        "umowa na czas nieokreślony|umowa o pracę na czas nieokreślony|czas nieokreślony|na dobu neurčitou|doba neurčitá|"
        "pracovní poměr na dobu neurčitou|permanent contract|permanent position"
    ),
    "OTHER": "other|others|sonstige|autre|overig|working student|werkstudent",
}
_TYPES: Final = {word: (name,) for name, words in _WORDS.items() for word in words.split("|")} | {
    "full or part time": ("FULL_TIME", "PART_TIME"),
}
# employment as such: neither hours nor how long
_EMPLOYED: Final = frozenset(
    ("regular", "vanlig anställning", "umowa o pracę", "employee", "employé", "angestellter", "employment", "position", "job", "role")
).union(("staff", "salaried", "hourly"))
_LONGEST_PHRASE: Final = 7  # words


def read_employment_types(values: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read employment types, in order and once each; gives (types, words that were not understood).

    One value may name several ("Permanent, full-time"). Words for being employed as such ("regular") give nothing.
    """
    types: list[str] = []
    unread: list[str] = []
    for value in values:
        for part in [value] if _fold(value) in _TYPES else _SPLIT.split(value):
            found = _read_phrase(_fold(part))
            types.extend(found or ())
            if found is None:
                unread.append(part.strip())
    return tuple(dict.fromkeys(types)), tuple(dict.fromkeys(unread))


def _read_phrase(phrase: str) -> list[str] | None:
    """Read a phrase from left to right, the longest known words first ("full time fixed term employee"); None when a word is not known."""
    types: list[str] = []
    words = phrase.split()
    while words:
        starts = (" ".join(words[:size]) for size in range(min(_LONGEST_PHRASE, len(words)), 0, -1))
        start = next((start for start in starts if start in _TYPES or start in _EMPLOYED), None)
        if start is None:
            return None
        types.extend(_TYPES.get(start, ()))
        words = words[len(start.split()) :]
    return types


def _fold(text: str) -> str:
    name = text.rsplit("/", 1)[-1] if text.startswith(("http://", "https://")) else text
    return _FOLD.sub(" ", name.casefold()).strip()
