"""``tesoma-geo annotations``: residents' annotations taken in, moderated, counted and published."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli import cohorts, lived, moderation
from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.moderation import by_option, flags_in, name_of, opened_store
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

if TYPE_CHECKING:
    from tesoma_geo.annotations.survey import Survey
    from tesoma_geo.workspace import Workspace


@click.group("annotations")
def command() -> None:
    """Take in, moderate, count and publish residents' annotations.

    Annotations are kept in one file beside the workspace (moderation.store), with a key file that
    is never shared. Nothing is published as a point or a text before it is approved.

    \b
    Examples:
      tesoma-geo annotations import
      tesoma-geo annotations list --flagged
      tesoma-geo annotations approve a013dd62f87b65c1 --why "about the street" --show
      tesoma-geo annotations publish --out maps/voices
    """


@command.command("import")
@workspace_option
@by_option
@console_options
def import_command(workspace_file: Path | None, who: str | None, console: Console) -> None:
    """Read the surveys that the workspace names into the store.

    The same export again changes nothing; changed answers are recognised, and pending again.
    Respondents who were erased stay out.
    """
    from tesoma_geo.errors import WorkspaceError
    from tesoma_geo.inputs.plausibility.survey_answers import option_doubts
    from tesoma_geo.sources.annotations.platforms import read_annotations

    workspace = open_workspace(workspace_file, console)
    if not workspace.annotations:
        raise WorkspaceError(f"{workspace.path} names no [[annotations]]", "Add a section; see docs/annotations.md")
    with console.progress() as progress:
        progress("reading the surveys")
        readings = read_annotations(workspace)
        progress("writing the store")
        with opened_store(workspace) as store:
            pairs = zip(workspace.annotations, readings, strict=True)
            for number, (section, reading) in enumerate(pairs):
                done = store.import_reading(reading, name_of(who))
                console.info(f"{section.source_name}: {done}")
                doubts = option_doubts(reading, section, f"annotations.{number}")
                for line in (*reading.notes, *reading.left_out, *doubts):
                    console.info(f"  {line}")
            console.info(f"Store: {store.database.address}")


for one in (*moderation.COMMANDS, cohorts.command, cohorts.budget_command, lived.command):
    command.add_command(one)


@command.command("summary")
@workspace_option
@click.option("--patterns", is_flag=True, help="Clusters, hot spots, agreement, representativeness … too.")
@click.option("--by", type=NamedChoice(["round"]), help="The same counts for each round by itself.")
@json_option
@console_options
def summary_command(
    workspace_file: Path | None, patterns: bool, by: str | None, as_json: bool, console: Console
) -> None:
    """Count annotations and respondents exactly; for moderators, not for publication."""
    from tesoma_geo.annotations.summary import summaries_by_round, summary
    from tesoma_geo.annotations.survey import read_survey

    workspace = open_workspace(workspace_file, console)
    survey = read_survey(workspace)
    flags = flags_in(workspace, survey.annotations)
    if by is not None:
        _show_rounds(summaries_by_round(survey.annotations, survey.respondents, flags), as_json)
        return
    content = summary(survey.annotations, survey.respondents, flags)
    if patterns:
        content["patterns"] = _patterns(survey, workspace)
    if as_json or patterns:
        show_json(content)
        return
    rows = [("annotations", "", content["annotations"]), ("respondents", "", content["respondents"])]
    rows += [
        (name, value, count) for name in content if name.startswith("by_") for value, count in content[name].items()
    ]
    show_table(("count of", "value", "n"), rows)


def _show_rounds(rounds: dict[str, dict[str, Any]], as_json: bool) -> None:
    if as_json:
        show_json(rounds)
        return
    rows = [
        (round_name, name, value, count)
        for round_name, content in rounds.items()
        for name, counts in content.items()
        for value, count in (counts.items() if isinstance(counts, dict) else [("", counts)])
    ]
    show_table(("round", "count of", "value", "n"), rows)


@command.command("publish")
@workspace_option
@out_folder("maps/annotations")
@overwrite_option
@by_option
@console_options
def publish_command(workspace_file: Path | None, out: Path, overwrite: bool, who: str | None, console: Console) -> None:
    """Close the cohorts that are due, and write what may be public.

    `annotations_public.geojson`, `annotations_tables.json` for pages, `annotations_audit.json`. Numbers
    are those of closed cohorts, counted once: each stands for publish.k respondents or more, whatever is
    subtracted from whatever in all releases. Of lines that were drawn the streets and links that as many share are
    written, in steps of publish.k. What is held back or waits is told here alone.
    """
    from tesoma_geo._files import write_json
    from tesoma_geo.annotations.publish import publish, write_publication
    from tesoma_geo.annotations.survey import district_areas
    from tesoma_geo.inputs.further_figures import further_figures_of
    from tesoma_geo.inputs.publication import streets_of

    workspace = open_workspace(workspace_file, console)
    with result_folder(workspace, out, overwrite, "annotations publish") as draft:
        areas, tell = district_areas(workspace), console.info
        done = publish(
            workspace, who=name_of(who), areas=areas, further=further_figures_of(workspace, tell),
            streets=lambda: streets_of(workspace, areas, tell),
        )  # fmt: skip
        write_publication(done, draft, workspace.path.parent)
        write_json(draft / "manifest.json", {"made_by": "tesoma-geo annotations publish", "k": workspace.publish.k})
    for reason, count in done.held_back.items():
        if count:
            console.info(f"Held back: {count} {reason}")
    console.info(f"{len(done.features)} features in {out}")


@command.command("paper")
@workspace_option
@out_folder("maps/paper")
@overwrite_option
@console_options
def paper_command(workspace_file: Path | None, out: Path, overwrite: bool, console: Console) -> None:
    """Write a map to print and draw on, and the sheet into which marks are copied.

    `paper_map.html` is printed on A3 across at 100 %, on both sides: the map, a form in each language, and an
    index of streets by squares of the map.
    `digitising_sheet.csv` takes a row a mark, its place in millimetres from the lower left corner of the frame;
    import it with platform = "paper".
    """
    from tesoma_geo._files import write_json
    from tesoma_geo.annotations.paper import form_languages, write_paper_map
    from tesoma_geo.annotations.paper_drawing import PaperMapLayers
    from tesoma_geo.inputs.kept_layers import read_kept_inputs

    workspace = open_workspace(workspace_file, console)
    with console.progress() as progress:
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
    languages = workspace.district.languages
    name, hub = (
        str(names.get(languages[0]) or next(iter(names.values())))
        for names in (workspace.district.name, workspace.hub.name)
    )
    streets = inputs.network.lines(inputs.network.ways["highway"].notna().to_numpy())
    ground = PaperMapLayers(inputs.district, streets, inputs.water, inputs.hub, hub)
    with result_folder(workspace, out, overwrite, "annotations paper") as draft:
        write_paper_map(draft, ground, name, languages, workspace.network.licence or "", workspace.site)
        write_json(draft / "manifest.json", {"made_by": "tesoma-geo annotations paper"})
    forms = form_languages(languages)
    if lacking := [language for language in languages if language not in forms]:
        console.info(f"No form in {', '.join(lacking)}: there is one in {', '.join(forms)}")
    console.info(f"paper_map.html and digitising_sheet.csv in {out}")


def _patterns(survey: "Survey", workspace: "Workspace") -> dict[str, Any]:
    from tesoma_geo.annotations.pattern_report import pattern_report
    from tesoma_geo.errors import WorkspaceError
    from tesoma_geo.sources.population import read_areas

    section, layer = workspace.population, workspace.district.area
    if section.kind != "areas" or section.column is None:
        raise WorkspaceError("patterns need residents by area", 'Set population.kind = "areas" and a column')
    areas = read_areas(
        workspace.resolve(section.source), key="population", crs=workspace.district.crs, column=section.column,
        code=section.code, name=section.name, age_groups=section.age_groups, layer=section.layer,
        where=section.where or (layer.where if layer.source == section.source else None),
    ).table  # fmt: skip
    return pattern_report(survey.annotations, survey.respondents, areas, workspace.publish.cell_m, workspace.publish.k)
