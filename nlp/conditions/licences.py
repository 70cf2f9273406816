"""Driving licences: the words for one in eight languages, and the categories that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.source import ConditionSource
from nlp.conditions.stated import STATUS_RANK, has_any, status_of, text_evidence
from vacancies.enriched import LicenceReading

_TRIGGERS: Final = (
    "führersch", "fuehrersch", "fahrausweis", "fahrerlaubnis", "fahrberechtig", "permis", "rijbewij", " jazdy", "körkort", "korkort",
    "führerausw", "autoprüf", "fahrbewillig", "lenkberecht", "rizeni", "rijbevoeg",
    "carne", "licencia de", "ridic", "r.p", "r. p", "rp ", "licen", "driver", "cdl", "hgv", "lgv", "opravneni",
)  # fmt: skip
# Words for a driving licence, as folded.
_LEAD: Final = re.compile(
    r"(?<!\w)(?:(?:pkw |lkw |auto|[bcd]e? ?)?(?:führerschein|fuehrerschein|führerausweis|fuehrerausweis|autoprüfung|fahrprüfung"
    r"|fahrbewilligung|lenk(?:er)?berechtigung|fahrausweis|fahrerlaubnis|fahrberechtigung)(?:e|es|s|en)?"
    r"|rizeni \w{0,12} ?\w{0,12}(?= sk(?:up|\.| )| kat)|rijbevoegdheid"
    r"|permis(?: de conduire)?(?! (?:de|du|feu)\b)(?! d')(?! cariste| nacelle| unique)"
    r"|permisos? de (?:conducir|conduccion|circulacion)|permisos?(?= (?:tipo |clase |[bcd]\b))"
    r"|carne(?:t|ts|s)? (?:de )?(?:conducir|conduccion|coche)"
    r"|licencia de (?:conducir|conduccion|manejo)|carnets?(?= (?:de )?(?:tipo )?[bcd]\b)"
    r"|(?:auto|vrachtwagen|[bce]e?)?rijbewij(?:s|zen)|praw(?:o|a|em|u|ami) jazdy|(?:bil|personbils|lastbils)?k[öo]rkort(?:et|s)?"
    r"|ridic\w{0,6}\.? ?(?:prukaz\w{0,3}|opravneni\w{0,2})|ridicak\w{0,3}|opravneni\w{0,2}(?= (?:ridit |pro )?sk)"
    r"|(?:ridic|kierowc|fahrer|chauffeur|conduct|chofer|förare)\w{0,4}(?= \(?(?:z |der |med |s )?(?:sk|kat|klasse|kl|cat))"
    r"|r\. ?p\.|rp(?= ?(?:sk|typ|pro sk|na sk|kat|[\"„(]?[bcdt]\b))"
    r"|driv(?:ers?'?s?'?|ing) ?(?:licen[cs]e|permit)s?|(?:full|clean)(?: clean| valid| current| uk| eu| manual| uk/eu)* licen[cs]es?)(?!\w)"
)
_GROUP: Final = (
    r"(?:kategori[aeiyn]{0,2}|kat|klassen?|kl|skupin[auy]?|skup|sks?|typ[ue]?|types?|categor(?:y|ies|ias?)|categories?|cat|class(?:es)?"
    r"|tipo|clase"
    r"|behörighet(?:en)?|klass|permis)(?![a-z])\.?"
)
_CATEGORY: Final = r"(?:am|a1|a2|b96|b1|c1 ?\+ ?e|c1e|c1|d1e|d1|(?:[bcd] ?\+ ?e|[bcd]e|ec)|[abcdet])(?!\w|\+\+|#|')"
_JOINT: Final = r"(?:\s?(?:,|/|\+|;|&|und|oder|bzw\.?|and|or|et|ou|y|lub|oraz|nebo|och|eller|en|of|resp\.?|a)\s?|\s{1,3})"
_QUOTES: Final = r"[\"'„“”«»()\[\]:]{0,2}"
_LIST: Final = rf"{_QUOTES}\s?{_CATEGORY}(?:{_QUOTES}{_JOINT}{{1,2}}(?:{_GROUP} ?)?{_QUOTES}{_CATEGORY}){{0,6}}"
_BETWEEN: Final = r"[\s:,(]{0,3}(?:(?:der|de la|de|of|la|le|pro|na|min\.?|minimalne|minimum|im|z|med)\s)?"
_AFTER: Final = re.compile(rf"{_BETWEEN}(?P<group>{_GROUP}[\s:]{{0,2}})?(?P<list>{_LIST})")
_BEFORE: Final = re.compile(rf"(?<!\w)(?P<group>{_GROUP} ?)?(?P<list>{_LIST})[\s)\"”]{{0,2}}(?:gültiger |valid )?\Z")
_LONE: Final = re.compile(rf"(?<!\w)(?P<group>{_GROUP} ?)(?P<list>{_LIST})")
_TOKEN: Final = re.compile(rf"(?<!\w){_CATEGORY}")
_KINDS: Final = (
    ("CE", re.compile(r"[\s(]{1,2}(?:spl|super lourds?|semi)\b")),
    ("C", re.compile(r"[\s(]{1,2}(?:pl|poids lourds?|camion|na nakladni|pro nakladni|na samochod ciezar\w*|pro rizeni vozidel nad)\b")),
)
_GLUED: Final = re.compile(r"([bcd]e?) ?(?=fü|fue|fahr|rijb)")
_KINDS_INSIDE: Final = (("C", "lkw"), ("C", "lastbil"), ("C", "vrachtwagen"))
_FORKLIFT: Final = re.compile(
    r"[\s(]{1,2}(?:für |de |for |na |pro |voor )?(?:gabel|flurför|stapler|heftruck|carretill|cariste"
    r"|forklift|fork lift|vysokozdvi|vzv|wozk|wozek)"
)
_DRIVER: Final = re.compile(
    r"(?<!\w)(?:(?:car|vehicle) drivers?(?=[.,;!\n*)]| (?:with|and|pref|ess|is|are|req|only|due|would)|\Z)"
    r"|(?:(?<=must be a )|(?<=should be a )|(?<=ideally a )|(?<=ideally we are looking for a )|(?<=ideally be a )|(?<=must be )"
    r"|(?<=ideally ))"
    r"(?:full )?(?:car )?drivers?(?!\w)|drivers? (?=(?:is |are )?(?:essential|preferred|only|desirable)(?!\w)))"
)
# Licences that the employer offers to pay for or to teach for, unless the words ask to be willing.
_OFFERED: Final = re.compile(
    r"(?:(?<!\w)(?:we|we'll|will|employer|company) (?:will |can )?(?:pay|fund|sponsor|cover|reimburse)\w*|help you (?:get|gain|obtain)"
    r"|funded|put you through"
    r"|finanzier\w*|kostenübernahme|übernehmen|übernahme|bezahlen|ermöglich\w*|möglichkeit (?:zum|zur)|erwerb|zuschuss"
    r"|financement|finance\w*|finanz\w*|prise en charge|prend en charge|passage du|passer (?:le|votre|ton)|obtention d\w+|formation au"
    r"|vergoed\w*|betalen|betaald\w*|financier\w*|behalen|(?:mogelijkheid|kans)(?: om)?|kosten van"
    r"|te pagamos|pagamos|financi\w*|subvencion\w*|sacarte|obtencion del?"
    r"|bekost\w*|betalar|möjlighet|hjälper dig|finansier\w*"
    r"|s?finans\w*|dofinans\w*|oplac\w*|zdoby\w+|uzyskani\w*|zwrot kosztow|kurs\w* na|mozliwosc\w*"
    r"|ziskani|ziskat|proplat\w*|uhrad\w*|zaplat\w*|hradi\w*|prispev\w+|moznost\w*)(?!\w)(?:[^.;\n]|(?<=sk)\.|(?<=kat)\.|(?<=kl)\."
    r"|(?<=r)\.){0,35}$"
)
_WILLING: Final = re.compile(
    r"willing|bereit|pret |prete |volonte|bereid|dispuest|disponib|villig|beredd|gotow|chec|ochot|able to|ability|müssen|must|moet|debe"
    r"|musi|muset"
)
_HEAVY: Final = re.compile(
    r"(?<!\w)(?:(?:class )?(?P<before>[abc])? ?cdl(?!\w)(?:,? ?\(?(?:class )?(?P<after>[abc])(?!\w))?"
    r"|(?:hgv|lgv) ?(?:class |category |cat )?(?P<class>1|2|c ?\+ ?e|ce|c)(?!\w)|class (?P<first>1|2) (?:hgv|lgv)(?!\w))"
)
_HEAVY_CODES: Final = {"a": "CE", "b": "C", "c": "C1", "1": "CE", "2": "C", "c+e": "CE", "ce": "CE"}
_LEVEL: Final = {"EC": "CE"}
_BEFORE_OFFER: Final = 80  # characters that may say that the licence is paid for


class _Found(NamedTuple):
    category: str
    start: int
    end: int
    rule: str


def read_licences(source: ConditionSource) -> tuple[LicenceReading, ...]:
    """The categories asked for; a licence without category is B. Of one category stated more than once the strictest status counts.

    Licences for forklifts and cranes are skills, not these. American classes are given as the nearest category: CDL A as CE, B as C.
    """
    ad = source.ad
    readings: dict[str, LicenceReading] = {}
    every = list(_find(ad))
    if not every or not has_any(ad.folded, _TRIGGERS):
        return ()
    is_named = any(found.rule == "category" for found in every)
    for found in every:
        if is_named and found.rule == "words":
            continue  # "a driving licence ... (category C)": the category is told elsewhere
        if _is_offered(source, found):
            continue
        status = status_of(source, found.start, found.end)
        known = readings.get(found.category)
        if known is None or STATUS_RANK[status] < STATUS_RANK[known.status]:
            evidence = text_evidence(found.start, found.end, f"licences:{found.rule}")
            score = 0.95 if found.rule == "category" else 0.8
            readings[found.category] = LicenceReading(category=found.category, status=status, score=score, evidence=evidence)
    return tuple(readings.values())


def _is_offered(source: ConditionSource, found: _Found) -> bool:
    before = source.folded[max(0, found.start - _BEFORE_OFFER) : found.start]
    return _OFFERED.search(before) is not None and _WILLING.search(before) is None


def _find(ad: Advertisement) -> Iterator[_Found]:
    folded = ad.folded
    taken = 0
    has_lead = False
    for lead in ad.scan.finditer(_LEAD):
        start, end = lead.span()
        if _FORKLIFT.match(folded, end):
            continue
        has_lead = True
        listed = _AFTER.match(folded, end)
        found = [] if listed is None else list(_categories(ad, listed))
        if not found:
            before = _BEFORE.search(folded[max(taken, start - 24) : start])
            found = [] if before is None else list(_categories(ad, before, max(taken, start - 24)))
        yield from found or [_Found(_kind(folded, start, end), start, end, "words")]
        taken = max([end, *(each.end for each in found)])
    if has_lead:
        for lone in _LONE.finditer(folded):
            yield from _categories(ad, lone)
    for heavy in ad.scan.finditer(_HEAVY):
        code = heavy["before"] or heavy["after"] or heavy["class"] or heavy["first"] or "b"
        yield _Found(_HEAVY_CODES.get(code.replace(" ", ""), "C"), *heavy.span(), "words")
    if ad.language == "en" and not has_lead:
        for driver in ad.scan.finditer(_DRIVER):
            yield _Found("B", *driver.span(), "words")


def _kind(folded: str, start: int, end: int) -> str:
    """The category that the words for a licence tell without naming it: B where they do not tell more."""
    words = folded[start:end]
    if glued := _GLUED.match(words):
        return glued[1].upper()
    inside = next((category for category, part in _KINDS_INSIDE if part in words), None)
    return inside or next((category for category, pattern in _KINDS if pattern.match(folded, end)), "B")


def _categories(ad: Advertisement, match: re.Match[str], offset: int = 0) -> Iterator[_Found]:
    """The categories of a list, in capitals unless a word such as "category" leads it; E alone is the trailer of the one before."""
    before = ""
    begin, stop = match.start("list") + offset, match.end("list") + offset
    for token in _TOKEN.finditer(ad.folded, begin, stop):
        start, end = token.span()
        is_written_small = not ad.text[start].isupper()
        if is_written_small and not (match["group"] and not before and token[0] in ("b", "c", "ce", "be")):
            if before:
                continue
            return
        category = token[0].replace(" ", "").replace("+", "").upper()
        category = _LEVEL.get(category, category)
        if category == "E":
            category = f"{before[:1]}E" if before[:1] in ("B", "C", "D") else "BE"
        before = category
        yield _Found(category, start, end, "category")
