"""Phrases around skills in advertisements that say nothing about which skill is meant: noise in training, so that they weigh little."""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = """
you have experience with | strong knowledge of | we are looking for | the ideal candidate will have | proven track record of | ability to
responsible for | must have | nice to have | excellent skills in | at least 3 years of experience in | as part of our team you will
a good understanding of | familiarity with | working knowledge of | demonstrated expertise in | join our dynamic company
in this role you will be | candidates should be able to | is a plus | preferred qualifications | required | you will work closely with
to ensure | across the organisation | for our clients | in a fast paced environment | on a daily basis | and more | such as | including
proficient in | highly motivated | successful | opportunity to | within our | who can | a degree in | or equivalent | as well as
passion for | we offer | position | description | requirements | responsibilities | organization | location | profession
"""
_GERMAN: Final = """
sie haben erfahrung mit | gute kenntnisse in | wir suchen | sie bringen mit | ihre aufgaben | ihr profil | idealerweise | von vorteil
sowie | sicherer umgang mit | mehrjährige berufserfahrung in | für unser team | abgeschlossene ausbildung | wir bieten | wünschenswert
"""
_FRENCH: Final = """
vous avez une expérience de | bonne connaissance de | nous recherchons | vos missions | votre profil | vous maîtrisez | serait un plus
capacité à | au sein de notre équipe | vous êtes | idéalement | poste | ainsi que | exigé | souhaité
"""
_SPANISH: Final = """
experiencia en | buen conocimiento de | buscamos | tus funciones | requisitos | se valorará | capacidad de | manejo de | imprescindible
dentro de nuestro equipo | ofrecemos | puesto | así como | al menos 3 años de
"""
_DUTCH: Final = """
je hebt ervaring met | goede kennis van | wij zoeken | jouw taken | jouw profiel | is een pré | vereist | binnen ons team | wij bieden
minimaal 3 jaar ervaring in | in staat om | functie | evenals
"""
_SWEDISH: Final = """
du har erfarenhet av | goda kunskaper i | vi söker | dina arbetsuppgifter | din profil | är meriterande | krav | i vårt team | vi erbjuder
minst 3 års erfarenhet av | förmåga att | tjänst | samt
"""
_POLISH: Final = """
doświadczenie w | dobra znajomość | szukamy | twoje zadania | wymagania | mile widziane | umiejętność | w naszym zespole | oferujemy
minimum 3 lata doświadczenia w | stanowisko | oraz
"""
_CZECH: Final = """
zkušenosti s | dobrá znalost | hledáme | náplň práce | požadavky | výhodou | schopnost | v našem týmu | nabízíme | minimálně 3 roky praxe v
pozice | a také
"""
_BY_LANGUAGE: Final = {
    "en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "nl": _DUTCH, "sv": _SWEDISH, "pl": _POLISH, "cs": _CZECH,
}  # fmt: skip


def fillers(languages: tuple[str, ...]) -> list[str]:
    """The filler phrases of some languages; English ones where none of the languages has any."""
    known = [_BY_LANGUAGE[language] for language in languages if language in _BY_LANGUAGE] or [_ENGLISH]
    return [phrase.strip() for text in known for line in text.strip().splitlines() for phrase in line.split("|")]
