"""The options that commands share."""

import functools
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import NORMAL, QUIET, Console
from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.errors import InputError
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.near_names import instead

if TYPE_CHECKING:
    from tesoma_geo.workspace import Workspace

#: Where a command leaves its verbosity for the place that tells of errors.
VERBOSITY = "tesoma_geo.verbosity"
#: And whether the lines are for programs: ``"json"``.
LOG_FORMAT, JSON = "tesoma_geo.log_format", "json"
_LOG_OPTION, _LOG_VARIABLE = "--log-format", "TESOMA_GEO_LOG_FORMAT"

Command = Callable[..., Any]

workspace_option = click.option(
    "--workspace",
    "workspace_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The workspace file. Without it: ./tesoma.toml, then ./layers/tesoma.toml, then the bundled sample.",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace what an earlier run left there.")
language_option = click.option(
    "--language",
    metavar="TAG",
    help="A language of the pages, such as fi, or one of the workspace's own; the workspace's first unless named.",
)
address_option = click.option(
    "--address",
    metavar="URL",
    default="",
    callback=lambda _context, _option, address: _checked_address(address),
    help="Where the district's pages are, which these then lead to.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")


def _checked_address(address: str) -> str:
    if address and urlsplit(address).scheme not in ("http", "https"):
        raise InputError(f"{address!r} is no address of a site", "Give one that begins with https://")
    return address


def out_folder(default: str) -> Callable[[Command], Command]:
    """The option ``--out DIR`` with a default.

    Parameters
    ----------
    default
        The folder that is made when none is named.

    Returns
    -------
    decorator
        To be put on a command.
    """
    return click.option(
        "--out",
        metavar="DIR",
        type=LOCAL_PATH,
        default=Path(default),
        show_default=True,
        help="The folder to make.",
    )


def console_options(command: Command) -> Command:
    """Add ``-v``, ``-q`` and ``--log-format`` to a command, which receives what talks to the person as ``console``.

    Parameters
    ----------
    command
        A function that takes ``console``.

    Returns
    -------
    function
        The same without ``console``, with these options.
    """

    @click.option("-v", "--verbose", count=True, help="Say more; -vv shows where an error comes from.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    @click.option(
        _LOG_OPTION,
        type=NamedChoice(["text", JSON]),
        default="text",
        envvar=_LOG_VARIABLE,
        help="Lines for people, or for programs.  [default: TESOMA_GEO_LOG_FORMAT, else text]",
    )
    @functools.wraps(command)
    def wrapped(*args: Any, verbose: int, quiet: bool, log_format: str, **kwargs: Any) -> Any:
        verbosity = QUIET if quiet else NORMAL + verbose
        meta = click.get_current_context().meta
        meta[VERBOSITY], meta[LOG_FORMAT] = verbosity, log_format
        return command(*args, console=Console(verbosity, log_format == JSON), **kwargs)

    return wrapped


def asked_format(words: Sequence[str]) -> str:
    """The format of lines that a call asks for, be it otherwise right or wrong.

    Parameters
    ----------
    words
        Of the call, after the program's name.

    Returns
    -------
    str
        As the option or else the environment has it; empty where neither does.
    """
    asked = os.environ.get(_LOG_VARIABLE, "")
    for word, then in pairwise([*words, ""]):
        if word == _LOG_OPTION:
            asked = then
        elif word.startswith(f"{_LOG_OPTION}="):
            asked = word.partition("=")[2]
    return asked


def open_workspace(workspace_file: Path | None, console: Console, *, fetched: bool = True) -> "Workspace":
    """The workspace that ``--workspace`` names or that is found without it, checked.

    Parameters
    ----------
    workspace_file
        The value of ``--workspace``, if it was given.
    console
        Told which file was found when none was named.
    fetched
        Whether the addresses in it must have been fetched already.

    Returns
    -------
    Workspace
    """
    from tesoma_geo.workspace import Workspace, find_workspace

    path = find_workspace(workspace_file)
    if workspace_file is None:
        console.info(f"Workspace: {path}")
    return Workspace.load(path, fetched=fetched)


def check_language(workspace: "Workspace", language: str | None) -> None:
    """Refuse a language that has no catalogue, before anything is computed.

    Parameters
    ----------
    workspace
        Which may bring catalogues of its own.
    language
        Its tag; None is the workspace's first.

    Raises
    ------
    BadParameter
        Neither the package nor the workspace has a catalogue of it.
    """
    known = [*CATALOGUES, *(tag for tag in workspace.district.catalogues if tag not in CATALOGUES)]
    if language is not None and language not in known:
        problem = f"{language!r} is none of the languages. {instead(language, known)}"
        raise click.BadParameter(problem, param_hint="--language")


def check_profile(workspace: "Workspace", profile: str | None) -> None:
    """Refuse a way of moving that the workspace does not assess, before anything is computed.

    Parameters
    ----------
    workspace
        With ``access.profiles``.
    profile
        Its name; None is the workspace's first.

    Raises
    ------
    InputError
        The workspace does not name it.
    """
    if profile is not None and profile not in workspace.access.profiles:
        raise InputError(f"no profile {profile!r}", instead(profile, workspace.access.profiles))
