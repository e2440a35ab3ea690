"""``tesoma-geo embed``: an iframe snippet."""

from pathlib import Path
from typing import Literal

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.finished import open_job, results_option
from tesoma_geo.cli.options import check_profile, console_options, language_option, open_workspace, workspace_option
from tesoma_geo.near_names import instead


@click.command("embed")
@workspace_option
@results_option
@click.option("--site", metavar="URL", required=True, help="Where the site is: https://example.org/map.")
@language_option
@click.option("--profile", metavar="NAME", help="The way of moving that is shown first.")
@click.option(
    "--layer", "layers", metavar="KEY", multiple=True, help="A layer that is shown; again for more. All unless named."
)
@click.option("--hide", metavar="KEY", multiple=True, help="A layer that is hidden; again for more.")
@click.option("--at", metavar="ZOOM LAT LON", type=(float, float, float), help="Where the map begins.")
@click.option("--bounds", metavar="WEST SOUTH EAST NORTH", type=(float, float, float, float),
              help="What the map shows whole, in degrees, in place of --at.")  # fmt: skip
@click.option("--controls", type=NamedChoice(["all", "legend", "none"]), default="all", show_default=True,
              help="What stands around the map.")  # fmt: skip
@click.option("--colour", "colours", metavar="NAME COLOUR", type=(str, str), multiple=True,
              help="A colour: frame-accent 51127c, or dark.map-land 101820 of one theme; again for more.")  # fmt: skip
@click.option("--season", type=NamedChoice(["summer", "winter"]), default="summer", show_default=True,
              help="Summer, or winter with snow and ice.")  # fmt: skip
@click.option(
    "--departure", metavar="CLOCK", help="Public transport at this departure (07:15). The median unless told."
)
@click.option("--theme", type=NamedChoice(["auto", "light", "dark"]), default="auto", show_default=True,
              help="Light or dark; auto follows the reader's system.")  # fmt: skip
@click.option("--home", metavar="LAT LON", type=(float, float), help="A home that the map tells of.")
@click.option("--title", metavar="TEXT", help="Of the frame, for screen readers. The site's title unless told.")
@click.option("--lazy/--no-lazy", default=True, show_default=True, help="Load once it comes into view; or at once.")
@click.option("--form", type=NamedChoice(["iframe", "script", "element"]), default="iframe", show_default=True,
              help="A plain frame; or embed.js of the site, as high as its content.")  # fmt: skip
@click.option("--width", default="100%", show_default=True, help="Of the frame: pixels or percent.")
@click.option(
    "--height",
    type=click.IntRange(120, 4000),
    help="Of the frame, in pixels. A plain frame has 1080, 640 with the legend alone, 600 without; else its content's.",
)
@console_options
def command(
    workspace_file: Path | None,
    results: Path | None,
    site: str,
    language: str | None,
    profile: str | None,
    layers: tuple[str, ...],
    hide: tuple[str, ...],
    at: tuple[float, float, float] | None,
    bounds: tuple[float, float, float, float] | None,
    controls: Literal["all", "legend", "none"],
    colours: tuple[tuple[str, str], ...],
    season: Literal["summer", "winter"],
    departure: str | None,
    theme: Literal["auto", "light", "dark"],
    home: tuple[float, float] | None,
    title: str | None,
    lazy: bool,
    form: Literal["iframe", "script", "element"],
    width: str,
    height: int | None,
    console: Console,
) -> None:
    """Print the HTML that puts the map into another page.

    The site itself must stand at the address already; its page "Embed" shows the options live.
    What the map and the page around it can say to each other stands in docs/embed.md. Layers are those that the
    workspace may have; with --results exactly those of the run. So it is with the departures of a timetable.

    \b
    Examples:
      tesoma-geo embed --site https://example.org/map
      tesoma-geo embed --site https://example.org/map --profile wheelchair --controls legend
      tesoma-geo embed --site https://example.org/map --form script --theme dark
      tesoma-geo embed --site https://example.org/map --colour frame-accent 0b5d1e --at 15 61.505 23.63
      tesoma-geo embed --site https://example.org/map --results out --layer services_grocery --layer buildings
    """
    from tesoma_geo.errors import InputError
    from tesoma_geo.render.map.embed_snippet import (
        HEIGHT_PX,
        Look,
        check_departure,
        check_layers,
        embed_address,
        script_snippet,
        snippet,
    )
    from tesoma_geo.render.map.layer_names import departures_known, layer_names
    from tesoma_geo.render.text.catalogue import catalogue_of
    from tesoma_geo.render.text.place_names import hub_name

    if results is None:
        workspace, finished = open_workspace(workspace_file, console, fetched=False), None
    else:
        job = open_job(results, workspace_file, console)
        workspace, finished = job.workspace, job.finished
    chosen = language or workspace.district.languages[0]
    if chosen not in workspace.district.languages:
        raise InputError(f"the site has no pages in {chosen!r}", instead(chosen, workspace.district.languages))
    check_profile(workspace, profile)
    if not width.removesuffix("%").isdecimal():
        raise InputError(f"{width!r} is no width", "Write pixels (800) or percent (100%)")
    if departure is not None:
        check_departure(departure, departures_known(workspace, finished))
    check_layers((*layers, *hide), layer_names(workspace, finished))
    look = Look(
        profile, layers or None, at, controls, dict(colours), season, departure, theme, home, hide or None, bounds
    )
    texts = catalogue_of(workspace, chosen)
    named = title or texts("title", hub=hub_name(workspace, texts), district=texts.of(workspace.district.name))
    if form == "iframe":
        address = embed_address(site, chosen, look)
        click.echo(snippet(address, named, width, height or HEIGHT_PX[controls], lazy=lazy))
    else:
        click.echo(script_snippet(site, chosen, look, named, height, lazy=lazy, as_element=form == "element"))
