"""What feeds call their columns, in the languages of Europe's employment services: JobPosting field by name, best first."""

from __future__ import annotations

from typing import Final

NAMES: Final[dict[str, str]] = {
    "identifier": (
        "id|identifier|referencenumber|reference|refnr|ref|jobid|job id|uuid|offerid|stellennummer|stellen id|angebotsnummer|"
        "chiffre|stellen nr|stelle nr|stellennr|job nr|anzeigen nr|anzeigennummer|angebots nr|kennziffer|kennung|nr|nummer|number|"
        "numero|numero offre|num offre|id offre|referenz|vacaturenummer|vacature id|annons id|annonsid|tyopaikka id|"
        "referencni cislo|numer oferty|id oferty|codice|codigo"
    ),
    "url": "url|link|joburl|job url|apply url|href|adresse web|lien|webbadress|odkaz|enlace|adres url",
    "title": (
        "title|jobtitle|job title|position|positiontitle|stellenbezeichnung|stellentitel|titel|bezeichnung|berufsbezeichnung|"
        "intitule|intitule du poste|titre|poste|functie|functietitel|functienaam|vacaturetitel|rubrik|yrkestitel|nazev|"
        "nazev pozice|pozice|nazwa|stanowisko|nazwa stanowiska|titolo|mansione|titulo|puesto|oferta|tehtavanimike|otsikko|profese"
    ),
    "description": (
        "description|text|jobdescription|job description|body|content|stellenbeschreibung|beschreibung|aufgabenbeschreibung|"
        "stellentext|descriptif|description du poste|omschrijving|functieomschrijving|vacaturetekst|beskrivning|annonstext|popis|"
        "popis prace|opis|opis stanowiska|descrizione|descripcion|kuvaus"
    ),
    "responsibilities": ("responsibilities|duties|tasks|aufgaben|missions|taken|arbetsuppgifter|napln prace|obowiazki|compiti|funciones"),
    "qualifications": (
        "qualifications|requirements|anforderungen|profil|qualifikation|kenntnisse|profil recherche|competences requises|"
        "functie eisen|functieeisen|vereisten|krav|kvalifikationer|pozadavky|wymagania|requisiti|requisitos|vaatimukset"
    ),
    "jobBenefits": "benefits|wir bieten|leistungen|avantages|wij bieden|formaner|benefity|co oferujemy|oferujemy|vyhody",
    "educationRequirements": (
        "education|ausbildung|bildungsabschluss|formation|niveau d etudes|opleiding|opleidingsniveau|utbildning|vzdelani|"
        "minimalni vzdelani|wyksztalcenie|titolo di studio|estudios|koulutus"
    ),
    "experienceRequirements": (
        "experience|berufserfahrung|experience requise|ervaring|erfarenhet|praxe|doswiadczenie|esperienza|experiencia"
    ),
    "inLanguage": "language|lang|sprache|langue|taal|sprak|jazyk|jezyk|lingua|idioma",
    "datePosted": (
        "dateposted|date posted|posted|published|publication date|date|created|created at|veroffentlicht|veroffentlicht am|"
        "veroffentlichungsdatum|eingestellt am|eingestellt|online seit|veroffentlichung|date de publication|date publication|"
        "date creation|publicatiedatum|"
        "publiceringsdatum|publicerad|datum zverejneni|datum vlozeni|data publikacji|data dodania|data di pubblicazione|"
        "fecha de publicacion|julkaistu"
    ),
    "dateModified": (
        "modified|updated|updated at|date modified|last modified|geandert am|anderungsdatum|date de mise a jour|"
        "date actualisation|gewijzigd|wijzigingsdatum|uppdaterad|datum zmeny|zmeneno|data modyfikacji|fecha de actualizacion"
    ),
    "validThrough": (
        "validthrough|valid through|expires|expiration date|expirationdate|expiry|deadline|closing date|end date|"
        "bewerbungsschluss|gultig bis|date limite|date de fin|einddatum|sluitingsdatum|sista ansokningsdag|ansok senast|"
        "platnost do|datum ukonceni|wazne do|data waznosci|scadenza|fecha limite|haku paattyy"
    ),
    "jobStartDate": (
        "start|startdate|start date|job start date|eintrittsdatum|eintrittstermin|beginn|arbeitsbeginn|date de debut|"
        "date d embauche|startdatum|tilltrade|tilltradesdag|nastup|datum nastupu|termin nastupu|data rozpoczecia|fecha de inicio|"
        "alkaa"
    ),
    "employmentType": (
        "employmenttype|employment type|jobtype|job type|contract|contract type|arbeitszeit|beschaftigungsart|anstellungsart|"
        "vertragsart|vertrag|befristung|arbeitszeitmodell|type de contrat|type contrat|contrat|contracttype|soort contract|dienstverband|"
        "anstallningsform|anstallningstyp|omfattning|typ uvazku|uvazek|druh uvazku|wymiar etatu|rodzaj umowy|umowa|"
        "tipo di contratto|contratto|jornada|tipo de contrato|tyosuhde"
    ),
    "workHours": (
        "hours|working hours|work hours|wochenstunden|stunden|stunden pro woche|duree du travail|duree hebdomadaire|uren|"
        "uren per week|arbetstid|pocet hodin|godziny|orario|horario|tyoaika"
    ),
    "industry": "industry|branche|wirtschaftszweig|sector|secteur|secteur d activite|bransch|obor|branza|settore|toimiala|nace",
    "occupationalCategory.codeValue": (
        "isco|isco08|isco code|occupation code|occupationcode|berufskennziffer|beruf code|berufscode|kldb|berufsschlussel|"
        "code rome|rome|romecode|ssyk|ssyk kod|yrkeskod|beroepscode|cz isco|kod zawodu|kzis|codice professione|cno|"
        "codigo ocupacion|ammattikoodi|styrk|ams code"
    ),
    "occupationalCategory.inCodeSet": (
        "incodeset|code set|occupation scheme|occupation classification|classification|code list|klassifikation|nomenclature|classificatie|"
        "klasifikace|klasyfikacja|classificazione|clasificacion"
    ),
    "occupationalCategory.name": (
        "occupation|occupation label|occupation name|"
        "beruf|hauptberuf|berufsgruppe|metier|appellation|libelle rome|beroep|yrke|profese nazev|zawod|professione|"
        "ocupacion|ammatti|category|kategorie|categorie"
    ),
    "skills": (
        "skills|kompetenzen|fahigkeiten|competences|vaardigheden|competenties|kompetenser|dovednosti|umiejetnosti|kompetencje|"
        "competenze|habilidades|taidot"
    ),
    "totalJobOpenings": (
        "openings|number of positions|positions count|vacancies|anzahl|anzahl stellen|offene stellen|nombre de postes|nb postes|"
        "aantal|aantal vacatures|antal|antal platser|pocet mist|volna mista|liczba miejsc|liczba stanowisk|posti|plazas|"
        "numero de puestos|paikkojen maara"
    ),
    "hiringOrganization.name": (
        "employer|company|companyname|company name|organization|organisation|arbeitgeber|firma|unternehmen|betrieb|firmenname|"
        "entreprise|employeur|nom entreprise|raison sociale|werkgever|bedrijf|bedrijfsnaam|arbetsgivare|foretag|zamestnavatel|"
        "spolecnost|pracodawca|azienda|datore di lavoro|empresa|tyonantaja"
    ),
    "jobLocation.address.addressLocality": (
        "city|locality|town|ort|arbeitsort|stadt|einsatzort|ville|commune|lieu de travail|plaats|werkplek|standplaats|stad|"
        "gemeente|kommun|arbetsort|obec|mesto|misto vykonu prace|miasto|miejscowosc|miejsce pracy|citta|comune|localidad|ciudad|"
        "municipio|kunta|paikkakunta"
    ),
    "jobLocation.address.addressRegion": (
        "region|state|county|province|bundesland|kanton|departement|provincie|lan|kraj|okres|wojewodztwo|regione|provincia|"
        "maakunta|nuts|nuts3"
    ),
    "jobLocation.address.postalCode": (
        "postalcode|postal code|zip|zipcode|postcode|plz|postleitzahl|code postal|cp|postnummer|psc|kod pocztowy|cap|"
        "codigo postal|postinumero"
    ),
    "jobLocation.address.addressCountry": (
        "country|countrycode|country code|land|landercode|pays|code pays|zeme|stat|kraj kod|paese|pais|maa"
    ),
    "jobLocation.name": (
        "location|joblocation|place|workplace|standort|lieu|localisation|locatie|plats|lokalita|lokalizacja|sede|ubicacion"
    ),
    "jobLocation.geo.latitude": "lat|latitude|breitengrad|breedtegraad|latitud",
    "jobLocation.geo.longitude": "lon|lng|long|longitude|langengrad|lengtegraad|longitud",
    "jobLocationType": "remote|remotetype|homeoffice|home office|teletravail|thuiswerken|distans|praca zdalna|telelavoro|teletrabajo",
    "baseSalary.value.minValue": (
        "salary min|salarymin|min salary|gehalt von|lohn von|salaire min|salaire minimum|salaris van|min salaris|lon fran|"
        "mzda od|plat od|wynagrodzenie od|salario min|stipendio min|palkka alkaen"
    ),
    "baseSalary.value.maxValue": (
        "salary max|salarymax|max salary|gehalt bis|lohn bis|salaire max|salaire maximum|salaris tot|max salaris|lon till|"
        "mzda do|plat do|wynagrodzenie do|salario max|stipendio max"
    ),
    "baseSalary.value.unitText": (
        "salary period|salary unit|gehaltszeitraum|lohnart|periode salaire|salarisperiode|typ mzdy|okres wynagrodzenia"
    ),
    "baseSalary.currency": "currency|wahrung|devise|valuta|mena|waluta|moneda",
    "baseSalary": (
        "salary|compensation|pay|gehalt|lohn|entgelt|verdienst|salaire|remuneration|salaris|loon|lon|mzda|plat|wynagrodzenie|"
        "placa|stipendio|retribuzione|salario|sueldo|palkka"
    ),
}
"""Names are folded: lower case, without accents, with one space between words."""
