"""Finds telephone numbers: those that look dialled, and runs of digits behind a word that announces one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nlp.contact_data.contact_gaps import AND
from nlp.contact_data.word_finder import ContactWord, WordKind

Offsets = tuple[int, int]

_GAP: Final = r"[ \t\u00a0().\-/–]{0,3}"
_EXTENSION: Final = (
    r"(?:[ ,]{0,2}\(?(?:ext\.?|extension|x|poste|tst\.?|toestel|wew\.?|w\.|linka|kl\.|ankn\.?|anknytning|app\.|dw[.:]?|durchwahl|-)"
    r" ?-?\d{1,5}(?!\d)\)?)?"
)
# One class of characters at the front keeps the search fast; no part of a code, or of a sum such as 10 000.
_START: Final = re.compile(r"[+0(](?<![\w.,/+-][+0(])(?<!\d:[+0(])(?<!\d\s[0(])(?=[+\d(]|[ ]8\d\d[ ])")
_SIX_DIGITS: Final = re.compile(r"[0-9](?:[ \t\u00a0().\-/–]{0,4}\d){5}")
_OTHER_DIGITS: Final = re.compile(r"\(\+?(?![0-9])\d")  # of another script
_DIALLED: Final = re.compile(
    rf"(?:\+|00)[1-9](?:{_GAP}\d){{6,14}}(?!\d){_EXTENSION}|\((?:\+?\d{{1,5}}|0(?: ?\d\d){{1,3}})\)(?:{_GAP}\d){{5,11}}(?!\d){_EXTENSION}"
    rf"|0(?:[1-9]|[ ]8\d\d[ ])(?:{_GAP}\d){{5,12}}(?![\d.,]*\d){_EXTENSION}",
    re.IGNORECASE,
)
_AMERICAN: Final = re.compile(rf"(?:1[-. ])?[2-9]\d\d(?P<gap>[-.])\d{{3}}(?P=gap)\d{{4}}(?![\w-]){_EXTENSION}", re.IGNORECASE)
_TRIPLES: Final = re.compile(  # "541 555 700", and two ends of one number: "377 555 481-2"
    rf"[2-9]\d\d(?P<gap>[ \u00a0-]?)\d{{3}}(?P=gap)\d{{3}}(?:[-/]\d{{1,2}}(?!\d))?(?![\w-]|[ .,]\d){_EXTENSION}", re.IGNORECASE
)
_DOTTED: Final = re.compile(r"[2-9]\d\d\.(?!000\b)\d{3}\.(?!000\b)\d{3}(?![\w-]|[.,]\d)")  # "541.555.700"
_IN_BRACKETS: Final = re.compile(rf"\({_DOTTED.pattern}\)")
_SPANISH: Final = re.compile(r"(?:[89]\d\d/\d{3}[. -]?\d{3}|[89]\d\.\d{3}\.\d\d\.\d\d)(?![\w-]|[.,]\d)")  # "948/555.013", "96.555.12.34"
_PAIRS: Final = re.compile(  # "500 00 00 12" and "32 000 04 15"
    rf"(?:[5-9]\d\d[ \u00a0]\d\d|[1-9]\d[ \u00a0]\d{{3}})(?:[ \u00a0]\d\d){{2}}(?![\w-]|[ .,]\d){_EXTENSION}", re.IGNORECASE
)
_TRIPLE_LANGUAGES: Final = frozenset(("pl", "cs", "es", "sk", "pt", "ca"))
_PART_OF_NUMBER: Final = re.compile(r"(?:[\w.,/+$€£]|\d[ :-])\Z")
_RUN: Final = re.compile(
    rf"\d{{9}}(?!\d)|\d{{3}}(?P<gap>[ -])\d{{3}}(?P=gap)\d{{3}}(?!\d)|\(?\+?\d(?:{_GAP}\d){{4,15}}(?!\d){_EXTENSION}", re.IGNORECASE
)
_DATE: Final = re.compile(
    r"\(?(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|0?\d[.:]\d{2}\s*[-–]\s*\d{1,2}[.:]\d{2}"
    r"|[01]\d(?:00|15|30|45) ?[-–] ?[012]\d(?:00|15|30|45))(?![./-]?\d)"
)
_MONEY_BEFORE: Final = re.compile(r"[€$£]|\b(?:eur|euros?|usd|gbp|pln|zł|kč|czk|sek)\b|\n\n", re.IGNORECASE)
_MONEY_AFTER: Final = re.compile(
    r"\s{0,2}(?:[€$£%]|(?:eur|euros?|usd|gbp|pln|zł|zl|kč|kc|czk|sek|kr|brutto|hod|tis|szt|ks|stk|st|pcs)\b|,-)", re.IGNORECASE
)
_CODES: Final = (  # folded words that say: the digits behind are no telephone number
    "ref refs art id iban bic nip regon krs ico dic ic kvk btw vat hrb siret siren naf ape cif nif cnae din iso en isbn lot lots batch"
    " charge order part item plz postfach postbus box code kod codigo numero bankgiro plusgiro konto uctu ucet account steuernummer"
    " faktura indeks index zeichnung ritning pallet partia sarze serie serial diarienummer dnr kennziffer kennung vacaturenummer vacature"
    " oferta oferty ofpr stpr jobid job req requisition annons annonsnummer stellennummer offre funktion functiecode organisationsnummer"
    r" expediente finess diarienr ogloszenia cpv vs no nr nummer number numer akt referen\w* artik\w* artic\w* cert\w*"
)
_OF_CODES: Final = (
    "interne interna intern vacante no nr n nummer number numer num id de pieza pracy oferta oferty prace mista misto volneho c code j"
)
_CODE_WORD: Final = re.compile(
    rf"\b(?:{_CODES.replace(' ', '|')})\W{{0,3}}(?:(?:{_OF_CODES.replace(' ', '|')})\b\W{{0,4}}){{0,3}}[\w-]{{0,4}}\W{{0,2}}\Z"
)
_ACCOUNT: Final = re.compile(
    r"\b(?:iban\W{0,3}(?:[a-z0-9]{2,4} ){1,7}|(?:at|be|ch|cz|de|dk|es|fi|fr|gb|hu|ie|it|lu|nl|no|pl|pt|ro|se|sk)\d\d "
    r"(?:[a-z]{4} )?(?:\d{2,4} ){0,6})\Z"
)
_INNER_WORDS: Final = (  # one of them stands in every folded text that `_INNER` finds something in
    "durchwahl", "nebenstelle", "app.", "ankn", "poste", "linka", "klapka", "toestel", "tst.", "wew.", "wewn", " al anexo", ", ext", "(ext",
)  # fmt: skip
_INNER: Final = re.compile(
    r"(?:\b(?:[Dd]urchwahl|[Nn]ebenstelle|App\.|[Aa]nkn(?:ytning|\.)?|[Pp]oste|[Ll]inka|[Kk]lapka|[Tt]oestel|[Tt]st\.|[Ww]ewn?(?:ętrzny|\.)"
    r"|al [Aa]nexo)|[,(] ?[Ee]xt(?:\.| (?=\d{4}))):? {0,2}(?:nr\.? |n° ?)?(-? ?\d{3,5}|\d \d{4})"
    r"(?= ?(?:[),;\n]|\.(?!\d)|\Z)| (?:or|oder|lub|nebo|ou|of|eller|o)\b)"
)
_JOINED_WORD: Final = re.compile(  # "PersonalTelefon0155-55 50 31", where line ends were lost
    r"(?:(?<![^\W\d_])(?:tel(?:efon|éfono|efoon)?|mob(?:il)?|fax|gsm)|Tel(?:e(?:[fp]h?[oó]n[^\W\d]{0,3}|foon))?|T[ée]l[ée]phone"
    r"|Mob(?:il[^\W\d]{0,3})?|Fax|Doorkiesnr|Whats[Aa]pp)\.?(?=[+(\d])"
)
_FEWEST_JOINED: Final = 8  # digits
_YEARS: Final = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d(?!\d)")
_OF_A_LAW: Final = re.compile(r"\(?(?:\d{1,4}/(?:19|20)\d\d|(?:19|20)\d\d[/-]\d{3,6})\Z")  # "Ley 39/2015", "2017/745"
_STEM_WITHIN: Final = 120
_UNIT: Final = r"(?=[\s,;)]|\.(?!\d)|\Z)(?!\s?(?:[°%€$£]|Grad|stup|stop|grad))"
_OTHER_END: Final = re.compile(  # of the number before: "883-4120 ..., Telefon -4135"
    rf"\b(?:[Tt]el(?:efon)?\.?|[Ff]on|[Ff]ax|App\.|DW|[Dd]urchwahl|[Ss]e[ck]r[eé]t\w+):? -(?P<digits>\d{{2,5}}){_UNIT}"
)
_NEXT_END: Final = re.compile(rf"(?:,|/| (?:{AND}|bzw\.)) ?-(?P<digits>\d{{2,5}}){_UNIT}")
_STOP: Final = re.compile(r"\n|[^\W_]{3}[.!?]\s+(?=[A-ZÀ-Þ])")
_LED_WITHIN: Final = 25
_CALLED_WITHIN: Final = 60
_CALLED_AT: Final = 8


def phone_numbers(text: str, folded: str, words: Sequence[ContactWord], language: str | None) -> list[Offsets]:
    """Where telephone numbers stand; `words` are the text's contact words. Pieces may overlap."""
    if not _may_hold_number(text):
        return [*_led(text, words), *_inner(text, folded, words)]
    found = list(_dialled(text, folded))
    found += _led(text, words)
    found += _inner(text, folded, words)
    found += _joined(text, folded)
    found += _national(text, folded, _AMERICAN) if words else ()
    if language in _TRIPLE_LANGUAGES:
        found += _national(text, folded, _TRIPLES)
        found += _national(text, folded, _DOTTED) if words or _IN_BRACKETS.search(text) else ()
        found += _national(text, folded, _PAIRS)
        found += _national(text, folded, _SPANISH) if language == "es" and words else ()
    found = [(_opened(text, start, end), end) for start, end in found]
    return [*found, *(other for start, end in found for other in _other_ends(text, start, end))] if " -" in text else found


