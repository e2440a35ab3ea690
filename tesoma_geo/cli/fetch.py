"""``tesoma-geo fetch``: downloads what the workspace names."""

from pathlib import Path

import click

from tesoma_geo._extras import require
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, open_workspace, workspace_option


@click.command("fetch")
@workspace_option
@click.option(
    "--batch",
    "batch_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A batch.toml in place of --workspace: its table of districts, and what its template names.",
)
@click.option("--overwrite", "refresh", is_flag=True, help="Ask for newer versions of what is there already.")
@console_options
def command(workspace_file: Path | None, batch_file: Path | None, refresh: bool, console: Console) -> None:
    """Download what the workspace names by address.

    That is OpenStreetMap from Overpass, layers of a WFS, and files. They come into the folder
    `fetched` beside the workspace file, each with its date; what is there already is kept unless --overwrite is given.
    The other commands never use the network.

    \b
    Examples:
      tesoma-geo fetch --workspace tampere/tesoma.toml
      tesoma-geo fetch --workspace tampere/tesoma.toml --overwrite
      tesoma-geo fetch --batch tampere/batch.toml
    """
    require("requests", extra="fetch")
    from tesoma_geo.sources.fetch import fetch

    if batch_file is not None and workspace_file is not None:
        raise click.UsageError("--batch and --workspace are both named: a batch knows its template")
    with console.progress() as progress:
        if batch_file is None:
            workspace = open_workspace(workspace_file, console, fetched=False)
            fetched = fetch(workspace, refresh=refresh, progress=progress)
        else:
            from tesoma_geo.batch.district_table import fetch_batch
            from tesoma_geo.batch.file import Batch

            fetched = fetch_batch(Batch.load(batch_file), refresh=refresh, progress=progress)
    for file in fetched:
        console.info(f"{file.url}: {'downloaded' if file.is_new else 'there already, downloaded'} {file.date}")
        click.echo(file.path)
    if not fetched:
        console.info("The file names no address: there is nothing to fetch")
