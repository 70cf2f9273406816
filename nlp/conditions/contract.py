"""The kind of contract: permanent, temporary, internship, apprenticeship, self_employed."""

from __future__ import annotations

import re
from typing import Final

from nlp.conditions.duration import find_duration
from nlp.conditions.source import ConditionSource
from nlp.conditions.statements import Statement, in_text, in_title, most_stated, of_field, without_alternatives
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import Evidence, TextValue, Zone

_CODES: Final = {
    "CONTRACTOR": "self_employed",
    "TEMPORARY": "temporary",
    "INTERN": "internship",
    "PER_DIEM": "temporary",
    "PERMANENT": "permanent",
}
_EXPERIENCE: Final = re.compile(
    r"\b(?:erfahrung\w*|experiences?\b|ervaring\w*|experiencia\w*|erfarenhet\w*|doswiadczen\w*|zkusenost\w*|praxis|z\.\s?b\."
    r"|e\.g\."
    r"|for example|par exemple|bijvoorbeeld|np\.|t\.ex\.)[^.\n]*$"
)
_OTHERS: Final = re.compile(
    r"\b(?:train(?:s|ing)?|manag\w+|mentor\w*|supervis\w+|coach\w*|lead(?:s|ing)?|relevant|prior|previous|past|other|fellow|betreu\w*"
    r"|koordinier\w*|coordinat\w*|brief(?:s|ing|en)?|steuer\w*|commission\w*|beauftrag\w*"
    r"|anleit\w*|begeleid\w*|encadr\w*|gained|coursework|zuständig|durchführ\w*|vorbereit\w*|erstell\w*)"
    r"(?: \w+){0,2} $"
)
_OR_EMPLOYED: Final = re.compile(
    r"(?:umow\w* o prac\w+|\buop\b|\bhpp\b|pracovni pomer|employment contract|festanstellung|anstellung"
    r"|contrato laboral)[^.\n]{0,40}(?:\b(?:lub|albo|badz|czy|nebo|oder|or|ou|of|o)\b|/)[^.\n]{0,32}$"
)
# The first of an enumeration of alternatives: "umowa zlecenie, o pracę lub B2B".
_OR_FURTHER: Final = re.compile(
    r",\s?[^.\n,;)]{2,30} (?:lub|albo|badz|czy|nebo|oder|ou|of|o|eller|or) (?:umow\w* )?(?:b2b|o prac|freelance|osvc|zzp|uop)"
)
# One of a list of kinds: "umowa o pracę, umowa zlecenie lub działalność gospodarcza".
_LISTED: Final = re.compile(
    r"(?:,[^.\n;,]{2,30})?\s?(?:,|/|lub|albo|badz|czy|nebo|ci|oder|ou|of|or)\s?(?:wlasn\w+ |jednoosobow\w+ |na |formie "
    r"|umow\w* )?(?:dzialalnos"
    r"|b2b|samozatrudn|kontrakt|o prac|uop|osvc|ico\b|zivnost|hpp)"
)
_ADJECTIVES: Final = frozenset(("permanent", "temporary", "seasonal", "tijdelijk", "tijdelijke", "temporal", "temporär"))
_OTHER_NOUN: Final = re.compile(
    r" (?!(?:full|part|contract|position|role|job|vacan|opportunit|basis|employ|post|day|night|nurs|and|or|with|in|at|to|for|from|on|as"
    r"|work|assign|cover|hire|staff|term|career|start|based|maternity|con|para|por|a|en|y|o|de|contrat|puesto|baan|functie"
    r"|aanstelling|dienstverband|medewerker|voor|met|of|bij|try|und|oder|mit|vom|ab|anstell|bis)\w*\b)[a-z]{3,}"
)
# Behind words of an internship among the requirements: "college or intern project experience".
_EXPERIENCE_AFTER: Final = re.compile(
    r"(?:s? (?:or|and) (?:[\w/]+ ){0,3}projects?\b|(?:[ /](?:\w+ )?|\s)(?:project |work |program )?(?:experience|erfahrung\w*"
    r"|ervaring|experiencia|erfarenhet|doswiadczeni\w*"
    r"|zkusenost\w*)\b)"
)
_OR_BEFORE: Final = re.compile(
    r"(?:\b(?:or|and|and/or|oder|und|of|en|ou|et|o|y|eller|och|lub|i|nebo|previous|prior)|\bqualifications?:?|/|,)\s?$"
)
# What is turned down: "no third-party or C2C candidates", "sorry, no 1099 or C2C".
_TURNED_DOWN: Final = re.compile(
    r"\b(?:no|not|without|cannot|can't|don't|kein\w*|geen|pas de|sin|inga|bez)\b[^.\n;:]{0,40}(?:\b(?:or|nor|oder|of|ou|o|ani)|/)\s?$"
)
# Several ways of being paid: "W2 or 1099", "Freiberufler oder Festangestellte".
_EITHER_BEFORE: Final = re.compile(
    r"\b(?:w ?2|full time|employees?|festangestellt\w*|angestellt\w*|salarie|cdi|hpp|vast|fast anställning)\s?(?:/|or|and|oder|ou|of"
    r"|eller|nebo)\s?$"
)
_EITHER_AFTER: Final = re.compile(
    r"\s?(?:/|,|or|and|oder|ou|of|eller|nebo|lub)\s?(?:(?:on|als|as|in) )?(?:w ?2\b|festangestellt\w*|angestellt\w*|festanstellung"
    r"|anstellung"
    r"|salarie|cdi\b|hpp\b|employee|fast anställning|umow\w* o prac|uop\b)"
)
# People to learn a trade are sought: only then does their name in a text mean the job.
_SEEKS: Final = re.compile(
    r"(?:looking for|seeking|recruiting|hiring|searching for|join us as|start as|work as|position of|role of|wir suchen|suchen wir"
    r"|sucht|suche"
    r"|zoeken|zoekt|recherch\w+|recrut\w+|buscamos|busca|söker|szukamy|poszuku\w+|zatrudnimy|hledame|prijmeme)\s"
    r"(?!.*\b(?:mit|with|who|die|der|das|qui|que|som|ktor\w+|ktery|train\w*|for our|für unsere)\b)[^.\n;:]{0,48}$"
)
_LEARNER: Final = re.compile(
    r"apprentices?$|lehrling(?:e|s)?$|auszubildende[nr]?$|azubis?$|lernende|leerling$|leerling kok|bbl|apprentie?s?$|aprendi(?:z|ces)$"
    r"|lärling(?:ar)?$|uczen$|ucznia$|ucne?$|mlodocian\w+$"
)
_IS_LEARNING: Final = re.compile(r"\b(?:this is an?|it is an?|wir bieten (?:eine|einen)?|we offer an?)(?: \w+){0,3} $")
_SOUGHT: Final = re.compile(r"\s(?:\([^)]{1,12}\) )?(?:gesucht|wanted|gezocht|sökes|poszukiwan\w*|hledan\w*)\b")
# Temporary by its length alone: what a freelancer's project has as well.
_LENGTH_ALONE: Final = re.compile(
    r"(?:projekt|einsatz|vertrags)(?:dauer|laufzeit|zeitraum)|.*verlänger|auf zeit$|interim$|.*extension|contract (?:length|duration)"
    r"|dur[ée]e|mission|.*(?:verlenging|förlängning|prodlouzen|prorroga)|contractduur|uppdrag|konsultuppdrag|months? (?:project|contract)"
)
# Czech: "i na DPP", "možnost výkonu práce na DPP": an agreement that is possible as well tells no kind.
_POSSIBLE_TOO: Final = re.compile(r"\b(?:i|lze|mozno|mozne|mozna|moznost\w*|pripadne|take)(?: (?!prodlouz)\w+){0,3} $")
_CASUAL: Final = re.compile(r"dpp|dpc|brigad|dohod")
# "možnost smlouvy na dobu neurčitou po zapracování", "später unbefristet": a permanent contract that may follow.
_FOLLOWS: Final = re.compile(
    r"\b(?:moznost\w*|mozliwosc\w*|möglichkeit|possibilit\w+|option|mogelijkheid|posibilidad)(?: (?!and\b|und\b|et\b|y\b)\w+){0,5} $"
)
_LATER: Final = re.compile(
    r"\b(?:po (?:zapracovani|zaskoleni|zkuseb|okresie prob)|nach der probezeit|after (?:the )?(?:trial|probation)|na de proeftijd)"
)
# A form's field: "Anstellung: Fest", "Dienstverband: vast", "Tipo de contrato: fijo".
_FIELD: Final = re.compile(
    r"\b(?:(?:anstellung(?:sart|sverhältnis|sform)?|art der (?:anstellung|stelle)|stellenart|stellentyp|vertragsart|vertragstyp"
    r"|beschäftigungsart|arbeitsverhältnis)\s{0,2}:?\s{1,4}(?:fest|dauerhaft|dauer)\b(?!angest)"
    r"|(?:soort |type )?(?:dienstverband|contract|aanstelling)\s{0,2}:\s{0,4}vaste?\b|(?:tipo de )?contrat[oe]\s{0,2}:\s{0,4}fijo\b"
    r"|(?:type d'emploi|type de contrat|nature du contrat)\s{0,2}:\s{0,4}(?:permanent|titulaire|duree ind)"
    r"|anställningsform\s{0,2}:?\s{0,4}fast\b"
    r"|(?:rodzaj|typ|forma) (?:umowy|zatrudnienia)\s{0,2}:\s{0,4}stal[ay]\b"
    r"|(?:employment|contract|job|position) (?:type|status)\s{0,2}:\s{0,4}perm(?:anent)?\b)"
)
# An apprenticeship offered in a text without title: its own word at the beginning, or said to be offered.
_PLACE_TO_LEARN: Final = re.compile(
    r"(?:lehrstelle|ausbildungs(?:platz|stelle)|(?<!eine )(?<!lossene )(?<!lossener )(?<!lossenen )\bausbildung (?:zum|zur|als)"
    r"|\blehre als|apprenticeship (?:position|programme?|as)"
    r"|leerwerk(?:plek|baan)|bbl (?:plek|traject|opleiding)|contrat d'apprentissage|lärlings(?:plats|jobb)|ucebni mist|nauka zawodu)"
)
_PLACE_REACH: Final = 160  # characters from the beginning
_WEIGHTS: Final = {Zone.OFFER: 2}
_READ_CHARACTERS: Final = 100_000


