"""Scenarios applied to the sample's layers: what changes does as told, and what cannot be is refused."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import ScenarioError
from tesoma_geo.scenarios.changed import changed_places
from tesoma_geo.scenarios.compare import compare
from tesoma_geo.scenarios.edits import edited

# From the residential street south of the railway to the cycleway that leads to the underpass: 9 m.
CROSSING = "[[links]]\nline = [[23.629575, 61.501655], [23.629548, 61.501735]]\ntags = { highway = 'footway' }"
M1 = "line = 'M1'\nbetween = ['07:00', '09:00']"


def walk_to_hub_s(inputs):
    router = inputs.network.router("walk")
    return router.times_between(router.snap(inputs.origins), router.snap(inputs.hub)).min(axis=1)


def test_a_scenario_of_nothing_leaves_the_layers_alone(inputs, plan):
    assert edited(inputs, plan("")) is inputs


def test_a_link_takes_its_length_and_what_is_walked_to_it_and_from_it(inputs, plan):
    """By hand: the way to one end, 9 m over the crossing, and the way from its other end."""
    after = edited(inputs, plan(CROSSING))
    router = inputs.network.router("walk")
    ends = gpd.GeoSeries.from_xy([23.629575, 23.629548], [61.501655, 61.501735], crs="EPSG:4326")
    to_ends_s = router.travel_times(inputs.origins, ends)
    from_ends_s = router.travel_times(ends, inputs.hub).min(axis=1)
    over_s = shapely.distance(*ends.to_crs(inputs.network.crs)) / router.profile.foot_speed_ms
    by_hand_s = np.minimum(to_ends_s[:, 0] + over_s + from_ends_s[1], to_ends_s[:, 1] + over_s + from_ends_s[0])
    before_s = walk_to_hub_s(inputs)
    assert np.allclose(walk_to_hub_s(after), np.minimum(before_s, by_hand_s), atol=1.5)
    farthest = int(np.argmax(before_s - walk_to_hub_s(after)))
    assert before_s[farthest] - walk_to_hub_s(after)[farthest] > 20 * 60


def test_a_link_of_a_file_is_the_same_link(inputs, plan, tmp_path):
    line = shapely.LineString([(23.629575, 61.501655), (23.629548, 61.501735)])
    links = gpd.GeoDataFrame({"highway": ["footway"], "note": ["x"]}, geometry=[line], crs="EPSG:4326")
    links.to_file(tmp_path / "links.geojson")
    from_file = edited(inputs, plan(f"[[links]]\nsource = '{tmp_path / 'links.geojson'}'"))
    assert np.array_equal(walk_to_hub_s(from_file), walk_to_hub_s(edited(inputs, plan(CROSSING))))


def test_closing_never_shortens_and_goes_for_the_named_profiles_only(inputs, plan):
    street = inputs.network.ways.query("name == 'Mallikatu'")["osm_id"].tolist()
    after = edited(inputs, plan(f"[[costs]]\nways = {street}\nclosed = true\nprofiles = ['walk']"))
    before_s, after_s = walk_to_hub_s(inputs), walk_to_hub_s(after)
    assert (after_s >= before_s).all()
    assert (after_s > before_s + 1).any()
    bicycles = [layers.network.router("bicycle").to(inputs.hub) for layers in (inputs, after)]
    assert np.array_equal(*bicycles)


def test_a_delay_is_for_who_passes_the_whole_way(inputs, plan):
    way = int(inputs.network.ways.query("name == 'Asemaportaat'")["osm_id"].iloc[0])
    after = edited(inputs, plan(f"[[costs]]\nways = [{way}]\ndelay_s = 90"))
    edges = inputs.network.ways["osm_id"].to_numpy()[inputs.network.way] == way
    more_s = [layers.network.router("walk").costs.forward_s[edges].sum() for layers in (inputs, after)]
    assert more_s[1] - more_s[0] == pytest.approx(90, abs=0.01)


def test_an_area_chooses_streets_that_lie_in_it_and_no_new_ones(inputs, plan):
    square = "[[23.6290, 61.5012], [23.6302, 61.5012], [23.6302, 61.5022], [23.6290, 61.5022]]"
    after = edited(inputs, plan(f"{CROSSING}\n[[costs]]\narea = {square}\nfactor = 2"))
    edges = after.network.changes[0].edges
    ring = shapely.Polygon([(23.6290, 61.5012), (23.6302, 61.5012), (23.6302, 61.5022), (23.6290, 61.5022)])
    area = gpd.GeoSeries([ring], crs="EPSG:4326").to_crs(inputs.network.crs).iloc[0]
    segments = after.network.segments
    inside_m = shapely.length(shapely.intersection(segments[edges], area))
    assert (inside_m >= 0.499 * shapely.length(segments[edges])).all()
    assert (after.network.ways["osm_id"].to_numpy()[after.network.way[edges]] >= 0).all()


def test_services_open_and_close(inputs, plan):
    text = "[[services]]\nremove = 'osm:node/3019'\n[[services]]\nkind = 'market'\nlon = 23.63\nlat = 61.4995"
    after = edited(inputs, plan(text))
    assert set(inputs.services["service_id"]) - set(after.services["service_id"]) == {"osm:node/3019"}
    opened = after.services[~after.services["service_id"].isin(inputs.services["service_id"])]
    assert opened[["service_id", "kind", "source"]].to_numpy().tolist() == [["scenario:1", "market", "plan.toml"]]


def test_an_entrance_brings_the_hub_nearer(inputs, plan):
    after = edited(inputs, plan("[[entrances]]\nlon = 23.6266\nlat = 61.5055"))
    assert len(after.hub) == len(inputs.hub) + 1
    assert (walk_to_hub_s(after) <= walk_to_hub_s(inputs)).all()
    assert (walk_to_hub_s(after) < walk_to_hub_s(inputs) - 10).any()


def test_a_headway_halved_halves_the_wait_between_trips(inputs, plan):
    def gaps_s(timetable):
        leaves_s = timetable.calls.departure_s[timetable.first_call[:-1]]
        own = (timetable.trips["line"] == 0) & (timetable.trips["direction"] == 0)
        inside = own.to_numpy() & (leaves_s >= 7 * 3600) & (leaves_s < 9 * 3600)
        return set(np.diff(np.sort(leaves_s[inside])))

    after = edited(inputs, plan(f"[[headways]]\n{M1}\nheadway_min = 5"))
    assert gaps_s(inputs.timetable) == {600}
    assert gaps_s(after.timetable) == {300}


def test_what_changes_stands_on_the_map(inputs, plan):
    text = f"""{CROSSING}
        [[costs]]
        ways = [11]
        closed = true
        [[services]]
        remove = 'osm:node/3019'
        [[services]]
        kind = 'market'
        name = 'Tori'
        lon = 23.63
        lat = 61.4995
        [[entrances]]
        lon = 23.6266
        lat = 61.5055
        [[stops]]
        stop_id = '9004'
        lon = 23.6240
        lat = 61.5064
        [[lines]]
        name = 'X9'
        stops = ['9001', [23.63, 61.4995]]
        minutes = [8]
        headway_min = 10
        between = ['07:00', '09:00']
        """
    scenario = plan(text)
    places = changed_places(inputs, edited(inputs, scenario), scenario)
    assert places[["what", "name"]].to_numpy().tolist() == [
        ["link", ""],
        ["closed", "Mallikatu"],
        ["service_closed", "Esimerkin terveysasema"],
        ["service", "Tori"],
        ["entrance", ""],
        ["stop", "Satukatu"],
        ["line", "X9"],
    ]
    assert places.geometry.is_valid.all()
    assert places.to_crs("EPSG:4326").total_bounds == pytest.approx([23.62, 61.50, 23.63, 61.51], abs=0.01)


IMPOSSIBLE = [
    ("[[links]]\nline = [[23.0, 61.0], [23.1, 61.0]]\ntags = { highway = 'path' }", "links", "from any street"),
    (CROSSING.replace("footway'", "footway', surfce = 'mud'"), "links.0.tags", "'surfce'"),
    (CROSSING.replace("footway'", "footway', access = 'no'"), "links", "none of the workspace's ways of moving"),
    ("[[costs]]\nways = [987654321]\nclosed = true", "costs.0", "way 987654321"),
    ("[[costs]]\nways = [11]\nfactor = 2\nprofiles = ['hover']", "costs.0.profiles", "'hover'"),
    ("[[costs]]\nline = [[23.0, 61.0], [23.1, 61.0]]\nfactor = 2", "costs.0", "no street"),
    ("[[services]]\nremove = 'osm:node/1'", "services.0", "osm:node/1"),
    ("[[services]]\nkind = 'x'\nlon = 61.5\nlat = 23.6", "services.0", "outside"),
    ("[[entrances]]\nlon = 61.5\nlat = 23.6", "entrances.0", "outside"),
    (f"[[headways]]\n{M1.replace('M1', 'Z9')}\nheadway_min = 5", "headways.0", "'Z9'"),
    ("[[stops]]\nstop_id = 'nowhere'\nlon = 23.6\nlat = 61.5", "stops.0", "'nowhere'"),
    ("[[lines]]\nremove = 'Z9'", "lines.0", "'Z9'"),
]


@pytest.mark.parametrize(("text", "key", "says"), IMPOSSIBLE, ids=[key for _, key, _ in IMPOSSIBLE])
def test_what_cannot_be_is_refused(inputs, plan, text, key, says):
    with pytest.raises(ScenarioError) as refused:
        edited(inputs, plan(text))
    (fault,) = refused.value.faults
    assert fault.where == key
    assert says in fault.problem


def test_everything_that_cannot_be_is_told_at_once(inputs, plan):
    texts = [text for text, key, _ in IMPOSSIBLE if key in ("links", "costs.0", "stops.0")]
    with pytest.raises(ScenarioError) as refused:
        edited(inputs, plan("\n".join(texts)))
    assert {fault.where for fault in refused.value.faults} == {"links", "costs.0", "costs.1", "stops.0"}


def test_a_timetable_that_is_not_there_cannot_change(inputs, plan):
    with pytest.raises(ScenarioError, match="no timetable"):
        edited(replace(inputs, timetable=None), plan(f"[[headways]]\n{M1}\nheadway_min = 5"))


def test_a_ramp_opens_steps_to_wheelchairs(inputs, plan):
    steps = inputs.network.ways.query("highway == 'steps'")["osm_id"].astype(int).tolist()
    after = edited(inputs, plan(f"[[ramps]]\nways = {steps}\nincline_percent = 6\nlength_m = 60"))
    edges = np.isin(inputs.network.ways["osm_id"].to_numpy()[inputs.network.way], steps)
    costs = [layers.network.router("wheelchair").costs.forward_s[edges] for layers in (inputs, after)]
    assert np.isinf(costs[0]).all()
    assert np.isfinite(costs[1]).all()


def test_tags_of_a_part_of_a_way_change_there_alone(inputs, plan):
    """As if the whole network had been built so: the rest of the way, and streets of unknown surface, are as before."""
    row = int(np.flatnonzero((inputs.network.ways["surface"] == "ground").to_numpy())[0])
    mine = np.flatnonzero(inputs.network.way == row)
    middle = gpd.GeoSeries(inputs.network.segments[mine[:1]], crs=inputs.network.crs).to_crs("EPSG:4326").iloc[0]
    line = [[round(x, 7), round(y, 7)] for x, y in middle.coords]
    after = edited(inputs, plan(f"[[paving]]\nline = {line}\nwithin_m = 0.5"))
    changed = {}
    for profile in ("bicycle", "wheelchair"):
        before, now = (layers.network.router(profile).costs.forward_s for layers in (inputs, after))
        changed[profile] = set(np.flatnonzero(before != now))
    assert changed["bicycle"] == {mine[0]}
    assert changed["wheelchair"] <= {mine[0]}


def test_winter_maintenance_changes_winter_alone(inputs, plan):
    place = "line = [[23.6210, 61.4990], [23.6330, 61.5080]]\nwithin_m = 900"
    done = compare(inputs, plan(f"[[winter_maintenance]]\n{place}"))
    assert done.figures["profiles"]["walk"]["residents"]["gaining"] == 0
    assert done.figures["winter"]["walk"]["resident_min"] > 0
    never = compare(inputs, plan(f"[[winter_maintenance]]\nmaintained = false\n{place}"))
    assert never.figures["winter"]["walk"]["resident_min"] < 0


def test_a_rarer_bus_and_a_lamp_are_told_as_what_they_are(inputs, plan):
    done = compare(inputs, plan("[[headways]]\nline = 'M1'\nheadway_min = 20\nbetween = ['07:00', '09:00']"))
    (note,) = done.figures["notes"]
    assert "more seldom" in note["text"]
    assert done.figures["headways"][0]["today_min"] == 10
    assert done.figures["profiles"]["transit"]["resident_min"] < 0
    oftener = compare(inputs, plan("[[headways]]\nline = 'M1'\nheadway_min = 5\nbetween = ['07:00', '09:00']"))
    assert oftener.figures["notes"] == []
    lit = compare(inputs, plan("[[lighting]]\nways = [11]"))
    assert "nobody's minutes change" in lit.figures["notes"][0]["text"]


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (CROSSING.replace("footway'", "footwya'"), "links.0.tags.highway", "Did you mean footway"),
        (CROSSING.replace("footway'", "footway', surface = 'asfalt'"), "links.0.tags.surface", "asphalt"),
        ("[[ramps]]\nways = [11]", "ramps.0", "no steps"),
        ("[[paving]]\nways = [11]\nsurface = 'asfalt'", "paving.0.surface", "asphalt"),
        ("[[lighting]]\nways = [987654321]", "lighting.0", "987654321"),
    ],
)
def test_improvements_and_values_that_cannot_be_are_refused(inputs, plan, text, key, says):
    with pytest.raises(ScenarioError) as refused:
        edited(inputs, plan(text))
    (fault,) = refused.value.faults
    assert fault.where == key
    assert says in str(fault)
