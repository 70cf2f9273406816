"""Which links of a listing page lead to advertisements: by their address, by what they are called, and by where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from lxml.html import HtmlElement

JOB_ADDRESS: Final = re.compile(
    r"/(?:job|jobs|jobad|karriere|stelle|stellen|stellenangebot|stellenangebote|stellenanzeige|offre|offres|emploi|annonce|vacature|"
    r"vacatures|"
    r"vacancy|vacancies|position|positions|opening|oferta|ofertas|empleo|praca|offerta|lavoro|nabidka|annons)[^?#]*\d",
    re.IGNORECASE,
)
"""Addresses of single advertisements on most boards: a word for job in some language, then a number."""

_JOB_FOLDER: Final = re.compile(
    r"\b(?:jobs?|jobborse|karriere|careers?|stellen?|stellenangebote?|stellenanzeigen?|stellenmarkt|ausschreibung(?:en)?|offene stellen|"
    r"offres?|emplois?|recrutement|carrieres?|vacatures?|vacanc(?:y|ies)|werken bij|positions?|openings?|ofertas?|empleos?|trabajo|praca|"
    r"kariera|oferty|lavoro|lavora con noi|offert[ae]|carriera|nabidk[ay]|volna mista|jobb|lediga jobb|annonser?|tyopaikat|rekry)\b"
)
_GENDER_MARK: Final = re.compile(
    r"\(\s*[mwfdxivhkzn](?:\s*[/|,*]\s*[mwfdxivhkzn]){1,3}\s*\)|\b(?:m/w/d|w/m/d|m/f/d|f/m/d|d/m/w|m/w/x|m/w|w/m|m/f|f/m|h/f|f/h|m/v|v/m|"
    r"k/m|m/k|m/z|z/m)\b|[a-z](?:[:*_]|/-?)in(?:nen)?\b|\((?:gn|all genders)\)"
)
_TITLE_WORD: Final = re.compile(
    r"(?:leiter|pfleger|pflegerin|pflegefachkraft|fachkraft|koch|kochin|techniker|mechaniker|elektroniker|berater|entwickler|ingenieur|"
    r"mitarbeiter|mitarbeiterin|sachbearbeiter|referent|assistent|assistentin|assistenz|auszubildende|azubi|ausbildung zum|erzieher|"
    r"erzieherin|"
    r"verkaufer|verkauferin|fahrer|kaufmann|kauffrau|arzt|arztin|meister|monteur|buchhalter|praktikant|werkstudent|"
    r"engineer|developer|manager|nurse|assistant|technician|specialist|consultant|analyst|officer|administrator|intern|trainee|driver|"
    r"teacher|"
    r"infirmiere?|ingenieure?|cuisinier|cuisiniere|chef de|responsable|technicienne?|vendeur|vendeuse|charge d|chargee d|conseiller|"
    r"medewerker|verpleegkundige|monteur|adviseur|kok|chauffeur|sjukskoterska|larare|utvecklare|kock|handlaggare|"
    r"kierowca|kucharz|pielegniarka|inzynier|specjalista|kuchar|ridic|ucetni|zdravotni sestra|"
    r"infermiere|cuoco|tecnico|ingegnere|impiegat[oa]|enfermer[oa]|cociner[oa]|ingenier[oa])\b"
)
_NO_JOB: Final = re.compile(
    r"^(?:(?:unser|unsere|das|ihr|ihre|our|your|nos|notre|onze|more|mehr|weitere|alle|all|toutes|les) )*"
    r"(?:impressum|imprint|mentions legales|datenschutz\w*|privacy( policy)?|cookies?( policy)?|agb|terms( of use)?|kontakt|"
    r"contact( us)?|contacto|"
    r"ansprechpartner\w*|anfahrt|faqs?|hilfe|help|aide|benefits?|leistungen|vorteile|avantages|team|teams|uber uns|about( us)?|a propos|"
    r"over ons|om oss|o nas|wir als arbeitgeber|arbeitgeber|employer|unternehmen|company|standorte?|locations?|leitbild|kultur|culture|"
    r"werte|"
    r"values|bewerb\w*|bewerbungs\w*|initiativ\w*|candidature spontanee|apply|application|postuler|login|log ?in|anmelden|register|"
    r"registrieren|"
    r"registrierung|konto|account|profil|profile|merkliste|favoriten|favorites|newsletter|jobalert|job alerts?|jobabo|jobfinder|suche|"
    r"search|"
    r"recherche|news|aktuelles|blog|presse|press|veranstaltungen|events?|termine|home|startseite|start|accueil|zuruck|back|index|weiter|"
    r"next|"
    r"jobs?|karriere|careers?|stellenangebote|stellenmarkt|stellen|offene stellen|vacatures|vacancies|offres|emplois|ausbildung|studium|"
    r"praktikum|praktika|schuler|studierende|students?|graduates|absolventen|berufseinsteiger|berufserfahrene|professionals|einstieg|"
    r"kategorien?|categor(?:y|ies)|abteilungen|departments?|bereiche|berufsfelder|drucken|print|teilen|share|rss|feed|sitemap)$"
)
_FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|svg|webp|css|js|xml|json|ics|mp4|rss)$", re.IGNORECASE)
_MENU: Final = re.compile(
    r"\b(?:nav|navi|navigation|navbar|menu|menue|footer|breadcrumbs?|sidebar|cookie\w*|social|sprachwahl|language\w*)\b", re.IGNORECASE
)
_PAGE_END: Final = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_LONGEST_TEXT: Final = 300  # characters of a link that may be an advertisement's name
_IN_A_LIST: Final = 2  # links of one form that are advertisements make those beside them some, too


class _Link(NamedTuple):
    address: str
    element: HtmlElement
    parts: SplitResult
    text: str  # folded
    leaf: str  # the path's last part, folded

    @property
    def folder(self) -> str:
        return self.parts.path.rpartition("/")[0] + "/"


def job_links(links: Sequence[tuple[str, HtmlElement]], url: str) -> list[str]:
    """Give the addresses that lead to advertisements, from the addresses and elements of a page's links.

    Where addresses bear a number behind a word for job, these, and links whose text bears a gender mark. Where none does, links of the
    page's own site outside of menus that lead below a folder for jobs, or whose text names a job, and those that stand in one list
    with them.
    """
    numbered = {address for address, _ in links if JOB_ADDRESS.search(address)}
    own = list(_possible(links, url))
    marked = {link.address for link in own if _GENDER_MARK.search(link.text)}
    found = numbered | marked if numbered else marked | _guessed(own, url)
    return [address for address, _ in links if address in found]


def _possible(links: Sequence[tuple[str, HtmlElement]], url: str) -> Iterator[_Link]:
    """Give the links that may lead to an advertisement: on the own site, no menu, no file, not called by what is none."""
    here = urlsplit(url)
    for address, element in links:
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        path = parts.path.rstrip("/")
        if _host(parts) != _host(here) or _FILE.search(path) or (path == here.path.rstrip("/") and parts.query == here.query):
            continue
        text = _folded(element.text_content() or element.get("aria-label") or element.get("title") or "")
        leaf = _folded(re.sub(r"[_+/]", " ", _PAGE_END.sub("", unquote(path.rpartition("/")[2]))))
        if len(leaf) > 2 and len(text) <= _LONGEST_TEXT and not (_is_no_job(text) or _is_no_job(leaf) or _in_menu(element)):
            yield _Link(address, element, parts, text, leaf)


def _guessed(links: list[_Link], url: str) -> set[str]:
    """Guess without numbers: by the folder, by words of titles, and by the list that such links stand in."""
    here = urlsplit(url).path
    others = [link for link in links if link.parts.path.rstrip("/") != here.rstrip("/")]
    in_jobs = [link for link in others if _is_below_jobs(link, here)]
    own_folder = here if here.endswith("/") else _PAGE_END.sub("", here) + "/"
    in_own = [link for link in in_jobs if link.parts.path.startswith(own_folder)]
    seeds = [*(link for link in others if _names_job(link)), *(in_own or in_jobs)]
    lists = Counter((link.folder, _form(link.element)) for link in {link.address: link for link in seeds}.values())
    beside = (link for link in others if lists[(link.folder, _form(link.element))] >= _IN_A_LIST)
    return {link.address for link in (*seeds, *beside)}


def _is_below_jobs(link: _Link, here: str) -> bool:
    """Tell whether a link leads below a folder for jobs, and not up from the listing."""
    is_up = here.startswith(link.parts.path.rstrip("/") + "/")
    return not is_up and bool(_JOB_FOLDER.search(_folded(unquote(link.folder)).replace("/", " ")))


def _names_job(link: _Link) -> bool:
    return bool(_GENDER_MARK.search(link.text) or _TITLE_WORD.search(link.text))


def _is_no_job(words: str) -> bool:
    return bool(_NO_JOB.match(words.strip(" .:>»«<…")))


def _in_menu(element: HtmlElement) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag in {"nav", "footer"} or ancestor.get("role") in {"navigation", "contentinfo", "menu"}:
            return True
        named = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}".replace("-", " ").replace("_", " ")
        if _MENU.search(named) and not any(ancestor.iter("h1", "main")):  # a class of what holds the whole page tells nothing
            return True
    return False


def _form(element: HtmlElement) -> str:
    """Give a link's form: its own and its ancestors' names and classes."""
    chain = (element, *element.iterancestors())
    return ">".join(f"{each.tag}.{each.get('class') or ''}" for each in chain)


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")


def _folded(text: str) -> str:
    """Fold to lower case without accents, words apart; gender marks stay as they are."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l")).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"(?<=\w)-(?=\w)|\s+", " ", letters).split())
