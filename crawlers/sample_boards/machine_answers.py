"""The answers that machines read: sitemap, JobTech search, Greenhouse board, RSS, robots.txt."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import Final
from xml.sax.saxutils import escape

from crawlers.sample_boards.advertisement import Advertisement
from crawlers.sample_boards.html_pages import pay_text
from crawlers.sample_boards.site import SITES, Site

_LARGEST_PAGE: Final = 100
_FRONTIER: Final = time(8, 30, tzinfo=UTC)  # postings carry a day only; the boards state this time
_COUNTRIES: Final = {"NL": "Nederland", "BE": "België", "DE": "Duitsland"}
_HOURS: Final = {"FULL_TIME": "Voltijd", "PART_TIME": "Deeltijd"}
_CONTRACTS: Final = {"TEMPORARY": "Tijdelijk", "CONTRACTOR": "zzp", "INTERN": "Stage"}


def robots_txt(address: str) -> str:
    """Write the host's robots.txt: each board forbids one folder."""
    forbidden = [f"Disallow: {site.path(site.forbidden)}" for site in SITES.values()]
    return "\n".join(["User-agent: *", *forbidden, "", f"Sitemap: {address}/sample-stellenportal/sitemap.xml", ""])


def sitemap(site: Site, advertisements: Sequence[Advertisement], address: str) -> str:
    """Write the sitemap, with pages that are no advertisements and one that robots.txt forbids."""
    first = advertisements[0]
    paths = [(site.path(site.listing), first)]
    paths += [(site.detail_path(advertisement), advertisement) for advertisement in advertisements]
    paths.append((site.path(f"{site.forbidden}stellenangebot/{first.slug}-{first.id}"), first))
    rows = "".join(f"<url><loc>{escape(address + path)}</loc><lastmod>{ad.modified or ad.posted}</lastmod></url>\n" for path, ad in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'


def jobtech_search(site: Site, advertisements: Sequence[Advertisement], address: str, query: Mapping[str, str]) -> str:
    """Answer a search as JobTech's JobSearch does."""
    offset, limit = int(query.get("offset", "0")), min(int(query.get("limit", "10")), _LARGEST_PAGE)
    hits = [_hit(site, advertisement, address) for advertisement in advertisements[offset : offset + limit]]
    positions = sum(advertisement.openings for advertisement in advertisements)
    answer = {"total": {"value": len(advertisements)}, "positions": positions, "stats": [], "freetext_concepts": {}, "hits": hits}
    return json.dumps(answer, ensure_ascii=False)


def _hit(site: Site, ad: Advertisement, address: str) -> dict[str, object]:
    until = f"{ad.valid_through.isoformat()}T23:59:59" if ad.valid_through else None
    contract = next((name for name in ad.employment_type if name in _CONTRACTS), None)
    hours = " of ".join(_HOURS[name] for name in ad.employment_type if name in _HOURS)
    share = [round(100 * value / 36) for value in ad.hours_per_week] if ad.hours_per_week else None
    return {
        "id": ad.id,
        "external_id": None,
        "webpage_url": address + site.detail_path(ad),
        "headline": ad.title,
        "application_deadline": until,
        "number_of_vacancies": ad.openings,
        "description": {"text": _plain(ad.html), "text_formatted": ad.html.strip(), "conditions": None},
        "employment_type": {"label": _CONTRACTS[contract]} if contract else {"label": "Vast"},
        "salary_description": pay_text(ad.salary, site) if ad.salary else None,
        "working_hours_type": {"label": hours} if hours else None,
        "scope_of_work": {"min": min(share[0], 100), "max": min(share[1], 100)} if share else {"min": None, "max": None},
        "employer": {"name": ad.employer, "workplace": ad.employer, "email": None, "phone_number": None},
        "occupation": None,
        "occupation_field": {"label": ad.category} if ad.category else None,
        "workplace_address": {
            "municipality": ad.locality,
            "city": ad.locality,
            "postcode": ad.postcode,
            "region": None,
            "country": _COUNTRIES[ad.country],
            "coordinates": [None, None],
        },
        "must_have": {"skills": [], "languages": []},
        "nice_to_have": {"skills": [], "languages": []},
        "publication_date": f"{ad.posted.isoformat()}T08:30:00",
        "last_publication_date": until,
        "removed": False,
        "removed_date": None,
    }


def greenhouse_jobs(site: Site, advertisements: Sequence[Advertisement], address: str, query: Mapping[str, str]) -> str:
    """Answer for the whole board as Greenhouse's job board API does: contents are escaped once more, pay is in cents."""
    jobs = [_job(site, advertisement, address, query) for advertisement in advertisements]
    return json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}}, ensure_ascii=False)


