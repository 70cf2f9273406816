"""Errors as people should see them: what went wrong, how to mend it, and an exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pydantic import ValidationError
from rich.markup import escape

from crawlers.error import CrawlersError
from flows.error import FlowError
from labourscope.console import err
from labourscope.error import CommandError, ExitCode
from labourscope.settings import Settings
from nlp.error import NlpError
from observatory.error import ObservatoryError
from search_api.error import SearchError
from search_api.settings import ApiSettings
from taxonomies.error import TaxonomyError
from vacancies.error import LakeBusy, VacanciesError

_EXPLAINED = (TaxonomyError, VacanciesError, CrawlersError, NlpError, SearchError, ObservatoryError, FlowError, CommandError)
_SETTINGS: Final = {model.__name__: model for model in (Settings, ApiSettings)}
_SECRET: Final = ("token", "password", "key")
_INTERRUPTED: Final = 130  # what shells expect after Ctrl-C


def run_and_explain(command: Callable[[], object]) -> int:  # noqa: PLR0911 one line per way to fail
    """Run a command and return its exit code; errors of our packages, wrong calls and settings are explained on standard error."""
    try:
        command()
    except SystemExit as ending:  # typer has explained wrong calls itself
        return ending.code if isinstance(ending.code, int) else ExitCode.DONE
    except KeyboardInterrupt:
        err.print("[yellow]stopped[/]")
        return _INTERRUPTED
    except LakeBusy as error:
        return _explain(error, ExitCode.BUSY)
    except _EXPLAINED as error:
        return _explain(error, ExitCode.FAILED)
    except ValidationError as error:
        return _explain_invalid(error)
    except OSError as error:
        return _explain(error, ExitCode.FAILED)
    return ExitCode.DONE


def _explain(error: Exception, code: ExitCode) -> int:
    err.print(f"[bold red]Error:[/] {escape(str(error))}", soft_wrap=True)
    return code


def _explain_invalid(error: ValidationError) -> int:
    settings = _SETTINGS.get(error.title)
    if settings is None:
        return _explain(CommandError(f"a file of this installation is damaged, see `labourscope doctor`: {error}"), ExitCode.FAILED)
    told = []
    for wrong in error.errors(include_url=False):
        name = f"{settings.model_config['env_prefix']}{'_'.join(map(str, wrong['loc']))}".upper()
        is_secret = any(word in name.lower() for word in _SECRET)
        told.append(f"{name}: {wrong['msg']}" + ("" if is_secret else f" (given: {wrong['input']!r})"))
    return _explain(CommandError("wrong settings: " + "; ".join(told)), ExitCode.USAGE)