def read_contract(source: ConditionSource) -> TextValue | None:
    """The kind of contract offered; None where none, or several as alternatives, are stated.

    The board's field goes first, then the title, then what the text states most often, then a duration ("Contract: 6 months").
    """
    stated = of_field(source.posting, _CODES, CueKind.CONTRACT)
    if stated:
        return stated[0] if len(stated) == 1 else None
    titled = without_alternatives(in_title(source, CueKind.CONTRACT), source.title.folded)
    if len({statement.value for statement in titled}) == 1:
        return titled[0].as_value(0.85)
    said = in_text(source, CueKind.CONTRACT, _WEIGHTS)
    said = [statement for statement in said if not _is_background(statement, source.ad.folded)]
    if any(statement.value == "self_employed" for statement in said):
        said = [statement for statement in said if not _is_length_alone(statement, source.ad.folded)]
    read = most_stated(without_alternatives(said, source.ad.folded))
    if read is not None or said:
        return read
    if field := source.ad.scan.search(_FIELD, stop=_READ_CHARACTERS):
        return _by_rule("permanent", field.span(), "field")
    if not source.title.text and (learns := _PLACE_TO_LEARN.search(source.ad.folded, 0, _PLACE_REACH)):
        return _by_rule("apprenticeship", learns.span(), "place_to_learn")
    duration = find_duration(source.ad)
    return None if duration is None else _by_rule("temporary", duration, "duration")


