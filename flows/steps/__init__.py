"""The steps of the way, each a plain function of a RunContext: idempotent, recorded, and safe to run again after a kill."""

from flows.steps.collect import crawl as crawl
from flows.steps.collect import ingest as ingest
from flows.steps.collect import reparse as reparse
from flows.steps.maintain import maintain as maintain
from flows.steps.publish import figures as figures
from flows.steps.publish import index as index
from flows.steps.publish import release as release
from flows.steps.read import enrich as enrich
from flows.steps.read import enrich_again as enrich_again
from flows.steps.read import merge as merge
