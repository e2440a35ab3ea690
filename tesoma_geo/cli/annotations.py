"""``tesoma-geo annotations``: residents' annotations taken in, moderated, counted and published."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.options import json_option, open_workspace, out_folder, overwrite_option, talking, workspace_option
from tesoma_geo.cli.show import show_json, show_table
from tesoma_geo.cli.talk import Talk

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import shapely

    from tesoma_geo.annotations.store import Store
    from tesoma_geo.workspace import Workspace

STATES = ("pending", "approved", "hidden")

by_option = click.option("--by", "who", metavar="NAME", help="Who decides, for the audit log.  [default: your login]")
why_option = click.option("--why", default="", metavar="TEXT", help="The reason, for the audit log.")
ids_argument = click.argument("ids", nargs=-1, required=True, metavar="ID...")


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
@talking
def import_command(workspace_file: Path | None, who: str | None, talk: Talk) -> None:
    """Read the surveys that the workspace names into the store.

    The same export again changes nothing; changed answers are recognised, and pending again.
    Respondents who were erased stay out.
    """
    from tesoma_geo.errors import WorkspaceError
    from tesoma_geo.sources.annotations.platforms import read_annotations

    workspace = open_workspace(workspace_file, talk)
    if not workspace.annotations:
        raise WorkspaceError(f"{workspace.path} names no [[annotations]]", "Add a section; see docs/annotations.md")
    with talk.progress() as progress:
        progress("reading the surveys")
        readings = read_annotations(workspace)
        progress("writing the store")
        with _store(workspace) as store:
            for section, reading in zip(workspace.annotations, readings, strict=True):
                done = store.import_reading(reading, _name(who))
                talk.say(f"{section.name or section.platform}: {done}")
                for line in (*reading.notes, *reading.left_out):
                    talk.say(f"  {line}")
            talk.say(f"Store: {store.database.address}")


@command.command("list")
@workspace_option
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--kind", metavar="KIND", help="Only those of this kind.")
@click.option("--flag", metavar="FLAG", help="Only those with this flag.")
@click.option("--flagged", is_flag=True, help="Only those with any flag.")
@json_option
@talking
def list_command(
    workspace_file: Path | None,
    state: str | None,
    kind: str | None,
    flag: str | None,
    flagged: bool,
    as_json: bool,
    talk: Talk,
) -> None:
    """List annotations with their state and flags.

    Flags: identity_code, phone, email, address, name, abuse, link, markup, duplicate, far, flood.
    """
    workspace = open_workspace(workspace_file, talk)
    annotations, flags = _with_flags(workspace)
    rows = [
        {
            "id": row["annotation_id"],
            "respondent": row["respondent"],
            "kind": row["kind"],
            "category": _text(row["category"]),
            "severity": _number(row["severity"]),
            "state": "shown" if row["shown"] else row["state"],
            "flags": list(found),
            "text": _text(row["text"]),
        }
        for row, found in zip(annotations.to_dict("records"), flags, strict=True)
        if (state is None or row["state"] == state)
        and (kind is None or row["kind"] == kind)
        and (flag is None or flag in found)
        and (found or not flagged)
    ]
    if as_json:
        show_json(rows)
        return
    columns = ("id", "respondent", "kind", "category", "severity", "state", "flags", "text")
    show_table(columns, [[_cell(row[name]) for name in columns] for row in rows])


@command.command("show")
@click.argument("annotation_id", metavar="ID")
@workspace_option
@json_option
@talking
def show_command(annotation_id: str, workspace_file: Path | None, as_json: bool, talk: Talk) -> None:
    """Show everything about one annotation, and what was decided on it."""
    import json

    from tesoma_geo.crs import to_wgs84
    from tesoma_geo.errors import InputError

    workspace = open_workspace(workspace_file, talk)
    with _store(workspace) as store:
        annotations, audit = store.annotations(), store.audit()
    flags = _flags(annotations, workspace)
    rows = [number for number, name in enumerate(annotations["annotation_id"]) if name == annotation_id]
    if not rows:
        raise InputError(f"there is no annotation {annotation_id!r}", "See tesoma-geo annotations list")
    row = annotations.iloc[rows[0]]
    at = row["geometry"].representative_point()
    lon, lat = to_wgs84(at.x, at.y, workspace.district.crs)
    content: dict[str, Any] = {
        name: None if _missing(value) else value
        for name, value in row.drop("geometry").items()
        if name not in ("answers", "severity")
    }
    content |= {"severity": _number(row["severity"]), "answers": json.loads(row["answers"])}
    content |= {"geometry": row["geometry"].geom_type, "lon": round(float(lon), 6), "lat": round(float(lat), 6)}
    content |= {"private": bool(row["private"]), "shown": bool(row["shown"]), "redacted": bool(row["redacted"])}
    content |= {"flags": list(flags[rows[0]]), "log": audit[audit["subject"] == annotation_id].to_dict("records")}
    if as_json:
        show_json(content)
    else:
        show_table(("field", "value"), [(name, _cell(value)) for name, value in content.items()])


@command.command("approve")
@ids_argument
@workspace_option
@click.option("--show", "shown", is_flag=True, help="Let it be seen on the map, moved, with its text.")
@by_option
@why_option
@talking
def approve_command(
    ids: tuple[str, ...], workspace_file: Path | None, shown: bool, who: str | None, why: str, talk: Talk
) -> None:
    """Approve annotations: their texts may be quoted without a place, with --show on the map."""
    _decide(workspace_file, ids, "approved", shown, who, why, talk)


@command.command("hide")
@ids_argument
@workspace_option
@by_option
@why_option
@talking
def hide_command(ids: tuple[str, ...], workspace_file: Path | None, who: str | None, why: str, talk: Talk) -> None:
    """Hide annotations: they count nowhere and are seen nowhere."""
    _decide(workspace_file, ids, "hidden", False, who, why, talk)


@command.command("redact")
@click.argument("annotation_id", metavar="ID")
@click.option("--text", metavar="TEXT", help="What stands in its place.  [default: nothing]")
@workspace_option
@by_option
@why_option
@talking
def redact_command(
    annotation_id: str, text: str | None, workspace_file: Path | None, who: str | None, why: str, talk: Talk
) -> None:
    """Replace an annotation's text for good."""
    with _store(open_workspace(workspace_file, talk)) as store:
        store.redact(annotation_id, text, who=_name(who), why=why)
    talk.say(f"{annotation_id}: the text is gone")