def _joined(text: str, folded: str) -> Iterator[Offsets]:
    """Numbers right behind a word for telephones, without a blank between them."""
    for word in _JOINED_WORD.finditer(text):
        number = _RUN.match(text, word.end())
        if number is None or sum(map(str.isdigit, number[0])) < _FEWEST_JOINED:
            continue
        if not (is_date_or_hours(number[0]) or is_money_or_code(text, folded, number, behind=word.end())):
            yield number.span()


def _opened(text: str, start: int, end: int) -> int:
    """Where a number begins, without a bracket that only closes behind it: "(04841/67-2109)"."""
    return start + 1 if text[start] == "(" and ")" not in text[start:end] else start


def _other_ends(text: str, start: int, end: int) -> Iterator[Offsets]:
    """What stands for further numbers of the same stem behind a number: right behind it, or behind a word for telephones in its sentence.

    It has as many digits as the number's last ones; behind the number of a switchboard ("-0") any.
    """
    last = re.findall(r"\d+", text[start:end])[-1]
    stop = _STOP.search(text, end, end + _STEM_WITHIN)
    line_end = min(len(text), end + _STEM_WITHIN) if stop is None else stop.start()
    found = list(_OTHER_END.finditer(text, end, line_end + 1))
    while (following := _NEXT_END.match(text, end)) is not None and not _MONEY_AFTER.match(text, following.end()):
        found.append(following)
        end = following.end()
    for match in found:
        if (last == "0" or len(last) == len(match["digits"])) and not _MONEY_AFTER.match(text, match.end()):
            yield match.start("digits") - 1, match.end()


