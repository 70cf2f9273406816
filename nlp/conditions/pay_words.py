"""The words around amounts of money that tell pay from other amounts, in eight languages; matched on folded text."""

from __future__ import annotations

import re
from typing import Final

# Words that speak of pay. A long one may end a compound ("Jahresgehalt", "ingångslön"), the short ones stand alone.
PAY: Final = re.compile(
    r"salar\w*|wages?\b|\bpay\b|pay (?:range|rate|scale|band)|compensation|remunerat\w*|\bearn\w*|\brates?\b|\bote\b|\bbase\b|stipend"
    r"|\bctc\b"
    r"|salär\w*|bezüge|besoldung|dotier\w*|fixum|gehalt\w*|gehälter|löhn\w*|lohn\w*|verdien\w*|vergütung\w*|entgelt\w*|bezahlung"
    r"|entlohnung|einkommen|honorar\w*|lehrjahr"
    r"|salaire\w*|remuneration\w*|taux horaire|\btaux\b|\bsmic\b|gratification|indemnite de stage|\bpaie\b|\btjm\b|\bfixe\b"
    r"|salaris\w*|loon\w*|beloning|stage ?vergoeding|(?<!\w)vergoeding(?= van| per maand| p/m| bedraagt)"
    r"|(?<!\w)(?<!kosten )(?<!werk )(?<!meter )(?<!reis )vergoeding(?= ?:)|maandvergoeding"
    r"|uurtarief|inkomen"
    r"|sueldo\w*|retribuc\w*|remunerac\w*|remunerad\w*|banda salarial|ingresos (?:de|brutos|mensuales|anuales|medios)|compensacion"
    r"|\bpaga\b|nomina\b"
    r"|\w*lön\b|\w*lönen\b|löne\w*|arvode|ersättning"
    r"|timpenning|wynagrodz\w*|wynagradz\w*|uposazen\w*|widelk\w*|pensj\w*|stawk\w*|zarob\w*|placa\b|placy\b|placimy|zarabia\w*"
    r"|mzd\w*|\bplat(?:u|em|y|ove|ova)?\b|vydel\w*|hodinov\w+ sazb\w*|(?<!osobni )ohodnoceni|hruba|hruby"
)
# Words of amounts that are no pay for the work.
NOT_PAY: Final = re.compile(
    r"budget\w*|revenue\w*|turnover|umsatz\w*|chiffre d'affaires|omzet\w*|facturac\w*|omsättning|obrat\w*|funding|raised|funded|valuation"
    r"|invest\w*|inwest\w*|\barr\b|capital|kapital\w*|bonus\w*|bonif\w*|\bprimes?\b|pramien?\w*|prämie\w*|premi[aeię]\w*|premium"
    r"|odmen\w*|naborov\w*|gutschein\w*|voucher\w*|tickets?\b|cheques?\b|stravenk\w*|\bbons?\b|\bbony\b|discount\w*|rabat\w*|korting\w*"
    r"|descuento\w*"
    r"|zuschuss|zuschüsse|zuschlag\w*|zulage\w*|dofinans\w*|doplat\w*|\boplat[ae]\b|\bpoplat\w*|prispev\w*|priplat\w*"
    r"|osobni ohodnoceni|allowance\w*|relocation|referral|refer\b"
    r"|parrainage|cooptation"
    r"|sign(?:ing)?[ -]?on|joining|equity|401|pension\w*|insurance|versicher\w*|ubezpiecz\w*|pojist\w*|prize|award\w*|preis\w*|prix\b"
    r"|\bprices?\b"
    r"|\bcosts?\b|kosten\w*|\bfees?\b|worth|portfolio|vergoeding|reiskosten|fahrt\w*|urlaubsgeld|weihnachtsgeld|vakantiegeld|spesen"
    r"|subsid\w*|\bgrants?\b|rewards?\b|learning|education|training|wellness|fortbildung|weiterbildung|mieszkan\w*|zakwaterow\w*"
    r"|ubytov\w*"
    r"|accommodation|housing|deposit\w*|kaution|loyer|\bmiete\b|\brent\b|\bhuur\b|overnachting|fund\b|funds\b|assets|benefits? (?:of"
    r"|worth)|empfehlung\w*"
    r"|paniers?\b|repas\b|kilometr\w*|kilomet\w*|mileage|bursar\w*|tuition|donat\w*|\bsave\b|savings|sales (?:of|volume)|volume"
    r"|verkauf\w*|discretionary|mutuelle|friskvård\w*|tillägg\w*"
    r"|wygra\w*|nagrod\w*|swiadczen\w*|urlop\w*|benefit\w*|cafeteri\w*|kafeteri\w*|welcome|starter|projekte?\b|projects?\b|deals?\b"
    r"|customers|contracts? (?:of|worth)|fin de mission"
)
# What follows an amount that is no pay: millions, and things that cost or are given.
NOT_PAY_AFTER: Final = re.compile(
    r"\s{0,2}(?:m\b|mm\b|bn\b|b\b|mio\b|mrd\b|mln\b|mld\b|mil\.|millions?\b|billions?\b|millionen|miliard\w*|milion\w*|miljoen\w*"
    r"|miljon\w*|miljard\w*"
    r"|million\w*|millon\w*|(?:\w+ ){0,2}(?:bonus\w*|budget\w*|voucher\w*|gutschein\w*|prämie\w*|premi[aeię]\w*|allowance|zuschuss"
    r"|stipendium|discount|credits?|turnover|revenue|funding"
    r"|in sales|in revenue|in assets|raised|valuation|fund|prize|reward|sign[ -]on|relocation|dodat\w*|rabat\w*|prime\b|de prime|ticket"
    r"|of equity|equity|bond|premium|referral|per person|pro person"
    r"|per student|per patient|per kilometer|per km|/ ?km|inwoner\w*|customers|clients|users|employees|students|loan\w*))"
)

