"""The words around education, as folded: what makes a level a demand, what makes it none, and education without a level."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.stems import Stems


class Surroundings(NamedTuple):
    """Patterns for the words in front of a level and behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


# Words around a level that is not asked for: a place of work, pupils, training on offer, a comparable education.
ELSEWHERE: Final = Surroundings(
    before=re.compile(
        r"(?:während (?:der|des|deiner)|bus|institutions? of|het(?: \w?mbo en| \w?mbo als| \w?mbo of)?|nauczyciel,?|typ:"
        r"|(?<!\w)[ivxl]{2,6}|dyrektor|pro studenty|studenty|studentum"
        r"|pro studenty ss nebo|dla (?:uczniow|studentow)|unsere[rn]?|deine[rn]?|bieten|areas como|våra(?: olika)?"
        r"|(?<!\w)our|(?<!\w)(?<!van )je|jouw"
        r"|(?<!\w)nos|nuestr[oa]s|nase|nasze"
        r"|teach(?:ing|ers?)?(?: in| at)?|pupils|students? (?:in|at)|work(?:ing)? (?:in|at|with)"
        r"|undervis\w+ (?:i|på)|elever (?:i|på)|lärare (?:i|på)|arbet\w+ (?:i|på)|en partenariat avec|aide aux|certified|scrum|web|school"
        r"|head|task|old|choir|station|to a large|360|high|some|quiz|bay|post|grand|games|harbou?r)\W{1,2}$"
    ),
    behind=re.compile(
        r"\W{0,2}(?:teacher|student council|district|campus|hospital|relations|lecturer|data|recruit|lärare|elever|skola(?:n|r)?(?!\w)"
        r"|sjukhus|professor|schüler|assistenz|platz|plätze|sleute|kommun|ogolnoksztalcac\w+ (?:im|nr|z oddz)|im\. |(?:und"
        r"|sowie) (?:\w+ )?(?:einarbeitung|einschulung|einführung)"
        r"|zu[mr] [\w/ ]{3,40} dauert|dauert)"
    ),
)
# "A comparable education" beside a level does not lower it.
COMPARABLE: Final = re.compile(
    r"(?:vergleichbare|ähnliche|gleichwertige|entsprechende|adäquate|gleichgestellte)[rnsm]?\W{1,2}(?:\w{3,14} )?$"
)
# Words that make a level a demand also where the text speaks of the employer or the offer.
DEMAND: Final = re.compile(
    r"requi?er|requir|recrut|must|qualif|minimum|at least|hold|looking for|educat|voraussetz|abgeschlossen|erforderlich|mindestens|verfüg"
    r"|idealerweise|wir suchen|diplome|niveau|titulaire|exige|souhait|minim|opleiding|afgerond|in het bezit|requisit|necesari"
    r"|imprescindible"
    r"|op zoek naar|zoeken|gezocht|suchen|gesucht|rechercho|buscamos|söker|poszukuj|szukamy|hledame"
    r"|krav|merit|utbildning|wymag|wyksztalceni|minimum|min\.|vzdelani|pozad|vyzad"
)
# The words that no education is asked for.
NO_MATTER: Final = re.compile(
    r"wyksztalcenie(?: jest)? (?:bez znaczenia|nieistotne|niewymagane|nie ma znaczenia|dowolne)|brak lub niepelne podstawowe"
    r"|vzdelani (?:neni|nerozhod|nevyzad|nepozad|nehraje)\w*"
    r"|no (?:formal |specific |particular )?(?:education|qualifications?|degree) (?:is |are )?(?:required|needed|necessary)"
    r"|keine (?:abgeschlossene )?ausbildung (?:erforderlich|notwendig|nötig)|ohne (?:abgeschlossene )?(?:berufs)?ausbildung"
    r"|sans diplome|aucun diplome|sin (?:necesidad de )?estudios|geen (?:diploma|opleiding)s? (?:nodig|vereist)|ingen (?:särskild "
    r"|formell )?utbildning (?:krävs|behövs)"
)
NO_MATTER_STEMS: Final = Stems(
    (
        "wyksztalcen",
        "brak lub",
        "vzdelani",
        "education",
        "qualification",
        "degree",
        "*ausbildung",
        "diplom",
        "estudios",
        "opleiding",
        "utbildning",
    )
)
# A field of study, or a profession's qualification, without a level.
FIELD_ONLY: Final = re.compile(
    r"(?<!\w)(?:formation (?:en|de|dans) \w+|de formation(?!\w)|diplome (?:en|de|d')\w*"
    r"|(?<!medical )(?<!graduate )(?<!provide )education in (?!(?:nearly|our|the|all|an?|schools)\b)\w+|formacion en \w+|titulacion"
    r"|estudiantes?"
    r"|immatrikulier\w+|studiengang\w*|student(?:in|en)?(?= \w)|fundierte \w* ?aus|fachausbildung|opleiding\w*(?= \w)"
    r"|(?:relevante|passende|afgeronde) opleiding|utbildning (?:inom|i|till|som) \w+|relevant utbildning|examen (?:inom|som) \w+"
    r"|legitimerad \w+|wyksztalceni\w+(?: kierunkow\w+)?|kwalifikacje zawodowe|vzdelani\w*(?: v oboru)?"
    r"|qualified (?:nurse|social worker|teacher|accountant|electrician|engineer|chef)|(?:nursing|social work|teaching|prescribing"
    r"|relevant|professional) qualifications?|rgn|rmn|nmc pin)(?!\w)"
)
