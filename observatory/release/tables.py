"""The datasets of a release: their queries over the cube, their columns described once for file, dictionary and README."""

from __future__ import annotations

from typing import Final, NamedTuple


class Column(NamedTuple):
    """One column: name, Frictionless type, what it means."""

    name: str
    type: str
    description: str
    required: bool = True


class Table(NamedTuple):
    """One dataset: file stem, title, what it is, its columns in order, its key, and its query over the cube's views."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    sql: str


_REGION: Final = Column(
    "region", "string", "NUTS code as deep as the advertisements tell (country, NUTS 1, 2 or 3); empty: not stated", False
)
_MONTH: Final = Column("month", "yearmonth", "month of first publication, YYYY-MM")
_ISCO: Final = Column("isco", "string", "ISCO-08 unit group of the occupation, four digits; empty: not stated", False)
_COUNTS: Final = (
    Column("vacancies", "integer", "vacancies: copies of one advertisement count once; may be added up over rows of one skill"),
    Column("postings", "integer", "advertisements behind them, copies included; may be added up over rows of one skill"),
    Column("employers", "integer", "different employers named; must not be added up over rows"),
    Column("boards", "integer", "different boards that carried them; must not be added up over rows"),
)

TABLES: Final = (
    Table(
        "demand",
        "Skills in demand by region, occupation and month",
        "The demand cube: how many vacancies ask for a skill, or name it as a task of the job.",
        (
            _REGION,
            _MONTH,
            _ISCO,
            Column("occupation", "string", "concept URI of the occupation; empty: not stated", False),
            Column("skill", "string", "concept URI of the skill, see skills.csv"),
            *_COUNTS,
            Column("required", "integer", "vacancies that ask for the skill as a condition"),
            Column("preferred", "integer", "vacancies that wish for it"),
            Column("duty", "integer", "vacancies that name it as a task of the job only"),
        ),
        (),
        """SELECT v.region, v.month, v.isco, v.occupation, s.skill, count(*)::INTEGER AS vacancies, sum(v.postings)::INTEGER AS postings,
                  count(DISTINCT v.employer)::INTEGER AS employers, len(list_distinct(flatten(list(v.boards))))::INTEGER AS boards,
                  count(*) FILTER (s.rank = 3)::INTEGER AS required, count(*) FILTER (s.rank = 2)::INTEGER AS preferred,
                  count(*) FILTER (s.rank = 1)::INTEGER AS duty
           FROM vacancies v JOIN skills s USING (vacancy) GROUP BY ALL ORDER BY ALL""",
    ),
    Table(
        "vacancies",
        "Vacancies by region, occupation and month",
        "All vacancies, also those in which no skill was read: what shares of demand are shares of.",
        (_REGION, _MONTH, _ISCO, Column("occupation", "string", "concept URI of the occupation; empty: not stated", False), *_COUNTS),
        (),
        """SELECT region, month, isco, occupation, count(*)::INTEGER AS vacancies, sum(postings)::INTEGER AS postings,
                  count(DISTINCT employer)::INTEGER AS employers, len(list_distinct(flatten(list(boards))))::INTEGER AS boards
           FROM vacancies GROUP BY ALL ORDER BY ALL""",
    ),
    Table(
        "coverage",
        "What the figures are worth: shares not stated, by month",
        "Of the vacancies of a month, how many do not state a field or could not be read for it.",
        (
            _MONTH,
            Column("vacancies", "integer", "vacancies first published in the month"),
            Column("postings", "integer", "advertisements behind them"),
            Column("boards", "integer", "different boards that carried them"),
            Column("without_region", "integer", "vacancies without a known place"),
            Column("without_occupation", "integer", "vacancies without a recognised occupation"),
            Column("without_skills", "integer", "vacancies in which no skill was read"),
            Column("without_employer", "integer", "vacancies that name no employer"),
            Column("without_salary", "integer", "vacancies that state no salary"),
        ),
        ("month",),
        """SELECT month, count(*)::INTEGER AS vacancies, sum(postings)::INTEGER AS postings,
                  len(list_distinct(flatten(list(boards))))::INTEGER AS boards,
                  count(*) FILTER (region IS NULL)::INTEGER AS without_region,
                  count(*) FILTER (isco IS NULL)::INTEGER AS without_occupation,
                  count(*) FILTER (NOT EXISTS (SELECT 1 FROM skills s WHERE s.vacancy = v.vacancy))::INTEGER AS without_skills,
                  count(*) FILTER (employer IS NULL)::INTEGER AS without_employer,
                  count(*) FILTER (salary_year_min IS NULL AND salary_year_max IS NULL)::INTEGER AS without_salary
           FROM vacancies v GROUP BY month ORDER BY month""",
    ),
    Table(
        "skills",
        "Skills named in the datasets",
        "Code list: the skill concepts of the taxonomy that occur.",
        (
            Column("skill", "string", "concept URI"),
            Column("label", "string", "preferred label in English, else in another language"),
            Column("kind", "string", "skill, knowledge, attitude, tool or certificate; empty: the taxonomy does not say", False),
        ),
        ("skill",),
        "SELECT skill, label, kind FROM skill_names ORDER BY skill",
    ),
    Table(
        "occupations",
        "Occupations named in the datasets",
        "Code list: the occupation concepts of the taxonomy that occur.",
        (
            Column("occupation", "string", "concept URI"),
            Column("label", "string", "preferred label in English, else in another language"),
            Column("isco", "string", "ISCO-08 unit group, four digits", False),
        ),
        ("occupation",),
        "SELECT occupation, label, isco FROM occupation_names ORDER BY occupation",
    ),
    Table(
        "regions",
        "Regions named in the datasets",
        "Code list: the NUTS regions that occur, with those above them.",
        (
            Column("region", "string", "NUTS code"),
            Column("label", "string", "name"),
            Column("level", "integer", "NUTS level, 0 (country) to 3"),
        ),
        ("region",),
        "SELECT region, label, level FROM region_names ORDER BY region",
    ),
    Table(
        "sources",
        "Boards behind the figures",
        "The boards that the advertisements come from, with the legal basis of their collection.",
        (
            Column("board", "string", "board"),
            Column("name", "string", "its name"),
            Column("countries", "string", "countries it covers (ISO 3166), separated by spaces", required=False),
            Column("legal_basis", "string", "on what legal basis it is collected"),
            Column("postings", "integer", "its advertisements in this release"),
            Column("vacancies", "integer", "vacancies among them; one found on two boards counts for both"),
        ),
        ("board",),
        """SELECT p.board, coalesce(n.name, p.board) AS name, n.countries,
                  coalesce(n.legal_basis, 'no longer in the register') AS legal_basis,
                  count(*)::INTEGER AS postings, count(DISTINCT p.vacancy)::INTEGER AS vacancies
           FROM postings p LEFT JOIN source_names n USING (board) GROUP BY ALL ORDER BY p.board""",
    ),
)
