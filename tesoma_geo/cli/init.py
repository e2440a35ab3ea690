"""``tesoma-geo init``: a new workspace file, commented."""

from pathlib import Path

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "files",
    metavar="FILE",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A layer to look into; may be given several times, and any number of files may follow the last one.",
)
@click.option("--place", metavar="NAME", help="A place to make the workspace for, such as 'Hervanta, Tampere'.")
@click.option("--hub", metavar="NAME", help="With --place: what the hub is called.")
@click.option("--pick", metavar="NUMBER", type=click.IntRange(min=1), help="Which place, where several have the name.")
@click.option(
    "--catalogue",
    "addresses",
    metavar="NAME=ADDRESS",
    multiple=True,
    envvar="TESOMA_GEO_CATALOGUES",
    help="Ask a catalogue at another address; may be given several times.",
)
@click.argument("more_files", metavar="[FILE]...", type=click.Path(path_type=Path), nargs=-1)
@console_options
def command(
    folder: Path,
    files: tuple[Path, ...],
    place: str | None,
    hub: str | None,
    pick: int | None,
    addresses: tuple[str, ...],
    more_files: tuple[Path, ...],
    console: Console,
) -> None:
    """Write a new workspace file, commented, as DIR/tesoma.toml.

    The file names every key there is, with what it is for. Put the district's layers beside it,
    correct the names in it, and let `check` say what is still missing.

    With --from the file is written for the layers given: streets, elevation, timetable, areas with residents, services
    and a survey are known by what is in them, and the columns found are written down. DIR's name is taken for the
    district's: areas that a column calls so are taken.

    With --place the district is looked up by name, and catalogues of open data are asked for its layers: outline and
    hub from Nominatim, streets from Overpass or Geofabrik, heights, timetables, residents. What none of them has is
    named in the file, with where to look. `fetch` then downloads the layers. Servers are told who asks: put an
    e-mail address into TESOMA_GEO_CONTACT.

    \b
    Examples:
      tesoma-geo init tampere
      tesoma-geo init tesoma --from streets.osm.pbf areas.gpkg gtfs.zip elevation.tif
      tesoma-geo init hervanta --place "Hervanta, Tampere" --hub "Hervannan kauppakeskus Duo"
      tesoma-geo check --workspace tampere/tesoma.toml
    """
    from importlib import resources

    from tesoma_geo._files import written_file
    from tesoma_geo.errors import OutputError

    path = folder / "tesoma.toml"
    if path.exists():
        raise OutputError(f"{path} exists already", "Edit it, or name another folder")
    if more_files and not files:
        raise click.UsageError("Write --from before the files to look into.")
    if (place is None) != (hub is None) or (place is not None and files):
        raise click.UsageError("Write --place and --hub together, and without --from.")
    if place is not None and hub is not None:
        content, advice = _placed(folder, place, hub, pick, addresses, console), "Read it, then run:"
    elif files:
        from tesoma_geo.inputs.drafted_workspace import TO_DO, drafted_workspace

        text, seen = drafted_workspace((*files, *more_files), folder)
        content = text.encode()
        for one in seen:
            console.info(f"{one.path}: {one.holds}" + (f" ({one.told})" if one.told else ""))
        advice = f"Read it, correct what is marked with {TO_DO}, then run:"
    else:
        content = resources.files("tesoma_geo.cli").joinpath("workspace.toml").read_bytes()
        advice = "Put the layers beside it, correct their names in it, then run:"
    with written_file(path) as draft:
        draft.write_bytes(content)
    console.info(advice)
    console.info(f"  tesoma-geo {'check' if place is None else 'fetch'} --workspace {path}")
    click.echo(path)


def _placed(
    folder: Path, place: str, hub: str, pick: int | None, addresses: tuple[str, ...], console: Console
) -> bytes:
    """The workspace file of a place."""
    from tesoma_geo._extras import require

    require("requests", extra="fetch")
    from tesoma_geo.inputs.placed_workspace import placed_workspace

    settings = {}
    for text in addresses:
        name, separator, address = text.partition("=")
        if not separator or not address.startswith(("http://", "https://")):
            raise click.UsageError(f"{text!r} is no catalogue with its address, such as geofabrik=https://example.org.")
        settings[name] = address
    with console.progress() as progress:
        content, missing = placed_workspace(place, hub, folder, pick=pick, settings=settings, progress=progress)
    for one in missing:
        console.info(f"Not found: {one}")
    return content.encode()
