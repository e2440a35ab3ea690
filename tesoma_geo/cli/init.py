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
@click.argument("more_files", metavar="[FILE]...", type=click.Path(path_type=Path), nargs=-1)
@console_options
def command(folder: Path, files: tuple[Path, ...], more_files: tuple[Path, ...], console: Console) -> None:
    """Write a new workspace file, commented, as DIR/tesoma.toml.

    The file names every key there is, with what it is for. Put the district's layers beside it,
    correct the names in it, and let `check` say what is still missing.

    With --from the file is written for the layers given: streets, elevation, timetable, areas with residents, services
    and a survey are known by what is in them, and the columns found are written down. DIR's name is taken for the
    district's: areas that a column calls so are taken.

    \b
    Examples:
      tesoma-geo init tampere
      tesoma-geo init tesoma --from streets.osm.pbf areas.gpkg gtfs.zip elevation.tif
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
    if files:
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
    console.info(f"  tesoma-geo check --workspace {path}")
    click.echo(path)
