"""The lake: Delta tables on local disk or object storage, the system of record."""

from vacancies.lake.lake import Lake as Lake
