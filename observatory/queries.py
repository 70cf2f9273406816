"""Demand queries in SQL over a cube's Parquet files; every value goes in as a parameter.

Cost: one scan of the vacancies under the conditions, and for the table one join with their skills.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb

from observatory.demand_model import (
    CubeInfo,
    DemandQuery,
    DemandTable,
    MonthCount,
    NotStated,
    RegionCount,
    RestsOn,
    SkillDemand,
    SourceCount,
    TextQuality,
)
from observatory.months import months_between, previous_period
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy

METHOD: Final = (
    "Each figure counts vacancies (copies of one advertisement on several boards count once) by the month of their first publication. "
    "A skill counts when the advertisement asks for it or names it as a task of the job, not when it is only mentioned or said not to be "
    "needed. "
    "Online advertisements are not all vacancies: occupations and regions that advertise less online are under-represented."
)

_TABLE: Final = """
WITH scope AS MATERIALIZED (SELECT vacancy, employer, postings, boards FROM vacancies v WHERE {where}),
     before AS MATERIALIZED (SELECT vacancy FROM vacancies v WHERE {where_before}),
     asked AS (
       SELECT s.skill, count(*) AS vacancies, sum(c.postings)::BIGINT AS postings, count(DISTINCT c.employer) AS employers,
              count(*) FILTER (s.rank = 3) AS required, count(*) FILTER (s.rank = 2) AS preferred, count(*) FILTER (s.rank = 1) AS duty,
              len(list_distinct(flatten(list(DISTINCT c.boards)))) AS boards
       FROM skills s JOIN scope c USING (vacancy) GROUP BY s.skill),
     earlier AS (SELECT s.skill, count(*) AS vacancies FROM skills s JOIN before b USING (vacancy) GROUP BY s.skill)
SELECT a.skill, a.postings, a.vacancies, a.employers, a.boards, a.required, a.preferred, a.duty, coalesce(e.vacancies, 0), count(*) OVER ()
FROM asked a LEFT JOIN earlier e USING (skill)
WHERE $skill IS NULL OR a.skill = $skill
ORDER BY a.vacancies DESC, a.postings DESC, a.skill LIMIT $limit
"""

_TOTALS: Final = """
SELECT count(*), coalesce(sum(postings), 0)::BIGINT, count(DISTINCT employer),
       count(*) FILTER (is_excerpt), count(*) FILTER (is_guessed),
       count(*) FILTER (employer IS NULL), count(*) FILTER (NOT EXISTS (SELECT 1 FROM skills s WHERE s.vacancy = v.vacancy))
