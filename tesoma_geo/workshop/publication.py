"""Publishes a workshop: the pages of each alternative, and how we got here, as files for those who were not there."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pyogrio

from tesoma_geo._files import written_folder
from tesoma_geo.command_columns import GAINED_MIN, TO_KIND_GAINED_MIN
from tesoma_geo.errors import InputError
from tesoma_geo.render.figures.credits import dated_credits
from tesoma_geo.render.figures.plan_sketch import PlanSketch, plan_sketch
from tesoma_geo.render.map.difference import won_steps
from tesoma_geo.render.sections.scenario_change import (
    asked_answers,
    destination_words,
    gains_sentence,
    others_sentence,
    sure_sentence,
)
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText, catalogue_of
from tesoma_geo.render.text.file_names import file_name
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.terms import by_way, told_in, topic_name
from tesoma_geo.scenarios.drawn_gains import HUB
from tesoma_geo.workshop.alternatives import file_of
from tesoma_geo.workshop.room import Room
from tesoma_geo.workshop.rounds import said_in_rounds
from tesoma_geo.workshop.story import DECIDED, story
from tesoma_geo.workspace import Workspace

STYLES = ("styles/map.css", "styles/site.css", "styles/workshop.css")
_NICE = 10


def pages_folder(room: Room) -> Path:
    """Where the published pages of a workshop lie.

    Parameters
    ----------
    room
        The room.

    Returns
    -------
    Path
    """
    return (room.session.folder / "pages").absolute()


async def publish(room: Room, decided: str | Mapping[str, str]) -> dict[str, Any]:
    """Make the pages of every alternative that has changes, and the story; the former ones are replaced whole.

    The figures of an alternative are made by ``tesoma-geo scenario`` from its file, in a process of its own, so that
    the room goes on meanwhile.

    Parameters
    ----------
    room
        The room.
    decided
        What was decided, in the host's words, plain or by language; empty for nothing yet.

    Returns
    -------
    dict
        ``pages`` (below the folder), and ``folder``.

    Raises
    ------
    InputError
        An alternative cannot be computed, with what the command said.
    OutputError
        The folder cannot be written.
    """
    drawn = [name for name, one in sorted(room.alternatives.items()) if one.entries]
    sites = {name: await _plan(room, name) for name in drawn}
    if decided:
        await room.log(DECIDED, {"decided": decided})
    said = await room.writer.run(lambda store: said_in_rounds(store, room.rounds))
    story_of_rounds = story(room, said)
    folder = pages_folder(room)
    await asyncio.to_thread(write_pages, room, story_of_rounds, sites, folder)
    return {"pages": ["index.html", *(f"{name}/index.html" for name in sites)], "folder": str(folder)}


async def _plan(room: Room, name: str) -> Path:
    """The result of ``tesoma-geo scenario`` for an alternative."""
    out = (room.session.folder / "plans" / name).absolute()
    command = (
        "scenario", str(file_of(name, room.session.folder)), "--workspace", str(room.workspace.path),
        "--out", str(out), "--overwrite", "--quiet",
    )  # fmt: skip
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tesoma_geo", *command, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)  # the phones come first
    try:
        _, output = await child.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            child.kill()
        raise
    if child.returncode:
        lines = output.decode(errors="replace").strip().splitlines()
        problem = lines[-1][:300] if lines else f"the command ended with {child.returncode}"
        raise InputError(f"alternative {name.upper()} cannot be published: {problem}", "Change it at the wall")
    return out


def write_pages(room: Room, content: Mapping[str, Any], plans: Mapping[str, Path], folder: Path) -> None:
    """Write the story in every language of the workspace, with the pages of the plans beside it.

    Parameters
    ----------
    room
        The room.
    content
        As :func:`~tesoma_geo.workshop.story.story` gives it.
    plans
        Alternative → result of ``tesoma-geo scenario``.
    folder
        Where to; a former publication there is replaced whole.

    Raises
    ------
    OutputError
        It cannot be written, or holds what this program did not make.
    """
    languages = room.workspace.district.languages
    figures = {name: json.loads((plan / "comparison.json").read_text(encoding="utf-8")) for name, plan in plans.items()}
    effects = _effects(figures, content["rounds"], next(iter(room.district.today)))
    sketches = {name: _sketch(room, plan, _most(effects[name])["to"]) for name, plan in plans.items()}
    with written_folder(folder, overwrite=True, command="workshop") as draft:
        for name, plan in plans.items():
            shutil.copytree(plan / "site", draft / name)
        for style in STYLES:
            target = draft / "assets" / style
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(assets.asset(style), target)
        for language in languages:
            catalogue = catalogue_of(room.workspace, language)
            page = story_page(room, content, figures, catalogue, sketches)
            (draft / file_name("start", language, languages[0])).write_text(page, encoding="utf-8")


def _sketch(room: Room, plan: Path, to: str) -> PlanSketch:
    """The district with the minutes that a plan wins on a trip by the first way of moving, and what it changes."""
    file, profile = plan / "differences.gpkg", next(iter(room.district.today))
    places, named = [], []
    if "changes" in pyogrio.list_layers(file)[:, 0]:
        changes = gpd.read_file(file, layer="changes")
        places = list(changes.geometry)
        named = list(zip(changes["what"], changes["name"].fillna(""), strict=True))
    cells = gpd.read_file(file, layer="cells")
    gain = GAINED_MIN.of(profile) if to == HUB else TO_KIND_GAINED_MIN.of(profile, to)
    return plan_sketch(room.inputs, places, named=named, cells=cells, gain=gain)


def story_page(
    room: Room,
    content: Mapping[str, Any],
    figures: Mapping[str, Any],
    catalogue: Catalogue,
    sketches: Mapping[str, PlanSketch] = MappingProxyType({}),
) -> str:
    """How we got here, as a page that opens from disk.

    Parameters
    ----------
    room
        The room.
    content
        As :func:`~tesoma_geo.workshop.story.story` gives it.
    figures
        Alternative → content of its ``comparison.json``.
    catalogue
        The language.
    sketches
        Alternative → its small map.

    Returns
    -------
    str
        HTML; every text of people is escaped by the template; a plain one is taken to be in the workspace's first
        language.
    """
    district, languages = room.workspace.district, room.workspace.district.languages
    topics = {row["theme"] for one in content["rounds"] for row in one["said"]}
    profile = next(iter(room.district.today))
    effects = _effects(figures, content["rounds"], profile)
    written = partial(catalogue.written, first=languages[0])
    decision = written(content["decided"])
    decided, more = (LocalizedText(part.strip(), decision.language) for part in _first_line(decision.text))
    changes = _named_changes(content["alternatives"], catalogue, written, _votes(content["rounds"]))
    titles = {one["name"]: written(one.get("title") or one["name"]) for one in content["rounds"]}
    names = [*chain(*changes.values()), *titles.values()]
    told = _message(effects, profile, room.workspace, catalogue)
    return assets.rendered(
        "workshop/published.html.j2",
        t=catalogue,
        district=catalogue.of(district.name),
        languages=[
            {
                "language": tag,
                "name": catalogue_of(room.workspace, tag)("language.name"),
                "file": file_name("start", tag, languages[0]),
            }
            for tag in languages
        ],
        made_up=district.made_up,
        styles=STYLES,
        told=content,
        questions={one.name: catalogue.localized(one.question) for one in room.rounds.planned if one.question},
        topics={code: topic_name(catalogue, room.workspace, code) for code in topics},
        changes=changes,
        titles=titles,
        names_in=next(filter(None, (told_in(catalogue, one.language) for one in names)), ""),
        written=written,
        told_in=partial(told_in, catalogue),
        effects=effects,
        counts=_has_counts(content["rounds"]),
        led_people=_led_people(content["rounds"], catalogue),
        votes=sorted(_votes(content["rounds"]).items(), key=lambda vote: (-vote[1], vote[0])),
        mapped={name: _mapped(_most(one)["to"], profile, room.workspace, catalogue) for name, one in effects.items()},
        told_effects={name: list(_effect_lines(one, room, catalogue)) for name, one in effects.items()},
        ballot_size={one.name: one.votes for one in room.rounds.planned},
        credits=dated_credits(room.inputs, catalogue),
        contact_at=room.inputs.workspace.site,
        whence_rows=[
            *((name.upper(), f"plans/{name}/comparison.json: answers, sure, costs") for name in effects),
            (catalogue("workshop.story.themes"), "/api/story: rounds › counted, said, drawn"),
        ],
        message=decided if decided.text else LocalizedText(told, catalogue.language) if told else None,
        decided=more if more.text else None,
        sketches=sketches,
        hub=hub_name(room.workspace, catalogue),
        won=won_steps(catalogue),
        plan_file=file_name("scenarios", catalogue.language, languages[0]),
    )


def _first_line(text: str) -> tuple[str, str]:
    """The first line of a text, and what follows it."""
    line, _, more = text.strip().partition("\n")
    return line, more


def _message(effects: Mapping[str, Mapping[str, Any]], way: str, workspace: Workspace, catalogue: Catalogue) -> str:
    """Which alternative helps most residents; empty where none was computed."""
    best = max(sorted(effects), key=lambda name: _most(effects[name])["gaining"], default="")
    if not best:
        return ""
    told = _trip_sentence(_most(effects[best]), effects[best]["gain_min"], way, workspace, catalogue)
    return catalogue("report.plan_told", name=best.upper(), told=told)


def _most(effect: Mapping[str, Any]) -> Mapping[str, Any]:
    """The trip that an alternative makes shorter for most residents."""
    trips: Sequence[Mapping[str, Any]] = effect["trips"]
    return max(trips, key=lambda trip: trip["gaining"])


def _mapped(to: str, way: str, workspace: Workspace, catalogue: Catalogue) -> str:
    """What the colours of an alternative's map tell, and by which way of moving."""
    told = catalogue("difference.to", to=hub_name(workspace, catalogue) if to == HUB else catalogue.named("kind", to))
    return f"{told}, {by_way(catalogue, way)}"


