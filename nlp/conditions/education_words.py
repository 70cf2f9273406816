"""What names a level of education in eight languages and their school systems, as folded, by level of ISCED 2011."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from nlp.conditions.education_rule import Rule, level_rule
from nlp.conditions.education_words_german import GERMAN

_ENGLISH: Final = (
    level_rule(
        8,
        "phd|ph.d|ph. d|doctorate|doctoral|drph|dphil",
        r"ph\.? ?d\.?s?|doctorate|doctoral (?:degree|qualification|studies|level)|drph|dphil",
    ),
    level_rule(
        7,
        "juris doctor|pharmd|doctor of|medical degree|mphil|graduate level degree",
        r"juris doctor|pharmd|doctor of (?:medicine|pharmacy|dental \w+|veterinary \w+|physical therapy|nursing \w+)|medical degree|mphil"
        r"|graduate level degree",
    ),
    level_rule(
        7, "md|m.d.|jd|j.d.", r"(?:md|m\.d\.)(?= ?(?:or|and|/) ?(?:drph|do|phd|ph\.d|mbbs)| degree)|j\.?d\.?(?= degree| from)", capital=True
    ),
    level_rule(
        7,
        "master",
        r"masters?'? ?s?(?: (?:degree|level|diploma|of (?:science|arts|business|engineering|laws)|in [a-z]+|or phd|qualification|student"
        r"|thesis|(?:or|and) (?:higher|above|equivalent|ph\.? ?d\.?|doctora\w+)(?: degree)?|preferred|required)|(?= ?/| ?\())",
    ),
    level_rule(7, "ms|m.s", r"m\.?s\.?(?:ee|cs|ce|me|c)?(?=,? ?(?:or|and|/|&) ?ph\.? ?d| ?/ ?ph\.? ?d| degree)", capital=True),
    level_rule(7, "msc|m.sc|mba|m.s.|m.a.|m.eng", r"m\.? ?sc\.?|mba|m\.s\.?|m\.a\.?|m\.eng\.?", capital=True),
    level_rule(
        7,
        "graduate degree|graduate education|post graduate|postgraduate|advanced degree",
        r"graduate (?:degree|education)|post ?graduate (?:degree|qualification|diploma|education|level)|advanced degree",
    ),
    level_rule(6, "bachelor", r"bachelors?'? ?s?(?: (?:degree|level|of \w+|in \w+|or \w+|student))?"),
    level_rule(
        6,
        "bsc|b.sc|b.s|b.a|b. sc|ba |bs |ba/|bs/|bsee|bscs|bsme|beng|b.eng|b.tech|btech|b.e|bsn",
        r"b\.? ?sc\.?(?: hons)?|b\.? ?s\.?(?=[,/ ]? ?(?:m\.? ?s|degree|in |or |/|,))|bs(?:ee|cs|me)|bs(?= \(?or equivalent)"
        r"|b\.a\.?|ba(?= (?:degree|in |or |hons)|/ ?b)|b\.?eng\.?"
        r"|b\.? ?tech\.?|b\.e\.?(?=/| )|bsn",
        capital=True,
    ),
    level_rule(6, "degree|degrees", r"degrees?(?! (?:of (?!science|arts)|celsius|c\b|fahrenheit|angle|apprentice|centigrade))"),
    level_rule(
        6,
        "university|college|higher|undergraduate|completed studies|completed university|honours|tertiary",
        r"(?:university|college) (?:degree|education|diploma|graduate|qualification|studies|level|educated|student)s?"
        r"|(?<!for )(?<!across )(?<!experience in )(?<!working in )higher (?:(?:technical|economic|legal|medical|pedagogical"
        r"|financial|professional|linguistic"
        r"|humanitarian|specialized) )?"
        r"education(?! (?:institution|sector|provider))|undergraduate(?: degree| student)?|completed (?:university )?studies"
        r"|honours degree|tertiary (?:education|qualification)",
    ),
    level_rule(
        5,
        "associate|as / aa|as/aa|aa/as|adn|foundation degree|hnd|hnc|2 year degree|two year degree|nvq|level 4"
        "|level 5|technical diploma|higher national",
        r"associate'?s?'? ?s? (?:degree|diploma|(?:or|and/or) bachelors?'?s?(?: degree)?)|(?:as ?/ ?aa|aa ?/ ?as)(?= degree)|adn(?= "
        r"|,|/|\.|\))"
        r"|foundation degree|hn[dc](?!\w)|(?:2|two) year (?:college |technical )?degree|(?:nvq|qcf"
        r"|svq)s? ?\(?(?:levels? ?|l)?[45](?!\d)|level [45] (?:diploma|nvq|qualification|in )|technical diploma"
        r"|higher national (?:diploma|certificate)",
    ),
    level_rule(
        3,
        "high school|hs diploma|h.s. diploma|secondary|ged|a level|a levels|nvq|svq|qcf|level 2|level 3|vocational|time served"
        "|city & guilds|city and guilds|completed|served apprentice|apprenticeship trained|leaving cert|btec|upper secondary"
        "|school diploma|12th grade|grade 12|matric|trade school|technical school|trade cert|trade qual",
        r"high ?school(?: (?:diploma|education|degree|graduate|graduation|or|equivalen\w+|level|leaving|certificate|student|/))"
        r"|h\.?s\.? diploma|(?:upper )?secondary (?:school|education|vocational)(?: (?:diploma|education|certificate|leaving))?|ged(?!\w)"
        r"|a levels?(?!\w)|(?:nvq|svq|qcf)s? ?\(?(?:levels? ?|l)?[23](?!\d)|level [23] (?:diploma|nvq|qualification|in |certificate)"
        r"|vocational (?:education|training|qualification|diploma|school|degree)|time served|city (?:&|and) guilds|(?:completed"
        r"|served) (?:an? )?(?:\w+ )?apprenticeship"
        r"|completed (?:technical|vocational|commercial|professional) (?:training|education)|apprenticeship trained"
        r"|leaving cert\w*|btec|school diploma|12th grade|grade 12|matric"
        r"|(?:trade|technical) school|trade (?:certificate"
        r"|qualification|qualified)",
    ),
    level_rule(
        2,
        "gcse|lower secondary|o level|basic education|compulsory schooling",
        r"gcses?|lower secondary|o levels?|basic education|compulsory schooling",
    ),
    level_rule(1, "primary education|primary school education|elementary school education"),
)
_FRENCH: Final = (
    level_rule(8, "doctorat|bac|these de", r"doctorat|bac ?\+ ?8"),
    level_rule(
        7,
        "master|bac|ecole d'ing|ecole de commerce|diplome d'ing|ingenieur diplome|formation d'ing|formation ing|dea|dess|niveau 7"
        "|grande ecole"
        "|grandes ecoles|docteur en|dscg",
        r"masters?(?: 2| ii| pro\w*)?|niveau 7|grandes? ecoles?|docteur en (?:medecine|pharmacie)|dscg|bac ?(?:\+|plus) ?5"
        r"|ecole (?:d'ingenieurs?|de commerce)|diplome d'ingenieur|ingenieur diplome"
        r"|formation (?:d')?ingenieur|(?:dea|dess)(?!\w)",
    ),
    level_rule(
        6,
        "licence|bac|bachelor|but |diplome d'etat d'inf|diplome d'etat inf|ide |diplome universitaire|etudes superieures"
        "|enseignement superieur|diplome superieur|formation superieure|niveau ii|niveau 6|dcg",
        r"licence(?= (?:pro|en|ou|prof|univ|de (?:droit|lettres|langues)|\()|/| ?,)(?: pro\w*)?|bac ?(?:\+|plus) ?[34]|bachelor"
        r"|diplome d'etat (?:d')?infirmi\w+|diplome universitaire|etudes superieures|enseignement superieur|diplome superieur"
        r"|but(?= (?:gea|tc|info\w*|genie|mmi|qlio))"
        r"|formation superieure(?! en interne)|niveau (?:6|ii)(?!\w)|dcg",
    ),
    level_rule(
        5,
        "bac|bts|dut|deug|deust|niveau 5|niveau iii",
        r"niveau (?:5|iii)(?!\w)|bac ?(?:\+|plus) ?[12](?: ?(?:/|a|ou|et) ?(?:bac ?)?\+? ?[2345])?|bts(?:a)?(?: \w+)?|dut|deug|deust",
    ),
    level_rule(
        3,
        "bac|baccalaureat|bepa|bep|titre pro|titre professionnel|brevet professionnel|mention complementaire|deas|deap|deaes|cqp|daeu"
        "|diplome d'etat d'aide|diplome d'aide|diplome d'auxiliaire|niveau iv|niveau v|niveau cap|niveau bac|niveau 3|niveau 4",
        r"bac(?: pro\w*| techno\w*| general)?(?! ?(?:\+|plus) ?\d| a\b|s\b)|baccalaureat(?: pro\w*)?|bepa?|titre pro(?:fessionnel)?"
        r"|brevet professionnel|mention complementaire|dea[sp]|deaes|cqp|daeu|diplome (?:d'etat )?(?:d')?(?:aide soignante?"
        r"|auxiliaire)\w*|niveau (?:iv|v|3(?! ?eme)|4)(?!\w)",
    ),
    level_rule(3, "cap|bp|bpjeps|caap", r"cap(?:a|(?= |/|,|\.|\n|-|\)))|bp(?= |/|,|\.|\))|bpjeps", capital=True),
    level_rule(2, "brevet des colleges|niveau 3eme|fin de college"),
)
_DUTCH: Final = (
    level_rule(8, "gepromoveerd|promotieonderzoek afgerond"),
    level_rule(7, "master|wo master", r"(?:wo )?master(?:s(?! of (?!science|arts|business|law|eng))|opleiding|diploma|student\w*|titel)?"),
    level_rule(
        6,
        "hbo|wo|universitair|academisch|bachelor|hoger onderwijs|hogeschool|hoger beroeps",
        r"hbo\w*(?: ?(?:/|of|en|,| ) ?wo\w*)?(?: werk en denkniveau)?|wo(?! master)(?= |\+|/|,)(?:opleiding)?|universitaire? (?:opleiding"
        r"|diploma|studie|niveau|werk|denk|master|bachelor|afgestudeerd|geschoold)|academische? (?:opleiding|werk|denk|niveau|diploma)\w*"
        r"|bachelor\w*|hoger (?:beroeps)?onderwijs",
    ),
    level_rule(6, "hts|heao|propedeuse", r"hts|heao|propedeuse"),
    level_rule(5, "associate degree|graduaat|hbo5"),
    level_rule(3, "mts|lts|meao|tso|bso", r"mts|lts|meao|(?:tso|bso)(?= |,|/|\.)"),
    level_rule(
        3,
        "mbo|havo|vwo|middelbaar|middelbare school|secundair|bbl|atheneum|gymnasium",
        r"mbo\w*(?: (?:niveau )?[1-4](?: ?(?:/|of|en) ?[34])?)?(?: ?(?:/|of) ?hbo\w*)?|havo|vwo|middelbaar (?:beroeps|onderwijs"
        r"|niveau)\w*|middelbare school\w*|(?:hoger )?secundair onderwijs|atheneum|gymnasium",
    ),
    level_rule(2, "vmbo|mavo|lbo|basisonderwijs", r"vmbo\w*|mavo|lbo|basisonderwijs"),
)
_SPANISH: Final = (
    level_rule(8, "doctorado|doctor en|phd"),
    level_rule(
        7,
        "master|posgrado|postgrado|ingenieria superior|ingenier|enginyeria superior|licenciatura superior|mba",
        r"master(?:es)?(?= (?:en|oficial|univ|o)|/|,|\.|\n| )|pos(?:t)?grado|(?:ingenieria|enginyeria) superior"
        r"|ingenier[oa]s? superior(?:es)?",
    ),
    level_rule(
        6,
        "grado|grau|graduad|titulad|titulacion|titulacio|titulo|universitari|formacion univ|formacio univ|estudios|estudiante|carrera"
        "|licenciatura|licenciad|diplomad|diplomatura|ingenieria|ingenier|enseñanza superior|educacion superior|formacion superior",
        r"(?<!alto )(?<!gran )(?<!elevado )(?<!buen )(?<!mayor )grado (?:en|universitario|de)(?! (?:superior|medio))"
        r"|(?<!alto )(?<!gran )(?<!elevado )(?<!buen )(?<!mayor )grado(?=/| o\b|,)|grau (?:en|univ\w+)|graduad[oa]s?(?:/[oa])? (?:en"
        r"|univ)(?! eso)|titulad[oa]s?(?:/[oa])? (?:en|univ|superior)|titula(?:cion|cio) (?:en|univ\w+|superior|de grado|academica"
        r"|tecnica)|titulo (?:universitario|de grado|superior)|(?:formacion|estudios|estudiantes?|carrera|titulacion"
        r"|nivel) universitari[oa]s?|(?:estudios|formacion) superior(?:es)?|formacio universitaria|estudiantes? de (?:ultimos? (?:ano"
        r"|curso)s?|grado|ingenieria|cuarto|tercer)"
        r"|carrera (?:universitaria|de|en|tecnica)"
        r"|licenciatura|licenciad[oa]s?(?:/[oa])?|diplomad[oa]s?(?:/[oa])?|diplomatura|ingenieria (?:en|tecnica|informatica|industrial|de"
        r"|mecanica|electr\w+|quimica|civil|telecom\w*)(?= |,|\.|/)|educacion superior|universitari[oa]s?(?= (?:en|de|o))",
    ),
    level_rule(
        5,
        "grado superior|ciclo|cfgs|fp|formacion profesional|tecnico superior|ciclos|modulo",
        r"grado superior|(?:ciclos?|cicle|modulo) (?:formativos? )?(?:de )?(?:grado )?superior|cfgs|fp ?(?:de )?(?:grado )?(?:superior|ii"
        r"|2)|formacion profesional (?:de )?(?:grado )?superior|tecnico superior",
    ),
    level_rule(
        3,
        "grado medio|ciclo|ciclos|cfgm|fp|formacion profesional|bachillerato|bachiller|batxillerat|tecnico de grado",
        r"grado medio|(?:ciclos?|cicle) (?:formativos? )?(?:de )?(?:grado )?(?:medio|mitja)|cfgm|fp(?! ?(?:de )?(?:grado )?(?:superior|ii"
        r"|2))(?: ?(?:de )?(?:grado )?(?:medio|i|1))?|formacion profesional(?! (?:de )?(?:grado )?superior| para| a cargo| continua)"
        r"|bachillerato|bachiller|batxillerat",
    ),
    level_rule(
        2,
        "eso|graduado escolar|graduado en|educacion secundaria|secundaria|estudios secund|educacion basica|estudios basicos"
        "|educacion obligatoria",
        r"graduado (?:escolar|en (?:la )?(?:eso|educacion))|educacion secundaria|secundaria obligatoria|estudios (?:secundarios|basicos"
        r"|primarios)|educacion (?:basica|obligatoria)",
    ),
    level_rule(2, "eso", r"eso(?= |,|\.|/|\n|\))", capital=True),
)
_SWEDISH: Final = (
    level_rule(8, "doktorsexamen|disputerad|doktorerat"),
    level_rule(
        7,
        "masterexamen|magister|mastersexamen|civilingenjör|civilekonom|masterutbild|psykologexamen|läkarexamen|apotekarexamen"
        "|tandläkarexamen",
        r"master(?:s)?(?:examen|utbildning|nivå)\w*|magister\w*|civilingenjör\w*|civilekonom\w*|psykologexamen|läkarexamen|apotekarexamen"
        r"|tandläkarexamen",
    ),
    level_rule(
        6,
        "högskole|högskola|universitets|akademisk|kandidat|socionom|sjuksköterskeexamen|lärarexamen|förskollärar|ingenjörsexamen"
        "|ekonomexamen|eftergymnasial|relevant examen|examen från hög|bachelor|systemvetar",
        r"högskole(?:examen|utbild\w+|nivå|ingenjör\w*|studier|kompetens|behörig\w*)|högskola(?= eller| / universitet)"
        r"|universitets(?:utbild\w+|examen|nivå|studier)|akademisk (?:examen|utbildning|bakgrund|grundexamen|kandidat\w*|nivå)"
        r"|kandidat(?:examen|nivå|utbildning)\w*|socionom(?:examen|utbild\w+)|sjuksköterskeexamen|lärarexamen|förskollärar(?:examen"
        r"|utbild\w+|legitimation)"
        r"|ingenjörsexamen|ekonomexamen|examen från högskola|bachelor\w*|systemvetar\w*",
    ),
    level_rule(5, "yh|yrkeshögskole|ky", r"yh(?: utbild\w+| examen)|yrkeshögskole\w*|ky utbild\w+|eftergymnasial (?:utbildning|yrkes\w*)"),
    level_rule(
        3,
        "gymnasie|gymnasial|gymnasium|fullgjord gymn|barnskötarutb|undersköterskeutb|vård  och omsorgs|vård och omsorgs|omvårdnadsprogram"
        "|yrkesutbild|studentexamen|eftergymnasial|utbildad|utbildade|examinerad|fordonsprog|el och|vvs och|barn och|bygg|industri"
        "|restaurang|hantverks|naturbruks",
        r"gymnasie(?:utbild\w+|examen|kompetens|nivå|betyg|program)\w*|gymnasial\w* (?:utbild\w+|yrkes\w+|nivå|examen)"
        r"|barnskötarutbild\w+|undersköterskeutbild\w+|vård {1,2}och omsorgs(?:program|utbild)\w*|omvårdnadsprogram\w*|yrkesutbildning\w*"
        r"|studentexamen|(?:utbildade?|examinerad) (?:undersköterska|barnskötare|elektriker|snickare|kock|mekaniker|svetsare|målare"
        r"|plåtslagare|tandsköterska|vvs\w*)|(?:fordons|(?:el|vvs) och (?:energi|fastighets)|barn och fritids|bygg(?: och anläggnings)?"
        r"|industri(?:tekniska)?"
        r"|restaurang(?: och livsmedels)?|hantverks|naturbruks)\W?programmet",
    ),
    level_rule(2, "grundskole|grundskola", r"grundskole(?:utbild\w+|kompetens|nivå)|(?:avslutad|fullföljd|genomgången) grundskola"),
)
_POLISH: Final = (
    level_rule(8, "doktorat|stopien doktora|stopnia doktora|tytul doktora"),
    level_rule(
        7,
        "magist|mgr|studia magister|studiow magister|studia ii|studiow ii|jednolit|wyksztalceni",
        r"magist(?:er\w*|ra|rem|row\w*|rom|rze|rami|rach)|mgr(?: inz)?|(?:studia|studiow) (?:magistersk\w+|ii stopnia)|jednolite studia"
        r"|wyksztalceni\w+:?(?: [\w.]+){0,2}? wyzsz\w+ \(?(?:min\. )?(?:mgr|magist|ii stopnia|drugiego stopnia)\w*",
    ),
    level_rule(
        6,
        "wyksztalceni|wyzsz|licencja|studia|studiow|uczelni|absolw|inzynier|ostatni|studen|iii roku|iv roku|v roku",
        r"wyksztalceni\w+:?(?: ?[\w.]+){0,3}?[ :]wyzsz\w+(?!\w)(?! \(?(?:min\. )?(?:mgr|magist|ii stop|drugiego))"
        r"|(?:ostatni\w{1,3} (?:lat\w*|rok\w*)|[345]\.?"
        r"|iii|iv|v) (?:roku )?studiow|studen\w+ (?:studiow|uczelni)|wyzsz\w+(?: [\w.]+){0,2}? wyksztalceni\w+|wyzsz(?:e"
        r"|ego)(?= (?:techn|kierun|ekonom"
        r"|medycz|\(|inz|lub|licen|pedag|praw|preferow|mile)|[,.;)\n]|\s{2})|licencjat\w*|(?:studia|studiow) (?:wyzsz\w+|licencjack\w+"
        r"|inzyniersk\w+|technicz\w+)|absolwen\w+ (?:\w+ )?(?:studiow|uczelni|politechniki|uniwersytetu)\w*",
    ),
    level_rule(4, "policealn|pomaturaln|wyksztalcenie policeal", r"(?:wyksztalcenie )?(?:policealn|pomaturaln)\w+"),
    level_rule(
        3,
        "wyksztalceni|sredni|zasadnicz|technikum|liceum|matur|zawodow|branzow|min. sredni|szkoly srednie",
        r"wyksztalceni\w+(?: [\w.]+){0,3}? (?:sredni|zawodow|branzow|zasadnicz)\w+|wyksztalceni\w+:(?:sredni|zawodow|branzow)\w+"
        r"|wyksztalceni\w+:?(?: [\w.]+:?){0,3}? technik\w*"
        r"|sredni\w+(?: [\w.]+){0,2}? wyksztalceni\w+|srednie(?= (?:techn|zawod|ogol|branz|lub|wet|ekon|\w+e\b)|[,.;)\n]|\s{2})"
        r"|zasadnicz\w+ (?:zawodow|branzow)\w+|technikum|liceum|matur[aęyą]\w*|zawodow\w+ wyksztalceni\w+|branzow\w+ wyksztalceni\w+",
    ),
    level_rule(2, "wyksztalceni|gimnazjaln", r"wyksztalceni\w+:?(?: [\w.]+){0,2}?[ :]gimnazjaln\w+|gimnazjaln\w+ wyksztalceni\w+"),
    level_rule(
        1,
        "wyksztalceni|podstawow",
        r"wyksztalceni\w+:?(?: [\w.]+){0,2}?[ :](?<!niepelne )podstawow\w+|podstawow\w+ wyksztalceni\w+",
    ),
)
_CZECH: Final = (
    level_rule(8, "doktorsk|ph.d|phd"),
    level_rule(7, "magistersk|inzenyrsk"),
    level_rule(
        6,
        "vysokoskol|vzdelani|vs|vysoka skola|vysoke skoly|bakalar|vyssi odborn|vos",
        r"vysokoskolsk\w*|vs(?= (?:vzdel|smer|tech|ekon|nebo|obor)|[,.;)/\n])(?: vzdelani)?|vysok[ae] skol\w|bakalarsk\w*|vyssi odborn\w+"
        r"|vos(?= |[,.;)/])|vzdelani:? (?:min\. ?|minimalne )?vs",
    ),
    level_rule(
        3,
        "maturit|vzdelani|nizsi stredni|sos|odborne uc|gymnazi|ss|stredoskol|stredni|uso|so|vyucen|vyucni|vyuceni|sou|odborne vyuc|zavrsen",
        r"maturit\w*|ss(?= (?:vzdel|smer|tech|ekon|nebo|obor|s mat|bez)|[,.;)/\n])(?: vzdelani)?|stredoskolsk\w*"
        r"|nizsi stredni odborn\w*|stredni (?:odborn\w+ )?(?:vzdel\w+|skol\w+)|vzdelani:? (?:min\.? |minimalne )?stredni(?!\w)"
        r"|u?so(?= (?:vzdel|s vyuc|s mat)|[,.;)/])|uso|vyucen\w*|vyucni\w* list\w*|sou(?= "
        r"|[,.;)/])|vzdelani:? (?:min\.? |minimalne )?(?:u?so|ss|sou|sos|us|ou)|sos(?= (?:nebo|s mat|smer|tech|obor)|[,.;)/])"
        r"|odborn\w+ uciliste|(?:(?<=, )|(?<=/)|(?<=nebo )|(?<=min\. )|(?<=ukoncene ))gymnazi(?:um|alni)",
    ),
    level_rule(2, "vzdelani", r"vzdelani: (?:min\. )?zakladni(?= (?:nebo|i)\b|[,/.;\n]|$)"),
    level_rule(2, "zakladni|zs", r"zakladni(?:ho|m)? (?:vzdel|skol)\w+|zs(?= (?:vzdel|nebo)|[,.;)/\n])"),
)
RULES: Final = {
    "en": _ENGLISH, "de": GERMAN, "fr": _FRENCH, "nl": _DUTCH, "es": _SPANISH, "sv": _SWEDISH, "pl": _POLISH, "cs": _CZECH, "ca": _SPANISH,
}  # fmt: skip


@lru_cache(maxsize=16)
def rules_for(language: str) -> tuple[Rule, ...]:
    """The names of levels in a language, then the English ones, which stand in advertisements of all languages."""
    own = RULES.get(language, ())
    return own if own is _ENGLISH else (*own, *_ENGLISH)
