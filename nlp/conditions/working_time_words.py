"""Words around "full time" and "part time" that speak of other people, of later jobs and of studies; matched on folded text."""

from __future__ import annotations

import re
from typing import Final

_PEOPLE: Final = (
    r"(?:employees?|associates?|team ?members?|teammates|colleagues|workers?|workforce|faculty|personnel|hires|interns"
    r"|positions are eligible"
    r"|medewerkers|werknemers|collega'?s|mitarbeit\w*|beschäftigte\w*|angestellte\w*|medarbetare|kollegor)"
)
# Behind the words: people who have such a job; with a verb behind them they are spoken of, not sought.
OTHERS_AFTER: Final = re.compile(
    rf"\s?{_PEOPLE}\b(?P<verb> (?:who|receive|get|are (?:eligible|entitled|offered)|enjoy|can|may|also|with a minimum|erhalten|bekommen"
    rf"|krijgen|får)\b)?"
)
# In front: whose they are.
OTHERS_BEFORE: Final = re.compile(
    r"\b(?:our|all|eligible|offers?|offered to|available to|benefits? (?:for|to)|become a|for|to|most|other|some|employ|employs|[0-9]{2,}"
    r"|qualifying|unser\w*|alle\w*|onze|voor|för|våra)\s(?:\w+\s){0,2}$"
)
PEOPLE_BEFORE: Final = re.compile(
    r"\b[0-9][0-9 .]{0,6}(?:salarie\w*|employe\w*|collaborat\w*|empleados|trabajadores|mitarbeiter\w*|medewerkers|medarbetare|employees"
    r"|pracownikow|zamestnancu)\s(?:(?:on|in|op|na|en|working) )?$"
)
# In front of "full time": a job that may follow this one, or a smaller one that may grow.
LATER: Final = re.compile(
    r"\b(?:kans op|uitzicht op|perspectief op|chance (?:of|for|at)|prospect of|potential (?:to|for)|possibility (?:of|for)"
    r"|conver\w+ (?:in)?to"
    r"|transition\w* (?:in)?to|lead(?:s|ing)? (?:in)?to|scale (?:up )?to|(?:to )?become|grow into|turn into|move into"
    r"|(?:aussicht|chance|option|möglichkeit) (?:auf|zur|einer)|übernahme(?: in| als)?|wechsel in|posibilidad de pasar a|paso a|passage a"
    r"|evolution vers|szans\w+ na|przejsci\w+ na|prechod\w* na|övergå till|chans till)[^.\n;]{0,24}$"
)
STUDY_AFTER: Final = re.compile(
    r"\s(?:[\w'&]+ ){0,3}(?:bootcamp|mba\b|curriculum|coursework|degree(?! appr)|course(?! (?:instr|lead|tutor|coord|manag))|education\b"
    r"|opleiding|studie\b|studium|formation\b|etudes|estudios|utbildning|studier|studia)"
)
STUDY_BEFORE: Final = re.compile(
    r"\b(?:studium|studying|studies|enrolled|bootcamp|studier\w*|studeren|studeert|studie|opleiding|formation|etudes|estudios|utbildning"
    r"|studierar|läser|studia|studujes|weiterbildung|lehrgang|kurs|coursework)\s(?:\w+\s){0,2}$"
)
