"""How we got here: rounds with what was counted and drawn in them, and no word of anybody."""

import json
from dataclasses import replace
from datetime import date

from tesoma_geo.workshop.room_log import Act
from tesoma_geo.workshop.rounds import OPENED
from tesoma_geo.workshop.story import story
from tesoma_geo.workspace.workshop import Round


def test_the_story_tells_rounds_numbers_and_plans(served, post, link):
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    for number in range(5):
        served.ask("POST", "/api/annotations", post(text="secret words", theme="dark"), device=f"{number:032x}")
    change = {
        "section": "links",
        "kind": "path",
        "entry": {"line": link, "tags": {"highway": "path"}},
        "name": "Across",
    }
    served.wall("POST", "/api/alternatives/a/changes", change)
    served.host("POST", "/api/rounds", {"act": "close"})
    told = served.ask("GET", "/api/story")[1]
    first, second = told["rounds"]
    assert first["counted"]["people"] == 5
    assert first["said"] == []
    assert first["drawn"] == {"a": [{"kind": "path", "name": "Across"}]}
    assert second["opened"] is None
    assert told["alternatives"] == [{"name": "a", "changes": [{"kind": "path", "name": "Across"}]}]
    assert "secret words" not in json.dumps(told)
    assert served.ask("GET", "/api/story", key=None)[0] == 401


def test_a_round_without_a_planned_day_has_the_day_on_which_it_was_opened_where_the_district_is(served):
    # Late in the evening of the 30th by UTC it is the 1st in Finland; in winter the clock is an hour less ahead.
    opened = {"day 1": "2026-06-30T21:30:00+00:00", "day 2": "2026-11-30T21:30:00+00:00"}
    served.room.acts.extend(Act(time, name, OPENED, {"round": name}) for name, time in opened.items())
    assert [one["date"] for one in story(served.room, {})["rounds"]] == ["2026-07-01", "2026-11-30"]


def test_a_planned_day_stays_and_a_round_that_was_never_opened_has_none(served):
    planned = (Round(name="day 1", date=date(2026, 5, 4)), Round(name="day 2"))
    served.room.rounds = replace(served.room.rounds, planned=planned)
    served.room.acts.append(Act("2026-06-30T21:30:00+00:00", "day 1", OPENED, {"round": "day 1"}))
    assert [one["date"] for one in story(served.room, {})["rounds"]] == ["2026-05-04", None]