def _by_rule(value: str, span: tuple[int, int], rule: str) -> TextValue:
    return TextValue(value=value, score=0.7, evidence=Evidence(start=span[0], end=span[1], rule=rule))


def _is_length_alone(statement: Statement, folded: str) -> bool:
    """Whether words call a job temporary only by how long it lasts: "mit Option auf Verlängerung"."""
    return statement.value == "temporary" and _LENGTH_ALONE.match(folded, statement.start, statement.end) is not None


def _is_background(statement: Statement, folded: str) -> bool:
    """Whether a statement's words speak of something else: earlier experience, other people, an alternative, a permanent home."""
    before = folded[max(0, statement.start - 70) : statement.start]
    if statement.value == "apprenticeship":
        return not _offers_learning(statement, before, folded)  # "our apprentices"
    if statement.value != "permanent" and _TURNED_DOWN.search(before):
        return True
    if statement.value in ("internship", "self_employed"):
        return (
            _EXPERIENCE.search(before) is not None or _OTHERS.search(before) is not None or _is_asked_or_either(statement, before, folded)
        )
    if statement.value == "permanent" and _LATER.search(before) and _FOLLOWS.search(before):
        return True
    if folded[statement.start : statement.end] in _ADJECTIVES:
        return _OTHER_NOUN.match(folded, statement.end) is not None
    return statement.value == "temporary" and _is_alternative(statement, before, folded)


def _is_asked_or_either(statement: Statement, before: str, folded: str) -> bool:
    """Whether an internship is experience asked for, or work of one's own only one of two ways ("W2 or 1099")."""
    if statement.value == "internship":
        return _OR_BEFORE.search(before) is not None and _EXPERIENCE_AFTER.match(folded, statement.end) is not None
    return bool(_EITHER_BEFORE.search(before) or _EITHER_AFTER.match(folded, statement.end) or _OR_EMPLOYED.search(before))


def _offers_learning(statement: Statement, before: str, folded: str) -> bool:
    """Whether a text offers an apprenticeship: people who learn the trade are sought in it, or it says what it is."""
    words = folded[statement.start : statement.end]
    if _OTHERS.search(before):
        return False
    if _LEARNER.match(words):
        return _SEEKS.search(before) is not None or _SOUGHT.match(folded, statement.end) is not None
    return _IS_LEARNING.search(before) is not None


def _is_alternative(statement: Statement, before: str, folded: str) -> bool:
    """Whether a temporary contract is only one of several that are possible."""
    is_possible_too = _CASUAL.match(folded, statement.start) and _POSSIBLE_TOO.search(before)
    is_listed = _LISTED.match(folded, statement.end) or _OR_FURTHER.match(folded, statement.end)
    return bool(is_possible_too or is_listed or _OR_EMPLOYED.search(before))