@command.command("erase")
@click.argument("respondent")
@workspace_option
@by_option
@why_option
@talking
def erase_command(respondent: str, workspace_file: Path | None, who: str | None, why: str, talk: Talk) -> None:
    """Erase a respondent and all they said.

    RESPONDENT is the pseudonym that `list` shows, or the id in the survey's export. Publish again
    afterwards: outputs made before still hold what they held.
    """
    with _store(open_workspace(workspace_file, talk)) as store:
        removed = store.erase(store.pseudonym_of(respondent), who=_name(who), why=why)
    talk.say(f"{removed} annotations erased. Run tesoma-geo annotations publish, and run, to make the outputs anew")


@command.command("summary")
@workspace_option
@click.option("--patterns", is_flag=True, help="Clusters, hot spots, agreement, representativeness … too.")
@json_option
@talking
def summary_command(workspace_file: Path | None, patterns: bool, as_json: bool, talk: Talk) -> None:
    """Count annotations and respondents exactly; for moderators, not for publication."""
    from tesoma_geo.annotations.publish import everything
    from tesoma_geo.annotations.summary import summary

    workspace = open_workspace(workspace_file, talk)
    annotations, respondents = everything(workspace)
    content = summary(annotations, respondents, _flags(annotations, workspace))
    if patterns:
        content["patterns"] = _patterns(annotations, respondents, workspace)
    if as_json or patterns:
        show_json(content)
        return
    rows = [("annotations", "", content["annotations"]), ("respondents", "", content["respondents"])]
    rows += [
        (name, value, count) for name in content if name.startswith("by_") for value, count in content[name].items()
    ]
    show_table(("count of", "value", "n"), rows)