def _trip_sentence(
    trip: Mapping[str, Any], gain_min: float, way: str, workspace: Workspace, catalogue: Catalogue
) -> str:
    """Who gains and loses on one of the trips that an alternative changes."""
    form, kind = destination_words(catalogue, trip["to"])
    return gains_sentence(
        catalogue,
        trip,
        form,
        way,
        kind=kind,
        hub=hub_name(workspace, catalogue),
        n=catalogue.number(gain_min, 1),
    )


def _effect_lines(effect: Mapping[str, Any], room: Room, catalogue: Catalogue) -> Iterator[str]:
    """Who gains and loses by an alternative, what it costs, and the votes that it had."""
    way = next(iter(room.district.today))
    for trip in sorted(effect["trips"], key=lambda trip: -trip["gaining"]):  # that of the map first
        told = (
            _trip_sentence(trip, effect["gain_min"], way, room.workspace, catalogue),
            sure_sentence(catalogue, effect, trip["to"], way),
            others_sentence(
                catalogue, effect["losing"].get(trip["to"], {}), "losing", catalogue.number(effect["gain_min"], 1)
            ),
        )
        yield " ".join(filter(None, told))
    priced = effect["euros"] is not None
    yield (
        catalogue("scenario.cost", eur=catalogue.number(effect["euros"]))
        if priced
        else catalogue("scenario.cost_unknown")
    )
    if effect["votes"] is not None:
        yield catalogue("workshop.story.votes_for", n=catalogue.number(effect["votes"]))


