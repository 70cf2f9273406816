"""What names a level of education in Polish, as folded, by level of ISCED 2011."""

from __future__ import annotations

from typing import Final

from nlp.conditions.education_rule import level_rule

# Polish studies that lead to a master's level at once.
_LONG_STUDIES: Final = r"(?:weteryn|prawnicz|farmac|lekarsk|stomatolog)\w+(?! ?(?:lub|albo|,|/|oraz|badz|i ))"
POLISH: Final = (
    level_rule(8, "doktorat|stopien doktora|stopnia doktora|tytul doktora"),
    level_rule(
        7,
        "magist|mgr|studia magister|studiow magister|studia ii|studiow ii|jednolit|wyksztalceni|absolw|studia praw|studia wet|studia lek"
        "|studia farm",
        r"magist(?:er\w*|ra|rem|row\w*|rom|rze|rami|rach)|mgr(?: inz)?|(?:studia|studiow) (?:magistersk\w+|ii stopnia)|jednolite studia"
        r"|(?:absolwen\w+ (?:kierunk\w+|studiow|wydzialu)|studia) (?:praw(?:o|a|nicz\w+)|weterynar\w+|lekarsk\w+|farma\w+|medycyn\w*)"
        rf"|wyksztalceni\w+:?(?: wyzsz\w+ {_LONG_STUDIES})"
        r"|wyksztalceni\w+:?(?: [\w.]+){0,2}? wyzsz\w+ \(?(?:min\. )?(?:mgr|magist|ii stopnia|drugiego stopnia)\w*",
    ),
    level_rule(
        6,
        "wyksztalceni|wyzsz|licencja|studia|studiow|uczelni|absolw|inzynier|ostatni|studen|iii roku|iv roku|v roku|skonczy|ukonczy|ukonczon"
        "|trakcie studi",
        r"wyksztalceni\w+:?(?: ?[\w.]+){0,3}?[ :]wyzsz\w+(?!\w)(?! \(?(?:min\. )?(?:mgr|magist|ii stop|drugiego))"
        rf"(?! {_LONG_STUDIES})"
        r"|(?:ostatni\w{1,3} (?:lat\w*|rok\w*)|[345]\.?"
        r"|iii|iv|v) (?:roku )?studiow|studen\w+ (?:studiow|uczelni)|wyzsz\w+(?: [\w.]+){0,2}? wyksztalceni\w+|wyzsz(?:e"
        r"|ego)(?= (?:techn|kierun|ekonom"
        r"|medycz|\(|inz|lub|licen|pedag|praw|preferow|mile)|[,.;)\n]|\s{2})|licencjat\w*|(?:studia|studiow) (?:wyzsz\w+|licencjack\w+"
        r"|inzyniersk\w+|technicz\w+)|absolwen\w+ (?:\w+ )?(?:studiow|uczelni|politechniki|uniwersytetu)\w*"
        r"|(?:skonczyl|ukonczyl)\w*(?:/\w+)? (?:\w+ )?studia|ukonczon\w+ studi(?:a|ow)|trakcie studiow"
        r"|studen\w+(?:/\w+)? (?:[3-6]\.?(?: [3-6]\.?)?|iii|iv|v|ostatni\w+) (?:rok\w*|lat)"
        r"|absolwen\w+(?:/\w+)? kierunk\w+ (?!praw|wet|lek)\w+",
    ),
    level_rule(4, "policealn|pomaturaln|wyksztalcenie policeal", r"(?:wyksztalcenie )?(?:policealn|pomaturaln)\w+"),
    level_rule(
        3,
        "wyksztalceni|ukonczon|sredni|zasadnicz|technikum|liceum|matur|zawodow|branzow|min. sredni|szkoly srednie",
        r"wyksztalceni\w+(?: [\w.]+){0,3}? (?:sredni|(?<!wyzsze )(?<!wyzszego )(?<!doswiadczenie )(?<!doswiadczenia )zawodow|branzow"
        r"|zasadnicz)\w+"
        r"|wyksztalceni\w+(?: techniczn\w+| kierunkow\w+)? w zawodzie(?! (?:lek|inz|praw|psych|farm|archit))"
        r"|ukonczon\w+ szkol\w+ w zawodzie"
        r"|wyksztalceni\w+:(?:sredni|zawodow|branzow)\w+"
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