def _job(site: Site, ad: Advertisement, address: str, query: Mapping[str, str]) -> dict[str, object]:
    posted = datetime.combine(ad.posted, _FRONTIER).isoformat()
    type_words = ", ".join(site.words[name] for name in ad.employment_type)
    job: dict[str, object] = {
        "absolute_url": address + site.detail_path(ad),
        "id": int(ad.id),
        "internal_job_id": int(ad.id) + 1_000_000,
        "location": {"name": f"{ad.locality}, Germany" if ad.country == "DE" else f"{ad.locality}, {ad.country}"},
        "metadata": [{"id": 1, "name": "Employment Type", "value": type_words or None, "value_type": "single_select"}],
        "updated_at": posted,
        "first_published": posted,
        "requisition_id": f"NL-{ad.id[-4:]}",
        "title": ad.title,
        "company_name": ad.employer,
        "language": ad.language,
        "application_deadline": ad.valid_through.isoformat() if ad.valid_through else None,
        "departments": [{"id": sum(ad.category.encode()), "name": ad.category}] if ad.category else [],
        "offices": [{"id": sum(ad.locality.encode()), "name": ad.locality, "location": f"{ad.locality}, Germany"}],
    }
    if query.get("content") == "true":
        job["content"] = html.escape(ad.html.strip())
    if query.get("pay_transparency") == "true" and ad.salary:
        job["pay_input_ranges"] = [
            {
                "min_cents": round(ad.salary.min * 100),
                "max_cents": round(ad.salary.max * 100),
                "currency_type": ad.salary.currency,
                "title": f"Pay {site.words[ad.salary.period]}",
            }
        ]
    return job


def rss_feed(site: Site, advertisements: Sequence[Advertisement], address: str) -> str:
    """Write the board as RSS 2.0 with whole texts and the board's own job fields."""
    items = "\n".join(_item(site, advertisement, address) for advertisement in advertisements)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:job="https://eurojobs.example/ns/job">
<channel>
<title>{site.name}</title>
<link>{address}{site.path(site.listing)}</link>
<description>{site.slogan}</description>
{items}
</channel>
</rss>
"""


def _item(site: Site, ad: Advertisement, address: str) -> str:
    link = address + site.detail_path(ad)
    fields = {
        "title": ad.title,
        "link": link,
        "category": ad.category,
        "pubDate": format_datetime(datetime.combine(ad.posted, _FRONTIER)),
        "job:company": ad.employer,
        "job:city": ad.locality,
        "job:postcode": ad.postcode,
        "job:country": ad.country,
        "job:jobtype": ", ".join(site.words[name] for name in ad.employment_type),
        "job:salary": pay_text(ad.salary, site) if ad.salary else None,
        "job:expires": ad.valid_through.isoformat() if ad.valid_through else None,
        "job:remote": "yes" if ad.remote else None,
    }
    stated = "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in fields.items() if value)
    body = ad.html.strip().replace("]]>", "]]&gt;")
    return f'<item>\n{stated}<guid isPermaLink="false">{ad.id}</guid>\n<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>'


def _plain(source: str) -> str:
    """Write the text without tags, a line per block."""
    for tag in ("</p>", "</li>", "</h2>", "</h3>", "</h4>", "<br>"):
        source = source.replace(tag, f"{tag}\n")
    parts = "".join(piece.rpartition(">")[2] for piece in source.replace("<", "\x00<").split("\x00"))
    return html.unescape("\n".join(line.strip() for line in parts.splitlines() if line.strip()))
