"""The platforms that there are, found in the files of `crawlers/platforms`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from crawlers import platforms as platform_package
from crawlers.error import UnknownPlatform
from crawlers.spiders.board_spider import BoardSpider


@cache
def platforms() -> dict[str, type[BoardSpider]]:
    """Give the spider class of every platform by its name; a file of `crawlers/platforms` adds those it defines."""
    found: dict[str, type[BoardSpider]] = {}
    for module in pkgutil.iter_modules(platform_package.__path__):
        for value in vars(importlib.import_module(f"{platform_package.__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, BoardSpider) and "platform" in vars(value):
                found[value.platform] = value
    return dict(sorted(found.items()))


def spider_for(platform: str) -> type[BoardSpider]:
    """Give a platform's spider; raises UnknownPlatform."""
    try:
        return platforms()[platform]
    except KeyError:
        raise UnknownPlatform(
            f"platform {platform!r} is not known (known: {', '.join(platforms())}); correct the register row, "
            f"or add the file crawlers/platforms/{platform}.py"
        ) from None
