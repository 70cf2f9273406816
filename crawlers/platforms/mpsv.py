"""Vacancies of the Czech labour office as open data (https://data.mpsv.cz/web/data/volna-mista-v-cele-cr), one file a day; recorded.

`address` is the file's: `https://data.mpsv.cz/od/soubory/volna-mista/volna-mista.json`. It may have gigabytes, so it is read in pieces.
"""

from __future__ import annotations

from functools import partial

from crawlers.page_parsers import mpsv
from crawlers.page_parsers.record_pieces import json_pieces
from crawlers.spiders.large_feed_spider import LargeFeedSpider


class Mpsv(LargeFeedSpider):
    """The whole country in one file."""

    platform = "mpsv"
    version = mpsv.VERSION
    page_parser = staticmethod(mpsv.parse)
    cutter = staticmethod(partial(json_pieces, key=mpsv.LIST))
