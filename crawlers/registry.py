"""The platforms that there are, found in the files of `crawlers/platforms`."""

from __future__ import annotations

import importlib.util
import pkgutil
from functools import cache

from crawlers import platforms as platform_package
from crawlers.error import UnknownPlatform
from crawlers.spiders.board_spider import BoardSpider


def _spiders_in(module: str) -> dict[str, type[BoardSpider]]:
    values = vars(importlib.import_module(f"{platform_package.__name__}.{module}")).values()
    return {v.platform: v for v in values if isinstance(v, type) and issubclass(v, BoardSpider) and "platform" in vars(v)}


@cache
def platforms() -> dict[str, type[BoardSpider]]:
    """Give the spider class of every platform by its name; a file of `crawlers/platforms` adds those it defines."""
    found: dict[str, type[BoardSpider]] = {}
    for module in pkgutil.iter_modules(platform_package.__path__):
        found |= _spiders_in(module.name)
    return dict(sorted(found.items()))


def spider_for(platform: str) -> type[BoardSpider]:
    """Give a platform's spider, loading no other's where its file bears its name; raises UnknownPlatform."""
    module = f"{platform_package.__name__}.{platform}"
    if platform.isidentifier() and importlib.util.find_spec(module) is not None and platform in (own := _spiders_in(platform)):
        return own[platform]
    try:
        return platforms()[platform]
    except KeyError:
        raise UnknownPlatform(
            f"platform {platform!r} is not known (known: {', '.join(platforms())}); correct the register row, "
            f"or add the file crawlers/platforms/{platform}.py"
        ) from None