@command.command("publish")
@workspace_option
@out_folder("maps/annotations")
@overwrite_option
@click.option("--withdrawn", is_flag=True, help="Earlier releases were withdrawn everywhere: forget them.")
@by_option
@talking
def publish_command(
    workspace_file: Path | None, out: Path, overwrite: bool, withdrawn: bool, who: str | None, talk: Talk
) -> None:
    """Write what may be public, and a report on what was held back.

    `annotations_public.geojson`, `annotations_tables.json` for pages, `annotations_audit.json`. Every
    number stands for publish.k respondents or more, in this release, against every earlier one, and
    whatever is subtracted from whatever.
    """
    from tesoma_geo._files import write_json, written_folder
    from tesoma_geo.annotations.publish import publish, write_publication

    workspace = open_workspace(workspace_file, talk)
    with written_folder(out, overwrite=overwrite) as draft:
        done = publish(workspace, who=_name(who), withdrawn=withdrawn)
        write_publication(done, draft, workspace.path.parent)
        write_json(draft / "manifest.json", {"made_by": "tesoma-geo annotations publish", "k": workspace.publish.k})
    for reason, count in done.held_back.items():
        if count:
            talk.say(f"Held back: {count} {reason}")
    talk.say(f"{len(done.features)} features in {out}")


@command.command("paper")
@workspace_option
@out_folder("maps/paper")
@overwrite_option
@talking
def paper_command(workspace_file: Path | None, out: Path, overwrite: bool, talk: Talk) -> None:
    """Write a map to print and draw on, and the sheet into which marks are copied.

    `paper_map.html` is printed on A3 across at 100 %. `digitising_sheet.csv` takes a row a mark, its place in
    millimetres from the lower left corner of the frame; import it with platform = "paper".
    """
    import numpy as np

    from tesoma_geo._files import write_json, written_folder
    from tesoma_geo.annotations.paper import write_paper_map
    from tesoma_geo.network import StreetNetwork

    workspace = open_workspace(workspace_file, talk)
    district = _district(workspace)
    network = StreetNetwork.from_osm(workspace.osm_path, workspace.district.crs, district.buffer(2000))
    streets = network.lines(np.asarray(network.ways["highway"].notna()))
    names, languages = workspace.district.name, workspace.district.languages
    name = names.get(languages[0]) or next(iter(names.values()))
    with written_folder(out, overwrite=overwrite) as draft:
        write_paper_map(draft, district, streets, name, languages, workspace.network.licence)
        write_json(draft / "manifest.json", {"made_by": "tesoma-geo annotations paper"})
    talk.say(f"paper_map.html and digitising_sheet.csv in {out}")


def _decide(
    workspace_file: Path | None, ids: tuple[str, ...], state: str, shown: bool, who: str | None, why: str, talk: Talk
) -> None:
    with _store(open_workspace(workspace_file, talk)) as store:
        count = store.set_state(ids, state, who=_name(who), why=why, shown=shown)
    talk.say(f"{count} {state}{', shown on the map' if shown else ''}")


@contextmanager
def _store(workspace: "Workspace") -> Iterator["Store"]:
    from tesoma_geo.annotations.places import open_store

    store = open_store(workspace)
    try:
        yield store
    finally:
        store.database.close()


def _with_flags(workspace: "Workspace") -> "tuple[gpd.GeoDataFrame, list[tuple[str, ...]]]":
    from tesoma_geo.annotations.publish import everything

    annotations, _ = everything(workspace)
    return annotations, _flags(annotations, workspace)


def _flags(annotations: "gpd.GeoDataFrame", workspace: "Workspace") -> list[tuple[str, ...]]:
    from tesoma_geo.annotations.review import flags_of

    return flags_of(annotations, _district(workspace), workspace.moderation)


def _district(workspace: "Workspace") -> "shapely.Geometry":
    import shapely

    from tesoma_geo.sources.layers import read_layer

    layer = workspace.district.area
    areas = read_layer(
        workspace.resolve(layer.source), key="district.area", crs=workspace.district.crs, layer=layer.layer,
        where=layer.where,
    )  # fmt: skip
    return shapely.union_all(areas.table.geometry.to_numpy())


def _patterns(annotations: "gpd.GeoDataFrame", respondents: "pd.DataFrame", workspace: "Workspace") -> dict[str, Any]:
    from tesoma_geo.annotations.understanding import understanding
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
    return understanding(annotations, respondents, areas, workspace.publish.cell_m, workspace.publish.k)


def _name(who: str | None) -> str:
    if who:
        return who
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _missing(value: Any) -> bool:
    import pandas as pd

    return value is None or (not isinstance(value, list | dict) and bool(pd.isna(value)))


def _text(value: Any) -> str | None:
    return None if _missing(value) else str(value)


def _number(value: Any) -> int | None:
    return None if _missing(value) else int(value)


def _cell(value: Any) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else value
