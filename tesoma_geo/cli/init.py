"""``tesoma-geo init``: a new workspace file, commented."""

from pathlib import Path

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@console_options
def command(folder: Path, console: Console) -> None:
    """Write a new workspace file, commented, as DIR/tesoma.toml.

    The file names every key there is, with what it is for. Put the district's layers beside it,
    correct the names in it, and let `check` say what is still missing.

    \b
    Examples:
      tesoma-geo init tampere
      tesoma-geo check --workspace tampere/tesoma.toml
    """
    from importlib import resources

    from tesoma_geo._files import written_file
    from tesoma_geo.errors import OutputError

    path = folder / "tesoma.toml"
    if path.exists():
        raise OutputError(f"{path} exists already", "Edit it, or name another folder")
    with written_file(path) as draft:
        draft.write_bytes(resources.files("tesoma_geo.cli").joinpath("workspace.toml").read_bytes())
    console.info("Put the layers beside it, correct their names in it, then run:")
    console.info(f"  tesoma-geo check --workspace {path}")
    click.echo(path)
