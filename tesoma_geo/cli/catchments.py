"""``tesoma-geo catchments``: who goes to which of several places."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LOCAL_TABLE
from tesoma_geo.cli.options import console_options, open_workspace, overwrite_option, workspace_option
from tesoma_geo.cli.point_files import layer_file_option, street_router, write_layer_file
from tesoma_geo.near_names import instead

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from tesoma_geo.inputs.inputs import Inputs


@click.command("catchments")
@click.argument("points", type=LOCAL_TABLE, required=False)
@workspace_option
@click.option("--kind", metavar="KIND", help="A kind of service of the workspace, instead of a file of points.")
@click.option("--profile", default="walk", show_default=True, help="The way of moving on streets.")
@click.option("--id", "id_column", metavar="COLUMN", help="The column of ids.  [default: id, else rows from 0]")
@layer_file_option
@overwrite_option
@console_options
def command(
    points: Path | None,
    workspace_file: Path | None,
    kind: str | None,
    profile: str,
    id_column: str | None,
    out: Path,
    overwrite: bool,
    console: Console,
) -> None:
    """Tell who goes to which of several places.

    Everybody goes to the nearest. The places are those of the file POINTS (as for `isochrones`), or the services of
    a --kind of the workspace. A row a place: residents, their median minutes, km² and the polygon of the district from
    where it is the nearest, which no other place's overlaps.

    \b
    Examples:
      tesoma-geo catchments --kind school --out schools.gpkg
      tesoma-geo catchments libraries.csv --profile bicycle --out libraries.geojson
    """
    from tesoma_geo._files import require_free
    from tesoma_geo.assessment.service_catchments import service_catchments
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.inputs.point_files import read_points
    from tesoma_geo.inputs.protected import protected_files
    from tesoma_geo.network.isochrones.isochrones import Water

    if (points is None) == (kind is None):
        raise click.UsageError("Name a file of points, or a kind of service with --kind: one of the two.")
    workspace = open_workspace(workspace_file, console)
    kept = (*([points] if points else ()), *protected_files(workspace))
    require_free(out, overwrite=overwrite, protected=kept)
    with compile_notice(console), console.progress() as progress:
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        places = (
            _services(inputs, kind)
            if points is None
            else read_points(points, "points", workspace, id_column, console.info)
        )
        router = street_router(inputs, profile)
        progress("sharing out the district")
        area = inputs.district.geometry.union_all()
        water = Water.of(inputs.water.geometry, within=inputs.study_area.bounds)
        rows = service_catchments(router, places, area, inputs.origins, water)
    if rows.attrs.get("nowhere"):
        console.info(f"residents who reach none of them: {rows.attrs['nowhere']}")
    names = dict(zip(places.index, places["name"], strict=True)) if "name" in places else {}
    rows.insert(1, "name", [str(names[one]) if isinstance(names.get(one), str) else "" for one in rows["id"]])
    write_layer_file(rows, out, "catchments", overwrite=overwrite, protected=kept)
    table = rows.drop(columns="geometry").rename_axis(None)
    click.echo(table.to_csv(index=False, lineterminator="\n"), nl=False)


def _services(inputs: "Inputs", kind: str | None) -> "GeoDataFrame":
    """The services of a kind, known by their ids."""
    from tesoma_geo.errors import InputError

    kinds = sorted(set(inputs.services["kind"]))
    if kind not in kinds:
        raise InputError(f"--kind {kind}: the workspace has no service of that kind", instead(kind, kinds))
    return inputs.services[inputs.services["kind"] == kind].set_index("service_id")
