"""Human languages asked for: the names of some fifty languages in eight languages, where the words around speak of knowing one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

import yaml

from nlp.advertisement import Advertisement
from nlp.conditions.source import ConditionSource
from nlp.conditions.stated import STATUS_RANK, status_of, text_evidence
from nlp.error import LexiconInvalid
from nlp.stems import Stems
from vacancies.enriched import LanguageReading, Zone
from vacancies.yaml_loading import load_own_yaml

_FILE: Final = "human_languages.yaml"
_BEFORE: Final = 90  # characters of the same item that may speak of knowing a language
_AFTER: Final = 60
_SHORT_ITEM: Final = 80
_LETTERS_BESIDE: Final = 4  # that an item may hold beside names of languages
# How a name may go on, by the language of the text.
_ENDINGS: Final = {
    "en": re.compile(r"(?!\w)"),
    "de": re.compile(r"(?:(?:sprach)?kenntnis\w*|sprache?n?|e[nrsm]?(?= (?:\w+ )?(?:mutter)?sprach)|es?(?= sprech))?(?!\w)"),
    "fr": re.compile(r"(?:e?s?)(?!\w)"),
    "nl": re.compile(r"(?:e(?= ta)|talige?)?(?!\w)"),
    "es": re.compile(r"(?:es|s|a)?(?!\w)"),
    "sv": re.compile(r"n?(?!\w)"),
    "pl": re.compile(r"(?:i\w{0,3}|a|o)(?!\w)"),
    "cs": re.compile(r"(?:\w{1,4})(?!\w)"),
}
# Words that speak of knowing a language, as folded; one near a name makes it a language asked for.
_KNOWING: Final = re.compile(
    r"fluen|proficien|(?<!\w)(?:speak|spoken|speech|written|writing|language|verbal|oral)|mother tongue|native|bilingu|(?<!\w)(?:read"
    r"|communicat|knowledge of|command of)"
    r"|(?:skills|editing|proofreading) in(?!\w)|dokumentier|kommunizier|präsentier|korrespond|moderier"
    r"|conversational|intermediate|advanced level|business level|good english|excellent english|level of english|basic english"
    r"|working knowledge|english skills"
    r"|kenntnis|kommunikationsf|sprach|sprichst|sprechen|wort und schrift|wort u|fliess|fließ|verhandlungs|verhandlichs|muttersprach"
    r"|muettersprach"
    r"|(?<!\w)(?:stilsicher|mächtig|sicher|niveau|mündlich|verständig|beherrsch)"
    r"|courant|(?<!\w)(?:lu|lire|parl|ecrit|maitris|langue|oral|notions|technique|intermediaire|professionnel|operationnel)"
    r"|(?<!\w)(?:taal|talen|vloeiend|beheers|spreek|spreken|sprekend|woord en|kennis van|goed|communiceer|communicatie[fv]"
    r"|schrijfvaardig|mondeling|machtig|geschrift)|tweetalig|moedertaal"
    r"|(?<!\w)(?:nivel|nivell|idioma|lengua|habla|hablad|escrit|domin(?:io|as|ar|es)|fluid|bilingue|medio|alto|avanzad|intermedi|imprescindible"
    r"|valorable|conocimiento|parlat)"
    r"|språk|(?<!\w)(?:tal och|i tal|skrift|flytande|obehindrat|talar|tala|behärsk|kunskaper i|förstå|kommunicer|uttrycka|skriftlig"
    r"|muntlig|modersmål"
    r"|goda kunskaper)"
    r"|jezyk|(?<!\w)(?:jez\.|j\.|znajomosc|znasz|komunikatyw|biegl|poziom|wladasz|mowi|plynn|w mowie)"
    r"|jazyk|(?<!\w)(?:znalost|slovem|plynn|aktivn|pasivn|komunikativn|uroven|domluv|mluv|ovlada)"
    r"|(?<!\w)[abc][12](?!\w)|toeic|toefl|ielts|knowledge|translat|interpret|indispens|(?<!\w)(?:exig|souhait|requis|obligat|atout)"
    r"|required|essential|is a must|a plus|an advantage|erforderlich|voraussetz|von vorteil|vereist|een pre|necesari|requerid"
    r"|krav|krävs|merit|wymagan|mile widzian|vyzadov|podmink|vyhod"
)
# What a name only describes: an origin, a subject, a course, the language in which to apply.
_NO_LANGUAGE: Final = re.compile(
    r" (?:version|translation|text|description) (?:below|follows|of this)|: (?:context|we |you |as an? |our |about |this |the )|"
    r"[ /]{1,2}(?:speaking (?:market|countr|client|customer|region|team)|markets?|compan|firm|client|custom|teams?(?!\w)|office"
    r"|government|law|citizen|national|passport"
    r"|embass|subsidiar|based|army|bank|group|(?:\w{3,15} )(?:group|holding|gmbh|inc|ltd|company)(?!\w)|econom|histor|literature|lesson"
    r"|teacher|tutor|course|department|accounting|tax|gaap"
    r"|manufactur|brand|food|cuisine|restaurant|sector"
    r"|kyrka|dele?gation|product|institut|armed|universit|school|agenc|council|red cross|revolution|operation|site|region|subject|class"
    r"|langage arts|language arts|language teacher|language lesson|language course"
    r"|unterricht|kurs|markt|kund|unternehm|firma|recht|lehrer"
    r"|meldun|obywatel|paszport|dowod|market|marked|företag|marknad|kund|skol|lag|bolag|myndighet|samhäll|lärare|undervisning|kurser|medborg"
    r"|rynk|firm|praw|klient|spolk|lekcj|kurs|pochodz|granic|rodzin|producent|oddzial|umow"
    r"|trh|spolecnost|firm|pravn|zakazn|obcan|republik|kurz|lekc|vyuk|ucitel|poboc|statni|zakon)"
)
_SUBJECT: Final = re.compile(
    r"(?:teacher of|teach|lessons? in|tutor of|courses? in|courses? of|cours d'|cours de|clases? de|curso de|lekcje|lekcje jezyka"
    r"|kuchni\w{0,3}|cuisine|cocina|cucina|kuchyn\w*|keuken|köket|kurs(?:y)? jezyka|kurs(?:y)?|nauk\w{1,3} jezyka|kurzy|kurz|vyuka|ucitel"
    r"|undervisa i|lärare i|sprachkurs|deutschkurs|taalcursus|cursus|marche|droit|territoire|groupe|entreprise|leader|client|mercado"
    r"|ryn(?:ek|ku|kach)"
    r"|empresa|grupo|cliente|sistema educativo|corte|formacion en|professeur d'|fransk)\s?$"
)
_AND: Final = re.compile(r"\s?(?:,|/|and|und|et|y|e|en|och|i|a|or|oder|ou|o|of|eller|lub|oraz|nebo)\s?(?:(?:jezyka|de|het|the) )?")
_IN_POLAND: Final = re.compile(r"polski(?!\w)")  # the country's genitive, which begins with a capital as no language's name does
_PLACE_BEFORE: Final = re.compile(
    r"(?:terenie|obszarze|calej|calego|terytorium|rynku|regionach|czesci|do|z|od|dla|poludni\w+|zachodni\w+)\s$"
)
_HEADING: Final = re.compile(
    r"(?<!\w)(?:languages?(?: skills?| requirements?| required)?|sprachen?|sprachkenntnisse|langues?(?: requises?| exigees?| parlees?)?"
    r"|taal|talen"
    r"|talenkennis|idiomas?|språk|språkkunskaper|jezyki?(?: obce)?|znajomosc jezykow|jazyky?|jazykove znalosti)\s?:?\s*\Z"
)
_APPLYING: Final = re.compile(
    r"(?<!\w)(?:cv|resume|curriculum|cover letter|apply|application|applications|bewerbung|candidature|lebenslauf|ansök|zyciorys"
    r"|zivotopis|aplikac)"
)
_TO_APPLY_IN: Final = re.compile(
    r"(?<!\w)(?:cvs?|resumes?|curriculum|cover letters?|applications?|bewerbung\w*|lebenslauf|candidature|lettre de motivation"
    r"|sollicitatie\w*|motivatiebrief|ansök\w*|aplikac\w*|zivotopis\w*)[^.;\n]{0,25}(?<!\w)(?:in|auf|en|på|po|v|w)(?: [\w/]+){0,4} ?$"
)
_OFFERED: Final = re.compile(
    r"(?<!\w)(?:training|support|courses?|lessons?|betreuung|schulung|einarbeitung|encadrement|begeleiding|handledning|szkoleni\w+"
    r"|opiek\w+|wsparci\w+|obslug\w+|koordynator\w*|lekcj\w+|skoleni|podpor\w+)[^.;\n]{0,50}$"
)
_SKILLS: Final = re.compile(r" (?:language )?skills?(?!\w)")
_NATIVE: Final = re.compile(r"muttersprach|native|mother tongue|langue maternelle|moedertaal|lengua materna|nativo|modersmål|ojczyst|rodil")
_LEVEL: Final = re.compile(r"(?<!\w)([abc][12])(?!\w)")
_INITIALS: Final = re.compile(r"(?<![\w/])/?[DEFI](?:\s?/\s?[DEFI]){1,3}(?![\w/])")
_INITIAL_CODES: Final = {"D": "de", "E": "en", "F": "fr", "I": "it"}
_CZECH_INITIALS: Final = re.compile(r"(?<!\w)([ANRFČ])[Jj](?!\w)")
_POLISH_SHORT: Final = re.compile(r"(?<!\w)j(?:ez)?\. ?(ang|niem|franc|ros|hiszp|wlos|ukr)\.?(?!\w)")
_POLISH_CODES: Final = {"ang": "en", "niem": "de", "franc": "fr", "ros": "ru", "hiszp": "es", "wlos": "it", "ukr": "uk"}
# Texts from which names of places were taken out keep "s en engels" of "Nederlands en Engels".
_DUTCH_REST: Final = re.compile(
    r"(?<!\w)se?(?= (?:en|als|of) (?:(?:in )?(?:het|de) )?engels)|(?<=beheersing van de )se(?= taal)|(?<= engels als )s(?!\w)"
    r"|(?<=engelse als )se(?!\w)"
    r"|(?<= engels en )s(?!\w)"
)
_CZECH_CODES: Final = {"A": "en", "N": "de", "R": "ru", "F": "fr", "Č": "cs"}
_FILLING: Final = re.compile(
    r"[\W\d_]+|(?<!\w)(?:and|und|et|y|e|och|en|i|a|or|oder|ou|o|eller|of|lub|nebo|gut|good|sehr|very|excellent|fluent)(?!\w)"
)


class _Names(NamedTuple):
    stems: Stems
    codes: tuple[tuple[str, str], ...]  # of each stem: the code, and the language whose endings it takes


class _Hit(NamedTuple):
    code: str
    start: int
    end: int
    is_sure: bool  # the word itself tells that knowing the language is meant
    is_noun: bool = False  # the word names nothing but the language


@lru_cache(maxsize=16)
def _names(language: str) -> _Names:
    """The names for texts of a language, and the English ones; of a language without table all of them."""
    text = resources.files("nlp.conditions").joinpath(_FILE).read_text(encoding="utf-8")
    try:
        tables: dict[str, dict[str, list[str]]] = load_own_yaml(text)
    except yaml.YAMLError as error:
        raise LexiconInvalid(f"nlp/conditions/{_FILE}: {error}") from error
    stems: dict[str, tuple[str, str]] = {}
    for spoken in dict.fromkeys((language, "en") if language in tables else tables):
        for code, names in tables[spoken].items():
            for name in names:
                stems.setdefault(name, (code, spoken))
    return _Names(Stems(f"*{name}" for name in stems), tuple(stems.values()))


def read_languages(source: ConditionSource) -> tuple[LanguageReading, ...]:
    """The languages that an applicant should know, each once with its strictest status and the level stated with it.

    Nationalities ("German company"), lessons, and the language in which to apply are none.
    """
    readings: dict[str, LanguageReading] = {}
    hits = list(_hits(source))
    is_other = False
    for index, hit in enumerate(hits):
        is_other = _is_other(source, hit, hits[index - 1] if index else None, is_other_before=is_other)
        if is_other or not _is_asked_for(source, hit, hits):
            continue
        following = hits[index + 1].start if index + 1 < len(hits) else len(source.ad.folded)
        status = status_of(source, hit.start, hit.end)
        known = readings.get(hit.code)
        if known is None or STATUS_RANK[status] < STATUS_RANK[known.status]:
            level = _level(source, hit, following) or (known.cefr if known else None)
            evidence = text_evidence(hit.start, hit.end, "languages:name")
            readings[hit.code] = LanguageReading(
                code=hit.code, cefr=level, status=status, score=0.95 if hit.is_sure else 0.85, evidence=evidence
            )
    return tuple(readings.values())


def _hits(source: ConditionSource) -> Iterator[_Hit]:
    """All names that stand as words with an ending that fits, by start."""
    text, folded = source.ad.text, source.folded
    names = _names(source.language)
    found: list[_Hit] = []
    for start, end, index in _longest(source.ad.scan.numbered(names.stems)):
        if start and (folded[start - 1].isalnum() and not (text[start].isupper() and text[start - 1].islower())):
            continue
        code, spoken = names.codes[index]
        ending = _ENDINGS[spoken].match(folded, end)
        if ending is None or (spoken == "en" and text[start].islower() and not source.ad.has_no_capitals and source.language == "en"):
            continue
        sure = (spoken == "de" and "kenntnis" in ending[0]) or (spoken == "cs" and folded[end - 3 : end] in ("tin", "cin"))
        is_noun = spoken == "de" and not ending[0] and text[start].isupper()
        found.append(_Hit(code, start, ending.end(), sure, is_noun))
    found += _initials(source.ad, source.language)
    found.sort(key=lambda hit: hit.start)
    yield from found


def _longest(found: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Those of some spans (by start) that begin behind the one before; of several at one place the longest."""
    done = -1
    for start, spans in groupby(found, itemgetter(0)):
        if start >= done:
            longest = max(spans, key=itemgetter(1))
            done = longest[1]
            yield longest


