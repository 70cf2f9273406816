"""Employment types: boards' words in schema.org's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SPLIT: Final = re.compile(r"[,;/|+]|\s(?:ou|oder|or|of|and|und|et|och|eller|y|o)\s")
_FOLD: Final = re.compile(r"[\s_\-–.()]+")

# permanence ("unbefristet", "CDI", "permanent") is no employment type of schema.org's and says nothing about hours: it is left out
_WORDS: Final = {
    "FULL_TIME": (
        "full time|fulltime|full time permanent|fulltime permanent|vollzeit|temps plein|temps complet|voltijd|voltijds|fulltijd|heltid|"
        "tiempo completo|jornada completa|tempo pieno|pełny etat|plný úvazek|kokoaikainen"
    ),
    "PART_TIME": (
        "part time|parttime|part time permanent|parttime permanent|teilzeit|temps partiel|deeltijd|deeltijds|deltid|tiempo parcial|"
        "media jornada|tempo parziale|niepełny etat|część etatu|zkrácený úvazek|osa aikainen|mini job|minijob"
    ),
    "CONTRACTOR": "contractor|contract|freelance|freelancer|freier mitarbeiter|indépendant|zzp|zzper|autónomo|b2b|konsult",
    "TEMPORARY": (
        "temporary|temp|fixed term|fixedterm|befristet|zeitarbeit|aushilfe|cdd|intérim|mission intérimaire|mis|saisonnier|tijdelijk|"
        "uitzendwerk|uitzendkracht|seasonal|vikariat|tidsbegränsad|temporal|tempo determinato|umowa na czas określony"
    ),
    "INTERN": (
        "intern|internship|trainee|praktikum|praktikant|ausbildung|apprenticeship|apprentice|stage|stagiaire|alternance|apprentissage|"
        "leerwerkplek|leerling|praktik|prácticas|becario|tirocinio|staż|praktyki"
    ),
    "VOLUNTEER": "volunteer|voluntary|ehrenamt|freiwillig|bénévole|bénévolat|vrijwilliger|voluntario|volontariato|wolontariat",
    "PER_DIEM": "per diem|perdiem|casual|on call|zero hours|oproepkracht|nul uren",
    "OTHER": "other|others|sonstige|autre|overig",
}
_TYPES: Final = {word: name for name, words in _WORDS.items() for word in words.split("|")}
_PERMANENT: Final = frozenset(
    [
        "permanent",
        "regular",
        "festanstellung",
        "unbefristet",
        "cdi",
        "contrat à durée indéterminée",
        "vast",
        "vast contract",
        "tillsvidareanställning",
        "tills vidare",
        "vanlig anställning",
        "indefinido",
        "tempo indeterminato",
        "umowa o pracę",
        "employee",
        "employé",
        "angestellter",
    ]
)


def read_employment_types(values: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read schema.org employment types, in order and once each; gives (types, words that were not understood).

    One value may name several ("Permanent, full-time"). Words for permanence alone give nothing.
    """
    types: list[str] = []
    unread: list[str] = []
    for value in values:
        for part in [value] if _fold(value) in _TYPES else _SPLIT.split(value):
            word = _fold(part)
            if word in _TYPES:
                types.append(_TYPES[word])
            elif word and word not in _PERMANENT:
                unread.append(part.strip())
    return tuple(dict.fromkeys(types)), tuple(dict.fromkeys(unread))


def _fold(text: str) -> str:
    name = text.rsplit("/", 1)[-1] if text.startswith(("http://", "https://")) else text
    return _FOLD.sub(" ", name.casefold()).strip()
