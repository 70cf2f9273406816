"""What names a level of education in Germany, Austria and Switzerland, as folded, by level of ISCED 2011."""

from __future__ import annotations

from typing import Final

from nlp.conditions.education_rule import level_rule

# "Grundausbildung mit Weiterbildung zum ...": a second, higher training on top of the first.
_FURTHER: Final = (
    r" (?:(?:mit|sowie|inkl\.?|inklusive|samt)(?: \w{3,20}(?:e|er|en))??|(?:und|plus) (?:eine\w?|abgeschlossene\w?))(?: \w{3,20}(?:e|er"
    r"|en))?"
    r" (?:weiter\W{0,3}bildung|zusatzausbildung|höhere\w{0,2} (?:fach)?(?:ausbildung|prüfung)|höhere\w{0,2} berufsbildung)"
)
# "Ausbildung zum staatlich geprüften Techniker", "Ausbildung als Informatiker/in HF": higher than the word alone.
_HIGHER: Final = (
    r"(?: (?:zu[mr]|als) (?:(?:(?:staatl|eidg|höhere|gepr|dipl|anerk)\w*\.? ){1,2}(?:\w{3,20} )?(?:techniker|betriebswirt|fachwirt)\w*"
    r"|(?:techniker|betriebswirt|fachwirt)\w*|(?:industrie|handwerks|brau|werk)meister\w*)"
    r"| (?:zu[mr]|als) (?:dipl\w*\.? )?[\w/]{4,30} (?:hf|fh|ts)(?!\w))"
)
GERMAN: Final = (
    level_rule(
        8,
        "promotion|promovier|doktorat|doktortitel|doktorgrad",
        r"promotion(?= (?:in|im|auf|oder|wünsch|von vort|erforder))|promovierte?[rn]?|doktorat|doktortitel|doktorgrad",
    ),
    level_rule(
        7,
        "master|stufe der eth|universitätsabschluss auf master",
        r"master(?:abschluss|studium|studiengang|grad|absolvent\w*)?(?![\w’']| of desaster|card)|stufe der eth",
    ),
    level_rule(
        6,
        "bachelor|fachhochschul|*hochschul|universitär|universitäts|uni abschluss|akademi|*studium|studien|hochschulstudium|fh|eth|tu"
        "|dipl|diplom|höhere|hoehere|absolvent|duales",
        r"bachelor\w*|fachhochschul(?!reife)\w*|hochschul(?!reife)\w*|universitäre[rnsm]?(?= (?:aus|ab|stud|bild))"
        r"|universitäts(?:abschluss|studium|ausbildung|diplom|absolvent\w*)|uni abschluss|akademi(?:sche[rnsm]? (?:aus|ab|bild|grad"
        r"|titel)\w*|ker\w*)|studium\w{0,2}|studien(?:abschluss|gang)\w*"
        r"|(?:fh|eth)(?: ?(?:/|oder|,|und) ?(?:fh|eth|uni|htl|hf|tu))*|diplom(?:studium|abschluss|ingenieur\w*)|dipl\. ?ing\.?|(?:höhere"
        r"|hoehere)[rn]? (?:[a-zä-ü]+ )?(?:\w*ausbildung|fachschule|fachprüfung|berufsbildung)",
    ),
    level_rule(
        7,
        "facharzt|fachärzt|approb|staatsexamen|volljurist|anwaltspatent|anwaltsprüfung|lic. ",
        r"(?<!zum )(?<!zur )fach(?:arzt(?!ausbildung|weiterbildung|praxis|praxen)\w*|ärztin)|approb\w+|staatsexamen|volljurist\w*"
        r"|anwalts(?:patent|prüfung)|lic\. (?:iur|oec|phil|rer|theol)",
    ),
    level_rule(6, "*ausbildung zum|*ausbildung zur|*ausbildung als", rf"ausbildung{_HIGHER}"),
    level_rule(6, "*ausbildung mit|*ausbildung sowie|*ausbildung und|*ausbildung plus|*ausbildung inkl", rf"ausbildung{_FURTHER}"),
    level_rule(
        6,
        "techniker|dipl|hf/fh|fh/hf|höhere fachschule|eidg",
        r"techniker\w*(?:/\w+)? (?:hf|fh|ts)|dipl\w*\.? [\w/]{4,30} (?:hf(?: ?/ ?fh)?|fh(?: ?/ ?hf)?)|hf ?/ ?fh|fh ?/ ?hf"
        r"|eidg\.? (?:dipl\w*\.?|fachausweis\w*|fa)",
    ),
    level_rule(
        6,
        "meister|techniker|fachwirt|staatlich gepr",
        r"(?:meister(?:brief|titel|prüfung|ausbildung|abschluss)|fachwirt\w*|techniker[ -]?(?:ausbildung|abschluss)"
        r"|staatlich geprüfte\w* (?:techniker|betriebswirt)\w*)",
    ),
    level_rule(
        5, "htl|hak|kolleg|hlw|hbla", r"htl(?:abschluss| abschluss)?|hak(?: abschluss)?(?= |,|/|\))|kolleg abschluss|hlw|hbla", capital=True
    ),
    level_rule(
        3,
        "*ausbildung|berufslehre|lehre|lehrabschluss|lehrabschluß|*lehre|gesellenbrief|facharbeiterbrief|efz|eba|fähigkeitszeugnis"
        "|fähigkeitsausweis|abitur|matur|fachabitur|hochschulreife|fachhochschulreife|gelernte|berufsabschluss|berufsausbildung"
        "|facharbeiter|eidg|berufsmatur|fachausweis|lap|kv |kaufmännische|kaufmaennische|handelsschul|handelsmittelschul|handelsdiplom"
        "|bürofachdiplom|handwerklich|gewerblich|technische|berufliche|examinierte",
        rf"(?:berufs|fach|grund|erst|lehr|handwerks)?ausbildung(?!s)(?!{_FURTHER})(?!{_HIGHER})(?! ?\((?:htl|fh|hf|tu|eth|uni|fach"
        r"|hoch)|:? (?:fach|hoch|uni|fh|eth|htl))|berufslehre|(?<!forschung und )lehre(?= (?:als|im|in|oder|zum|zur|und|mit)|[,.;\n)/]"
        r"| abg)"
        r"|(?:(?<=er)|(?<=bank)|(?<=koch)|(?<=handwerks)|(?<=kv )|(?<=[a-zäöü]{2}e )(?<!die )(?<!diese ))lehre"
        r"|kv (?:abschluss|ausbildung|diplom|profil)|kaufm(?:ä|ae)nnische[rnm]? (?:abschluss|diplom|grundbildung)|handels(?:mittel)?schul"
        r"(?:abschluss|diplom|e|bildung)|handelsdiplom|bürofachdiplom|(?:handwerkliche|gewerbliche|technische|berufliche)[rn]? (?:abschluss"
        r"|grundbildung)|berufliche grundbildung|examinierte[rn]? (?:alten|kranken|gesundheits|pflege)\w*"
        r"|lehrabschlu(?:ss|ß)\w*|gesellenbrief|facharbeiter(?:brief|in|abschluss)?|efz|eba|(?:eidg\.?\w* )?fähigkeits(?:zeugnis"
        r"|ausweis)\w*|(?:fach)?abitur\w{0,2}|(?:berufs)?matur(?:a|ität)?|(?:fach)?hochschulreife|(?:fachgebundene "
        r"|allgemeine )hochschulreife"
        r"|gelernte[rn]?(?= \w)|berufsabschluss|fachausweis",
    ),
    level_rule(
        2,
        "mittlere reife|realschul|hauptschul|mittelschul|schulabschluss|pflichtschul|volksschul|sekundarschul|sekundarstufe|sek "
        "|obligatorische",
        r"mittlere[rn]? reife|realschulabschlu\w+|(?:qualifizierender )?hauptschulabschlu\w+|mittelschulabschlu\w+|schulabschlu\w+"
        r"|pflichtschulabschlu\w+|volksschul\w*|sekundarschul\w*|(?<=abschluss der )sekundarstufe(?! ii| 2)|sekundarstufe [abc](?!\w)"
        r"|sek [ab](?!\w)"
        r"|obligatorische (?:schul\w+)",
    ),
)