def _initials(ad: Advertisement, language: str) -> Iterator[_Hit]:
    """Shortened names: "Sprachen: D/E/F" in German advertisements, "znalost AJ" in Czech, "j. ang." in Polish, rests of a name in Dutch."""
    text, folded = ad.text, ad.folded
    if language == "pl":
        yield from (_Hit(_POLISH_CODES[match[1]], *match.span(), False) for match in ad.scan.finditer(_POLISH_SHORT))
    if language == "nl" and ("engels" in folded or " se taal" in folded):
        yield from (_Hit("nl", *match.span(), False) for match in _DUTCH_REST.finditer(folded))
    if language == "de" and "/" in text:
        for match in _INITIALS.finditer(text):
            sure = match[0].count("/") > 1
            yield from (_Hit(_INITIAL_CODES[text[at]], at, at + 1, sure) for at in range(*match.span()) if text[at] in _INITIAL_CODES)
    if language == "cs":
        yield from (_Hit(_CZECH_CODES[match[1]], *match.span(), False) for match in _CZECH_INITIALS.finditer(text))


def _is_other(source: ConditionSource, hit: _Hit, before: _Hit | None, *, is_other_before: bool) -> bool:
    """Whether a name speaks of something else than a language to know: a nationality, a subject, a country, or goes on with such a name."""
    folded = source.folded
    if _NO_LANGUAGE.match(folded, hit.end) or _SUBJECT.search(folded[max(0, hit.start - 30) : hit.start]):
        return True
    if source.language == "pl" and source.ad.text[hit.start].isupper() and _IN_POLAND.search(folded, hit.start, hit.end + 1):
        return _PLACE_BEFORE.search(folded[max(0, hit.start - 20) : hit.start]) is not None
    return is_other_before and before is not None and _AND.fullmatch(folded, before.end, hit.start) is not None