def _named_changes(
    alternatives: Sequence[Mapping[str, Any]],
    catalogue: Catalogue,
    written: Callable[[str | Mapping[str, str]], LocalizedText],
    votes: Mapping[str, int],
) -> dict[str, list[LocalizedText]]:
    """Alternative → what it changes, by the name that was written or by its kind; that with most votes first."""
    return {
        one["name"]: [
            written(change["name"])
            if change["name"]
            else LocalizedText(catalogue.named("workshop.tool", change["kind"]), catalogue.language)
            for change in one["changes"]
        ]
        for one in sorted(alternatives, key=lambda one: (-votes.get(one["name"], 0), one["name"]))
    }


def _led_people(rounds: Sequence[Mapping[str, Any]], catalogue: Catalogue) -> str:
    """How many said something, of the round in which most did; empty where that is not told."""
    most = max((one["counted"]["people"] for one in rounds if one["counted"]), default=0)
    return catalogue("workshop.story.led_people", n=catalogue.number(most)) if most else ""


def _has_counts(rounds: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any number of people is told."""
    counted = (one["counted"] or {} for one in rounds)
    return any(one["said"] for one in rounds) or any(one.get("people") or one.get("voters") for one in counted)


def _votes(rounds: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    """Alternative → votes of the last ballot."""
    ballots = [one["counted"]["votes"] for one in rounds if one["counted"] and one["counted"]["votes"]]
    return ballots[-1] if ballots else {}


def _effects(
    figures: Mapping[str, Any], rounds: Sequence[Mapping[str, Any]], profile: str
) -> dict[str, dict[str, Any]]:
    """Alternative → who gains and loses on each trip that it changes, by the first way of moving; euros; last votes."""
    votes = _votes(rounds)
    effects = {}
    for name, comparison in figures.items():
        asked = asked_answers(comparison["answers"])
        changed = [answer for answer in asked if answer["profile"] == profile]
        effects[name] = {
            "losing": {
                to: {row["profile"]: row["losing"] for row in asked if row["to"] == to and row["profile"] != profile}
                for to in (answer["to"] for answer in changed)
            },
            "trips": changed or [{"to": HUB, **comparison["profiles"][profile]["residents"]}],
            "gain_min": comparison["gain_min"],
            "sure": comparison.get("sure"),
            "euros": comparison["costs"]["total_eur"],
            "votes": votes.get(name),
        }
    return effects
