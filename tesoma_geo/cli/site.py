"""``tesoma-geo site``: the pages alone."""

from pathlib import Path

import click

from tesoma_geo.cli.options import open_workspace, out_folder, overwrite_option, talking, workspace_option
from tesoma_geo.cli.talk import Talk


@click.command("site")
@workspace_option
@out_folder("maps/site")
@overwrite_option
@talking
def command(workspace_file: Path | None, out: Path, overwrite: bool, talk: Talk) -> None:
    """Make the pages alone, without the tables and rasters of `run`.

    \b
    Examples:
      tesoma-geo site
      tesoma-geo site --workspace tampere/tesoma.toml --out public --overwrite
    """
