"""How long a job lasts, where the text says so: what shows that a contract is temporary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.advertisement import Advertisement
from nlp.conditions.stated import has_any
from nlp.stems import Stems

_UNIT: Final = (
    r"(?:months?|monate?n?|mois|maand(?:en)?|mes(?:es)?|månader|manader|miesiac\w*|miesiec\w*|mies\b|m cy|mesic\w*|weeks?"
    r"|wochen|semaines|weken|semanas|veckor|tygodni\w*|tydnu)\b"
)
# Spelt numbers: "an initial six month contract", "contrat de six mois".
_SPELT: Final = (
    r"(?<!\w)(?:one|two|three|four|six|nine|twelve|eighteen|ein|einen|zwei|drei|vier|sechs|neun|zwölf|achtzehn|een|twee|drie|vier|zes|zeven"
    r"|negen|twaalf|achttien|un|deux|trois|quatre|six|sept|neuf|douze|dos|tres|cuatro|seis|nueve|doce|en|ett|tva|två|tre|fyra|sex|nio"
    r"|tolv|jeden|dwa|trzy|szesc|dwanascie|dva|tri|sest|dvanact|jeden|jednoho|dvou|tri|pul)\b"
)
_LENGTH: Final = re.compile(rf"(?:[0-9]{{1,2}}|{_SPELT})(?:\s{{0,2}}(?:to|bis|a|tot|do|az)?\s{{0,2}}[0-9]{{1,2}})?\s?\+?\s{{0,2}}{_UNIT}")
_BEFORE: Final = re.compile(
    r"(?:\bcontract(?: length| duration| term| period)?|(?:position|job|role|employment) is limited|duration|\bterm|(?:projekt|einsatz"
    r"|vertrags)?(?:dauer|laufzeit)|dauer (?:der|des) (?!ausbild|probe|schulung|studium|weiterb|prakti|einarb)\w{5,16}|befristung"
    r"|duree(?: du contrat| prevue)?|mission|looptijd|duur|periode"
    r"|(?:tjänsten|anställningen|uppdraget) (?:gäller|är|pågår|löper|sträcker sig)|längd|duur van (?:het contract|de opdracht)"
    r"|contracts? of employment will be|initial(?:ly)?|na poczatek|vertrag|duracion|uppdrag\w*|anställningstid|kontrakt\w*"
    r"|\bumow\w*(?: o prac\w+)?|czas trwania"
    r"|doba trvani"
    r"|doba|vikariat\w*|visstid\w*)\s{0,2}(?:(?:of|for|a total of|is|de|von|voor een|van|voor|por|na|pa|på|ar|är|an|ein|een|ca\.?|environ"
    r"|approx\.?|about|to|up|für|av|i|ca|en"
    r"|initial(?:ly)?|:|estimada|okres|czas|min\.?|minimum|poczatek|\()\s{0,2}){0,5}$"
)
_AFTER: Final = re.compile(
    r"\s?(?:rolling |initial |fixed[ -]term |ftc |maternity )?(?:contract|assignment|project\b|ftc|fixed|temp|cover|secondment|opdracht"
    r"|vertrag|kontrakt|uppdrag|contrat|cdd|mission|\(?(?:with )?(?:possible |possibility of )?extension|mit option|met optie"
    r"|avec possibilite|renouvelable)"
)
# Years are a contract's only beside its name: a company's history and a person's experience have years too.
_YEARS: Final = re.compile(
    rf"(?:(?<![0-9.,])[1-5]|{_SPELT})(?:\s{0, 2}(?:to|bis|a|tot|do|az)?\s{0, 2}[1-5])?\s?(?:years?|jahre?|ans?|jaar|anos?|år|rok(?:u|y)?"
    rf"|lata?|let|roky)\b"
)
_BEFORE_YEARS: Final = re.compile(
    r"(?:\b(?:position|contract|assignment|appointment|employment) (?:duration|length|term|period)|duration of (?:the )?(?:employment"
    r"|contract"
    r"|position|assignment)|(?:position|contract|job|role|employment|appointment) is limited to|dauer (?:der|des) (?!ausbild|probe"
    r"|schulung|studium|weiterb|prakti|einarb)\w{5,16}"
    r"|anstellungsdauer|duur van (?:het contract|de opdracht|de aanstelling)|voor de duur van|looptijd|anställningen gäller i|längd"
    r"|doba trvani|czas trwania umowy|\bterm of (?:contract|appointment"
    r"|employment)|vertragsdauer|vertragslaufzeit|einsatzdauer|befristung|befristet|zunächst|duree (?:du contrat|de la mission)|contrat"
    r"|cdd|contract|contractduur|bepaalde tijd|duracion del contrato|contrato|anställningstid|vikariat\w*|visstid\w*"
    r"|\bumow\w*(?: o prac\w+)?|\bpp|pracovni pomer|smlouv\w+)\s{0,2}"
    r"(?:(?:of|for|is|von|auf|für|de|d'|van|voor|por|na|pa|på|i|dobu|okres|czas|:|\()\s{0,4}){0,4}$"
)
_AFTER_YEARS: Final = re.compile(
    r"\s?(?:fixed[ -]term |rolling |initial |renewable |temporary |limited |full time )?(?:contract\b(?! with)|fixed[ -]term|ftc"
    r"|assignment|appointment|vertrag|contrat\b(?! avec))"
)
_NO_CONTRACT: Final = re.compile(
    r"\b(?:probe\w*|probation\w*|trial|essai|proef\w*|prueba|provanställning|zkuseb\w*|experien\w*|erfahr\w*|ervaring|doswiad\w*|notice"
    r"|within|last|past|intern\w*|garant\w*)\b"
)
# "Contract until 31 December", "Anstellung bis Ende Juli", "umowa do końca roku".
_MONTH: Final = (
    r"(?:jan|feb|f[eé]v|mar|mär|maar|apr|abr|avr|may|mai|maj|mei|jun|jui|jul|aug|ago|août|aou|sep|set|oct|okt|out|nov|dec|dez|dic|déc|ene"
    r"|stycz|lut|marz|kwie|czerw|lip|sierp|wrze|pazdz|listop|grud|led|unor|brez|dub|kvet|cerv|srp|zari|rij|pros)"
)
_UNTIL: Final = re.compile(
    r"\b(?:(?:contract|employment|appointment|assignment|temporary)(?: \w+){0,2} (?:until|till|through|ends?(?: on| in)?)"
    r"|(?:anstellung|vertrag|beschäftigung|einsatz)(?: (?:ist|läuft|zunächst|vorerst))? bis(?: zum)?"
    r"|(?:contract|aanstelling|opdracht)(?: \w+)? (?:tot(?: en met)?|t/m)|(?:contrat|mission|poste a pourvoir|cdd)(?: \w+)? jusqu'au"
    r"|contrato(?: \w+)? hasta(?: el)?|(?:anställning\w*|vikariat\w*|uppdraget)(?: \w+){0,3} (?:till(?: och med)?|t\.?o\.?m\.?)"
    r"|umow\w*(?: o prace)? do(?: dnia)?|(?:smlouv\w+|pracovni pomer) do)\s{1,2}"
    r"(?:(?:the )?(?:end|ende|eind|einde|fin|final|slutet|konca|konce)\b"
    rf"|[0-9]{{1,2}}[. ]{{1,2}}(?:(?:of|de) )?(?:{_MONTH}|[0-9]{{1,2}}\.?[ .]{{0,2}}(?:20[0-9]{{2}})?)|{_MONTH})"
)
# "Duration: 24 May - 21 August 2004": a period of dates.
_PERIOD: Final = re.compile(
    r"\b(?:(?:project |contract |assignment )?duration|(?:project )?period|projektzeitraum|laufzeit|einsatzzeitraum|looptijd|duree"
    r"|uppdraget (?:pågår|löper|är)|uppdragsperiod|anställningsperiod)\s{0,3}:?\s{0,6}(?:from |von |från |vom |du |ab )?(?=[0-9])"
)
_DATE: Final = re.compile(
    r"[0-9]{1,2}[. /][0-9]{1,2}[. /](?:[0-9]{2,4})?|[0-9]{4} [0-9]{2} [0-9]{2}"
    r"|[0-9]{1,2}(?:st|nd|rd|th|\.)? ?(?:of )?(?:jan|feb|f[eé]v|m[aä]r|apr|avr|may|mai|maj|mei|jun|jui|jul|aug|ago|août|aout|sep|oct"
    r"|okt|nov|dec|dez|dic)"
)
_TRIGGERS: Final = (
    "month", "monat", "mois", "maand", "mes", "månad", "mies", "week", "woch", "semaine", "semana", "veck", "tyg",
    "duration", "period", "zeitraum",
    "laufzeit", "year", "jahr", "cdd", "contrat", "jaar", "visstid", "vikariat", "umow", "smlouv", "pomer",
    "duree", "uppdrag", "looptijd", "contract", "employment", "position", "anstell", "vertrag", "dauer", "duur", "aanstelling", "poste",
    "tjänst", "längd", "doba",
)  # fmt: skip
_READ_CHARACTERS: Final = 100_000
# How the words of `_UNIT` begin; an amount of them is shorter than this on either side of it, but for the rest of its word.
_UNIT_STEMS: Final = Stems(
    ("*month", "*monat", "*mois", "*maand", "*mes", "*månad", "*manad", "*mies", "*m cy", "*week", "*woch", "*semai", "*weken", "*seman",
     "*veck", "*tygod", "*tydnu")
)  # fmt: skip
_LONGEST: Final = 40  # characters
_REST_OF_WORD: Final = re.compile(r"\w*")


def find_duration(ad: Advertisement) -> tuple[int, int] | None:
    """Where a text says how long the job lasts, half open; None where it does not."""
    found = _find_length(ad) or _find_years(ad) or _find_end(ad)
    return found if found is not None and has_any(ad.folded[:_READ_CHARACTERS], _TRIGGERS) else None


def _find_length(ad: Advertisement) -> tuple[int, int] | None:
    """Months or weeks beside the name of the contract, or of the work to do."""
    folded = ad.folded[:_READ_CHARACTERS]
    for match in _lengths(ad, folded):
        before, after = folded[max(0, match.start() - 48) : match.start()], folded[match.end() : match.end() + 36]
        if _NO_CONTRACT.search(before) or _NO_CONTRACT.search(after[:20]):
            continue
        if _BEFORE.search(before) or _AFTER.match(after):
            return match.span()
    return None


def _lengths(ad: Advertisement, folded: str) -> Iterator[re.Match[str]]:
    """All months and weeks, by start: they stand around the words for these."""
    parts: list[tuple[int, int]] = []
    for begin, stop in ad.scan.windows(_UNIT_STEMS, _LONGEST, _LONGEST):
        before = parts[-1][1] if parts else -1
        end = before if stop <= before else _word_end(folded, stop)
        parts.append((parts.pop()[0] if begin <= before else begin, end))
    for begin, end in parts:
        yield from _LENGTH.finditer(folded, begin, end)


def _word_end(folded: str, position: int) -> int:
    """The end of the word around a position."""
    rest = _REST_OF_WORD.match(folded, position)
    return position if rest is None else rest.end()


def _find_years(ad: Advertisement) -> tuple[int, int] | None:
    """Years right beside the name of the contract."""
    folded = ad.folded[:_READ_CHARACTERS]
    for match in ad.scan.finditer(_YEARS, stop=_READ_CHARACTERS):
        if _AFTER_YEARS.match(folded, match.end()) or _BEFORE_YEARS.search(folded, max(0, match.start() - 48), match.start()):
            return match.span()
    return None


def _find_end(ad: Advertisement) -> tuple[int, int] | None:
    """The day on which the contract ends, or the days between which it runs."""
    if until := ad.scan.search(_UNTIL, stop=_READ_CHARACTERS):
        return until.span()
    for lead in ad.scan.finditer(_PERIOD, stop=_READ_CHARACTERS):
        date = _DATE.match(ad.folded, lead.end(), _READ_CHARACTERS)
        if date is not None:
            return lead.start(), date.end()
    return None
