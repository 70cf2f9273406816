"""The words around experience in eight languages, as folded: numbers, units, experience itself, and what is none."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.conditions.stems import Stems


class Surroundings(NamedTuple):
    """Patterns for the words in front of an amount and behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


# Words for numbers; also as first parts of compounds ("zweijährig", "dvouleta", "trzyletnie").
NUMBER_WORDS: Final = {
    "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "ten": 10.0,
    "ein": 1.0, "eine": 1.0, "einem": 1.0, "eines": 1.0, "zwei": 2.0, "drei": 3.0, "vier": 4.0, "fünf": 5.0, "fuenf": 5.0, "sechs": 6.0, "zehn": 10.0,
    "un": 1.0, "une": 1.0, "deux": 2.0, "trois": 3.0, "quatre": 4.0, "cinq": 5.0, "dix": 10.0,
    "een": 1.0, "twee": 2.0, "drie": 3.0, "vijf": 5.0, "tien": 10.0,
    "uno": 1.0, "dos": 2.0, "tres": 3.0, "cuatro": 4.0, "cinco": 5.0, "seis": 6.0, "diez": 10.0,
    "ett": 1.0, "tva": 2.0, "två": 2.0, "tre": 3.0, "fyra": 4.0, "fem": 5.0, "sex": 6.0, "tio": 10.0,
    "jeden": 1.0, "jednego": 1.0, "dwa": 2.0, "dwoch": 2.0, "dwu": 2.0, "trzy": 3.0, "trzech": 3.0, "cztery": 4.0, "piec": 5.0, "pieciu": 5.0,
    "jedno": 1.0, "dva": 2.0, "dvou": 2.0, "tri": 3.0, "ctyri": 4.0, "pet": 5.0, "peti": 5.0,
}  # fmt: skip
UNITS: Final = (
    r"years?(?:['’]s?)?|yrs?|year['’]?s|jahre?n?s?|ans?|annees?|jaar|jaren|anos?|ano|års?|lat|lata|latach|let|leta|roky?|roku|letn\w{1,5}|letn|let[aeouy]\w{0,3}"
    r"|months?(?:['’]s?)?|monate?n?s?|mois|maand|maanden|mes|meses|månad(?:er)?s?|miesi\w{2,6}|mies|m cy|mesic\w{0,3}"
)
EXPERIENCE: Final = re.compile(
    r"experi?[ea]nc|erfahr(?:ung|en)|berufspraxis|ervaring|doswiadcz|(?<!\w)staz(?:u|em)?(?!\w)|(?<!\w)prax(?:e|i)(?!\w)|(?<!\w)praxis(?!\w)"
    r"|zkusen|erfarenhet|(?<!\w)erfaren(?!\w)|background in|track record|relevant work|(?<!\w)postgrad|(?<!\w)pqe(?!\w)|post qualif"
)
# In the neighbourhood of an amount these words speak of experience too.
NEAR_EXPERIENCE: Final = re.compile(
    EXPERIENCE.pattern
    + r"|(?<!\w)(?:arbetat|worked|gearbeitet|travaille|gewerkt|trabajado|pracowal|pracoval|tätigkeit|taetigkeit|pratique|oficio)"
)
EXPERIENCE_STEMS: Final = Stems(
    ("experienc", "experianc", "experinc", "*erfahrung", "erfahrene", "berufspraxis", "*ervaring", "doswiadcz", "stazu", "staz", "praxe", "praxi",
     "zkusen", "*erfarenhet", "erfaren ", "track record", "background in", "pqe")
)  # fmt: skip
# Around these stand amounts written as words.
STEMS: Final = Stems(
    ("experienc", "experianc", "experinc", "*erfahrung", "berufspraxis", "*ervaring", "doswiadcz", "staz", "praxe", "praxi", "zkusen", "*erfarenhet",
     "pqe", "minst ", "at least", "mindestens", "minimum", "au moins", "al menos", "minimaal", "co najmniej", "przynajmniej", "alespon", "ten minste")
)  # fmt: skip
NO_NEED_STEMS: Final = Stems(
    ("experienc", "*erfahrung", "*kenntnisse", "*ervaring", "doswiadcz", "praxe", "praxi", "zkusen", "*erfarenhet", "*kunskaper", "debutant", "starter",
     "schoolverlat", "quereinst", "berufseinst", "berufsanf")
)  # fmt: skip
# Experience that nobody is asked to bring.
OTHER_EXPERIENCE: Final = re.compile(
    r"(?:user|customer|client|guest|shopping|candidate|employee|player|patient|digital|brand|buyer|learning) experience|experience (?:design|center|team)|experience client|experiencia de(?:l)? (?:cliente|usuario)"
    r"|erfahrungsaustausch|kundenerfahrung|klantervaring|nutzererfahrung|kundenerlebnis|selon (?:l')?experience|segun (?:la )?experiencia|nach erfahrung|experience a offrir|gain experience|gathering experience"
)
LEAST: Final = re.compile(
    r"at least|min(?:imum|imal|imalt|imo|ima|imalnie|imalne|imaal|d|st|destens|stens|stens|\.)?(?!\w)|minimaln|not less than|no less than|more than|over|mindestens|wenigstens|ab (?=$)|au moins|au minimum|plus de|ten ?minste|zeker"
    r"|al menos|como minimo|mas de|minst|över|mer an|co najmniej|przynajmniej|powyzej|alespon|nejmene|aspon|\+"
)
# Only after these may an amount be greater than is common.
LEAST_OF_ALL: Final = re.compile(r"at least|min(?:imum|\.|d|destens)|au moins|ten ?minste|al menos|minst|co najmniej|alespon")
# "Staż pracy: lata: 3".
UNIT_FIRST: Final = re.compile(
    r"(?:staz\w*|doswiadczen\w+|experience|erfahrung|prax[ei]|ervaring|experiencia|erfarenhet)(?: pracy| in years| in jahren)?\W{1,3}"
    r"(?:\(?(?:w latach|lata|years|jahre|jaren|let|roky|anos|annees|ans|år)\)?)\W{1,3}(?P<number>\d{1,2})(?!\w)"
)
_YEARS_OF: Final = (
    r"(?P<number>\d{1,2}|"
    + "|".join(
        (
            "ein",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "zehn",
            "een",
            "twee",
            "drie",
            "vijf",
            "dwu",
            "trzy",
            "piecio",
            "cztero",
            "dvou",
            "tri",
            "peti",
            "ctyr",
            "jedno",
            "rocz",
            "rocn",
            "tva",
            "tvä",
            "tre",
            "fem",
        )
    )
    + ")"
)
YEARLY: Final = re.compile(
    rf"(?<!\w){_YEARS_OF} ?(?:jähr\w{{0,3}}|jaehr\w{{0,3}}|jarige?|letni\w{{0,4}}|let[aeiou]\w{{0,2}}|n[aeiy]\w{{0,3}}|ni\w{{0,3}}|årig\w{{0,2}})(?!\w)"
)
# A year without a number: "minimum rok doświadczenia", "alespoň rok praxe", "minst ett år".
SINGLE: Final = re.compile(
    r"(?:(?<=minimum )|(?<=min )|(?<=min\. )|(?<=najmniej )|(?<=przynajmniej )|(?<=alespon )|(?<=aspon )|(?<=minimalne )|(?<=nejmene ))(?:rok|roku|roczn\w{1,3}|rocn\w{1,3}|year|a year)(?!\w)"
)
NOT_ASKED: Final = Surroundings(
    before=re.compile(
        r"(?:founded|established|since|for (?:the |over |more than |nearly |almost )?(?:past|last)?|over the (?:next|past|last)|within(?: the)?|next|last|past|depuis|il y a|pendant|pour|seit|vor|innerhalb von"
        r"|nach|al|sinds|binnen|desde hace|desde|lleva(?:mos)?(?: mas de)?|hace|durante|sedan|senaste|i over|i mer an|under|åldrarna|mellan|od|przez|przez okres|okres|okresie|po|pred|behem|jiz|uz|za|age of|aged|laufzeit:?|dauer:?|duration:?|contrat(?: de)?|cdd(?: de)?"
        r"|ukonczone|alter von|ab dem|über|with an average|cada|alle|every|each|jede[rs]?|chaque)\W{0,2}$"
    ),
    behind=re.compile(
        r"\W{0,2}(?:old|of age|alt|tenure|contract|warranty|garantie|garantia|gwarancj|university|degree|program|course|of study|ausbildung|studium|in advance|in business|on the market|on the job market|history|ago|later"
        r"|na rynku|na trhu|d'existence|gamla?|åring|leeftijd|oud|de vida|de historia|tradition|of tradition|of service|of operation|provanst|probezeit|proeftijd|periodo de prueba|period|fixed|guarantee|jung|erfolgreich|am markt|auf dem markt"
        r"|zycia|wieku|i wiecej lat|mission|renouvel|contrat|mit der option|mit option|a partir|befrist|laufzeit|de duree|anställ|umow|smlouv|zkuseb|prob|per week|a week|na czas|holiday|urlaub|vacances)"
    ),
)
NO_NEED: Final = re.compile(
    r"(?<!\w)(?:no (?:previous |prior |formal |work |working |professional |relevant |specific |particular ){0,3}(?:[a-z]+ )?experience(?: is| necessary| needed| required|[.,;!]| or )(?! more)"
    r"|(?:previous |prior |work )?experience (?:is |in [\w ]{3,30} is )?(?:not|isn't|never) (?:a )?(?:required|necessary|needed|essential|a requirement|a must|important)"
    r"|don't (?:have|need) (?:any )?(?:prior|previous) [\w ]{0,20}experience|without (?:any |previous |prior )?experience|with or without experience"
    r"|keine (?:berufs|vor|einschlägige |besondere |spezielle )?\w{0,12}(?:erfahrung|kenntnisse)(?:en)? (?:sind |ist )?(?:erforderlich|notwendig|nötig|voraus|benötigt)|ohne (?:berufs|vor)?(?:erfahrung|kenntnisse)"
    r"|(?:berufs)?erfahrung(?:en)? (?:sind|ist) (?:nicht|keine) (?:erforderlich|notwendig|nötig|voraus|zwingend)\w*|(?:als |für |auch |gerne )?(?:berufseinsteiger|berufsanfänger|quereinsteiger)(?:innen|:innen|\*innen|in|:in|\*in|/innen)?"
    r"(?: (?:sind |herzlich |gerne |ebenfalls |und [\w*:]+ ){0,3}(?:willkommen|möglich|angesprochen)|(?=:in))|als berufseinsteig|berufseinstieg"
    r"|debutant\W?e?\W{0,2}s?\W{0,2} (?:est |sont |tout a fait |bienvenu|motive )?(?:accept|bienvenu|possible|ou confirm)\w*|debutants? motives?|sans experience|aucune experience|experience (?:n'est )?(?:non|pas) (?:exig|requis|necess|oblig)\w*|pas d'experience"
    r"|geen (?:werk|eerdere |relevante )?ervaring (?:nodig|vereist|noodzakelijk|is|hebben)|(?:werk)?ervaring (?:is )?(?:niet (?:nodig|vereist|noodzakelijk)|geen (?:vereiste|must|noodzaak))|zonder (?:werk)?ervaring|schoolverlaters? (?:zijn )?welkom|starters? (?:zijn )?welkom"
    r"|sin (?:necesidad de )?experiencia|no (?:es |se |hace ){0,2}(?:necesari[ao]|requiere|falta|necesita|precisa|exige) (?:tener )?(?:ninguna )?experiencia|experiencia (?:previa )?no (?:es )?(?:necesaria|requerida|imprescindible|obligatoria)"
    r"|ingen (?:tidigare |särskild )?(?:arbetslivs)?erfarenhet|inga (?:för|tidigare )?kunskaper krävs|oavsett (?:tidigare )?erfarenhet|utan (?:tidigare )?erfarenhet|(?:krävs|behöver) (?:ingen|inga|inte) (?:tidigare )?(?:erfarenhet|förkunskap)\w*|erfarenhet (?:är )?(?:krävs inte|inget krav|inte ett krav|ej ett krav|inget måste|behövs inte)"
    r"|bez (?:wymaganego )?doswiadczenia|doswiadczenie (?:zawodowe )?nie(?: jest)? (?:wymagane|konieczne|potrzebne)|nie wymagamy doswiadczenia|brak (?:wymaganego )?doswiadczenia|nie musisz miec doswiadczenia|doswiadczenie niewymagane"
    r"|bez (?:predchozi )?(?:praxe|zkusenosti)|prax[ei] (?:v oboru )?(?:neni|nevyzad|nepozad|nutna neni)\w*|praxi (?:nevyzad|nepozad|nepotreb)\w*|zkusenosti (?:v oboru )?(?:nejsou|nevyzad|nepozad)\w*)"
)
