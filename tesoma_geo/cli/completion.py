"""``tesoma-geo completion``: tab completion for shells, with the values that options take."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options

PROGRAM, VARIABLE = "tesoma-geo", "_TESOMA_GEO_COMPLETE"
SHELLS = ("bash", "zsh", "fish")
#: Options that name a column of a table on the line.
_COLUMNS = ("id_column", "opportunity", "demand", "travel_cost", "distance", "straight_line")
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


@click.command("completion")
@click.argument("shell", type=NamedChoice(SHELLS), required=False)
@click.option("--install", is_flag=True, help="Put it where the shell looks for it, instead of printing it.")
@click.pass_context
@console_options
def command(context: click.Context, shell: str | None, install: bool, console: Console) -> None:
    """Print or install tab completion for a shell.

    Without SHELL it is that of $SHELL. Commands, options and their values are completed: ways of moving,
    kinds of services, lines and languages of the workspace that stands on the line.

    \b
    Examples:
      tesoma-geo completion --install
      tesoma-geo completion zsh > ~/.zfunc/_tesoma-geo
      eval "$(tesoma-geo completion bash)"
    """
    from tesoma_geo._files import written_file
    from tesoma_geo.errors import InputError, OutputError

    name = shell or Path(os.environ.get("SHELL", "")).name
    kind = get_completion_class(name)
    if name not in SHELLS or kind is None:
        raise InputError(
            f"no completion for the shell {name or 'of this terminal'!r}", f"Name one of {', '.join(SHELLS)}"
        )
    root = context.find_root().command
    text = kind(root, {}, PROGRAM, VARIABLE).source()
    if not install:
        click.echo(text)
        return
    path = _place(name)
    if path.is_file() and VARIABLE.encode() not in path.read_bytes():
        raise OutputError(
            f"{path} is of another program", "Move it elsewhere, or print the completion without --install"
        )
    with written_file(path, overwrite=True) as draft:
        draft.write_text(text, encoding="utf-8")
    console.info("Open a new shell to have it." + (_ZSH_HINT if name == "zsh" else ""))
    click.echo(path)


_ZSH_HINT = " ~/.zshrc needs the line: fpath+=~/.zfunc; autoload -Uz compinit; compinit"


def _place(shell: str) -> Path:
    """Where a shell looks for the completions of a user."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return {
        "bash": data / "bash-completion" / "completions" / PROGRAM,
        "zsh": home / ".zfunc" / f"_{PROGRAM}",
        "fish": config / "fish" / "completions" / f"{PROGRAM}.fish",
    }[shell]


def completed(values: Callable[[click.Context], Iterable[str]], *, several: bool = False) -> Complete:
    """A completion of the values that a workspace has; nothing where it cannot be read.

    Parameters
    ----------
    values
        Gives the values from what stands on the line already.
    several
        Whether the option takes several of them with commas between; the last one is completed.

    Returns
    -------
    function
        For ``shell_complete`` of an option.
    """

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            known = list(dict.fromkeys(values(context)))
        except Exception:  # noqa: BLE001 - a shell that completes shows no errors
            return []
        before, comma, last = incomplete.rpartition(",") if several else ("", "", incomplete)
        return [CompletionItem(f"{before}{comma}{value}") for value in known if value.startswith(last)]

    return complete


def with_values(group: click.Group) -> None:
    """Give options of commands the completion of their values, by their names.

    Parameters
    ----------
    group
        The commands; options that have a completion, or choices, of their own keep it.
    """
    by_name = {
        "profile": completed(_profiles), "profiles": completed(_profiles), "language": completed(_languages),
        "still": completed(_profiles), "line": completed(_lines), "lines": completed(_lines),
        "kind": completed(_kinds), "layer": completed(_layers), "layers": completed(_map_layers),
        "measure": completed(_measures),
        "decay": completed(_decays), "scheduler": completed(lambda _: ("local", "processes")),
        "indicator": completed(_indicators),
        **dict.fromkeys(_COLUMNS, completed(_columns)),
        **dict.fromkeys(("group_by", "kinds", "basket"), completed(_columns, several=True)),
    }  # fmt: skip
    by_command = {("list", "kind"): completed(_kinds_of_annotations)}
    for command_name, one in group.commands.items():
        if isinstance(one, click.Group):
            with_values(one)
        for parameter in one.params:
            name = parameter.name or ""
            complete = by_command.get((command_name, name), by_name.get(name))
            if complete is not None and not isinstance(parameter.type, click.Choice):
                parameter._custom_shell_complete = complete