_HOUR: Final = (
    r"/ ?1? ?(?:h|hr|hrs|hour|std|stunde|stundenlohn|uur|u|heure|hora|tim|timme|timmen|godz|godzin\w*|hod|hodin\w*)\b|\b(?:per|an|each"
    r"|pro|je|par|de l'|a l'|l'|por|la|za|na|i|die|p) ?(?:hour|hr|stunde|std|uur|heure|hora|timme|timmen|hodinu|hod|godzin\w*|godz|h)\b"
    r"|hourly|stündlich|\bp/?[hu]\b|hodinov\w*|godzinow\w*|\bph\b|brut horaire|horaire\b"
)
_DAY: Final = (
    r"/ ?(?:d|day|tag|dag|jour|j|dia|den|dzien|dniowk\w*|md)\b|\b(?:per|a|each|pro|je|par|por|za|na|al) ?(?:day|diem|tag|dag"
    r"|jour|dia|den|dzien)\b|\b(?:per|pro|za|na) ?md\b|daily|täglich|dziennie|denne"
)
_WEEK: Final = (
    r"/ ?(?:week|wk|woche|semaine|semana|vecka|tydzien|tyden)\b|\b(?:per|a|each|pro|je|par|por|za|na|a la) ?(?:week|woche"
    r"|semaine|semana|vecka|tydzien|tyden)\b|weekly|wöchentlich|wekelijks|tygodniow\w*|tydne"
)
_MONTH: Final = (
    r"/ ?(?:mo|mth|month|monat|maand|mnd|mois|mes|man|manad|mån|månad|mies|miesiac|mc|m|mesic|mes)\b|\b(?:per|a|each|pro|je|im|par|por"
    r"|al|za|na|i|p\.?) ?(?:month|monat|maand\w{0,12}|mnd|mois|mes|månad|månaden|miesiac|mesic|mc)\b"
    r"|monthly|\bpcm\b|\bp\.?m\.?\b|monatlich\w*|\bmtl\b|maandelijks\w*|bruto ?maand\w*|mensuel\w*|mensual\w*|mesicne|\bmes\."
    r"|miesieczn\w*|\bmies\b|m ?c\b|monats\w*"
)
_YEAR: Final = (
    r"/ ?(?:y|yr|year|annum|jahr|jaar|an|annee|ano|ar|år|rok|a|b/a)\b|\b(?:per|a|each|pro|je|im|par|por|al|za|i|p\.?) ?(?:year|yr|annum"
    r"|jahr|jaar|an|ano|år|året|rok)\b"
    r"|yearly|annual\w*|annuel\w*|anual\w*|\bp\.? ?a\.?(?!\w)|jährlich\w*|jaarlijks|årlig\w*|rocn\w*|roczn\w*|jahres\w*|\b(?:sur|x"
    r"|à) 1[2345] ?(?:mois|mensualites)|\bsba\b|b/a"
)
# After an amount, with only currency, gross or net and small words before it.
PERIOD: Final = re.compile(f"(?P<HOUR>{_HOUR})|(?P<DAY>{_DAY})|(?P<WEEK>{_WEEK})|(?P<MONTH>{_MONTH})|(?P<YEAR>{_YEAR})")
# In front of an amount: "hourly rate", "Jahresgehalt", "månadslön".
PERIOD_BEFORE: Final = re.compile(
    r"(?P<HOUR>hourly|per hour|stundenl\w+|stundens\w+|uurloon|uurtarief|horaire|por hora|precio hora|timlön\w*|hodinov\w+|godzinow\w+"
    r"|za godzine)"
    r"|(?P<DAY>daily|day rate|tagess\w+|tagesgage|dagtarief|tjm|journalier|diaria|dagersättning|dniowk\w+|denni)"
    r"|(?P<WEEK>weekly|wochenlohn|weekloon|hebdomadaire|semanal|veckolön|tygodniow\w+)"
    r"|(?P<MONTH>monthly|per month|monats\w+|monatlich\w*|monatl\b|maandsalaris|maandloon|maandvergoeding|bruto per maand|mensuel\w*"
    r"|mensual\w*|månadslön\w*|mesicni|mesicne|miesieczn\w+)"
    r"|(?P<YEAR>annual\w*|yearly|per annum|jahres\w+|jährlich\w*|jaarsalaris|annuel\w*|anual\w*|årslön\w*|rocni|roczn\w+|\bote\b|\bsba\b)"
)

