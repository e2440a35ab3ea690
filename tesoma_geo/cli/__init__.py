"""The command line: one level of commands, a file each.

A command imports what it works with inside its function, so that help, completion and a mistyped
option answer at once instead of after the libraries of the trade have been loaded.
"""

import gc
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from tesoma_geo._redaction import without_secrets
from tesoma_geo.cli import (
    annotations,
    batch,
    cache,
    catchments,
    check,
    completion,
    embed,
    explain,
    fetch,
    hub,
    init,
    isochrones,
    lines,
    links,
    matrix,
    measures,
    postgis,
    report,
    run,
    scenario,
    serve,
    site,
    still,
    store,
    table,
    trend,
    trial,
    unknowns,
    workshop,
)
from tesoma_geo.cli.console import DEBUG, NORMAL, error_lines, json_line, plain, unexpected_error_lines
from tesoma_geo.cli.options import JSON, LOG_FORMAT, VERBOSITY, asked_format
from tesoma_geo.cli.stopping import stop_cleanly, was_stopped
from tesoma_geo.errors import TesomaError

#: What click says of work that was told to stop.
ABORTED = "Aborted!"


class Commands(click.Group):
    """The group of commands, and the one place where errors become two lines for a person, or one for programs."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the options before the command's name.

        Parameters
        ----------
        ctx
            What click knows of this call; told whether its lines are for programs, which wrong usage has to know.
        args
            The words of the call.

        Returns
        -------
        list of str
            Words that are left.
        """
        ctx.meta[LOG_FORMAT] = asked_format(args)
        with _usage_for_programs(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as the base class has it
        """The names of the commands, in the order of work, not of the alphabet.

        Parameters
        ----------
        ctx
            What click knows of this call; not used.

        Returns
        -------
        list of str
        """
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit 1 with why and what to do when it cannot be done.

        Parameters
        ----------
        ctx
            What click knows of this call.

        Returns
        -------
        object
            What the command returns.

        Raises
        ------
        Exit
            With code 1, after the error has been told on stderr.
        KeyboardInterrupt
            The work was told to stop, and a library made an error of its own of that.
        """
        with _usage_for_programs(ctx):
            return self._invoked(ctx)

    def _invoked(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except TesomaError as error:
            lines, trace = error_lines(error), traceback.format_exc()
        except Exception as error:
            if was_stopped(error):
                raise KeyboardInterrupt from error
            lines, trace = unexpected_error_lines(error), traceback.format_exc()
        traced = ctx.meta.get(VERBOSITY, NORMAL) >= DEBUG or bool(os.environ.get("TESOMA_GEO_DEBUG"))
        if ctx.meta.get(LOG_FORMAT) == JSON:
            further = {"trace": without_secrets(trace)} if traced else {}
            lines = [json_line("error", lines[0].removeprefix("Error: "), more=lines[1:], **further)]
        elif traced:
            click.echo(without_secrets(trace), err=True)
        for line in lines:
            click.echo(line, err=True)
        raise click.exceptions.Exit(1)


@contextmanager
def _usage_for_programs(ctx: click.Context) -> Iterator[None]:
    """A block whose wrong usage, and being told to stop, is one line of JSON where lines are for programs."""
    try:
        yield
    except (click.ClickException, click.Abort, KeyboardInterrupt) as error:
        if ctx.meta.get(LOG_FORMAT) != JSON:
            raise
        if not isinstance(error, click.ClickException):
            click.echo(json_line("error", ABORTED), err=True)
            raise click.exceptions.Exit(1) from None
        at = error.ctx if isinstance(error, click.UsageError) and error.ctx is not None else ctx
        no_words = error.format_message() == at.get_help()  # click's answer to a call without a word
        told = "no command is named" if no_words else error.format_message()
        more = [plain(at.get_usage()), f"Try '{at.command_path} --help' for help."]
        click.echo(json_line("error", told, more=more), err=True)
        raise click.exceptions.Exit(error.exit_code) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tesoma-geo", prog_name="tesoma-geo")
def commands() -> None:
    """How well residents reach the heart of their district, by every way of moving.

    A workspace file names the district's layers; `run` turns them into tables, rasters and a map.
    Without a workspace of your own every command uses the bundled sample, a made-up district.

    Exit codes: 0 done, 1 it could not be done (why and what to do stand on stderr), 2 wrong usage.

    \b
    Examples:
      tesoma-geo run                         the bundled sample, into maps/results
      tesoma-geo init tampere                a workspace of your own
      tesoma-geo check --workspace tampere/tesoma.toml
    """


_WORK = (
    init, check, fetch, run, hub, matrix, isochrones, catchments, measures, annotations, store, explain, scenario,
    links, lines, unknowns,
)  # fmt: skip
_FOLLOW = (trial, trend, batch)
_SHOW = (table, postgis, site, embed, still, report, serve, workshop)
for _module in (*_WORK, *_FOLLOW, *_SHOW, cache, completion):
    commands.add_command(_module.command)
completion.with_values(commands)


def main() -> None:
    """The command line of ``tesoma-geo``; ends with SystemExit."""
    # A command keeps most of what it makes until it ends: looking for garbage often takes a twentieth of a run.
    gc.set_threshold(100_000)
    stop_cleanly()
    # Warnings of libraries speak to programmers; python -W default -m tesoma_geo shows them.
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        commands(prog_name="tesoma-geo")
    except KeyboardInterrupt:  # before click hears of it, or after
        click.echo(json_line("error", ABORTED) if asked_format(sys.argv[1:]) == JSON else ABORTED, err=True)
        sys.exit(1)
