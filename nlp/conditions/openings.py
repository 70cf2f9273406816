"""How many people are sought: "3 vacancies", "Liczba wolnych miejsc pracy: 30", "vi söker tre personer"."""

from __future__ import annotations

import re
from typing import Final

from nlp.conditions.number_words import NUMBER_WORDS, number_starts
from nlp.conditions.source import ConditionSource
from nlp.conditions.stated import text_evidence
from nlp.shared_scan import matches_at, within
from nlp.stems import Stems
from vacancies.enriched import CountValue

_MOST: Final = 999
_WORDS: Final = {word: number for word, number in NUMBER_WORDS.items() if number > 1}
_COUNT: Final = (
    r"(?<![\w.,/-])(?<!other )(?<!those )(?<!these )(?:[1-9] ?(?:bis|to|a|tot|do|az|till|or|oder|ou|of) ?)?"  # of "1 to 2" the higher
    rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})(?![\w%]|[.,/:]\d| ?(?:%|€|kc|zl|kr\b|h\b|uhr))"
)
_PLACES: Final = (
    r"(?:vacanc(?:y|ies)|openings?|positions?|posts|roles|headcount|(?:offene[rn]? |freie[rn]? |unbefristete )?(?:stellen|arbeitsplätze"
    r"|ausbildungsplätze|praktikumsplätze)"
    r"|postes?(?= a pourvoir| \(?[hf]/[hf]| disponible| ouvert| en c| d'| de |[.,\n])|emplois a pourvoir|vacatures?|arbeidsplaatsen"
    r"|stageplaatsen|stageplekken|vacantes?|plazas?|puestos(?! similar| de direc)|tjänster|platser|lediga platser"
    r"|wakat\w*|(?:wolne |wolnych )?(?:miejsca pracy|miejsc pracy|etaty|etatow|stanowiska|vakaty)|(?:volna |volne "
    r"|volnych )?(?:pracovni )?(?:mista|mist|pozice|pozic)(?! (?:od|pro (?:pasazer|cestujic|parkovan))))"
)
_STATED: Final = re.compile(
    r"(?:number of (?:open |available |job )?(?:positions|vacancies|openings|posts|roles|hires)|(?:positions|openings"
    r"|vacancies)(?: available)?(?=:)|no\. of (?:positions|vacancies|posts)|anzahl(?: der)?(?: offenen| offener| freien"
    r"| freier)? (?:stellen|plätze|positionen|arbeitsplätze)"
    r"|nombre de postes?(?: a pourvoir)?|aantal (?:vacatures|plaatsen|posities|arbeidsplaatsen|stageplaatsen|stagiaires)|(?:numero"
    r"|n\W?) de (?:vacantes|plazas|puestos)|(?:vacantes|plazas)(?=:)|antal (?:lediga )?(?:platser|tjänster|jobb|befattningar)"
    r"|liczba (?:wolnych |poszukiwanych )?(?:miejsc|wakatow|stanowisk|etatow|osob|pracownikow)(?: pracy)?|wolnych miejsc(?: pracy)?(?=:)"
    r"|pocet (?:volnych |pracovnich |nabizenych )*(?:mist|pozic|pracovniku))\W{1,4}(?P<count>\d{1,3})(?![\w%]|[.,/]\d)"
)
_AHEAD: Final = re.compile(
    rf"{_COUNT}\s?x?\s(?:open |available |vacant |new |permanent |full time |part time |nouveaux |nouvelles |lediga |nya |nowe "
    rf"|nowych )?{_PLACES}(?!\w)"
)
_SOUGHT: Final = re.compile(
    r"(?:looking for|looking to recruit|looking to hire|hiring|seeking|recruiting|to recruit|require|suchen(?: wir)?(?: ab sofort"
    r"| per sofort| aktuell| derzeit| zur verstärkung unseres teams| noch)?|sucht|recrute|recrutons|recherche|recherchons|pour (?:son"
    r"|notre|un de ses|l'un de ses) clients?[^.\n]{0,120}[,:]|zoeken(?: wij| we)?(?: nog)?|zoekt"
    r"|buscamos(?: a)?|busca|se buscan|necesitamos|seleccionamos|söker(?: vi| nu| vi nu| du)?|rekryterar|anställer|poszukujemy|szukamy"
    r"|zatrudnimy|zatrudni|hledame|prijmeme|prijme|hleda)\W{1,2}"
    rf"{_COUNT}\s?x?(?=\s(?!years?|jahre|ans|jaar|anos|år|lat|let|month|monat|mois|mies|mesic|tage|days|jours|dagar|dni|times|mal"
    rf"|fois)[a-zà-ž])"
)
# "2 caristes H/F".
_BY_GENDER: Final = re.compile(
    rf"(?:recherche\w*|recrute\w*|suche\w*|zoek\w*|poszuk\w*)[^.\n]{{0,120}}?{_COUNT}\s(?!ans|mois|jahre|monat|heures|lat"
    rf"|caces)[a-z][^.\n,;:]{{2,50}}?\(?(?:h/f|f/h|m/w|w/m|m/v|v/m|k/m|m/k)(?!\w)"
)
_STEMS: Final = Stems(
    (
        "vacanc",
        "opening",
        "position",
        "posts",
        "roles",
        "stellen",
        "offene",
        "*plätze",
        "poste",
        "vacature",
        "arbeidsplaats",
        "stageplaats",
        "vacante",
        "plaza",
        "puestos",
        "tjänster",
        "platser",
        "wakat",
        "miejsc",
        "etaty",
        "stanowisk",
        "mista",
        "mist$",
        "pozic",
        "looking",
        "hiring",
        "seeking",
        "recruit",
        "suchen",
        "sucht",
        "recrut",
        "recherch",
        "zoek",
        "buscamos",
        "busca",
        "se buscan",
        "necesitamos",
        "seleccionamos",
        "söker",
        "rekryterar",
        "anställer",
        "poszukujemy",
        "szukamy",
        "zatrudni",
        "hledame",
        "prijm",
        "hleda",
        "liczba",
        "pocet",
        "antal ",
        "aantal",
        "anzahl",
        "nombre de",
        "numero de",
        "number of",
    )
)


def read_openings(source: ConditionSource) -> CountValue | None:
    """The number of places to fill (1..999), where it is stated; counts of branches, of people in a team and of years are none."""
    folded, scan = source.folded, source.ad.scan
    numbers = number_starts(scan)
    for begin, stop in scan.windows(_STEMS, 40, 170) if numbers else ():
        if not within(numbers, begin, stop):
            continue
        for pattern, score in ((_STATED, 0.95), (_AHEAD, 0.8), (_SOUGHT, 0.75), (_BY_GENDER, 0.7)):
            starts = numbers if pattern is _AHEAD else scan.starts(pattern)
            match = next(matches_at(pattern, folded, starts, begin, stop), None)
            if match is None:
                continue
            count = _WORDS.get(match["count"]) or int(match["count"])
            if 1 <= count <= _MOST:
                return CountValue(value=count, score=score, evidence=text_evidence(*match.span(), "openings:count"))
    return None
