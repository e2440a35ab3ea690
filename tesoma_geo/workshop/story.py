"""How we got here: rounds, numbers, alternatives and what was decided, from the log alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesoma_geo.countries import time_zone_at
from tesoma_geo.crs import to_wgs84
from tesoma_geo.workshop.alternatives import ADDED
from tesoma_geo.workshop.guards import Doorkeeper
from tesoma_geo.workshop.room import Room
from tesoma_geo.workshop.rounds import CLOSED, OPENED, said_in_rounds

#: The act of the log by which the host says what was decided.
DECIDED = "decision told"


def story_route(room: Room, door: Doorkeeper) -> Route:
    """The route of the story.

    Parameters
    ----------
    room
        The room.
    door
        Who may.

    Returns
    -------
    Route
    """

    async def get_story(request: Request) -> Response:
        door.require(request, "phone", "wall")
        said = await room.writer.run(lambda store: said_in_rounds(store, room.rounds))
        return JSONResponse(story(room, said))

    return Route("/api/story", get_story, methods=["GET"])


def story(room: Room, said: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What happened, round by round.

    Parameters
    ----------
    room
        The room.
    said
        Round → what was said of what, as :func:`~tesoma_geo.workshop.rounds.said_in_rounds` has it.

    Returns
    -------
    dict
        JSON can hold it: ``rounds`` with when they opened and closed, what was counted, what was drawn in them; the
        ``alternatives`` as they are now, and what was ``decided`` as the host told it last; empty for nothing yet. The
        ``date`` of a round is the planned one, else the day on which it was opened where the district is; None for
        neither.
    """
    rounds: dict[str, dict[str, Any]] = {
        one.name: {
            "name": one.name,
            "date": one.on.isoformat() if one.on else None,
            "title": dict(one.title or {}),
            "question": dict(one.question or {}),
            "opened": None,
            "closed": None,
            "counted": None,
            "said": said.get(one.name, []),
            "drawn": {},
        }
        for one in room.rounds.planned
    }
    for act in room.acts:
        if act.name in (OPENED, CLOSED) and act.content["round"] in rounds:
            told = rounds[act.content["round"]]
            told["opened" if act.name == OPENED else "closed"] = act.time
            if act.name == CLOSED:
                told["counted"] = act.content
            else:
                told["date"] = told["date"] or _day(room, act.time)
        elif act.name == ADDED and act.round in rounds:
            drawn = rounds[act.round]["drawn"]
            drawn.setdefault(act.content["alternative"], []).append(
                {"kind": act.content["kind"], "name": act.content["name"]}
            )
    return {
        "session": room.session.name,
        "k": room.workspace.publish.k,
        "decided": next((act.content["decided"] for act in reversed(room.acts) if act.name == DECIDED), ""),
        "rounds": list(rounds.values()),
        "alternatives": [
            {"name": name, "changes": [{"kind": one.kind, "name": one.name} for one in alternative.changes if one.on]}
            for name, alternative in room.alternatives.items()
        ],
    }


def _day(room: Room, time: str) -> str:
    """The day of a time of the log, where the district is."""
    west, south, east, north = room.inputs.district.total_bounds
    lon, lat = to_wgs84((west + east) / 2, (south + north) / 2, str(room.inputs.district.crs))
    return datetime.fromisoformat(time).astimezone(time_zone_at(float(lon), float(lat))).date().isoformat()
