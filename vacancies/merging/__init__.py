"""Putting copies together: postings of the same job become one vacancy, each link with its reason."""

from vacancies.merging.merge import merge as merge
