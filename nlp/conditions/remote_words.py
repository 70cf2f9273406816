"""Patterns around remote work in eight languages: things that are remote, shares of a week, places of work; matched on folded text."""

from __future__ import annotations

import re
from typing import Final

from nlp.stems import Stems

# Behind "remote" or "(remote)": things and other people's matters that are far away, not the job.
THING: Final = re.compile(
    r"\)?\s?(?:and |und |en |et |y )?(?:test|bench|research|direct memory|print|devices?\b|iot|updat|server|machine|hardware|storage"
    r"|memory"
    r"|procedure|method|web ?driver|sens|infra|network|hosts?\b|nodes?\b|instanc|database|i/o|i o (?=mod|kaart|kart|system|unit"
    r"|punkt)|repo|vpn|shell|log ?in|session"
    r"|connecti|command"
    r"|function|installation|commission|repair|maint|plant|sites?\b|locations?\b|offices\b|terrain|island|camps?\b|mine|mining|explor"
    r"|school|hospital|patient|health ?care|visits?|proctor|exam|class|onboarding|customers?\b|clients?\b|users?\b|stakeholder"
    r"|colleague|hands\b|eye|drone|vehicle|pilot|driving|valve|terminal|key|starter|code|exploit|attack|camera|surveil|guard|inspect"
    r"|audit|survey|stud(?:y|ies)|usability|trial|participant|data\b(?! (?:analyst|engineer|scien|entry|annot))|debug|deploy|dispatch|api"
    r"|rpc|protocol|work experience|sales teams|assets?\b|mode\b(?! of work)|setup of"
    r"|apparat|apparaten|geräte|anlagen|steuer|wart|fernwart|zugäng|zugriff|überwach|ausles|aufschalt|in betrieb|bei stör|beim kund"
    r"|niet|beheer|bestur|bereik|uitlez|oplos|op bij|storing|verbind|systemen|toegang"
    r"|serveurs|machines|servidores|equipos|klienter|enheter|urzadzen|serwer|zarizeni)"
)
# In front of "remote": what is managed from afar.
THING_BEFORE: Final = re.compile(
    r"\b(?:kunden|kundinnen|anlagen|geräte|systeme|maschinen|klanten|storingen|systemen|apparaten|clients|customers|users|serveurs"
    r"|servers"
    r"|servidores|equipos|sistemas|(?:gestion|soporte|asistencia|acceso|mantenimiento)(?: de \w+)?|je er)\s\(?$"
)
# Behind words of remote work: only to a part, or to be agreed.
IN_PART: Final = re.compile(
    r"[^.\n;]{0,24}?\b(?:to an? (?:small|limited|lesser|certain|large|great) (?:extent|degree|part)|by arrangement|by agreement"
    r"|occasionally"
    r"|up to \d|at times|in (?:geringem|begrenztem|beschränktem|kleinem|gewissem|grossem|großem) (?:umfang|maße|ausmaß)|nach absprache"
    r"|nach vereinbarung|in absprache|nach rücksprache|tageweise|anteilig|teilweise|in overleg|in beperkte mate|af en toe|gedeeltelijk"
    r"|selon accord|ponctuel\w*|partiel\w*|occasionnel\w*|limite\w*|puntual\w*|ocasional\w*|parcial\w*|a convenir|efter överens\w+"
    r"|delvis|i viss (?:mån|utsträckning)|po uzgodnieniu|do uzgodnienia|okazjonaln\w*|czesciow\w*|w ograniczon\w+|po dohode|dle dohody"
    r"|po domluve|castecn\w*|obcas\w*)\b"
)
# In front: words that leave one of two ways.
PART_BEFORE: Final = re.compile(
    r"\b(?:some (?:of the |of your )?(?:work|days?|tasks) (?:will be|is|are|can be|may be)(?: done)?|part of the (?:work|job"
    r"|role) (?:will be|is"
    r"|can be)(?: done)?|otherwise|the rest(?: is)?|sonst|ansonsten|der rest|de rest|le reste|el resto|resten|reszta|zbytek"
    r"|partly|partially|in part)\s$"
)
_FAR: Final = r"(?:remote\w*|remoto|en remoto|zdalnie|zdalna|praca zdalna|distans|home ?office|teletravail|teletrabajo|thuis|na dalku)"
_FIELD: Final = (
    r"\b(?:einsatzort|arbeitsort|standort|dienstort|leistungsort|location|work location|place of work|lieu|lieu de travail|locatie"
    r"|standplaats|werklocatie|ubicacion|lugar de trabajo|ort|arbetsort|placering|lokalizacja|miejsce pracy|misto vykonu prace"
    r"|misto prace|lokalita)"
)
_NO_PLACE: Final = (
    r"(?!deutschland|bundesweit|germany|europ|eu\b|dach|uk\b|us\b|usa\b|world|weltweit|anywhere|österreich|schweiz|france|polska|espana"
    r"|sverige|nederland|home|hybrid|emea|apac|latam|canada|india|cala|cesk|onsite|on site|vor ort|remote|full|part|voll|teil|work|100"
    r"|zdaln|stacjon|online)"
)
_BESIDE: Final = r"\s?(?:&|\+|/|,?\s(?:and|und|et|en|y|och|i|a|or|oder|ou|of|o|u|eller|lub|albo|nebo|bzw\.?)\s)\s?"
# The field of a form that names a place beside remote work: "Einsatzort: Remote & Köln", "Location: CH, Bern/ Remote"; a country or a
# continent is no place of work.
PLACE_FIELD: Final = re.compile(
    rf"{_FIELD}\s{{0,2}}:\s{{0,3}}(?:(?:remote|remoto|zdalnie){_BESIDE}{_NO_PLACE}[a-zà-ž]{{3,}}"
    rf"|(?:[a-z]{{1,2}}[0-9]{{0,2}}, )?{_NO_PLACE}[\w.()]{{2,25}}(?: [\w.()]{{2,20}}){{0,2}}(?:{_BESIDE}|,\s){_FAR}\b)"
    rf"|{_FIELD}\s{{0,2}}:?\s{{0,2}}(?:ca\.? )?[1-9][05]?\s?% (?!remote|home|on ?site|vor ort|presen|praesenz|präsenz"
    rf"|travel)[a-zà-ž]{{3,}}"
)
_NUMBER: Final = (
    r"(?:(?P<five>5|five|fünf|vijf|cinq|cinco|fem|piec|pet)|[1-4]|one|two|three|four|eine[nm]?|ein|zwei|drei|vier|een|twee|drie|un|une"
    r"|deux"
    r"|trois|quatre|dos|tres|cuatro|en|tva|två|tre|fyra|jeden|dwa|trzy|cztery|dva|tri|ctyri)"
)
_FEW: Final = _NUMBER.replace("(?P<five>5|five|fünf|vijf|cinq|cinco|fem|piec|pet)|", "")
_DAYS: Final = r"(?:full |volle |ganze |hele )?(?:days?|tage?n?|dag(?:en|ar)?|jours?|dias?|dni|dny|dnu|dzien|den|x)"
_WEEK: Final = (
    r"(?:\s?(?:/|a|per|each|every|pro|in der|par|por|a la|i|na|w|v|om) ?(?:the )?(?:weeks?|wk|woche|wo\b|semaine|semana|veckan|vecka"
    r"|tygodniu"
    r"|tydzien|tyden|tydnu|tydne))"
)
_OFFICE: Final = (
    r"(?:(?:in|at|from|im|in der|am|vom|op|au|aux|en|dans|w|z|v|ve|ze|pa|från|a) (?:the |our |unserem |het |ons |la |nos |notre "
    r"|nuestr\w+ |vårt "
    r"|nasz\w+ )?(?:[a-zà-ž]{3,12} )?(?:office|büro|kantoor|bureaux?|oficinas?|kontoret|kontor|biur\w+|kancelar\w+)\b|on ?site\b"
    r"|in office\b"
    r"|vor ort\b|sur site\b|pa plats\b|på plats\b|stacjonarnie\b)"
)
# "three days a week in the office", "im Büro an zwei Tagen pro Woche": five of them are work on site.
OFFICE_DAYS: Final = re.compile(
    rf"\b{_NUMBER}(?: (?:to|or|bis|oder|tot|a|ou|o|do|lub|az|nebo|eller)? ?[2-5])?\s?{_DAYS}{_WEEK}?,?\s{{1,2}}{_OFFICE}"
    rf"|\b{_OFFICE}(?: \w+){{0,2}} {_NUMBER.replace('<five>', '<five_>')}\s?{_DAYS}{_WEEK}"
    r"|(?P<daily>\b(?:in the office|in our office|on ?site|im büro|op kantoor|au bureau|en la oficina|på kontoret|w biurze|v kancelari)"
    r" (?:every day|each day|daily|all week|täglich|jeden tag|iedere dag|elke dag|tous les jours|todos los dias|varje dag|codziennie"
    r"|kazdy den|denne)\b)"
)
_HOME: Final = (
    r"(?:home|from home|zu hause|zuhause|thuis|huis|(?:de |chez |au )?domicile|(?:en |desde |tu )?casa|hemifrån|hemma|(?:z )?domu"
    r"|(?:z )?domova|doma)"
)
_DESK: Final = r"(?:the |our |im |am |in |het |le |la |en )*(?:office|büro|kantoor|bureau|oficina|kontoret|biura|biurze|kancelari)"
# Two ways in one sentence: "part of the work can be done from home", "alternance bureau et domicile".
MIX: Final = re.compile(
    r"\b(?:(?:part|some) of (?:the|your) (?:work|job|time|week)|(?:ein )?teil (?:der|deiner|ihrer) (?:arbeit|aufgaben|tätigkeit)"
    r"|(?:een )?deel van (?:je|het|de|jouw) (?:werk|tijd)\w*|(?:une )?partie du (?:travail|temps)|parte del? (?:trabajo|tiempo)"
    r"|(?:en )?del av (?:arbetet|tiden)|czesc (?:pracy|zadan|obowiazkow)|cast (?:prace|ukolu))[^.\n;]{0,28}"
    rf"\b(?:{_HOME}|remote\w*|zdalnie|distans|distance|dalku)\b"
    rf"|\b{_HOME}(?: (?:and|or|und|oder|en|of|et|ou|y|o|och|eller|i|lub|a|nebo|and from|und im|en op)) {_DESK}\b"
    rf"|\b{_FEW}(?: (?:to|or|bis|oder|tot|a|ou|o|do|lub|az|nebo|eller)? ?[2-4])?\s?{_DAYS}{_WEEK}? {_HOME}\b"
    rf"|\b{_DESK} (?:and|or|und|oder|en|of|et|ou|y|o|och|eller|i|lub|a|nebo) (?:your |zu |vanuit |à |a |from |working from )?{_HOME}\b"
    r"|\bremote and (?:in )?office\b|\boffice and remote\b|\bremote or (?:in )?office\b|\bremote/office\b|\boffice/remote\b"
)
MIX_WORDS: Final = Stems(
    ("*home", "*haus", "*huis", "*domicil", "*casa", "*hemifr", "*hemma", "*domu", "*domov", "*doma", "*remote", "*zdaln", "*distan")
)
OFFICE_WORDS: Final = Stems(
    (
        "*office",
        "*büro",
        "*kantoor",
        "*bureau",
        "*oficina",
        "*kontor",
        "*biur",
        "*kancel",
        "*onsite",
        "*on site",
        "*vor ort",
        "*sur site",
        "*plats",
        "*stacjonarnie",
    )
)
# A place of work that the words make the only one.
_PLACE_OF_WORK: Final = r"(?:offices?|hq|headquarters|studio|lab(?:s|oratory)?|site|facility|plant|campus)"
AT_PLACE: Final = re.compile(
    r"\b(?:we(?:'re| are)|(?:to|must|will|you'll|you) (?:be|work)|work|works|working|role is|position is) (?:(?:all|together|fully"
    r"|primarily"
    r"|full time) ){0,2}in person\b(?! (?:or|and|with|meeting|interview|event))"
    r"|(?:^|[|\n])[^|\n]{0,30}\bin person\s?(?:\||$|\n)|\blocation\s?:[^\n]{0,30}_on ?site\b|\bin office ways?\b|\b(?:arrangement"
    r"|workplace|work ?place type|work type|work mode|work setting"
    r"|work model|location type)\s{0,2}:\s{0,3}(?:in office|in the office|office|in person|on ?site)\b"
    rf"|\b(?:work|working|works|based|be) (?:from|out of) our (?:[\w.,]+ ){{0,3}}{_PLACE_OF_WORK}\b"
    r"|\b(?:must|will|to) be (?:performed|carried out|done|worked) on ?site\b"
    r"|\b(?:work|onderzoek|stage|opdracht|werkt|werk|werken|werkzaamheden|draait mee|loopt|gaat)\b[^.\n;]{0,30} (?:vanuit|op|in"
    r"|bij) (?:ons|onze"
    r"|ons eigen|het) (?:hoofd)?(?:kantoor|vestiging|locatie)\b(?! (?:voor een kop|en thuis|of thuis|en vanuit|of vanuit))"
    r"|\b(?:eigen )?werkplek (?:op|binnen|bij) (?:de|het|onze|ons) (?:\w+)?(?:afdeling|kantoor|vestiging)\b"
    r"|\b(?:wir arbeiten|arbeit|tätigkeit|arbeiten) (?:\w+ ){0,2}in präsenz\b|\b100\s?% präsenz\b"
    r"|\bdans nos (?:bureaux|locaux) (?:\w+ ){0,4}cinq jours\b"
    r"|\b(?:wylacznie|tylko|100\s?%) z biura\b|\bpraca z biura\b(?! (?:lub|i|albo|z mozl|[1-4]|\w+ dni))"
)
AT_PLACE_WORDS: Final = Stems(
    (
        "*in person",
        "*office",
        "*on site",
        "*onsite",
        "*from our",
        "*out of our",
        "*kantoor",
        "*vestiging",
        "*locatie",
        "*werkplek",
        "*präsenz",
        "*nos bureaux",
        "*nos locaux",
        "*z biura",
    )
)
OR_FAR: Final = re.compile(r"[^.\n;]{0,50}\b(?:or|oder|of|ou|o|lub|and|und|en)\b[^.\n;]{0,12}\b(?:remote|home|thuis|zdaln)")
