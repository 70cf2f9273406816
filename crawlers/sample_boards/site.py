"""What the five sample boards are called, how they look, and where their pages are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crawlers.sample_boards.advertisement import Advertisement


@dataclass(frozen=True)
class Site:
    """One board's face: its words, colours and paths (below `/<board>/`)."""

    board: str
    name: str
    slogan: str
    language: str
    colour: str
    accent: str
    listing: str
    page_parameter: str
    detail: str  # with {id} and {slug}
    forbidden: str  # what robots.txt forbids
    words: dict[str, str]
    page_size: int = 20

    def path(self, rest: str = "") -> str:
        """Give the path of a page of this board."""
        return f"/{self.board}/{rest}"

    def detail_path(self, advertisement: Advertisement) -> str:
        """Give the path of an advertisement."""
        return self.path(self.detail.format(id=advertisement.id, slug=advertisement.slug))

    def id_of(self, rest: str) -> str | None:
        """Give the id in an advertisement's path; None for other paths."""
        before, after = self.detail.split("{id}")
        if "{slug}" in before:  # slug-id
            head, _, number = rest.rpartition("-")
            return number.removesuffix(after) if head.startswith(before.split("{slug}")[0]) else None
        if not rest.startswith(before):
            return None
        tail = rest[len(before) :]
        return tail.split("-")[0] if "{slug}" in after else tail


_GERMAN: Final = {
    "jobs": "Stellenangebote",
    "search": "Beruf, Stichwort oder Ort",
    "find": "Finden",
    "posted": "Veröffentlicht",
    "until": "Bewerbungsfrist",
    "salary": "Vergütung",
    "type": "Arbeitszeit",
    "place": "Arbeitsort",
    "category": "Bereich",
    "number": "Referenznummer",
    "apply": "Jetzt bewerben",
    "next": "Weiter",
    "previous": "Zurück",
    "all": "Alle Stellenangebote",
    "remote": "Homeoffice möglich",
    "none": "Dieses Stellenangebot wird gerade vorbereitet.",
    "gone": "Dieses Stellenangebot ist nicht mehr online.",
    "HOUR": "pro Stunde",
    "MONTH": "pro Monat",
    "YEAR": "pro Jahr",
    "FULL_TIME": "Vollzeit",
    "PART_TIME": "Teilzeit",
    "TEMPORARY": "befristet",
    "CONTRACTOR": "freie Mitarbeit",
    "INTERN": "Praktikum / Ausbildung",
    "found": "Stellen gefunden",
    "foot": "Impressum · Datenschutz · Für Arbeitgeber",
}
_FRENCH: Final = {
    "jobs": "Offres d'emploi",
    "search": "Métier, mot-clé ou ville",
    "find": "Rechercher",
    "posted": "Publiée le",
    "until": "Candidatures jusqu'au",
    "salary": "Rémunération",
    "type": "Temps de travail",
    "place": "Lieu de travail",
    "category": "Secteur",
    "number": "Référence",
    "apply": "Postuler",
    "next": "Page suivante",
    "previous": "Page précédente",
    "all": "Toutes les offres",
    "remote": "Télétravail possible",
    "none": "Cette offre est en cours de rédaction.",
    "gone": "Cette offre n'est plus en ligne.",
    "HOUR": "par heure",
    "MONTH": "par mois",
    "YEAR": "par an",
    "FULL_TIME": "Temps plein",
    "PART_TIME": "Temps partiel",
    "TEMPORARY": "CDD / intérim",
    "CONTRACTOR": "Indépendant",
    "INTERN": "Stage / alternance",
    "found": "offres trouvées",
    "foot": "Mentions légales · Confidentialité · Espace recruteur",
}
_DUTCH: Final = {
    "jobs": "Vacatures",
    "search": "Functie, trefwoord of plaats",
    "find": "Zoeken",
    "posted": "Geplaatst op",
    "until": "Reageren tot",
    "salary": "Salaris",
    "type": "Dienstverband",
    "place": "Werklocatie",
    "category": "Vakgebied",
    "number": "Vacaturenummer",
    "apply": "Solliciteren",
    "next": "Volgende",
    "previous": "Vorige",
    "all": "Alle vacatures",
    "remote": "Thuiswerken mogelijk",
    "none": "Deze vacature wordt nog geschreven.",
    "gone": "Deze vacature staat niet meer online.",
    "HOUR": "per uur",
    "MONTH": "per maand",
    "YEAR": "per jaar",
    "FULL_TIME": "Voltijd",
    "PART_TIME": "Deeltijd",
    "TEMPORARY": "tijdelijk",
    "CONTRACTOR": "zzp",
    "INTERN": "stage / leerwerkplek",
    "found": "vacatures gevonden",
    "foot": "Contact · Privacy · Voor werkgevers",
}
_ENGLISH: Final = {
    "jobs": "Jobs",
    "search": "Job title, keyword or city",
    "find": "Search",
    "posted": "Posted",
    "until": "Apply by",
    "salary": "Pay",
    "type": "Hours",
    "place": "Location",
    "category": "Team",
    "number": "Job ID",
    "apply": "Apply now",
    "next": "Next",
    "previous": "Previous",
    "all": "All jobs",
    "remote": "Remote possible",
    "none": "This job is being written.",
    "gone": "This job is no longer open.",
    "HOUR": "per hour",
    "MONTH": "per month",
    "YEAR": "per year",
    "FULL_TIME": "Full-time",
    "PART_TIME": "Part-time",
    "TEMPORARY": "temporary",
    "CONTRACTOR": "contractor",
    "INTERN": "internship / apprenticeship",
    "found": "jobs found",
    "foot": "Contact · Privacy · For employers",
}

SITES: Final[dict[str, Site]] = {
    site.board: site
    for site in (
        Site(
            "sample-stellenportal",
            "Stellenportal Mitte",
            "Arbeit in Ihrer Nähe",
            "de",
            "#14532d",
            "#f0fdf4",
            "stellenangebote",
            "seite",
            "stellenangebot/{slug}-{id}",
            "vorschau/",
            _GERMAN,
        ),
        Site(
            "sample-emplois",
            "Emplois & Territoires",
            "Des offres près de chez vous",
            "fr",
            "#1e3a8a",
            "#eff6ff",
            "offres",
            "page",
            "offre/{slug}-{id}",
            "candidature/",
            _FRENCH,
        ),
        Site(
            "sample-vacaturebank",
            "Vacaturebank Laagland",
            "Werk dat bij je past",
            "nl",
            "#9a3412",
            "#fff7ed",
            "vacatures",
            "pagina",
            "vacature/{id}-{slug}",
            "solliciteren/",
            _DUTCH,
        ),
        Site(
            "sample-nordlicht", "Nordlicht Mobility", "Careers", "en", "#155e75", "#ecfeff", "jobs", "page", "jobs/{id}", "apply/", _ENGLISH
        ),
        Site(
            "sample-eurojobs",
            "EuroJobs",
            "One continent, many jobs",
            "en",
            "#6b21a8",
            "#faf5ff",
            "jobs",
            "page",
            "job/{id}",
            "out/",
            _ENGLISH,
        ),
    )
}
"""The boards by name, in the order of the front page."""
