"""Errors as people should see them: what went wrong, how to mend it, and an exit code."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from rich.markup import escape

from crawlers.error import CrawlersError
from flows.error import FlowError
from labourscope.console import err
from labourscope.error import CommandError, ExitCode
from observatory.error import ObservatoryError
from search_api.error import SearchError
from taxonomies.error import TaxonomyError
from vacancies.error import LakeBusy, VacanciesError

_EXPLAINED = (TaxonomyError, VacanciesError, CrawlersError, SearchError, ObservatoryError, FlowError, CommandError)
_INTERRUPTED = 130  # what shells expect after Ctrl-C


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
        return _explain(_settings_error(error), ExitCode.USAGE)
    except OSError as error:
        return _explain(error, ExitCode.FAILED)
    return ExitCode.DONE


def _explain(error: Exception, code: ExitCode) -> int:
    err.print(f"[bold red]Error:[/] {escape(str(error))}", soft_wrap=True)
    return code


def _settings_error(error: ValidationError) -> CommandError:
    lines = [f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']} (given: {wrong['input']!r})" for wrong in error.errors()]
    return CommandError(f"{error.title} has wrong values: " + "; ".join(lines))