def _is_asked_for(source: ConditionSource, hit: _Hit, hits: list[_Hit]) -> bool:
    folded = source.folded
    begin, stop = source.ad.item_at(hit.start)
    zone = source.zone_at(hit.start)
    if zone is Zone.APPLICATION and _APPLYING.search(folded[begin:stop]):
        return False
    left = folded[max(begin, hit.start - _BEFORE) : hit.start]
    if _TO_APPLY_IN.search(left) or (zone is Zone.OFFER and _OFFERED.search(left)):
        return False
    knowing = source.ad.scan.search(_KNOWING, max(begin, hit.start - _BEFORE), min(stop, hit.end + _AFTER))
    if hit.is_sure or knowing is not None or _SKILLS.match(folded, hit.end):
        return True
    if zone is Zone.REQUIREMENTS and hit.is_noun:
        return True
    if not folded[begin : hit.start].strip(" *•·") and _HEADING.search(folded[max(0, begin - 40) : begin]):
        return True
    return zone in (Zone.REQUIREMENTS, Zone.OTHER) and stop - begin < _SHORT_ITEM and _is_bare(folded, begin, stop, hits)


def _is_bare(folded: str, begin: int, stop: int, hits: list[_Hit]) -> bool:
    """Whether an item holds names of languages and hardly anything else."""
    rest: list[str] = []
    at = begin
    for hit in hits[bisect_left(hits, begin, key=lambda each: each.start) :]:
        if hit.start >= stop:
            break
        rest.append(folded[at : hit.start])
        at = hit.end
    rest.append(folded[at:stop])
    return len(_FILLING.sub("", " ".join(rest))) < _LETTERS_BESIDE


def _level(source: ConditionSource, hit: _Hit, following: int) -> str | None:
    """The level stated with a name: behind it up to the next name, else right in front of it."""
    folded = source.folded
    begin, stop = source.ad.item_at(hit.start)
    behind = folded[hit.end : min(stop, following, hit.end + _AFTER)]
    if level := _LEVEL.search(behind) or _LEVEL.search(folded[max(begin, hit.start - 14) : hit.start]):
        return level[1].upper()
    return "native" if _NATIVE.search(behind) or _NATIVE.search(folded[max(begin, hit.start - 25) : hit.start]) else None
