"""The workload in percent of a full-time job: "80-100%"."""

from __future__ import annotations

import re
from typing import Final

from nlp.advertisement import Advertisement
from nlp.conditions.source import ConditionSource, once
from nlp.shared_scan import matches_at
from vacancies.enriched import Evidence, RangeValue

_PERCENT: Final = re.compile(
    r"(?<![0-9][.,])(?<![0-9])(?P<low>[0-9]{1,3})\s?%?(?:\s?(?:[-–—/]|bis|to|à|a|till|tot|do|až|and|und|och|oder|or|eller)\s?(?P<high>[0-9]{1,3}))?\s?(?:%"
    r"|prozent\b|procent\b)",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"(?:pensum|stellenprozent\w*|beschäftigungsgrad|beschäftigung prozent|auslastung|stellenumfang|anstellungsgrad|arbeitspensum"
    r"|anstellung|festanstellung"
    r"|dauerstelle|workload|work load|utili[sz]ation|activity rate|working rate|employment level"
    r"|taux d'activite|taux d'occupation|omfattning|tjänstgöringsgrad|sysselsättningsgrad|anställningsgrad|tjänst(?:en)? (?:pa|är|om)"
    r"|arbeidspercentage|tewerkstellingspercentage|dedicacion|wymiar(?:ze)?(?: etatu)?|uvazek|vysi uvazku|job percentage|percentage"
    r"|capacity|kapazität|einsatz|poste a|emploi a|stelle (?:zu|mit|von)|position at|job at)"
    r"(?:\s\w{1,4}){0,2}\s{0,2}[:(=]?\s{0,2}(?:ca\.?|von|of|de|pa|på|zu|bei)?\s{0,2}$"
)
_SWEDISH_LEAD: Final = re.compile(r"\b(?:visstids|tillsvidare|provanställ)\w*,\s?$")  # of a range: "visstidsanställning, 20-80%"
# Right after the name of the job: "Test Engineer (m/w) 80-100 %", "Elektroinstallateur (100 %)", "Spezialist/in 60%".
_ROLE: Final = re.compile(r"(?:\([mwfhdixv/*:,\s|]{2,9}\)|/ ?i?n(?:nen)?|\b[mwfd]/[mwfd](?:/[dx])?|\w{3,})\s{0,2}[,:(\[|]?\s{0,2}$")
_BY_GENDER: Final = re.compile(
    r"(?:\(\s?(?:[mwfhdix]\s?[/|]\s?[mwfhdix](?:\s?[/|]\s?[dx])?|männlich oder weiblich|all genders)\s?[,)]|/ ?in)\s{0,2}[,:|]?\s{0,2}$"
)
# Behind the percentage: "100 % Pensum", "80-100% Anstellung", "100% Auslastung", "75 % tjänst".
_UNIT: Final = re.compile(
    r"\s{0,2}(?:ige[nrs]? )?(?:pensum|(?:fest)?anstellung(?!s)|auslastung|stellenumfang|stellenprozent|arbeitspensum|beschäftigungsgrad"
    r"|jahresarbeitszeit|wochenarbeitszeit|stelle\b|position\b(?= |[.,\n)])|workload|work load|employment\b|utili[sz]ation\b(?! rate)"
    r"|fte\b|activity rate"
    r"|taux d'activite|d'activite\b|tjänst\w*|sysselsättning|anställning|uvaz\w+|etatu\b|dienstverband|tewerkstelling)"
)
# The end of the line above a percentage that has a line to itself: "Spezialist (M/W)".
_BY_GENDER_ABOVE: Final = re.compile(r"\b[mwfdh]\s?[/|]\s?[mwfdhix](?:\s?[/|]\s?[dx])?\s?\)?[\s*•–-]*$")
_GENDER: Final = re.compile(r"\s?\(?[mwfd]\s?/\s?[mwfd]\b")
_OTHER_AFTER: Final = re.compile(
    r"\s{0,2}\)?\s{0,2}(?:remote|home|teletrabajo|teletravail|télétravail|presencial|remoto|online|on ?site|vor ort|distans|zdaln"
    r"|praca zdalna|travel|reise|own|gratuit|kostenlos|free|tax|steuerfrei|satisf|employer|company|discount|rabatt|rabat|korting"
    r"|equity|stake|shares?\b"
    r"|descuento|bonus|commission|cover|paid|match|of\b|der\b|des\b|de\b|du\b|van\b|av\b|z\b|from|growth|wachstum|ökostrom|green|vegan"
    r"|bio\b|fun\b|hands|committed|dedicated|in time|pay|zuschuss|arbeitgeber|vacation|of your|lön|rembours|prise|pris en|mutuelle|tickets)"
)
_LEAST_BARE: Final = 20  # percent, of a number that has a line to itself
# Polish, folded (a hyphen is a blank): "wymiar etatu: 0.5", "3/4 etatu", "pełny, 3/4 lub 1/2 etatu"; "1 i 1/2 etatu" is more than one job.
_PART: Final = r"(?:[1-7]/[1-8]|(?<![0-9/.,])[01][.,][0-9]{1,2}|(?<![0-9/.,])1(?! [1-7]/))(?![0-9/]|[.,][0-9])"
_PARTS: Final = rf"{_PART}(?:(?: etatu)?(?:\s?[-–]\s?|\s{{1,3}}(?=[01][.,]|[1-7]/)|,? (?:lub|albo|oraz|do) |, ){_PART}){{0,2}}"
_ETAT: Final = re.compile(
    rf"\bwymiar(?:ze)? etatu\s?:?\s?(?P<parts1>{_PARTS})"
    rf"|(?P<full>\b(?:pelny|caly|pelen)(?: etat)?,? (?:lub |albo )?)?(?<![0-9/.,])(?<![0-9] i )(?P<parts2>{_PARTS}) etatu\b"
)
_PARTING: Final = ("/", "|")  # between the parts of a headline
_REST_OF_LINE: Final = 80  # characters behind a percentage that are looked at
_ROLE_REACH: Final = 400  # characters from the beginning in which a percentage beside a job's name counts
_TAGS: Final = re.compile(r"<[^<>\n]{1,60}>")  # left in texts that are not known to be HTML
_READ_CHARACTERS: Final = 200_000