FROM vacancies v WHERE {where}
"""


class CubeReader:
    """Answers queries on one built cube; every call opens its own cursor, so several threads may ask at once."""

    def __init__(self, folder: Path, info: CubeInfo, taxonomy: Taxonomy, regions: Regions) -> None:
        self._info = info
        self._taxonomy = taxonomy
        self._regions = regions
        self._connection = duckdb.connect()
        for name in ("vacancies", "skills", "postings"):
            path = str(folder / f"{name}.parquet").replace("'", "''")
            self._connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 a path of our own

    def demand(self, query: DemandQuery) -> DemandTable:
        """See `Cube.demand`."""
        where, parameters = _conditions(query)
        before = self._previous(query)
        where_before, before_parameters = _conditions(query, period=before, prefix="before_")
        rests_on = self._rests_on(query, before)
        rows = self._rows(
            _TABLE.format(where=where, where_before=where_before if before else "false"),
            parameters | (before_parameters if before else {}) | {"skill": query.skill, "limit": query.limit},
        )
        return DemandTable(
            query=query,
            rows=tuple(self._skill_row(row, rests_on) for row in rows),
            skills_total=rows[0][9] if rows else 0,
            rests_on=rests_on,
            method=METHOD,
            taxonomy=self._info.taxonomy,
            pipeline=self._info.pipeline,
            nuts_version=self._info.nuts_version,
        )

    def trend(self, query: DemandQuery) -> tuple[MonthCount, ...]:
        """See `Cube.trend`."""
        where, parameters = _conditions(query, with_skill=True)
        sql = f"SELECT month, sum(postings)::BIGINT, count(*) FROM vacancies v WHERE {where} GROUP BY month"  # noqa: S608
        found = {month: (postings, vacancies) for month, postings, vacancies in self._rows(sql, parameters)}
        first, last = self._period(query)
        counts = ((month, *found.get(month, (0, 0))) for month in months_between(first, last))
        return tuple(MonthCount(month=month, postings=postings, vacancies=vacancies) for month, postings, vacancies in counts)

    def by_region(self, query: DemandQuery, level: int) -> tuple[RegionCount, ...]:
        """See `Cube.by_region`."""
        where, parameters = _conditions(query, with_skill=True)
        sql = (
            f"SELECT region[:$length], sum(postings)::BIGINT, count(*) FROM vacancies v WHERE {where} AND len(region) >= $length"  # noqa: S608
            " GROUP BY 1 ORDER BY 3 DESC, 1"
        )
        rows = self._rows(sql, parameters | {"length": level + 2})
        (in_scope,) = self._rows(f"SELECT count(*) FROM vacancies v WHERE {where}", parameters)  # noqa: S608
        return tuple(
            RegionCount(region=code, label=self._region_label(code), postings=postings, vacancies=vacancies, share=vacancies / in_scope[0])
            for code, postings, vacancies in rows
        )

    def sources(self, query: DemandQuery) -> tuple[SourceCount, ...]:
        """See `Cube.sources`."""
        where, parameters = _conditions(query, with_skill=True)
        sql = (
            f"SELECT p.board, count(*), count(DISTINCT p.vacancy) FROM postings p JOIN vacancies v USING (vacancy) WHERE {where}"  # noqa: S608
            " GROUP BY 1 ORDER BY 3 DESC, 1"
        )
        return tuple(SourceCount(board=board, postings=n, vacancies=m) for board, n, m in self._rows(sql, parameters))

    def _rests_on(self, query: DemandQuery, before: tuple[str, str] | None) -> RestsOn:
        where, parameters = _conditions(query)
        (totals,) = self._rows(_TOTALS.format(where=where), parameters)
        vacancies, postings, employers, excerpts, guessed, no_employer, no_skill = totals
        previous = None
        if before:
            where_before, before_parameters = _conditions(query, period=before, prefix="before_")
            ((previous,),) = self._rows(f"SELECT count(*) FROM vacancies v WHERE {where_before}", before_parameters)  # noqa: S608
        first, last = self._period(query)
        return RestsOn(
            postings=postings,
            vacancies=vacancies,
            employers=employers,
            boards=self.sources(query.model_copy(update={"skill": None})),
            month_from=first,
            month_to=last,
            previous_from=before[0] if before else None,
            previous_to=before[1] if before else None,
            previous_vacancies=previous,
            not_stated=NotStated(
                region=self._share_without("region IS NULL", query.model_copy(update={"region": None})),
                occupation=self._share_without("isco IS NULL", query.model_copy(update={"occupation": None, "isco": None})),
                skills=no_skill / vacancies if vacancies else 0.0,
                employer=no_employer / vacancies if vacancies else 0.0,
            ),
            text_quality=TextQuality(excerpt=excerpts / max(1, vacancies), guessed=guessed / max(1, vacancies)),
        )

    def _share_without(self, condition: str, query: DemandQuery) -> float:
        where, parameters = _conditions(query)
        sql = f"SELECT count(*) FILTER ({condition}), count(*) FROM vacancies v WHERE {where}"  # noqa: S608
        ((without, total),) = self._rows(sql, parameters)
        return without / total if total else 0.0

    def _skill_row(self, row: tuple[Any, ...], rests_on: RestsOn) -> SkillDemand:
        uri, vacancies, earlier = row[0], row[2], row[8]
        concept = self._taxonomy.get(uri)
        previous = earlier if rests_on.previous_from else None
        return SkillDemand.model_validate(
            {
                "uri": uri,
                "label": self._taxonomy.label(uri) if concept else uri,
                "kind": concept.kind.value if concept and concept.type is ConceptType.SKILL and concept.kind else None,
                **dict(zip(("postings", "vacancies", "employers", "boards", "required", "preferred", "duty"), row[1:8], strict=True)),
                "share": vacancies / rests_on.vacancies,
                "previous_vacancies": previous,
                "change": vacancies / previous - 1 if previous else None,
            }
        )

    def _period(self, query: DemandQuery) -> tuple[str, str]:
        """Give the months in fact covered: what is asked for, cut to what the data hold."""
        first, last = self._info.month_from or "1970-01", self._info.month_to or "1970-01"
        asked_from, asked_to = query.month_from or first, query.month_to or last
        if asked_from > last or asked_to < first:
            return asked_from, max(asked_from, asked_to)
        return max(asked_from, first), min(asked_to, last)

    def _previous(self, query: DemandQuery) -> tuple[str, str] | None:
        before = previous_period(*self._period(query))
        return before if self._info.month_from and before[0] >= self._info.month_from else None

    def _region_label(self, code: str) -> str:
        return self._regions.label(code) if self._regions.exists(code) else code

    def _rows(self, sql: str, parameters: dict[str, object]) -> list[tuple[Any, ...]]:
        return self._connection.cursor().execute(sql, parameters).fetchall()


def _conditions(
    query: DemandQuery, *, period: tuple[str, str] | None = None, with_skill: bool = False, prefix: str = ""
) -> tuple[str, dict[str, object]]:
    month_from, month_to = period or (query.month_from, query.month_to)
    stated = [
        ("starts_with(region, ${})", "region", query.region),
        ("occupation = ${}", "occupation", query.occupation),
        ("starts_with(isco, ${})", "isco", query.isco),
        ("month >= ${}", "month_from", month_from),
        ("month <= ${}", "month_to", month_to),
        ("vacancy IN (SELECT vacancy FROM skills WHERE skill = ${})", "of_skill", query.skill if with_skill else None),
    ]
    used = [(sql.format(prefix + name), prefix + name, value) for sql, name, value in stated if value is not None]
    return " AND ".join(sql for sql, _, _ in used) or "true", {name: value for _, name, value in used}
