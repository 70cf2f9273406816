"""The facts under every figure, made by DuckDB from the lake: one row per vacancy, per vacancy and skill, and per posting.

A vacancy stands with the values of its representative posting (where that has not been read, of the first that has): place, occupation,
employer and skills. Its first publication is the earliest of its postings' dates and of the day it was first seen: boards renew their
dates, and a vacancy must not move from month to month. Codes of a place are NUTS as deep as is sure; where only the country is known,
the country's NUTS code (`EL` for Greece, `UK` for the United Kingdom).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from vacancies.lake import Lake

# A vacancy counts once under its strongest status: asked for before wished for before a task of the job.
STATUS_RANK: Final = {"required": 3, "preferred": 2, "duty": 1}

_READINGS: Final = """
CREATE TEMP TABLE reading AS
SELECT e.posting_id, e.skills, e.salary,
       e.occupations[1].uri AS occupation, e.occupations[1].isco AS isco,
       coalesce(list_filter(e.regions, lambda r: r.nuts IS NOT NULL)[1].nuts,
                CASE coalesce(e.regions[1].country, p.job_locations[1].country) WHEN 'GR' THEN 'EL' WHEN 'GB' THEN 'UK'
                     ELSE coalesce(e.regions[1].country, p.job_locations[1].country) END) AS region,
       e.contract.value AS contract, e.working_time.value AS working_time, e.remote.value AS remote, e.language,
       p.board, p.date_posted, coalesce(p.description_is_excerpt, false) AS is_excerpt, coalesce(p.is_guessed, false) AS is_guessed,
       nullif(trim(regexp_replace(lower(e.public_employer), '[^\\p{L}\\p{N}]+', ' ', 'g')), '') AS employer
FROM enriched e JOIN postings p ON p.posting_id = e.posting_id AND p.content_hash = e.content_hash
WHERE e.taxonomy = $taxonomy AND e.pipeline = $pipeline
"""

_POSTINGS: Final = """
CREATE TEMP TABLE vacancy_posting AS
SELECT v.vacancy_id, m.posting_id, p.board, p.date_posted, r.posting_id IS NOT NULL AS is_read,
       v.representative_id = m.posting_id AS is_first
FROM vacancies v, unnest(v.posting_ids) AS m(posting_id)
JOIN postings p ON p.posting_id = m.posting_id LEFT JOIN reading r ON r.posting_id = m.posting_id
"""

_VACANCIES: Final = """
CREATE TEMP TABLE fact_vacancy AS
WITH dated AS (
  SELECT vacancy_id, min(date_posted) AS posted, count(*) AS postings, list_sort(list_distinct(list(board))) AS boards,
         arg_max(posting_id, is_first::INTEGER) FILTER (is_read) AS stands_for
  FROM vacancy_posting GROUP BY vacancy_id
)
SELECT (row_number() OVER (ORDER BY v.vacancy_id))::INTEGER AS vacancy, v.vacancy_id,
       strftime(least(coalesce(d.posted, v.first_seen::DATE), v.first_seen::DATE), '%Y-%m') AS month,
       v.gone_at IS NULL AS is_open, d.stands_for,
       r.region, r.occupation, r.isco, r.employer, r.contract, r.working_time, r.remote, r.language,
       r.is_excerpt, r.is_guessed,
       r.salary.year_min AS salary_year_min, r.salary.year_max AS salary_year_max, r.salary.currency AS salary_currency,
       d.postings::INTEGER AS postings, d.boards
FROM vacancies v JOIN dated d USING (vacancy_id) JOIN reading r ON r.posting_id = d.stands_for
"""

_SKILLS: Final = """
CREATE TEMP TABLE fact_skill AS
SELECT f.vacancy, s.uri AS skill, max(CASE s.status WHEN 'required' THEN 3 WHEN 'preferred' THEN 2 ELSE 1 END)::TINYINT AS rank
FROM fact_vacancy f JOIN reading r ON r.posting_id = f.stands_for, unnest(r.skills) AS u(s)
WHERE s.uri IS NOT NULL AND s.status IN ('required', 'preferred', 'duty')
GROUP BY f.vacancy, s.uri
"""

_FILES: Final = {
    "vacancies": "SELECT * EXCLUDE (stands_for) FROM fact_vacancy ORDER BY month, region, vacancy",
    "skills": "SELECT vacancy, skill, rank FROM fact_skill ORDER BY vacancy, skill",
    "postings": "SELECT f.vacancy, p.board FROM vacancy_posting p JOIN fact_vacancy f USING (vacancy_id) ORDER BY 1, 2",
}


def write_facts(lake: Lake, folder: Path, *, taxonomy: str, pipeline: str) -> int:
    """Write `vacancies.parquet`, `skills.parquet` and `postings.parquet` for one taxonomy and pipeline; cost is linear in the lake.

    Returns how many vacancies are left out because none of their postings has been read.
    """
    with duckdb.connect() as connection:
        for table in ("enriched", "postings", "vacancies"):
            connection.register(table, lake.dataset(table))
        connection.execute(_READINGS, {"taxonomy": taxonomy, "pipeline": pipeline})
        for statement in (_POSTINGS, _VACANCIES, _SKILLS):
            connection.execute(statement)
        for name, query in _FILES.items():
            connection.sql(query).write_parquet(str(folder / f"{name}.parquet"), compression="zstd")
        (left_out,) = connection.execute("SELECT (SELECT count(*) FROM vacancies) - (SELECT count(*) FROM fact_vacancy)").fetchall()[0]
    return int(left_out)
