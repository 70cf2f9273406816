"""The table of skills in demand as CSV: exactly the rows shown, below comment lines that say what they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from search_api.demand_report import DemandReport

COLUMNS = (
    "rank",
    "skill_uri",
    "skill",
    "kind",
    "vacancies",
    "postings",
    "share_of_vacancies",
    "required",
    "preferred",
    "duty",
    "employers",
    "boards",
    "vacancies_previous_period",
    "change",
)


def demand_csv(report: DemandReport) -> str:
    """Write the report's rows; lines that begin with # tell filters, date, sources, coverage, method and versions."""
    out = io.StringIO()
    for line in _header(report):
        out.write(f"# {' '.join(line.split())}\r\n")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for rank, row in enumerate(report.table.rows, start=1):
        counts = (row.vacancies, row.postings, f"{row.share:.6f}", row.required, row.preferred, row.duty, row.employers, row.boards)
        before = "" if row.previous_vacancies is None else row.previous_vacancies
        change = "" if row.change is None else f"{row.change:.6f}"
        writer.writerow((rank, harmless(row.uri), harmless(row.label), harmless(row.kind or ""), *counts, before, change))
    return out.getvalue()


def harmless(text: str) -> str:
    """The text, with a quote before what a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _header(report: DemandReport) -> Iterator[str]:
    rests, missing = report.table.rests_on, report.table.rests_on.not_stated
    yield "Labourscope: skills in demand"
    for name, value in filter_words(report):
        yield f"{name}: {value}"
    yield f"Made: {report.made_at:%Y-%m-%d %H:%M} UTC from figures built {report.cube.built_at:%Y-%m-%d %H:%M} UTC"
    yield f"Rests on: {rests.vacancies} vacancies, {rests.postings} postings, {rests.employers} employers, {len(rests.boards)} boards"
    for board in report.boards:
        basis = f"; legal basis: {board.legal_basis}" if board.legal_basis else ""
        yield f"Source: {board.name} ({board.board}): {board.vacancies} vacancies, {board.postings} postings{basis}"
    shares = {"region": missing.region, "occupation": missing.occupation, "employer": missing.employer, "any skill": missing.skills}
    yield f"Not stated: {', '.join(f'{name} {share:.1%}' for name, share in shares.items())}"
    quality = rests.text_quality
    yield f"Read from excerpts: {quality.excerpt:.1%}, from pages that state no fields: {quality.guessed:.1%} of the vacancies"
    yield f"Rows: {len(report.table.rows)} of {report.table.skills_total} skills, most asked first"
    if rests.previous_from:
        yield f"Compared with: {rests.previous_from} to {rests.previous_to}, {rests.previous_vacancies} vacancies"
    yield f"Method: {report.table.method}"
    yield f"Taxonomy: {report.table.taxonomy}; NUTS: {report.table.nuts_version or 'not stated'}; reading pipeline: {report.table.pipeline}"
    yield f"Generation of the figures: {report.cube.generation}"


def filter_words(report: DemandReport) -> Iterator[tuple[str, str]]:
    """The conditions of a report in words."""
    filters, rests = report.filters, report.table.rests_on
    yield "Region", f"{filters.region.label} ({filters.region.code})" if filters.region else "all"
    yield "Occupation", f"{filters.occupation.label} ({filters.occupation.uri})" if filters.occupation else "all"
    if filters.isco:
        yield "ISCO-08 group", f"{filters.isco.label} ({filters.isco.code})"
    if filters.skill:
        yield "Skill", f"{filters.skill.label} ({filters.skill.uri})"
    yield "Period", f"{rests.month_from} to {rests.month_to}"
