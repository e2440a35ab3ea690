"""``tesoma-geo links``: which missing link would save residents most."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.cli.options import console_options, json_option, open_workspace, overwrite_option, workspace_option
from tesoma_geo.cli.output import result_file
from tesoma_geo.cli.show import show_json, show_table
from tesoma_geo.errors import InputError

if TYPE_CHECKING:
    from tesoma_geo.workspace import Workspace

SHOWN = ("rank", "length_m", "detour_m", "residents", "mean_gain_min", "resident_min", "over_water_m", "asked_for")
FURTHER = ("services_min", "cost_eur", "min_per_1000_eur", "doorstep", "found_by")


@click.command("links")
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@click.option(
    "--longest", "longest_m", type=click.FloatRange(5, 1000), default=150.0, show_default=True, help="Metres of a link."
)
@click.option("--count", type=click.IntRange(1, 100), default=10, show_default=True, help="How many at most.")
@click.option("--over", multiple=True, type=NamedChoice(["rail", "water", "motorway"]), help="What a bridge may cross.")
@click.option("--improve", is_flag=True, help="Tell which streets that there are would help most if made better.")
@click.option(
    "--barriers",
    "run",
    metavar="RUN",
    type=click.Path(path_type=Path),
    help="With --improve: a folder of run, whose published barriers are tried too.",
)
@click.option("--budget", "budget_eur", type=click.FloatRange(min=1), help="Euros: choose links to build together.")
@click.option("--out", metavar="FILE", type=LOCAL_PATH, help="A GeoPackage of the links, to be made.")
@overwrite_option
@json_option
@console_options
def command(
    workspace_file: Path | None,
    profile: str,
    longest_m: float,
    count: int,
    over: tuple[str, ...],
    improve: bool,
    run: Path | None,
    budget_eur: float | None,
    out: Path | None,
    overwrite: bool,
    as_json: bool,
    console: Console,
) -> None:
    """Find the missing links that would save residents most.

    Tries every straight link between two places on the streets, and tells of each of the best what it would
    save on the way to the hub if it alone were built: residents who gain a minute or more, their mean gain, and
    their minutes together for one trip each, what they would gain to services, and what it may cost. Links that many
    residents wish for are tried too. No link crosses water, railway lines, fences or motorways unless --over says so,
    and none a building of the street file; whose land it is, is not known.
    The file is a `source` of the `[[links]]` of a scenario.

    With --improve streets of the map are tried instead: ramps for steps, lamps where a street is mapped as unlit,
    paving, and in winter snow cleared where nobody does, a way at a time; its number is what `[[ramps]]`,
    `[[lighting]]`, `[[paving]]` or `[[winter_maintenance]]` of a scenario names. With --barriers RUN the barriers that
    residents named are tried too, as that run published them, against the streets with all of them.

    \b
    Examples:
      tesoma-geo links
      tesoma-geo links --improve --profile wheelchair
      tesoma-geo links --improve --barriers maps/tesoma
      tesoma-geo links --profile wheelchair --longest 60 --out links.gpkg
      tesoma-geo links --workspace tampere/tesoma.toml --count 3 --json > links.json
    """
    from tesoma_geo._geopackage import write_layers
    from tesoma_geo.crs import WGS84
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.scenarios.link_sets import links_under_budget
    from tesoma_geo.scenarios.links import missing_links

    workspace = open_workspace(workspace_file, console)
    if improve:
        if over or budget_eur is not None:
            raise InputError("--improve has neither --over nor --budget", "Leave them out: no new link is laid")
        _improve(workspace, (profile, count, run), out, overwrite, as_json, console)
        return
    if run is not None:
        raise InputError("--barriers is of --improve alone", "Add --improve, or leave it out")
    place = nullcontext() if out is None else result_file(workspace, out, overwrite)
    with compile_notice(console), console.progress() as progress, place as draft:
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        search = missing_links(inputs, profile, longest_m=longest_m, count=count, over=over, progress=progress)
        candidates = search.links
        chosen = None
        if budget_eur is not None:
            progress("links under the budget")
            chosen = links_under_budget(inputs, profile, candidates, budget_eur)
        if draft is not None:
            write_layers(draft, {"links": candidates})
    places = candidates.geometry.to_crs(WGS84)
    ends = [[[round(lon, 6), round(lat, 6)] for lon, lat in (line.coords[0], line.coords[-1])] for line in places]
    rows = candidates[[*SHOWN, *FURTHER]].to_dict("records")
    if as_json:
        show_json([{**row, "line": line} for row, line in zip(rows, ends, strict=True)])
        return
    columns = ["rank", "m", "now m", "residents", "mean gain", "resident-min", "over water m", "asked for"]
    columns += ["services min", "euros", "min per 1,000 €", "doorstep", "found by"]
    lines = [" – ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in line) for line in ends]
    show_table(
        [*columns, "from – to (lon lat)"], ([*row.values(), line] for row, line in zip(rows, lines, strict=True))
    )
    if chosen is not None:
        console.info(
            f"For {chosen.cost_eur:,.0f} euros links {', '.join(map(str, chosen.ranks)) or 'none'} together save "
            f"{chosen.resident_min:,.1f} resident-min ({chosen.sum_alone:,.1f} one by one); no set of these links can "
            f"save more than {chosen.at_most:,.1f} unless links help each other"
        )
    if why := search.why_fewer(count):
        console.info(why)
    if not rows:
        console.info(f"No link of {longest_m:g} m or less would save anybody a minute")


def _improve(
    workspace: "Workspace",
    asked: tuple[str, int, Path | None],
    out: Path | None,
    overwrite: bool,
    as_json: bool,
    console: Console,
) -> None:
    """Streets that there are, made better."""
    from tesoma_geo._geopackage import write_layers
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.scenarios.better_streets import better_streets
    from tesoma_geo.scenarios.named_barriers import barriers_of_run

    (profile, count, run), named = asked, None
    place = nullcontext() if out is None else result_file(workspace, out, overwrite)
    with compile_notice(console), console.progress() as progress, place as draft:
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        if run is not None:
            named = barriers_of_run(inputs, run)
        streets = better_streets(inputs, profile, count=count, named=named, progress=progress)
        if draft is not None:
            write_layers(draft, {"improvements": streets})
    rows = streets.drop(columns="geometry").to_dict("records")
    for told in named.told() if named is not None else ():
        console.info(told)
    if named is None and workspace.annotations:
        console.info("Barriers that residents named are tried with --barriers RUN, a folder that run made")
    if as_json:
        show_json(rows)
        return
    titles = ["rank", "what", "way", "name", "m", "barrier", "told by", "residents", "resident-min", "min of all"]
    show_table(titles, ([_shown(key, value) for key, value in row.items()] for row in rows))
    if len(rows) < count:
        tried = "with steps, unlit, unpaved, not cleared in winter" + (" or a barrier" if named is not None else "")
        console.info(f"{len(rows)} of {count}: no other way {tried} would save anybody anything")


def _shown(key: str, value: object) -> object:
    """Numbers of ways without separators; nothing where no barrier is meant."""
    if key == "osm_id":
        return str(value)
    return "" if key == "respondents" and not value else value