BASIS: Final = re.compile(
    r"(?P<gross>gross|brut(?:to|o|os|e|s)?\b|hrub\w*|före skatt|b/a|before tax)|(?P<net>\bnet(?:to|o|os|te|s)?\b|na reke|cist\w*"
    r"|efter skatt|after tax|take home)"
)
_ABOUT: Final = r"(?: ?(?:ca|ok|cca|approx\w*|circa|zirka|rund|environ|aprox\w*|around|about|okolo|kolem|cirka|omkring|ungefär)\.?(?!\w))?"
FROM: Final = re.compile(
    r"(?:\bfrom|starting (?:at|from|salary of|salary)|starts at|upwards of|in excess of|at least|minimum(?: of)?|\bmin\.?|\bmind\.|\bod"
    r"|\bab"
    r"|mindestens|a partir d(?:[eu]|')|des\b|au moins|vanaf|minimaal|minstens|desde|a partir de|minimo|från|lägst|minst|börjar på"
    r"|co najmniej"
    rf"|minimalnie|nie mniej niz|nejmene|minimalne|alespon|mindest\w+[^.\d]{{0,40}}){_ABOUT}\s*[:~≈]?\s*$"
)
UP_TO: Final = re.compile(
    r"(?:up to|\buntil|\bmax\.?|maximum(?: of)?|maxim(?:al|aal|o|alne|alnie)|bis(?: zu)?|jusqu'?\s?(?:a|en)?|tot(?: wel| max\.?)?|hasta"
    r"|upp till|\bdo|\baz(?: do)?|as much as|maximo de|nawet)"
    rf"{_ABOUT}\s*[:~≈]?\s*$"
)
AND_MORE: Final = re.compile(
    r"\s?(?:\+(?!\s?\w)|(?:and|or) (?:above|more|up|over)|et plus|ou plus|of meer|en hoger|oder mehr|und mehr|y mas|o mas|eller mer"
    r"|i wiecej|lub wiecej|a vice|plus\b)|[^.\n\d]{0,60}(?:überzahlung|auch höher|nach oben)"
)
# Other people's pay: "many of our candidates land offers with starting salaries of".
OTHERS_PAY: Final = re.compile(
    r"\b(?:our|past|former|previous|unsere|ehemalige|onze|nos|anciens|nuestros|våra|nasi|nasich|absolwenci|nasi absolventi)"
    r" (?:\w+ )?(?:candidates|graduates|alumni|students|learners|clients|trainees|absolventen|absolventinnen|kandidaten|studenten"
    r"|kandidaat"
    r"|candidats|diplomes|candidatos|graduados|alumnos|kandidater|absolwenci|kandydaci|absolventi)\b[^.\n]{0,110}$"
)
# An amount that grows: "€ 700 a month, which can rise to € 1,200".
GROWS: Final = re.compile(
    r"[^.\n;]{0,90}?\b(?:oplopen\w*|oploopt|groei\w*|doorgroei\w*|rising|rises?|increas\w+|grow\w*|steig\w*|erhöh\w*|ansteig\w*|evolu\w*"
    r"|augment\w*|aument\w*|sub(?:e|ir|iendo)|stig\w*|höjs|ökar|wzrost\w*|wzrasta|rosnie|zvys\w*|vzrost\w*)\b[^.\n;]{0,60}"
)
