"""The commands of ``tesoma-geo annotations`` with which a moderator looks and decides."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, json_option, open_workspace, workspace_option
from tesoma_geo.cli.show import show_json, show_table
from tesoma_geo.near_names import instead

if TYPE_CHECKING:
    import geopandas as gpd

    from tesoma_geo.annotations.store import Store
    from tesoma_geo.workspace import Workspace

STATES = ("pending", "approved", "hidden")

by_option = click.option("--by", "who", metavar="NAME", help="Who decides, for the audit log.  [default: your login]")
why_option = click.option("--why", default="", metavar="TEXT", help="The reason, for the audit log.")
ids_argument = click.argument("ids", nargs=-1, required=True, metavar="ID...")


@click.command("list")
@workspace_option
@click.option("--state", type=NamedChoice(STATES), help="Only those in this state.")
@click.option("--kind", metavar="KIND", help="Only those of this kind.")
@click.option("--flag", metavar="FLAG", help="Only those with this flag.")
@click.option("--flagged", is_flag=True, help="Only those with any flag.")
@json_option
@console_options
def list_command(
    workspace_file: Path | None,
    state: str | None,
    kind: str | None,
    flag: str | None,
    flagged: bool,
    as_json: bool,
    console: Console,
) -> None:
    """List annotations with their state and flags; with --json the streets and services that they are about too.

    Flags: account, address, email, identity_code, link, name, phone, plate, username, abuse, markup, duplicate, far,
    flood. Hints are the pieces of a text that look like personal data: nothing of the first nine is published as it
    stands, unless a second person looked at it (approve --second-look).
    """
    from tesoma_geo.annotations.review import FLAGS
    from tesoma_geo.annotations.survey import read_survey
    from tesoma_geo.sources.annotations.schema import KINDS

    for given, known, what in ((kind, KINDS, "kind"), (flag, FLAGS, "flag")):
        if given is not None and given not in known:
            raise click.BadParameter(f"{given!r} is no {what}. {instead(given, known)}", param_hint=f"--{what}")
    workspace = open_workspace(workspace_file, console)
    annotations = read_survey(workspace).annotations
    flags = flags_in(workspace, annotations)
    wanted = [
        (state is None or row.state == state)
        and (kind is None or row.kind == kind)
        and (flag is None or flag in flags_of_row)
        and bool(flags_of_row or not flagged)
        for row, flags_of_row in zip(annotations.itertuples(), flags, strict=True)
    ]
    chosen = annotations[wanted].reset_index(drop=True)
    rows = [
        {
            "id": row["annotation_id"],
            "respondent": row["respondent"],
            "kind": row["kind"],
            "category": _text(row["category"]),
            "severity": _number(row["severity"]),
            "state": "shown" if row["shown"] else row["state"],
            "flags": list(flags_of_row),
            "hints": _hints(row["text"]),
            "second_look": _text(row.get("second_look")),
            "text": _text(row["text"]),
        }
        for row, flags_of_row in zip(chosen.to_dict("records"), compress(flags, wanted), strict=True)
    ]
    if as_json:
        show_json(
            [row | links for row, links in zip(rows, _concerned(chosen, workspace), strict=True)], as_written=True
        )
        return
    columns = ("id", "respondent", "kind", "category", "severity", "state", "flags", "hints", "second_look", "text")
    show_table(columns, [[_cell(row[name]) for name in columns] for row in rows])


@click.command("show")
@click.argument("annotation_id", metavar="ID")
@workspace_option
@json_option
@console_options
def show_command(annotation_id: str, workspace_file: Path | None, as_json: bool, console: Console) -> None:
    """Show everything about one annotation: the streets and services it is about, and what was decided on it."""
    import json

    from tesoma_geo.crs import to_wgs84
    from tesoma_geo.errors import InputError

    workspace = open_workspace(workspace_file, console)
    with opened_store(workspace) as store:
        annotations, audit = store.annotations(), store.audit()
    flags = flags_in(workspace, annotations)
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
    content |= _concerned(annotations.iloc[rows], workspace)[0]
    content |= {"flags": list(flags[rows[0]]), "hints": _hints(row["text"])}
    content |= {"log": audit[audit["subject"] == annotation_id].to_dict("records")}
    if as_json:
        show_json(content, as_written=True)
    else:
        show_table(("field", "value"), [(name, _cell(value)) for name, value in content.items()])


@click.command("approve")
@ids_argument
@workspace_option
@click.option("--show", "shown", is_flag=True, help="Let it be seen on the map, moved, with its text.")
@click.option(
    "--second-look",
    metavar="NAME",
    help="Who else read the texts and found that all may read them; needed where there are hints of personal data.",
)
@click.option(
    "--photo", is_flag=True, help="You looked at the photographs too: no faces, plates or homes, all may see them."
)
@by_option
@why_option
@console_options
def approve_command(
    ids: tuple[str, ...],
    workspace_file: Path | None,
    shown: bool,
    second_look: str | None,
    photo: bool,
    who: str | None,
    why: str,
    console: Console,
) -> None:
    """Approve annotations: their texts may be quoted without a place, with --show on the map.

    A drawn line is never on the map, since it leads home: its text may be quoted. Of lines the streets that
    publish.k respondents or more share are published when their cohort closes, approved or not.
    A text with hints of personal data stays unpublished until it is redacted, or a second person, who is named
    with --second-look, read it too. A photograph is published with --show and --photo alone.
    """
    _decide(workspace_file, ids, "approved", shown, who, why, console, second_look, photo)


@click.command("hide")
@ids_argument
@workspace_option
@by_option
@why_option
@console_options
def hide_command(
    ids: tuple[str, ...], workspace_file: Path | None, who: str | None, why: str, console: Console
) -> None:
    """Hide annotations: they count nowhere and are seen nowhere."""
    _decide(workspace_file, ids, "hidden", False, who, why, console)


@click.command("redact")
@click.argument("annotation_id", metavar="ID")
@click.option("--text", metavar="TEXT", help="What stands in its place.  [default: nothing]")
@workspace_option
@by_option
@why_option
@console_options
def redact_command(
    annotation_id: str, text: str | None, workspace_file: Path | None, who: str | None, why: str, console: Console
) -> None:
    """Replace an annotation's text for good."""
    with opened_store(open_workspace(workspace_file, console)) as store:
        store.redact(annotation_id, text, who=name_of(who), why=why)
    console.info(f"{annotation_id}: the text is gone")


