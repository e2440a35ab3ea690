"""``tesoma-geo unknowns``: what nobody mapped and matters, for a walk that looks at it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import (
    check_profile,
    console_options,
    json_option,
    open_workspace,
    out_folder,
    overwrite_option,
    workspace_option,
)
from tesoma_geo.cli.output import result_folder
from tesoma_geo.cli.show import show_json, show_table

if TYPE_CHECKING:
    from tesoma_geo.analysis.unknown_things import UnknownThings


@click.command("unknowns")
@workspace_option
@click.option("--profile", metavar="NAME", help="The way of moving; wheelchair unless named, or the first there is.")
@click.option("--figure", metavar="NAME", default="median_min", show_default=True,
              help="A figure of the hub: median_min, population_within_15_min, grocery_median_min, …")  # fmt: skip
@click.option("--places", type=click.IntRange(1, 200), default=20, show_default=True, help="Places of one walk.")
@out_folder("maps/unknowns")
@overwrite_option
@json_option
@console_options
def command(
    workspace_file: Path | None,
    profile: str | None,
    figure: str,
    places: int,
    out: Path,
    overwrite: bool,
    as_json: bool,
    console: Console,
) -> None:
    """Tell what nobody mapped and is worth a look.

    For a mapping walk with residents. A row a street, a crossing or the hub's door where only its place is known, what
    matters most first: the share of the figure's variance that it explains, and by how much the interval of what the
    map lacks would be narrower if somebody looked. The folder gets `unknowns.gpkg` and `unknowns.csv` with columns to
    fill in, and a sheet to print in each language, with a map (`sheet-fi.html`). Name what comes back in the workspace,
    then it counts as known: `[survey_walk] source = "unknowns.csv"`; an
    OpenStreetMap edit (.osc, or JOSM's .osm) will do too.

    \b
    Examples:
      tesoma-geo unknowns
      tesoma-geo unknowns --profile wheelchair --figure population_within_15_min
      tesoma-geo unknowns --workspace tampere/tesoma.toml --places 40 --out walk --json
    """
    from tesoma_geo.analysis.unknown_things import unknown_things
    from tesoma_geo.errors import InputError
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.network import StreetRouter
    from tesoma_geo.render.pages.field_sheet import write_field_sheets

    workspace = open_workspace(workspace_file, console)
    check_profile(workspace, profile)
    with (
        compile_notice(console),
        console.progress() as progress,
        result_folder(workspace, out, overwrite, "unknowns") as draft,
    ):
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        by_name = {one.name: one for one in inputs.profiles}
        name = profile or ("wheelchair" if "wheelchair" in by_name else next(iter(by_name)))
        if name not in by_name:
            raise InputError(f"{name} does not move on streets alone", f"Use one of {', '.join(by_name)}")
        router = StreetRouter.build(inputs.network, by_name[name], workspace.network.max_snap_m)
        progress("drawing what the map lacks")
        ranking = unknown_things(
            router, inputs.origins, inputs.hub, inputs.services, figure=figure, places=places,
            cutoffs_min=workspace.access.cutoffs_min, limit_min=workspace.access.services_within_min,
        )  # fmt: skip
        progress("writing the sheets")
        _write(ranking, draft)
        write_field_sheets(ranking, inputs, draft)
    if as_json:
        show_json(_summary(ranking))
        return
    columns = ["rank", "name", "highway", "missing", "residents", "share", "narrower"]
    shown = ranking.things[columns].assign(
        share=ranking.things["share"].map("{:.1%}".format), narrower=ranking.things["narrower"].map("{:.2f}".format)
    )
    show_table(columns, shown.to_numpy().tolist())
    for line in _sentences(ranking):
        console.info(line)
    console.info(f"unknowns.gpkg, unknowns.csv and the sheets in {out}")


def _write(found: "UnknownThings", folder: Path) -> None:
    from tesoma_geo._files import write_json
    from tesoma_geo._geopackage import write_layers
    from tesoma_geo.command_columns import UNKNOWNS

    UNKNOWNS.check(found.things)
    write_layers(folder / UNKNOWNS.file, {UNKNOWNS.layer: found.things})
    table = found.things.drop(columns="geometry").round({"share": 6, "narrower": 6})
    table.to_csv(folder / "unknowns.csv", index=False)
    write_json(folder / "manifest.json", {"made_by": "tesoma-geo unknowns", **_summary(found, things=False)})


def _summary(found: "UnknownThings", *, things: bool = True) -> dict[str, Any]:
    summary: dict[str, Any] = {
        "profile": found.profile,
        "figure": found.figure,
        "mapped": found.mapped,
        "published": list(found.published),
        "published_width_then": found.published_then,
        "interval_of_unknown": list(found.interval),
        "width_now": found.width_now,
        "width_then": found.width_then,
        "places": found.places,
        "unknown_things": found.n_unknown,
    }
    if things:
        summary["things"] = found.things.drop(columns="geometry").to_dict("records")
    return summary


def _sentences(found: "UnknownThings") -> list[str]:
    low, high = found.published
    return [
        f"{found.figure} of {found.profile}: {found.mapped:,.1f}, published interval {low:,.1f}–{high:,.1f}",
        f"What the map lacks makes {found.interval[0]:,.2f}–{found.interval[1]:,.2f} of it, "
        f"{found.width_now:,.2f} wide; if the first {found.places} were known, {found.width_then:,.2f} on average",
        f"The published interval would be {found.published_then:,.2f} wide instead of {high - low:,.2f}: "
        "looking tells nothing of speeds and homes",
        f"{found.n_unknown:,} streets and doors lack something; {len(found.things)} of them matter to this figure",
    ]