def _may_hold_number(text: str) -> bool:
    """Whether six digits stand together anywhere, as they do in every number that is known without a word."""
    return (_SIX_DIGITS.search(text) or _OTHER_DIGITS.search(text)) is not None


def _national(text: str, folded: str, pattern: re.Pattern[str]) -> Iterator[Offsets]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if not (_PART_OF_NUMBER.search(text, max(0, start - 2), start) or _is_coded(folded, start) or _MONEY_AFTER.match(text, end)):
            yield start, end


def _dialled(text: str, folded: str) -> Iterator[Offsets]:
    end = 0
    for lead in _START.finditer(text):
        start = lead.start()
        match = _DIALLED.match(text, start) if start >= end else None
        if match is None or not _looks_dialled(match[0]) or _MONEY_AFTER.match(text, match.end()):
            continue
        if (text[start] == "+" or not _is_coded(folded, start)) and not _is_inside_link(text, start):
            end = match.end()
            yield start, end


def _looks_dialled(number: str) -> bool:
    """Whether digits without a telephone word are a number to dial: no date, no code of a few digits in one piece."""
    digits = sum(map(str.isdigit, number))
    is_long = digits >= 9 or not (number.isdigit() or number.replace(".", "").isdigit())  # "04.012.07" is a code
    return not _DATE.match(number) and is_long and digits >= 7


