"""``tesoma-geo annotations lived``: the way to the hub with every report counted, for a planner's own eyes."""

from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, open_workspace, out_folder, overwrite_option, workspace_option
from tesoma_geo.cli.output import result_folder

#: Begins the name of every file, and stands in each.
NOT_PUBLIC = "not_public"
WARNING = "not for publication: made from single answers, which can be read from it"


@click.command("lived")
@workspace_option
@out_folder("maps/not_public_lived")
@overwrite_option
@click.option(
    "--fewest", type=click.IntRange(min=1), default=1, show_default=True, help="Respondents that a barrier needs."
)
@console_options
def command(workspace_file: Path | None, out: Path, overwrite: bool, fewest: int, console: Console) -> None:
    """Compute lived accessibility from all reports, exactly; for planners, not for publication.

    `run` uses what is published. This uses the store, or the files where there is none: `not_public_barriers.gpkg`,
    `not_public_origins.gpkg` and `not_public_lived.json`. Every file says that it is not for publication.
    """
    import geopandas as gpd

    from tesoma_geo._files import write_json
    from tesoma_geo._geopackage import write_layers
    from tesoma_geo.analysis.lived_access import lived_access
    from tesoma_geo.errors import WorkspaceError
    from tesoma_geo.inputs.kept_layers import read_kept_inputs

    workspace = open_workspace(workspace_file, console)
    if not workspace.annotations:
        raise WorkspaceError(f"{workspace.path} names no [[annotations]]", "Add a section; see docs/annotations.md")
    with (
        compile_notice(console),
        console.progress() as progress,
        result_folder(workspace, out, overwrite, "annotations lived") as draft,
    ):
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        if inputs.annotations is None:
            raise AssertionError("annotations are named and were not read")
        progress("lived")
        lived = lived_access(inputs, inputs.annotations, fewest=fewest)
        origins = gpd.GeoDataFrame(lived.origins, geometry=inputs.origins.geometry.to_numpy(), crs=inputs.origins.crs)
        for name, table in (("barriers", lived.barriers), ("origins", origins)):
            layer = f"{NOT_PUBLIC}_{name}"
            write_layers(draft / f"{layer}.gpkg", {layer: table.assign(**{NOT_PUBLIC: WARNING})})
        left_out = [{"what": one.what, "reason": one.reason, "count": one.count} for one in lived.left_out]
        figures = {NOT_PUBLIC: WARNING, **lived.summary, "left_out": left_out}
        write_json(draft / f"{NOT_PUBLIC}_lived.json", figures)
        write_json(draft / "manifest.json", {"made_by": "tesoma-geo annotations lived", NOT_PUBLIC: WARNING})
    console.info(f"Not for publication: {len(lived.barriers)} barriers in {out}")