@once
def read_workload_percent(source: ConditionSource) -> RangeValue | None:
    """The workload that title or text state in percent, in steps of five; other percentages (remote work, discounts) are not read."""
    if "%" in source.title.text and (titled := _of_text(source.title, is_title=True)):
        return titled
    folded = source.ad.folded
    of_percent = _of_text(source.ad, is_title=False) if "%" in source.ad.text or "prozent" in folded or "procent" in folded else None
    return of_percent or (_of_etat(folded) if "etatu" in folded else None)


def _of_etat(folded: str) -> RangeValue | None:
    """The part of a full-time job as Polish advertisements write it, the first; several ("1/2 or 3/4") make a range."""
    for match in _ETAT.finditer(folded, 0, _READ_CHARACTERS):
        percents = _etat_percents(match)
        if 5 <= min(percents) <= max(percents) <= 100:
            evidence = Evidence(start=match.start(), end=match.end(), rule="etat")
            return RangeValue(min_value=min(percents), max_value=max(percents), score=0.9, evidence=evidence)
    return None


def _etat_percents(match: re.Match[str]) -> list[float]:
    """Percents of a full-time job, one for each part that a match of `_ETAT` names."""
    parts = [part.replace(",", ".").split("/") for part in re.findall(_PART, match["parts1"] or match["parts2"])]
    percents = [round(100 * float(part[0]) / (int(part[1]) if len(part) > 1 else 1), 1) for part in parts]
    return percents + [100.0] * bool(match["full"])


def _of_text(ad: Advertisement, *, is_title: bool) -> RangeValue | None:
    folded = ad.folded
    for match in matches_at(_PERCENT, ad.text, ad.text_digits, stop=_READ_CHARACTERS):
        low, high = int(match["low"]), int(match["high"] or match["low"])
        if not 5 <= low <= high <= 100 or low % 5 or high % 5:
            continue
        before = folded[max(0, match.start() - 60) : match.start()].rsplit("\n", 1)[-1]
        before = (_TAGS.sub("", before) if ">" in before else before)[-40:]
        if (
            _LEAD.search(before)
            or (match["high"] is not None and _SWEDISH_LEAD.search(before))
            or _UNIT.match(folded, match.end())
            or (not _OTHER_AFTER.match(folded, match.end()) and (is_title or _is_beside_role(match, folded, before)))
        ):
            evidence = Evidence(field="title" if is_title else "description_text", start=match.start(), end=match.end(), rule="percent")
            return RangeValue(min_value=low, max_value=high, score=0.9, evidence=evidence)
    return None


def _is_beside_role(match: re.Match[str], folded: str, before: str) -> bool:
    """A range up to 100, or near the beginning any, beside a job's name; one number before a gender mark, or at the end of a line."""
    if _BY_GENDER.search(before):
        return True
    rest = folded[match.end() : match.end() + _REST_OF_LINE].partition("\n")[0]
    if match["high"] is None and _ROLE.search(before) is not None and _GENDER.match(rest) is not None:
        return True
    if match.start() > _ROLE_REACH and match["high"] != "100":
        return False
    is_bare = not before.strip(" -–•*")
    if match["high"] is not None:
        return is_bare or _ROLE.search(before) is not None
    if is_bare and not rest.strip(" ).]"):
        above = folded[max(0, match.start() - 80) : match.start()]
        return int(match["low"]) >= _LEAST_BARE and _BY_GENDER_ABOVE.search(above) is not None
    return _GENDER.match(rest) is not None or (
        not is_bare and (not rest.strip(" ).]") or rest.lstrip(" )]")[:1] in _PARTING) and _ROLE.search(before) is not None
    )
