"""Errors as people should see them: what went wrong, how to mend it, and an exit code."""

from __future__ import annotations

from collections.abc import Callable

import click
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


def run_and_explain(command: Callable[[], object]) -> int:  # noqa: PLR0911 one line per way to fail
    """Run a command and return its exit code; errors of our packages, wrong calls and settings are explained on standard error."""
    try:
        result = command()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        err.print("[yellow]stopped[/]")
        return 130
    except LakeBusy as error:
        return _explain(error, ExitCode.BUSY)
    except _EXPLAINED as error:
        return _explain(error, ExitCode.FAILED)
    except ValidationError as error:
        return _explain(_settings_error(error), ExitCode.USAGE)
    except OSError as error:
        return _explain(error, ExitCode.FAILED)
    return result if isinstance(result, int) else ExitCode.DONE


def _explain(error: Exception, code: ExitCode) -> int:
    err.print(f"[bold red]Error:[/] {escape(str(error))}", soft_wrap=True)
    return code


def _settings_error(error: ValidationError) -> CommandError:
    lines = [f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']} (given: {wrong['input']!r})" for wrong in error.errors()]
    return CommandError(f"{error.title} has wrong values: " + "; ".join(lines))