def _content(context: click.Context) -> dict[str, object]:
    """The workspace of the line, as TOML makes it: reading it whole would take a second."""
    import tomllib

    from tesoma_geo.workspace.location import find_workspace

    named = context.params.get("workspace_file")
    return tomllib.loads(find_workspace(named).read_text(encoding="utf-8"))


def _section(context: click.Context, name: str) -> dict[str, object]:
    section = _content(context).get(name)
    return section if isinstance(section, dict) else {}


def _profiles(context: click.Context) -> list[str]:
    named = _section(context, "access").get("profiles")
    from tesoma_geo.workspace.sections import Access

    return [str(name) for name in named] if isinstance(named, list) else list(Access().profiles)


def _languages(context: click.Context) -> list[str]:
    from tesoma_geo.languages import CATALOGUES

    named = _section(context, "district").get("catalogues")
    return [*CATALOGUES, *(named if isinstance(named, dict) else {})]


def _kinds(context: click.Context) -> list[str]:
    section = _section(context, "services")
    osm, files = section.get("osm"), section.get("files")
    kinds = list(osm) if isinstance(osm, dict) else []
    return [*kinds, *(str(one.get("kind")) for one in (files if isinstance(files, list) else []))]


def _kinds_of_annotations(_context: click.Context) -> tuple[str, ...]:
    from tesoma_geo.sources.annotations.schema import KINDS

    return KINDS


def _measures(_context: click.Context) -> list[str]:
    from tesoma_geo.measures.catalogue import all_measures, location_models

    return [*all_measures(), *location_models()]


def _decays(_context: click.Context) -> list[str]:
    from tesoma_geo.cli.measures import decay_makers

    return [f"{name}:" for name in decay_makers()]


def _indicators(context: click.Context) -> list[str]:
    """Shares of residents within the cutoffs, as ``trend`` calls them, for the ways of moving of the workspace."""
    from tesoma_geo.workspace.sections import Access

    cutoffs = _section(context, "access").get("cutoffs_min")
    minutes = cutoffs if isinstance(cutoffs, list) else list(Access().cutoffs_min)
    return [f"{profile}_within_{one:g}_min" for profile in _profiles(context) for one in minutes]


def _columns(context: click.Context) -> list[str]:
    """Columns of the tables that stand on the line: the last one's first."""
    import csv

    # What stands before an option whose value is missing is no parameter yet.
    named = [context.params.get(name) for name in ("land_use", "destinations", "points", "travel_matrix", "origins")]
    names: list[str] = []
    for path in [Path(str(one)) for one in (*reversed(context.args), *named) if one is not None]:
        if path.suffix.lower() == ".csv" and path.is_file():
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                names += next(csv.reader(file), [])
    return names


def _map_layers(_context: click.Context) -> tuple[str, ...]:
    """Layers of the map of a page, for ``embed``."""
    from tesoma_geo.render.map.embed_snippet import LAYERS

    return tuple(LAYERS)


def _layers(context: click.Context) -> list[str]:
    from tesoma_geo.workspace.faults import named_sources

    return [source for _, source in named_sources(_content(context))]


def _lines(context: click.Context) -> list[str]:
    """Names of the lines of the timetables, from ``routes.txt`` alone."""
    import csv
    import io
    import zipfile

    from tesoma_geo.workspace.addresses import source_path
    from tesoma_geo.workspace.location import find_workspace

    names: list[str] = []
    feeds = _section(context, "transit").get("gtfs")
    file = find_workspace(context.params.get("workspace_file"))
    for source in feeds if isinstance(feeds, list) else []:
        path = source_path(file.absolute(), str(source))
        if path.is_dir():
            content = (path / "routes.txt").read_bytes()
        else:
            with zipfile.ZipFile(path) as archive:
                content = archive.read("routes.txt")
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace")))
        names += [str(row.get("route_short_name") or row.get("route_long_name") or "") for row in rows]
    return sorted({name for name in names if name})
