"""``tesoma-geo scenario``: before and after a plan."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import (
    address_option,
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
    from tesoma_geo.scenarios.comparison_records import ComparisonFigures
    from tesoma_geo.workspace import Workspace


@click.command("scenario")
@click.argument("scenario_files", metavar="[FILE]...", type=click.Path(path_type=Path), nargs=-1)
@workspace_option
@out_folder("maps/scenario")
@address_option
@overwrite_option
@click.option("--whole-site", is_flag=True, help="Draw every page of a run too, not the plan's alone; takes longer.")
@click.option("--compare", "several", is_flag=True, help="Compare several plans, alone and together.")
@json_option
@console_options
def command(
    scenario_files: tuple[Path, ...],
    workspace_file: Path | None,
    out: Path,
    address: str,
    overwrite: bool,
    whole_site: bool,
    several: bool,
    as_json: bool,
    console: Console,
) -> None:
    """Tell who gains and who loses by a plan: before and after.

    FILE names new links, changed costs and closures, better streets, services, homes, entrances, headways, stops and
    lines; without it, scenario.toml beside the workspace file. Leaves the figures side by side, the difference at every
    cell, and a page with a swipe between before and after. Prints residents' gains on the trips that the plan is about,
    or with --json all figures. With --compare several plans are laid side by side: each alone, each two and all of them
    together, and how surely one helps more than another.

    \b
    Examples:
      tesoma-geo scenario
      tesoma-geo scenario bridge.toml --workspace tampere/tesoma.toml --out tampere/bridge
      tesoma-geo scenario bridge.toml --overwrite --json > bridge.json
      tesoma-geo scenario bridge.toml ramp.toml --compare --out tampere/plans
    """
    workspace = open_workspace(workspace_file, console)
    files = scenario_files or (workspace.path.with_name("scenario.toml"),)
    if several or len(files) > 1:
        _compare_several(workspace, files, out, address, overwrite, several, as_json, console)
    else:
        _compare_one(workspace, files[0], out, address, overwrite, whole_site, as_json, console)


def _compare_one(
    workspace: "Workspace",
    file: Path,
    out: Path,
    address: str,
    overwrite: bool,
    whole_site: bool,
    as_json: bool,
    console: Console,
) -> None:
    from tesoma_geo.inputs.kept_layers import layers_without_answers, read_kept_inputs
    from tesoma_geo.inputs.publication import with_publication
    from tesoma_geo.render.pages.write import write_site
    from tesoma_geo.scenarios.compare import compare
    from tesoma_geo.scenarios.outputs import write_comparison
    from tesoma_geo.scenarios.scenario import Scenario

    scenario = Scenario.load(file, workspace.district.catalogues)
    with (
        compile_notice(console),
        console.progress() as progress,
        result_folder(workspace, out, overwrite, "scenario") as draft,
    ):
        progress("reading the layers")
        if whole_site:
            inputs, key = with_publication(read_kept_inputs(workspace), who="tesoma-geo scenario"), None
        else:
            inputs, key = layers_without_answers(workspace)
        comparison = compare(inputs, scenario, progress, whole=whole_site, key=key)
        progress("writing the differences")
        write_comparison(comparison, draft)
        progress("drawing the pages")
        write_site(
            comparison.before, draft / "site", publication=inputs.publication, comparison=comparison,
            stills=whole_site, alone="" if whole_site else "scenarios", home="" if whole_site else address,
        )  # fmt: skip
    for note in comparison.figures["notes"]:
        console.info(f"Note: {note['key']}: {note['text']}")
    if as_json:
        show_json(comparison.figures)
        return
    columns = ["to", "profile", "gain", "lose", "unchanged", "never there", "median before", "median after"]
    show_table(columns, _rows(comparison.figures))
    for line in _further(comparison.figures):
        console.info(line)
    console.info(
        f"Residents who gain or lose {comparison.figures['gain_min']:g} min or more. Open this page in a browser:"
    )
    console.info(str((out / "site" / "index.html").resolve()))


def _rows(figures: "ComparisonFigures") -> Iterator[list[object]]:
    """The trips that the plan is about first; every way of moving to the hub in any case."""
    places = dict.fromkeys([*(answer["to"] for answer in figures["answers"] if answer["asked"]), "hub"])
    for to in places:
        rows: Mapping[str, Any] = figures["profiles"] if to == "hub" else figures["services"][to]["outcomes"]
        for profile, row in rows.items():
            medians = row["median_min"] if to == "hub" else figures["services"][to]["profiles"][profile]["median_min"]
            residents = (row["residents"][outcome] for outcome in ("gaining", "losing", "unchanged", "unreachable"))
            shown = ("–" if medians[at] is None else medians[at] for at in ("before", "after"))
            yield [to, profile, *residents, *shown]
    for profile, row in figures["winter"].items():
        residents = (row["residents"][outcome] for outcome in ("gaining", "losing", "unchanged", "unreachable"))
        yield ["hub, in winter", profile, *residents, "–", "–"]


def _further(figures: "ComparisonFigures") -> Iterator[str]:
    homes, costs = figures["homes"], figures["costs"]
    others = dict.fromkeys(row["to"] for row in figures["answers"] if not row["asked"] and row["to"] != "hub")
    if others:
        yield f"The way to the nearest of these changes too, see the page: {', '.join(others)}"
    if homes is not None:
        first, minutes = next(iter(homes["median_min"].items()))
        median = "no way" if minutes is None else f"median {minutes:g} min"
        yield f"Residents who move in: {homes['residents']:,}; to the hub ({first}): {median}"
    if costs["total_eur"] is not None:
        unknown = f"; not told: {', '.join(costs['unknown'])}" if costs["unknown"] else ""
        yield f"Cost: {costs['total_eur']:,.0f} euros{unknown}"


def _compare_several(
    workspace: "Workspace",
    files: tuple[Path, ...],
    out: Path,
    address: str,
    overwrite: bool,
    several: bool,
    as_json: bool,
    console: Console,
) -> None:
    from tesoma_geo.errors import InputError
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.render.pages.plans import write_plans_pages
    from tesoma_geo.scenarios.scenario import Scenario
    from tesoma_geo.scenarios.several import compare_several, write_several

    if not several:
        raise InputError(f"{len(files)} plans are named", "Add --compare to lay them side by side")
    if len(files) < 2:
        raise InputError("--compare needs two plans or more", "Name their files, such as a.toml b.toml")
    scenarios = [Scenario.load(file, workspace.district.catalogues) for file in files]
    with (
        compile_notice(console),
        console.progress() as progress,
        result_folder(workspace, out, overwrite, "scenario") as draft,
    ):
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        compared = compare_several(inputs, scenarios, progress)
        figures = compared.figures
        progress("writing the figures")
        write_several(figures, draft)
        write_plans_pages(compared, inputs, scenarios, draft, out, home=address)
    if as_json:
        show_json(figures)
        return
    show_table(
        ["plan", "residents gaining", "losing", "resident-min", "euros", "min per 1,000 €"],
        (
            [
                row["name"], row["gaining"], row["losing"], row["resident_min"],
                "–" if row["cost_eur"] is None else row["cost_eur"],
                "–" if row["min_per_1000_eur"] is None else row["min_per_1000_eur"],
            ]
            for row in figures["plans"]
        ),
    )  # fmt: skip
    for line in figures["sentences"]:
        console.info(line)
    console.info("Open this page in a browser:")
    console.info(str((out / f"plans-{workspace.district.languages[0]}.html").resolve()))
