"""``tesoma-geo postgis``: the tables of a finished run into a database."""

from pathlib import Path

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, overwrite_option


@click.command("postgis")
@click.argument("address")
@click.option("--results", metavar="DIR", type=click.Path(path_type=Path), default=Path("maps/results"),
              show_default=True, help="The folder that `run` made.")  # fmt: skip
@click.option("--schema", default="tesoma", show_default=True, help="The schema of the tables; it is made.")
@overwrite_option
@console_options
def command(address: str, results: Path, schema: str, overwrite: bool, console: Console) -> None:
    """Write the tables of a finished run to PostGIS.

    ADDRESS is `postgresql://user@host/database`, or `postgresql:///?service=NAME` for a service of
    `~/.pg_service.conf`. The password comes from PGPASSWORD, `~/.pgpass` or that file, never from the address. The
    schema gets a table a file or layer of the results, all at once or none; --overwrite replaces a schema that was
    written so before.

    \b
    Examples:
      tesoma-geo postgis postgresql://gis@localhost/city
      tesoma-geo postgis postgresql:///?service=city --results tampere/results --schema tesoma_2026 --overwrite
    """
    from tesoma_geo.assessment.results_database import write_to_database
    from tesoma_geo.errors import InputError
    from tesoma_geo.workspace.addresses import database_fault, scheme_of

    if scheme_of(address) not in ("postgresql", "postgres"):
        raise click.UsageError("ADDRESS is no postgresql://user@host/database.")
    fault = database_fault(f"{address}#table")
    if fault is not None:
        raise InputError("the address holds a password, which others see in the list of processes", fault[1])
    written = write_to_database(results, address, schema, overwrite=overwrite)
    for name, rows in written.items():
        console.info(f"{schema}.{name}: {rows:,} rows")