@click.command("erase")
@click.argument("respondent")
@workspace_option
@by_option
@why_option
@console_options
def erase_command(respondent: str, workspace_file: Path | None, who: str | None, why: str, console: Console) -> None:
    """Erase a respondent and all they said.

    RESPONDENT is the pseudonym that `list` shows, or the id in the survey's export. Publish again
    afterwards: outputs made before still hold what was shown of them. Numbers of closed cohorts stay.
    """
    with opened_store(open_workspace(workspace_file, console)) as store:
        removed = store.erase(store.pseudonym_of(respondent), who=name_of(who), why=why)
    console.info(f"{removed} annotations erased. Run tesoma-geo annotations publish, and run, to make the outputs anew")


COMMANDS = (list_command, show_command, approve_command, hide_command, redact_command, erase_command)


@contextmanager
def opened_store(workspace: "Workspace") -> Iterator["Store"]:
    """The store of a workspace, closed afterwards.

    Parameters
    ----------
    workspace
        Names the store in ``moderation.store``.

    Yields
    ------
    Store
        Open until the block ends.
    """
    from tesoma_geo.annotations.store_location import open_store

    store = open_store(workspace)
    try:
        yield store
    finally:
        store.database.close()


def name_of(who: str | None) -> str:
    """Who decides, for the audit log.

    Parameters
    ----------
    who
        The value of ``--by``, if it was given.

    Returns
    -------
    str
        That name, or who is logged in, or ``unknown``.
    """
    if who:
        return who
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def flags_in(workspace: "Workspace", annotations: "gpd.GeoDataFrame") -> list[tuple[str, ...]]:
    """What should be looked at in each annotation before it is approved.

    Parameters
    ----------
    workspace
        Tells the district and the limits of moderation.
    annotations
        Rows of the store, in the workspace's metric system.

    Returns
    -------
    list of tuple of str
        The flags of each row, in order.
    """
    import shapely

    from tesoma_geo.annotations.review import moderation_flags
    from tesoma_geo.annotations.survey import district_areas

    district = shapely.union_all(district_areas(workspace).geometry.to_numpy())
    return moderation_flags(annotations, district, workspace.moderation)


def _decide(
    workspace_file: Path | None,
    ids: tuple[str, ...],
    state: str,
    shown: bool,
    who: str | None,
    why: str,
    console: Console,
    second_look: str | None = None,
    photo: bool = False,
) -> None:
    with opened_store(open_workspace(workspace_file, console)) as store:
        count = store.set_state(
            ids, state, who=name_of(who), why=why, shown=shown, second_look=second_look, photo=photo
        )
        lines = _told_of_approved(store.annotations(), ids, shown) if state == "approved" else []
    for line in lines:
        console.info(line)
    console.info(f"{count} {state}{', shown on the map' if shown else ''}")


def _told_of_approved(annotations: "gpd.GeoDataFrame", ids: tuple[str, ...], shown: bool) -> list[str]:
    """What to tell of approved annotations that the gate holds back: texts without a second look, and drawn lines."""
    import shapely

    chosen = annotations[annotations["annotation_id"].isin(ids)]
    drawn = chosen["annotation_id"][shapely.get_dimensions(chosen.geometry.to_numpy()) == 1] if shown else ()
    texts = [
        f"{name}: the text stays unpublished ({', '.join(hints)}): redact it, or approve it with --second-look NAME"
        for name, text, look in zip(chosen["annotation_id"], chosen["text"], chosen["second_look"], strict=True)
        if (hints := _hints(text)) and _missing(look)
    ]
    return [*(f"{name}: a drawn line is never on the map; its text may be quoted" for name in drawn), *texts]


def _hints(text: Any) -> dict[str, list[str]]:
    """The pieces of a text that look like personal data, by flag."""
    from tesoma_geo.annotations.review import personal_pieces

    return {} if _missing(text) else {flag: list(pieces) for flag, pieces in personal_pieces(str(text)).items()}


def _concerned(annotations: "gpd.GeoDataFrame", workspace: "Workspace") -> list[dict[str, Any]]:
    from tesoma_geo.inputs.annotation_context import nearby_features
    from tesoma_geo.inputs.layers import read_surroundings

    return nearby_features(annotations, *read_surroundings(workspace))


def _missing(value: Any) -> bool:
    import pandas as pd

    return value is None or (not isinstance(value, list | dict) and bool(pd.isna(value)))


def _text(value: Any) -> str | None:
    return None if _missing(value) else str(value)


def _number(value: Any) -> int | None:
    return None if _missing(value) else int(value)


def _cell(value: Any) -> object:
    if isinstance(value, dict):
        return " ".join(f"{name}={_cell(one)}" for name, one in value.items() if one is not None)
    if isinstance(value, list | tuple):
        return ("; " if any(isinstance(one, dict) for one in value) else ", ").join(str(_cell(one)) for one in value)
    if isinstance(value, float):
        return str(value)  # degrees need all of their digits
    return "" if value is None else value
