"""Lines of the legend: each sign of the map once, while one of its layers is shown."""

from dataclasses import replace

import pytest

from tesoma_geo.render.figures.voice_places import sign_of
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Choice
from tesoma_geo.render.map.legend_signs import legend_signs
from tesoma_geo.render.text.assets import asset
from tesoma_geo.render.text.catalogue import catalogue

SCHOOLS, SHOPS = Content("services_0", "services", {}), Content("services_1", "services", {})
VOICES = Content(
    "voices_0",
    "voices",
    {"kind": "barrier", "sign": 0, "topics": ["dark", "steep"], "told": [[(0, 20), (1, 7)], [(1, 5)]]},
)
CONTENTS = (Content("hub", "hub", {}), SCHOOLS, SHOPS, VOICES)


@pytest.fixture
def signs(assessment):
    """The lines where these layers are offered."""

    def of(*offered):
        choices = [Choice(key, key, None, True) for key in offered]
        return legend_signs(assessment, catalogue("en"), CONTENTS, choices)

    return of


def test_services_of_all_kinds_have_one_line(signs):
    (line,) = [sign for sign in signs("services_0", "services_1", "hub") if sign.look == "services"]
    assert (line.layers, line.label) == ("services_0 services_1", "Services")
    # While one kind alone is shown the line has its name.
    assert [line.label_of(keys) for keys in ({"services_1", "hub"}, {"services_0", "services_1"})] == [
        "services_1",
        "Services",
    ]


@pytest.mark.parametrize(("offered", "looks"), [((), ["hub"]), (("services_1",), ["services", "hub"])])
def test_what_the_reader_cannot_show_has_no_line(signs, offered, looks):
    assert [sign.look for sign in signs(*offered)] == looks


def test_the_boundary_and_the_hub_have_a_line_each_and_that_of_the_hub_is_short(assessment):
    names = {"en": "The centre (made up)"}
    hub = assessment.workspace.hub.model_copy(update={"name": names})
    named = replace(
        assessment,
        inputs=replace(assessment.inputs, workspace=assessment.workspace.model_copy(update={"hub": hub})),
    )
    contents = (Content("district", "district", {}), Content("railways", "railways", {}), Content("hub", "hub", {}))
    choices = [Choice(key, key, None, True) for key in ("district", "railways")]
    told = [(sign.look, sign.label) for sign in legend_signs(named, catalogue("en"), contents, choices)]
    assert told == [("district", "District boundary"), ("railways", "Railways"), ("hub", "The centre")]
    # A plan's map draws the same ground.
    of_plan = legend_signs(named, catalogue("en"), contents, choices, compared=True)
    looks = [sign.look for sign in of_plan if not sign.look.startswith("won-")]
    assert looks == ["district", "railways", "hub"]


def test_stops_have_a_line_for_each_size_with_its_minutes(assessment):
    stops = Choice("stops", "Stops", None, True, ("transit",))
    lines = legend_signs(assessment, catalogue("en"), (Content("stops", "stops", {}),), [stops])
    assert [(line.look, line.label.replace("\u00a0", " ")) for line in lines] == [
        ("stops-5.5", "Stop with a ride at least every 10 min"),
        ("stops-4", "at least every 20 min"),
        ("stops-2.5", "less often"),
    ]
    assert {line.of_json for line in lines} == {'["transit"]'}
    assert [line.near for line in lines] == [False, True, True]
    script = asset("scripts/painters/places.js").read_text(encoding="utf-8")
    assert "minutes <= 10 ? 5.5 : minutes <= 20 ? 4 : 2.5" in script


def test_a_sign_of_residents_is_told_to_stand_for_an_area(signs):
    kind, how, sizes = (sign for sign in signs("voices_0") if sign.look != "hub")
    assert (kind.look, kind.sign, kind.layers) == ("voice", 0, "voices_0")
    assert "not one spot" in how.label
    assert how.layers == sizes.layers == "voices_0"


def test_signs_of_answers_that_nobody_gave_say_so(assessment):
    workspace = assessment.workspace
    real = workspace.district.model_copy(update={"made_up": False})
    surveys = tuple(survey.model_copy(update={"made_up": True}) for survey in workspace.annotations)
    told = replace(
        assessment,
        inputs=replace(
            assessment.inputs, workspace=workspace.model_copy(update={"district": real, "annotations": surveys})
        ),
    )
    choices = [Choice(key, key, None, True) for key in ("voices_0", "services_0")]
    last = legend_signs(told, catalogue("en"), CONTENTS, choices)[-1]
    assert (last.layers, last.label) == ("voices_0", "The answers are made up.")
    assert all(sign.label != last.label for sign in legend_signs(told, catalogue("en"), CONTENTS, choices[1:]))
    # Where the page's headline has said it the legend does not.
    of_topic = legend_signs(told, catalogue("en"), CONTENTS, choices, topic="dark")
    assert all(sign.label != last.label for sign in of_topic)


def test_the_least_and_the_largest_sign_have_their_numbers(assessment, signs):
    sizes = signs("voices_0")[-1]
    assert [size.shown for size in sizes.sizes] == ["5", "20"]
    assert sizes.label == "respondents on the most common topic of a place"  # behind the numbers
    assert sizes.sign == sign_of("barrier")  # drawn as on the map
    more = Content("voices_1", "voices", {"kind": "place", "sign": 2, "topics": ["youth"], "told": [[(0, 32)]]})
    choices = [Choice(key, key, None, True) for key in ("voices_0", "voices_1")]
    of_kinds = legend_signs(assessment, catalogue("en"), (*CONTENTS, more), choices, kinds=False)
    beside, other = (sign for sign in of_kinds if sign.look == "sizes")
    # Each kind tells its own numbers, on one scale with the other.
    assert [[size.shown for size in sign.sizes] for sign in (beside, other)] == [["5", "20"], ["32"]]
    assert beside.sizes[1].radius_px < sizes.sizes[1].radius_px
    # Their areas are as the numbers.
    assert (sizes.sizes[1].radius_px / sizes.sizes[0].radius_px) ** 2 == pytest.approx(4, rel=0.02)
    of_topic = legend_signs(
        assessment, catalogue("en"), CONTENTS, [Choice("voices_0", "", None, True)], topic="steep", kinds=False
    )
    # Of one topic each sign has its number (tests/browser/test_sections.py).
    assert [sign.look for sign in of_topic] == ["hub", "extent"]
    assert "people who marked something in the area" in of_topic[1].label