def _is_coded(folded: str, start: int, behind: int = 0) -> bool:
    """Whether the words before say that the digits are a code (article, order, tax number)."""
    first = max(folded.rfind("\n", max(0, start - 40), start) + 1, start - 40, behind)
    return (_CODE_WORD.search(folded, first, start) or _ACCOUNT.search(folded, first, start)) is not None


def is_date_or_hours(number: str) -> bool:
    """Whether digits are a date, a span of years or opening hours."""
    return (_DATE.match(number) or _YEARS.search(number)) is not None


def is_money_or_code(text: str, folded: str, number: re.Match[str], *, behind: int) -> bool:
    """Whether the words beside digits say that they are a sum or a code; those before count from a place on."""
    start, end = number.span()
    is_money = _MONEY_AFTER.match(text, end) is not None or _MONEY_BEFORE.search(text, max(behind, start - 5), start) is not None
    return is_money or _is_coded(folded, start, behind) or _is_inside_link(text, start)


def _is_inside_link(text: str, start: int) -> bool:
    begin = max(text.rfind(" ", max(0, start - 200), start), text.rfind("\n", max(0, start - 200), start)) + 1
    return "http" in text[begin:start] or "www." in text[begin:start]


def _inner(text: str, folded: str, words: Sequence[ContactWord]) -> Iterator[Offsets]:
    """Numbers of extensions by themselves ("Durchwahl -417", "linka 318")."""
    if any(word in folded for word in _INNER_WORDS):
        for match in _INNER.finditer(text):
            is_plain = match[0][0] in ",(" and not words  # "a hall (ext 200)"
            if not (is_plain or _MONEY_AFTER.match(text, match.end())):
                yield match.span(1)


def _led(text: str, words: Iterable[ContactWord]) -> Iterator[Offsets]:
    for word in words:
        within = _LED_WITHIN if word.kind is WordKind.PHONE else _CALLED_WITHIN if word.kind in (WordKind.CALL, WordKind.LEAD) else 0
        match = _RUN.search(text, word.end, word.end + within + 24) if within else None
        if match is None or match.start() - word.end > within or _DATE.match(match[0]) or _MONEY_AFTER.match(text, match.end()):
            continue
        digits = sum(map(str.isdigit, match[0]))
        fewest = 6 if word.kind is WordKind.PHONE or (word.kind is WordKind.CALL and match.start() - word.end < _CALLED_AT) else 9
        is_part = word.kind is not WordKind.PHONE and _PART_OF_NUMBER.search(text, max(word.end, match.start() - 2), match.start())
        if (
            fewest <= digits <= 15
            and not (is_part or (word.kind is not WordKind.PHONE and _OF_A_LAW.match(match[0])))
            and not _MONEY_BEFORE.search(text, word.end, match.start())
            and not _is_inside_link(text, match.start())
        ):
            yield match.span()
