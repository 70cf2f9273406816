"""Words around a kind of contract that make it somebody else's, an object of the work, or experience asked for; matched on folded text."""

from __future__ import annotations

import re
from typing import Final

# In front: what is done with contracts where they are the work itself ("rozliczanie umów zleceń", "drafting temporary contracts").
HANDLED_BEFORE: Final = re.compile(
    r"\b(?:naliczan\w*|rozlicz\w*|sporzadz\w*|przygotow\w*|obslug\w*|administr\w*|ewidencj\w*|weryfik\w*|z tytulu"
    r"|draft(?:s|ing)?|prepar(?:e|es|ing)|process(?:es|ing)|draw(?:s|ing)? up|negotiat\w+|renew(?:s|ing)|review(?:s|ing)"
    r"|erstell\w*|abrechn\w*|verwalt\w*|bearbeit\w*|vorbereit\w*"
    r"|redaction|redig\w+|etabli\w+|gestion|suivi|opstellen|opmaken|verwerk\w*|beheren|redactar|redaccion|tramit\w+|elabora\w+"
    r"|upprätta\w*|hanter\w*|skriva|pripra\w*|zpracov\w*|evidence|vystavov\w*|uzavir\w*)(?: \w+){0,3} $"
)
# Around: more than one contract; nobody is offered several.
CONTRACTS: Final = re.compile(r"\b(?:umow(?! o prac)|contracts|verträgen?|contrats|contracten|contratos|anställningsavtal|smluv|dohod)\b")
# Behind words of an internship: what else would do as well ("Internship, capstone, or personal projects").
ALSO_ASKED: Final = re.compile(
    r"(?:,|/| or| and) ?(?:(?:[\w/&]+,? ){0,5}?(?:projects|coursework|capstones?|hackathons?|bootcamps?|experience|portfolio)"
    r"|(?:[a-z]+ ){0,3}?(?:projekterfahrung\w*|berufserfahrung|nebenjobs?|werkervaring|arbeidservaring|experiencia"
    r"|arbetslivserfarenhet\w*|doswiadczeni\w*|praxe|zkusenost\w*))\b"
    r"| (?:oder|of|ou|o|eller|lub|nebo) (?:[\w]+ ){0,2}?(?:projekterfahrung\w*|berufserfahrung|projekte[n]?|nebenjobs?|werkervaring"
    r"|arbeidservaring|experience|projets|experiencia|proyectos|arbetslivserfarenhet\w*|doswiadczeni\w*|projekty|praxe|zkusenost\w*"
    r"|projektech)\b"
)
# Dutch: students who have worked on it, or for whom the product is made, are not those who are sought.
_STUDENTS: Final = re.compile(r"(?:studenten|een student|de student)$")
_STUDENTS_AFTER: Final = re.compile(
    r"\s(?:(?:zijn|waren|hebben|hadden) (?!welkom|van harte|nodig|die)|(?:,|en) ?(?:docent|medewerk|leraren)|medewerkers)"
)
_STUDENTS_BEFORE: Final = re.compile(
    r"\b(?:hebben|hadden|hielpen|helpt|helpen|helpen om|waarmee|waarin|oa|zoals|andere|eerdere|vorige|huidige"
    r"|ondersteun\w+|begeleid\w*|lesgeven aan)(?: (?:minor|ict|hbo|de|twee|drie))?\s$"
)
# Dutch: where students and firms meet.
_STAGE_PLACES: Final = re.compile(r"stage(?:markt|bureau|begeleid|coördinat|school|docent|beurs|beurzen)")
# Between an internship and the legal form it takes: "staż w oparciu o umowę zlecenie", "Praktikum, befristet auf 6 Monate".
LEGAL_FORM: Final = re.compile(r"(?!.*\b(?:or|oder|of|ou|eller|lub|albo|nebo|and|und|et|och)\b)[^.\n;/|:]{0,60}")


def is_handled(before: str, around: str) -> bool:
    """Whether contracts are what the person works on."""
    return CONTRACTS.search(around) is not None and HANDLED_BEFORE.search(before) is not None


def is_other_students(words: str, before: str, folded: str, end: int) -> bool:
    """Whether students are only spoken of: "twee studenten zijn daar al mee bezig"."""
    if _STAGE_PLACES.match(words):
        return True
    if _STUDENTS.match(words) is None:
        return False
    return _STUDENTS_AFTER.match(folded, end) is not None or _STUDENTS_BEFORE.search(before) is not None
