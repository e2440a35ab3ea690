"""Prints ``docs/cli.md`` from the commands' own help: ``make cli-docs``; a test holds the two together."""

from collections.abc import Iterator

import click

from tesoma_geo.cli import commands

INTRODUCTION = """\
# The commands

Made from the commands' own help by `make cli-docs`. `python cli.py …` in a checkout is `tesoma-geo …`.

Data goes to stdout or the named file, everything else to stderr. Nothing is overwritten without
`--overwrite`, and nothing half-written is left behind. `TESOMA_GEO_DEBUG=1` in the environment shows
where an error comes from, as `-vv` does.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([INTRODUCTION, _help("tesoma-geo", commands), *_sections("tesoma-geo", commands, "##")])


def _sections(name: str, group: click.Group, mark: str) -> Iterator[str]:
    """A section a command; the commands of a group follow it, a level deeper."""
    for word, command in group.commands.items():
        yield f"{mark} {word}\n\n{_help(f'{name} {word}', command)}"
        if isinstance(command, click.Group):
            yield from _sections(f"{name} {word}", command, mark + "#")


def _help(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    context.help_option_names = ["-h", "--help"]
    return f"```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    click.echo(page(), nl=False)
