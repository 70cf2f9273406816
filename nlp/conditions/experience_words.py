"""The words around experience in eight languages, as folded: numbers, units, experience itself, and what is none."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.stems import Stems


class Surroundings(NamedTuple):
    """Patterns for the words in front of an amount and behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


UNITS: Final = (
    r"years?(?:['’]s?)?|yrs?|year['’]?s|jahre?n?s?|ans?|annees?|jaar|jaren|anos?|ano|års?|lat|lata|latach|let|leta|roky?|roku|letn\w{1,5}"
    r"|letn|let[aeouy]\w{0,3}|yoe"
    r"|months?(?:['’]s?)?|monate?n?s?|mois|maand|maanden|mes|meses|månad(?:er)?s?|miesi\w{2,6}|mies|m cy|mesic\w{0,3}"
)
EXPERIENCE: Final = re.compile(
    r"experi?[ea]nc|erfahr(?:ung|en)|berufspraxis|ervaring|doswiadcz|(?<!\w)staz(?:u|em)?(?!\w)|(?<!\w)prax(?:e|i)(?!\w)"
    r"|(?<!\w)praxis(?!\w)|(?<!\w)yoe(?!\w)"
    r"|zkusen|erfarenhet|(?<!\w)erfaren(?!\w)|background in|track record|relevant work|(?<!\w)postgrad|(?<!\w)pqe(?!\w)|post qualif"
)
# In the neighbourhood of an amount these words speak of experience too.
NEAR_EXPERIENCE: Final = re.compile(
    EXPERIENCE.pattern
    + r"|(?<!\w)(?:arbetat|worked|gearbeitet|travaille|gewerkt|trabajado|pracowal|pracoval|tätigkeit|taetigkeit|pratique|oficio)"
)
EXPERIENCE_STEMS: Final = Stems(
    (
        "experienc",
        "experianc",
        "experinc",
        "*erfahrung",
        "erfahrene",
        "berufspraxis",
        "*ervaring",
        "doswiadcz",
        "stazu",
        "staz",
        "praxe",
        "praxi",
        "zkusen",
        "*erfarenhet",
        "erfaren ",
        "track record",
        "background in",
        "pqe",
    )
)
# Around these stand amounts written as words.
STEMS: Final = Stems(
    (
        "experienc",
        "experianc",
        "experinc",
        "*erfahrung",
        "berufspraxis",
        "*ervaring",
        "doswiadcz",
        "staz",
        "praxe",
        "praxi",
        "zkusen",
        "*erfarenhet",
        "pqe",
        "minst ",
        "at least",
        "mindestens",
        "minimum",
        "au moins",
        "al menos",
        "minimaal",
        "co najmniej",
        "przynajmniej",
        "alespon",
        "ten minste",
    )
)
NO_NEED_STEMS: Final = Stems(
    (
        "experienc",
        "*erfahrung",
        "*kenntnisse",
        "*ervaring",
        "doswiadcz",
        "praxe",
        "praxi",
        "zkusen",
        "*erfarenhet",
        "*kunskaper",
        "debutant",
        "starter",
        "schoolverlat",
        "quereinst",
        "berufseinst",
        "berufsanf",
    )
)
# Experience that nobody is asked to bring.
OTHER_EXPERIENCE: Final = re.compile(
    r"(?:user|customer|client|guest|shopping|candidate|employee|player|patient|digital|brand|buyer|learning) experience"
    r"|experience (?:design|center|team)|experience client|experiencia de(?:l)? (?:cliente|usuario)"
    r"|erfahrungsaustausch|kundenerfahrung|klantervaring|nutzererfahrung|kundenerlebnis|selon (?:l')?experience|segun (?:la )?experiencia"
    r"|nach erfahrung|experience a offrir|\bgain(?:ing)? (?:\w+ ){0,2}experience|gathering experience|organi[sz]ation's experience"
    r"|experiencia (?:unica|inolvidable|increible|excepcional|de compra|de marca)|vi(?:ve|vir|va) (?:la|una) experiencia"
    r"|ervaring op ?(?:te )?doen|ervaring opdo\w+|(?:poznatku|znalosti|teorie|uplatneni) v praxi"
)
# Words for people who have experience, and for their having it.
SOUGHT_STEMS: Final = Stems(
    (
        "experienced",
        "experience",
        "erfahrene",
        "experimente",
        "experimentad",
        "experiencia",
        "ervaren",
        "ervaring",
        "erfaren",
        "erfarenhet",
        "doswiadczon",
        "doswiadczeni",
        "zkusen",
        "praxi",
    )
)
# Between who seeks and who is sought: no clause about other people, no place to learn or to come from.
_WORDS_BETWEEN: Final = (
    r"(?: (?!(?:od|do|von|vom|aus|bei|from|among|by|met|mit|bij|who|that|which|to|die|que|qui|som|our|unser\w*|nasz\w*|nas\w{0,3}"
    r"|equipe|equipo|team|tym\w*|baan|stelle|job)\b)[\w/():*]+)"
)
_PEOPLE: Final = r"(?! (?:team|partner|colleg|kolleg|tym|equip|by\b|meister))"
EXPERIENCED_SOUGHT: Final = re.compile(
    r"(?<!not )(?<!nicht )(?<!niet )(?<!n't )(?<!nie )(?<!ne )\b(?:"
    r"(?:looking for|looking to (?:hire|recruit)|seeking|searching for|hiring|in search of|is designed for)"
    rf"(?:(?: an?| several| highly| very| \d+)* (?P<en>experienced){_PEOPLE}"
    rf"|{_WORDS_BETWEEN}{{1,6}} with(?: \w+){{0,2}}? (?P<en2>experience) (?:in|with|as|of)\b)"
    rf"|(?:suchen(?: wir)?|sucht|gesucht){_WORDS_BETWEEN}{{0,3}}? (?P<de>erfahrene[nrs]?)(?:/\w{{1,2}})?{_PEOPLE}"
    rf"|(?:recherch(?:e|ons)|recrut(?:e|ons)|idealement){_WORDS_BETWEEN}{{0,6}}? (?P<fr>experimente(?:\(e\)s?|es?|s)?)(?!\w)"
    rf"|(?:zoeken|zoekt|op zoek naar)(?: wij| we)?(?: een| \d+)? (?P<nl>ervaren){_PEOPLE}"
    rf"|(?:buscamos|se busca){_WORDS_BETWEEN}{{0,5}}? (?P<es>experimentad[oa]s?|con(?: \w+)? experiencia)"
    rf"|söker(?: vi)?(?: nu)?(?: en| ett| \d+)? (?P<sv>erfar(?:en|na|et)){_PEOPLE}"
    rf"|(?:szukamy|poszukujemy|poszukuje){_WORDS_BETWEEN}{{0,4}}? (?P<pl>doswiadczon\w+|z(?: \w+)? doswiadczeniem)"
    rf"|(?:hledame|hleda|prijmeme){_WORDS_BETWEEN}{{0,4}}? (?P<cs>zkusen(?:eho|ou|e)|s praxi|se zkusenostmi))(?!\w)"
)
LEAST: Final = re.compile(
    r"at least|min(?:imum|ium|imun|imal|imalt|imo|ima|imalnie|imalne|imaal|d|st|destens|stens|stens|\.)?(?!\w)|minimaln|not less than"
    r"|no less than"
    r"|more than|over|mindestens|wenigstens|ab (?=$)|au moins|au minimum|plus de|ten ?minste|zeker"
    r"|al menos|como minimo|mas de|minst|över|mer an|co najmniej|przynajmniej|powyzej|alespon|nejmene|aspon|\+"
)
# Only after these may an amount be greater than is common.
LEAST_OF_ALL: Final = re.compile(r"at least|min(?:imum|\.|d|destens)|au moins|ten ?minste|al menos|minst|co najmniej|alespon")
# "Staż pracy: lata: 3".
UNIT_FIRST: Final = re.compile(
    r"(?:staz\w*|doswiadczen\w+|experience|erfahrung|prax[ei]|ervaring|experiencia|erfarenhet)(?: pracy| in years| in jahren)?\W{1,3}"
    r"(?:\(?(?:w latach|lata|years|jahre|jaren|let|roky|anos|annees|ans"
    r"|år)\)?)\W{1,3}(?P<number>\d{1,2})(?:,? miesiac\w*:? ?(?P<months>\d{1,2}))?(?!\w)"
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
    rf"(?<!\w){_YEARS_OF}(?: ?(?:jähr\w{{0,3}}|jaehr\w{{0,3}}|jarige?|letni\w{{0,4}}|let[aeiou]\w{{0,2}}|årig\w{{0,2}})"
    rf"|n[aeiy]\w{{0,3}}|ni\w{{0,3}})(?!\w)"
)
# A year without a number: "minimum rok doświadczenia", "alespoň rok praxe", "minst ett år".
SINGLE: Final = re.compile(
    r"(?:(?<=minimum )|(?<=min )|(?<=min\. )|(?<=najmniej )|(?<=przynajmniej )|(?<=alespon )|(?<=aspon )|(?<=minimalne )"
    r"|(?<=nejmene ))(?:rok|roku|roczn\w{1,3}|rocn\w{1,3}|year|a year)(?!\w)"
)
NOT_ASKED: Final = Surroundings(
    before=re.compile(
        r"(?<!\w)(?:(?:organi[sz]ation|company|firm) with an?|(?:barn|children|kinder[ns]?|enfants|kinderen|ninos|dzieci|deti) \("
        r"|founded|established|since|for (?:the |over |more than |nearly |almost )?(?:past|last)?|over the (?:next|past|last)"
        r"|within(?: the)?|next|last|past|depuis|il y a|pendant|pour|seit|vor|innerhalb von"
        r"|nach|al|sinds|binnen|desde hace|desde|lleva(?:mos)?(?: mas de)?|hace|durante|sedan|senaste|i over|i mer an|under|åldrarna"
        r"|mellan|(?<!stanowisku )(?<!branzy )od|przez|przez okres|okres|okresie|po|pred|behem|jiz|uz|za|age of|aged|laufzeit:?"
        r"|dauer:?|duration:?|contrat(?: de)?"
        r"|cdd(?: de)?|(?:stage(?:periode)?|afstudeerperiode|internship|praktikum|praktikums\w+|beschikbaar\w*|available|verfügbar"
        r"|disponible"
        r"|disponibilidad|duur|looptijd|periode|period|zeitraum|praktik|staz studencki|staz trwajacy)[^.;\d]{0,22}"
        r"|ukonczone|alter von|ab dem|über|with an average|cada|alle|every|each|jede[rs]?|chaque"
        r"|up to|(?<!not )(?<!no )less than|no more than"
        r"|bis zu|jusqu'a|hasta|upp till)\W{0,2}$"
    ),
    behind=re.compile(
        r"\W{0,2}(?:old|of age|alt|tenure|contract|warranty|garantie|garantia|gwarancj|university|degree|program|course|of study"
        r"|ausbildung|studium|in advance|in business|on the market|on the job market|history|ago|later"
        r"|na rynku|na trhu|d'existence|gamla?|åring|leeftijd|oud|de vida|de historia|tradition|of tradition|of service|of operation"
        r"|provanst|probezeit|proeftijd|periodo de prueba|period|fixed|guarantee|jung|erfolgreich|am markt|auf dem markt"
        r"|zycia|wieku|i wiecej lat|mission|renouvel|contrat|mit der option|mit option|a partir|befrist|laufzeit|de duree|anställ|umow"
        r"|smlouv|zkuseb|prob|per week|a week|na czas|holiday|urlaub|vacances)"
    ),
)
NO_NEED: Final = re.compile(
    r"(?<!\w)(?:no (?:previous |prior |formal |work |working |professional |relevant |specific "
    r"|particular ){0,3}(?:[a-z]+ )?experience(?: is| necessary| needed| required|[.,;!]| or )(?! more)"
    r"|(?:previous |prior |work )?experience (?:is |in [\w ]{3,30} is )?(?:not|isn't|never) (?:a )?(?:required|necessary|needed|essential"
    r"|a requirement|a must|important)"
    r"|don't (?:have|need) (?:any )?(?:(?:prior|previous) [\w ]{0,20})?experience|without (?:any |previous |prior |relevant )?experience"
    r"|with or without experience|(?:lack of|little or no|little to no) (?:previous |prior )?experience|have no (?:previous |prior "
    r"|relevant )?experience"
    r"|if you(?: are|'re) not (?:yet )?experienced(?![^.\n]{0,30} not apply)|experience: any(?= ?(?:[(.,;\n]|$))"
    r"|new grads (?:are )?(?:ok|welcome)"
    r"|regardless of (?:your )?(?:previous |prior )?experience|no matter (?:how much|what) experience"
    r"|keine (?:berufs|vor|einschlägige |besondere |spezielle )?\w{0,12}(?:erfahrung|kenntnisse)(?:en)? (?:sind |ist )?(?:erforderlich"
    r"|notwendig|nötig|voraus|benötigt)|ohne (?:jegliche |einschlägige |entsprechende )?(?:berufs|vor)?(?:erfahrung|kenntnisse)"
    r"|(?:du hast|sie haben|hast du|haben sie|wenn du|wenn sie) (?:\w+ )?keine (?:berufs|vor)?erfahrung|keine (?:berufs"
    r"|vor)?erfahrung(?:en)?(?: kein problem|\?)"
    r"|(?:berufs|vor)?(?:erfahrung|kenntnisse) (?:sind |ist |werden )?(?:nicht|keine) (?:erforderlich|notwendig|nötig|voraus|zwingend"
    r"|benötigt|bedingung)\w*"
    r"|(?:berufs)?erfahrung(?:en)? (?:sind|ist) (?:nicht|keine) (?:erforderlich|notwendig|nötig|voraus|zwingend)\w*|(?:als |für |auch "
    r"|gerne )?(?:berufseinsteiger|berufsanfänger|quereinsteiger)(?:innen|:innen|\*innen|in|:in|\*in|/innen)?"
    r"(?: (?:sind |herzlich |gerne |ebenfalls |und [\w*:]+ ){0,3}(?:willkommen|möglich|angesprochen)|(?=:in))|als berufseinsteig"
    r"|berufseinstieg"
    r"|debutant\W?e?\W{0,2}s?\W{0,2} (?:est |sont |tout a fait |bienvenu|motive )?(?:accept|bienvenu|possible|ou confirm)\w*"
    r"|debutants? motives?|sans experience|aucune experience|experience (?:n'est )?(?:non|pas) (?:exig|requis|necess|oblig)\w*"
    r"|pas d'experience|(?:n'avez|n'as|ni) (?:pas |aucune )?(?:d'|une )?experience(?: \?| n'est)|avec ou sans experience"
    r"|sans aucune experience"
    r"|experience (?:n'est pas|pas) (?:un critere|indispensable)|peu importe (?:votre |l')experience"
    r"|geen (?:werk|eerdere |relevante )?ervaring (?:nodig|vereist|noodzakelijk|is|hebben)|(?:werk)?ervaring (?:is )?(?:niet (?:nodig"
    r"|vereist|noodzakelijk)|geen (?:vereiste|must|noodzaak))|zonder (?:werk|relevante )?ervaring|(?:heb je|heeft u|je hebt"
    r"|wanneer je) (?:nog )?geen (?:werk|relevante )?ervaring|met of zonder ervaring"
    r"|ervaring (?:hoeft niet|niet verplicht|is geen pre)|schoolverlaters? (?:zijn )?welkom"
    r"|starters? (?:zijn )?welkom"
    r"|si no tienes (?:\w+ )?experiencia|no tienes experiencia|con o sin experiencia|experiencia no (?:es )?(?:imprescindible|requerida"
    r"|obligatoria)"
    r"|sin (?:necesidad de |necesitar |tener )?experiencia|no (?:es |se |hace ){0,2}(?:necesari[ao]|requiere|falta|necesita|precisa"
    r"|exige) (?:tener )?(?:ninguna )?experiencia|experiencia (?:previa )?no (?:es )?(?:necesaria|requerida|imprescindible|obligatoria)"
    r"|ingen (?:tidigare |särskild )?(?:arbetslivs)?erfarenhet|inga (?:för|tidigare )?kunskaper krävs|oavsett (?:tidigare )?erfarenhet"
    r"|(?:saknar du|har du ingen|du har ingen|med eller utan) (?:tidigare )?erfarenhet|ingen erfarenhet\?"
    r"|utan (?:tidigare )?erfarenhet|(?:krävs|behöver) (?:ingen|inga|inte) (?:tidigare )?(?:erfarenhet|förkunskap)\w*"
    r"|erfarenhet (?:är )?(?:krävs inte|inget krav|inte ett krav|ej ett krav|inget måste|behövs inte)"
    r"|doswiadczenie lub (?:chcesz|chec\w*) (?:sie )?(?:na|przy)ucz\w+|zkusenosti?[^.\n]{3,40},? ale i (?:ty"
    r"|ti),? kte\w+ se[^.\n]{0,25} (?:na|pri)ucit"
    r"|bez (?:wymaganego )?doswiadczenia|doswiadczenie (?:zawodowe )?nie(?: jest)? (?:wymagane|konieczne|potrzebne)"
    r"|nie wymagamy doswiadczenia|brak (?:wymaganego )?doswiadczenia|nie musisz miec doswiadczenia|doswiadczenie niewymagane"
    r"|(?:nie masz|nie posiadasz|nie macie|nie ma pan\w*) (?:\w+ )?doswiadczenia"
    r"|doswiadczenie (?:\w+ )?nie jest (?:\w+ )?(?:wymagane|konieczne|potrzebne|niezbedne|warunkiem|wymogiem)|niewymagane doswiadczenie"
    r"|(?:rowniez|takze|nawet) bez doswiadczenia"
    r"|bez (?:predchozi )?(?:praxe|zkusenosti)|prax[ei] (?:v oboru )?(?:neni|nevyzad|nepozad|nutna neni)\w*|(?:nemate"
    r"|nemas) (?:\w+ )?(?:praxi|zkusenosti)|prax[ei] (?:v oboru )?(?:neni|nejsou) (?:podmink|nutn|potreb|nezbytn)\w*"
    r"|s praxi i bez(?: ni)?|praxi (?:nevyzad|nepozad"
    r"|nepotreb)\w*|zkusenosti (?:v oboru )?(?:nejsou|nevyzad|nepozad)\w*)"
)
