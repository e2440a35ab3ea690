"""``tesoma-geo scenario``: before and after a plan."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import (
    console_options,
    json_option,
    open_workspace,
    out_folder,
    overwrite_option,
    workspace_option,
)
from tesoma_geo.cli.output import result_folder
from tesoma_geo.cli.show import show_json, show_table


@click.command("scenario")
@click.argument("scenario_file", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@workspace_option
@out_folder("maps/scenario")
@overwrite_option
@json_option
@console_options
def command(
    scenario_file: Path | None, workspace_file: Path | None, out: Path, overwrite: bool, as_json: bool, console: Console
) -> None:
    """Tell who gains and who loses by a plan: before and after.

    FILE names new links, changed costs and closures, services, entrances, headways, stops and lines; without
    it, scenario.toml beside the workspace file. Leaves the figures side by side, the difference at every cell,
    and the pages with a swipe between before and after. Prints residents' gains, or with --json all figures.

    \b
    Examples:
      tesoma-geo scenario
      tesoma-geo scenario bridge.toml --workspace tampere/tesoma.toml --out tampere/bridge
      tesoma-geo scenario bridge.toml --overwrite --json > bridge.json
    """
    from tesoma_geo.inputs.layers import read_inputs
    from tesoma_geo.inputs.publication import with_publication
    from tesoma_geo.render.pages.write import write_site
    from tesoma_geo.scenarios.compare import compare
    from tesoma_geo.scenarios.outputs import write_comparison
    from tesoma_geo.scenarios.scenario import Scenario

    workspace = open_workspace(workspace_file, console)
    catalogues = workspace.district.catalogues
    scenario = Scenario.load(scenario_file or workspace.path.with_name("scenario.toml"), catalogues)
    with compile_notice(console), console.progress() as progress, result_folder(workspace, out, overwrite) as draft:
        progress("reading the layers")
        inputs = with_publication(read_inputs(workspace), who="tesoma-geo scenario")
        comparison = compare(inputs, scenario, progress)
        progress("writing the differences")
        write_comparison(comparison, draft)
        progress("drawing the pages")
        public = inputs.publication
        write_site(comparison.before, draft / "site", publication=public, comparison=comparison)
    if as_json:
        show_json(comparison.figures)
        return
    profiles = comparison.figures["profiles"]
    columns = ["profile", "gain", "lose", "unchanged", "never there", "median before", "median after"]
    show_table(columns, (_row(name, figures) for name, figures in profiles.items()))
    console.info(
        f"Residents who gain or lose {comparison.figures['gain_min']:g} min or more. Open this page in a browser:"
    )
    console.info(str((out / "site" / "index.html").resolve()))


def _row(name: str, figures: Mapping[str, Any]) -> list[object]:
    residents = (figures["residents"][outcome] for outcome in ("gaining", "losing", "unchanged", "unreachable"))
    medians = (figures["median_min"][at] for at in ("before", "after"))
    return [name, *residents, *("–" if minutes is None else minutes for minutes in medians)]
