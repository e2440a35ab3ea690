"""A hundred and twenty plausible mistakes, by the module of ``inputs.plausibility`` that has to do with them."""

import os

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.errors import TesomaError
from tesoma_geo.inputs.layers import check_inputs
from tesoma_geo.workspace import Workspace
from tests.conftest import CRS
from tests.small_district import SmallDistrict, degrees, node, square

MISTAKES = {}


def mistake(module, key, *, transit=False):
    """Put a mistake into the table: a function that spoils a district; what is told names ``key``."""

    def kept(spoil):
        MISTAKES[spoil.__name__] = (module, spoil, key, transit)
        return spoil

    return kept


def told(district, folder):
    """Keys of what is told about a district: of faults, doubts and things left out."""
    try:
        inputs, reports = check_inputs(Workspace.load(district.write(folder)))
    except TesomaError as error:
        return [str(fault) for fault in error.faults] or [str(error)]
    found = [str(finding) for report in reports for finding in (*report.faults, *report.doubts)]
    left_out = [] if inputs is None else [str(left) for left in inputs.left_out if left.what in ("rows", "services")]
    return found + left_out


def add_rows(table, *rows):
    return gpd.GeoDataFrame(pd.concat([table, *rows], ignore_index=True), crs=table.crs)


# Residents and areas


@mistake("areas", "same place")
def areas_twice(d):
    d.areas = add_rows(d.areas, d.areas.assign(code=["005", "006", "007", "008"]))


@mistake("areas", "as many residents as all others")
def a_sum_row(d):
    whole = d.areas.iloc[:1].assign(code="900", name="All", residents=d.areas.residents.sum())
    for group in ("age_0_17", "age_18_64", "age_65"):
        whole[group] = d.areas[group].sum()
    d.areas = add_rows(d.areas, whole.set_geometry([square(0, 0, 1000, 1000)], crs=CRS))


@mistake("areas", "denser than any town")
def fifty_million_residents(d):
    d.areas.loc[0, "residents"] = 50_000_000


@mistake("areas", "denser than any town")
def residents_times_a_thousand(d):
    d.areas["residents"] *= 1000


@mistake("areas", "not whole numbers of residents")
def residents_are_densities(d):
    d.areas["residents"] = d.areas["residents"] / 0.37


@mistake("areas", "look like years")
def residents_are_years(d):
    d.areas["residents"] = [1995, 2003, 2011, 1987]
    d.toml["population"].pop("age_groups")


@mistake("areas", "row numbers")
def residents_are_row_numbers(d):
    d.areas["residents"] = [1, 2, 3, 4]
    d.toml["population"].pop("age_groups")


@mistake("areas", "per cent")
def residents_are_per_cent(d):
    d.areas["residents"] = [21.0, 28.0, 18.0, 33.0]
    d.toml["population"].pop("age_groups")


@mistake("areas", "all 4 areas have")
def residents_are_all_alike(d):
    d.areas["residents"] = 400
    d.toml["population"].pop("age_groups")


@mistake("areas", "surfaces")
def residents_are_square_metres(d):
    d.areas["geometry"] = [square(0, 0, 400, 500), square(400, 0, 1000, 500), square(0, 500, 300, 1000),
                           square(300, 500, 1000, 1000)]  # fmt: skip
    d.areas["residents"] = (d.areas.area / 1000).round()
    d.toml["population"].pop("age_groups")


@mistake("areas", "residents live")
def residents_in_thousands(d):
    d.areas["residents"] = [1, 2, 1, 3]
    d.toml["population"].pop("age_groups")


@mistake("areas", "population")
def residents_are_negative_for_unknown(d):
    d.areas.loc[1, "residents"] = -1


@mistake("areas", "population")
def residents_as_words(d):
    d.areas["residents"] = ["few", "many", "some", "none"]


@mistake("areas", "no number of residents")
def half_of_the_areas_without_a_number(d):
    d.areas["residents"] = d.areas["residents"].astype(float)
    d.areas.loc[[0, 2], "residents"] = np.nan
    d.toml["population"].pop("age_groups")


@mistake("areas", "lies in no area")
def an_area_is_missing(d):
    d.toml["district"]["area"] = {"source": "whole.gpkg"}
    d.whole = True
    d.areas = d.areas.iloc[:3]


@mistake("areas", "population.where")
def a_condition_for_nothing(d):
    d.toml["population"]["where"] = "name == 'Nowhere'"


@mistake("areas", "population.age_groups: the groups of most areas sum to 100")
def ages_in_per_cent(d):
    d.areas[["age_0_17", "age_18_64", "age_65"]] = [20, 55, 25]


@mistake("areas", "not whole numbers of residents")
def ages_as_shares(d):
    d.areas[["age_0_17", "age_18_64", "age_65"]] = [0.2, 0.55, 0.25]


@mistake("areas", "stands for several groups")
def one_column_for_two_ages(d):
    d.toml["population"]["age_groups"]["65-"] = "age_0_17"


@mistake("areas", "make up")
def an_age_group_forgotten(d):
    d.toml["population"]["age_groups"].pop("18-64")


@mistake("areas", "residents")
def all_residents_as_an_age_group(d):
    d.toml["population"]["age_groups"] = {"0-17": "age_0_17", "all": "residents"}


@mistake("areas", "nine of ten")
def a_group_of_everybody(d):
    d.areas["age_0_17"], d.areas["age_65"] = 0, 0
    d.areas["age_18_64"] = d.areas["residents"]


@mistake("areas", "nobody is in")
def an_empty_age_group(d):
    d.areas["age_65"] = 0
    d.areas["age_18_64"] = d.areas["residents"] - d.areas["age_0_17"]


@mistake("areas", "age groups of")
def ages_of_another_year(d):
    d.areas["age_18_64"] *= 3


@mistake("areas", "population")
def another_column_of_codes(d):
    d.areas["code"] = "001"


@mistake("areas", "lie on each other")
def one_area_covers_another(d):
    d.areas.loc[0, "geometry"] = square(0, 0, 800, 500)


@mistake("areas", "population")
def no_such_column(d):
    d.toml["population"]["column"] = "Residents"


@mistake("areas", "live in water")
def lakes_over_the_homes(d):
    d.water = d.water.set_geometry([square(0, 0, 500, 1000)], crs=CRS)


@mistake("areas", "population.cell_m")
def cells_of_five_kilometres(d):
    d.toml["population"]["cell_m"] = 5000


@mistake("areas", "of all residents")
def nearly_all_residents_in_one_area(d):
    strips = [square(0, 900 - 100 * number, 1000, 1000 - 100 * number) for number in range(10)]
    d.areas = gpd.GeoDataFrame(
        {"code": [f"{number:03}" for number in range(10)], "name": [f"Strip {number}" for number in range(10)],
         "residents": [4000, 50, 60, 70, 80, 90, 65, 75, 85, 95]}, geometry=strips, crs=CRS,
    )  # fmt: skip
    d.toml["population"].pop("age_groups")


# The district


@mistake("areas", "district.area")
def a_district_of_a_country(d):
    d.areas["geometry"] = [square(-100_000 * (number + 1), -100_000, -100_000 * number, 100_000) for number in range(4)]


@mistake("areas", "district.area")
def a_district_of_a_yard(d):
    d.areas["geometry"] = [square(500 + 20 * number, 490, 520 + 20 * number, 510) for number in range(4)]


@mistake("areas", "from the others")
def a_part_far_away(d):
    d.areas.loc[3, "geometry"] = square(20_000, 0, 20_500, 500)


@mistake("areas", "district.crs")
def a_crs_in_degrees(d):
    d.toml["district"]["crs"] = "EPSG:4326"


@mistake("areas", "district.area")
def a_crs_of_another_country(d):
    d.toml["district"]["crs"] = "EPSG:31370"


@mistake("areas", "network.osm")
def another_country_s_streets(d):
    d.nodes = {number: (x + 300_000, y - 500_000) for number, (x, y) in d.nodes.items()}


@mistake("areas", "district.name")
def a_name_left_empty(d):
    d.toml["district"]["name"] = {"en": "…"}


@mistake("areas", "has no name in")
def a_language_without_a_name(d):
    d.toml["district"]["languages"] = ["en", "fi"]


# The hub


@mistake("streets", "hub.entrances")
def the_hub_in_the_lake(d):
    d.toml["hub"]["entrances"] = [degrees(650, 650)]


@mistake("streets", "outside the district")
def the_hub_beside_the_district(d):
    d.toml["hub"]["entrances"] = [degrees(1150, 500)]


@mistake("streets", "hub.entrances")
def the_hub_with_swapped_coordinates(d):
    d.toml["hub"]["entrances"] = [degrees(500, 502)[::-1]]


@mistake("streets", "apart")
def hubs_of_two_places(d):
    d.toml["hub"]["entrances"] = [degrees(100, 100), degrees(900, 900)]


@mistake("streets", "there twice")
def an_entrance_twice(d):
    d.toml["hub"]["entrances"] = [degrees(500, 502), degrees(500, 502)]


@mistake("streets", "hub.entrances")
def one_pair_without_brackets(d):
    d.toml["hub"]["entrances"] = degrees(500, 502)


@mistake("streets", "nearest street")
def the_hub_in_a_field(d):
    d.toml["hub"]["entrances"] = [degrees(450, 450)]
    d.ways = [way for way in d.ways if node(4, 4) not in way[0] and node(5, 5) not in way[0]]


@mistake("streets", "hub.entrances")
def the_hub_as_text(d):
    d.toml["hub"]["entrances"] = "23.6, 61.5"


# Streets


@mistake("streets", "network.osm")
def streets_of_a_part_of_the_district(d):
    d.nodes = {number: (x, y) for number, (x, y) in d.nodes.items() if x <= 300}
    d.ways = [([at for at in refs if at in d.nodes], tags) for refs, tags in d.ways]
    d.ways = [way for way in d.ways if len(way[0]) > 1]


@mistake("streets", "hang together")
def streets_that_do_not_meet(d):
    d.ways = [way for way in d.ways if way[1]["highway"] == "residential"]


@mistake("streets", "no footway, path or residential")
def main_roads_alone(d):
    d.ways = [(refs, {"highway": "primary"}) for refs, _ in d.ways]


@mistake("streets", "footways and paths alone")
def footways_alone(d):
    d.ways = [(refs, {"highway": "footway"}) for refs, _ in d.ways]


@mistake("streets", "km of streets")
def one_street_alone(d):
    d.ways = [([node(0, 5), node(5, 5)], {"highway": "residential"})]


@mistake("streets", "network.buffer_m")
def a_buffer_in_kilometres(d):
    d.toml["network"]["buffer_m"] = 2


@mistake("streets", "network")
def a_buffer_in_millimetres(d):
    d.toml["network"]["buffer_m"] = 90_000


@mistake("streets", "network.max_snap_m")
def snapping_over_kilometres(d):
    d.toml["network"]["max_snap_m"] = 4000


@mistake("streets", "network.max_snap_m")
def snapping_over_a_step(d):
    d.toml["network"]["max_snap_m"] = 1
    d.toml["hub"]["entrances"] = [degrees(500, 500)]


@mistake("streets", "network.osm")
def streets_named_as_a_shapefile(d):
    d.toml["network"]["osm"] = "areas.gpkg"


@mistake("streets", "network.osm")
def every_street_closed(d):
    d.ways = [(refs, {"highway": "construction"}) for refs, _ in d.ways]


# Heights


@mistake("streets", "steeper than")
def heights_tenfold(d):
    d.heights = d.heights * 10


@mistake("streets", "steeper than")
def heights_in_feet_of_a_hill(d):
    d.heights = (100 + (d.heights - 100) * 4) * 3.28


@mistake("streets", "elevation.source")
def heights_in_centimetres(d):
    d.heights = d.heights * 100


@mistake("streets", "m high")
def heights_all_alike(d):
    d.heights = np.zeros_like(d.heights) + 100


@mistake("streets", "no data at")
def heights_of_a_half(d):
    d.heights[:, :45] = -9999


@mistake("streets", "elevation.source")
def heights_with_holes_of_minus_32768(d):
    d.heights[20:60, 20:60] = -32768


@mistake("streets", "elevation.source")
def heights_elsewhere(d):
    d.cell_m = 1.0
    d.heights = d.heights[:30, :30]


@mistake("streets", "steeper than")
def roofs_and_trees(d):
    d.heights = d.heights + 80 * (np.random.default_rng(1).random(d.heights.shape) > 0.5).astype(np.float32)


@mistake("streets", "elevation.source")
def an_elevation_that_is_a_table(d):
    d.toml["elevation"]["source"] = "libraries.csv"


# Water


@mistake("streets", "basemap.water")
def land_as_water(d):
    d.water = d.water.set_geometry([square(-500, -500, 1500, 1500)], crs=CRS)


@mistake("streets", "basemap.water")
def water_of_another_place(d):
    d.water = d.water.set_geometry([square(9000, 9000, 9900, 9900)], crs=CRS)


@mistake("streets", "run through it")
def water_shifted_onto_streets(d):
    d.water = d.water.set_geometry([square(150, 150, 450, 850)], crs=CRS)


@mistake("streets", "basemap.water")
def shores_as_lines(d):
    d.water = d.water.set_geometry(d.water.boundary)


# Services


@mistake("services", "the same name at the same place")
def a_library_twice(d):
    d.libraries.append(list(d.libraries[1]))


@mistake("services", "counted twice")
def a_library_in_both_layers(d):
    d.node_tags[node(2, 3)] = {"amenity": "library", "name": "Library of the east"}
    d.toml["services"]["osm"]["library"] = "amenity=library"


@mistake("services", "one spot")
def libraries_all_at_one_spot(d):
    d.libraries = [d.libraries[0], *([f"L{number}", *d.libraries[1][1:]] for number in range(5))]


@mistake("services", "in water")
def a_library_in_the_lake(d):
    d.libraries[1] = ["Lake library", *map(str, degrees(650, 650))]


@mistake("services", "services.files.0")
def swapped_libraries(d):
    d.libraries = [d.libraries[0], *([name, lat, lon] for name, lon, lat in d.libraries[1:])]


@mistake("services", "left out")
def a_library_in_another_town(d):
    d.libraries.append(["Far library", "24.9", "60.2"])


@mistake("services", "left out")
def a_library_without_a_place(d):
    d.libraries.append(["New library", "", ""])


@mistake("services", "services.files.0")
def a_row_of_more_fields_than_the_header(d):
    d.libraries = [d.libraries[0], *([row[0], "x", *row[1:]] for row in d.libraries[1:])]


@mistake("services", "services.files.0")
def one_row_with_a_comma_in_its_name(d):
    d.libraries[1] = ["Library, East", *d.libraries[1][1:]]


@mistake("services", "school")
def a_misspelt_tag(d):
    d.toml["services"]["osm"]["school"] = "amenity=scool"


@mistake("services", "services.osm")
def a_filter_without_a_key(d):
    d.toml["services"]["osm"]["school"] = "school"


@mistake("services", "one name")
def names_from_a_wrong_column(d):
    d.libraries = [d.libraries[0], *(["Library", *map(str, degrees(100 * number, 333))] for number in range(1, 9))]


@mistake("services", "on a km²")
def every_building_a_library(d):
    places = [(45 * x + 3, 45 * y + 3) for x in range(22) for y in range(22)]
    d.libraries = [d.libraries[0], *([f"L{x}-{y}", *map(str, degrees(x, y))] for x, y in places)]


@mistake("services", "services.files.0")
def a_missing_column_of_coordinates(d):
    d.toml["services"]["files"][0]["lon"] = "longitude"


@mistake("services", "services.files.0")
def decimal_commas_in_a_csv_with_commas(d):
    d.libraries = [
        d.libraries[0],
        *([name, lon.replace(".", ","), lat.replace(".", ",")] for name, lon, lat in d.libraries[1:]),
    ]


# Answers


@mistake("answers", "outside the study area")
def answers_of_another_district(d):
    d.answers = d.answers.set_geometry(d.answers.translate(0.1, 0.0), crs=d.answers.crs)


@mistake("answers", "annotations")
def answers_with_swapped_coordinates(d):
    d.answers = d.answers.set_geometry(
        [shapely.Point(point.y, point.x) for point in d.answers.geometry], crs=d.answers.crs
    )


@mistake("answers", "at one spot")
def answers_all_at_one_spot(d):
    d.answers = d.answers.set_geometry([d.answers.geometry.iloc[0]] * len(d.answers), crs=d.answers.crs)


@mistake("answers", "there twice")
def answers_exported_twice(d):
    d.answers = add_rows(d.answers, d.answers.assign(id=[f"b{number}" for number in range(12)]))


@mistake("answers", "one respondent gave")
def a_column_of_respondents_that_is_not(d):
    places = [shapely.Point(degrees(40 * number, 1000 - 37 * number)) for number in range(25)]
    d.answers = gpd.GeoDataFrame(
        {"id": [f"a{number}" for number in range(25)], "respondent": ["web"] * 25, "time": ["2025-03-04T12:00:00"] * 25,
         "text": [f"Answer number {number}" for number in range(25)]}, geometry=places, crs="EPSG:4326",
    )  # fmt: skip


@mistake("answers", "answers are older than the year 2000")
def times_that_are_none(d):
    d.answers["time"] = "1970-01-01T00:00:00"


@mistake("answers", "annotations")
def a_survey_twice(d):
    d.toml["annotations"].append(dict(d.toml["annotations"][0]))


@mistake("answers", "annotations")
def an_unknown_platform(d):
    d.toml["annotations"][0]["platform"] = "surveymonkey"


@mistake("answers", "annotations")
def a_column_of_texts_that_is_not_there(d):
    d.toml["annotations"][0]["columns"]["text"] = "Comment"


# Public transport


@mistake("gather", "swapped", transit=True)
def stops_with_swapped_coordinates(d):
    d.feed["stops"] = d.feed["stops"].replace("stop_lat,stop_lon", "stop_lon,stop_lat")


@mistake("gather", "transit", transit=True)
def stops_of_another_town(d):
    d.feed["stops"] = d.feed["stops"].replace("61.", "60.")


@mistake("gather", "transit.window", transit=True)
def a_reversed_window(d):
    d.toml["transit"]["window"] = ["09:00", "07:00"]


@mistake("gather", "no vehicle leaves", transit=True)
def a_window_without_departures(d):
    d.toml["transit"]["window"] = ["12:00", "13:00"]


@mistake("gather", "at night", transit=True)
def a_window_at_night(d):
    d.toml["transit"]["window"] = ["03:00", "05:00"]


@mistake("gather", "h long", transit=True)
def a_window_of_the_whole_day(d):
    d.toml["transit"]["window"] = ["05:00", "23:00"]


@mistake("gather", "min long", transit=True)
def a_window_of_five_minutes(d):
    d.toml["transit"]["window"] = ["07:00", "07:05"]


@mistake("gather", "Sunday", transit=True)
def a_sunday(d):
    d.toml["transit"]["date"] = "2022-01-16"
    d.feed["calendar"] = None
    d.feed["calendar_dates"] = "service_id,date,exception_type\nWEEK,20220116,1\n"


@mistake("gather", "Saturday", transit=True)
def a_saturday(d):
    d.toml["transit"]["date"] = "2022-01-15"
    d.feed["calendar"] = None
    d.feed["calendar_dates"] = "service_id,date,exception_type\nWEEK,20220115,1\n"


@mistake("gather", "holiday", transit=True)
def a_holiday(d):
    d.toml["transit"]["date"] = "2022-01-06"


@mistake("gather", "July", transit=True)
def a_day_of_the_summer(d):
    d.toml["transit"]["date"] = "2022-07-05"
    d.feed["calendar"] = None
    d.feed["calendar_dates"] = "service_id,date,exception_type\nWEEK,20220705,1\n"


@mistake("gather", "transit", transit=True)
def a_day_after_the_feed(d):
    d.toml["transit"]["date"] = "2023-01-18"


@mistake("gather", "named twice", transit=True)
def a_feed_twice(d):
    d.toml["transit"]["gtfs"] = ["gtfs", "gtfs"]


@mistake("gather", "as another of their line", transit=True)
def a_service_twice(d):
    d.feed["trips"] += "".join(f"R,WEEK,U{trip}\n" for trip in range(6))
    d.feed["stop_times"] += d.feed["stop_times"].split("\n", 1)[1].replace("T", "U")


@mistake("gather", "faster than", transit=True)
def a_stop_far_off(d):
    lines = d.feed["stops"].splitlines()
    parts = lines[2].split(",")
    d.feed["stops"] = (
        "\n".join([lines[0], lines[1], ",".join([*parts[:3], str(float(parts[3]) + 0.5)]), lines[3]]) + "\n"
    )


@mistake("gather", "look shifted", transit=True)
def stops_shifted(d):
    extra = [(f"X{number}", *degrees(50 + 100 * number, 550)) for number in range(10)]
    d.feed["stops"] = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
        f"{i},{i},{lat},{lon}\n" for i, lon, lat in extra
    )
    calls = [f"T0,07:{number:02}:00,07:{number:02}:00,X{number},{number + 1}" for number in range(10)]
    d.feed["trips"] = "route_id,service_id,trip_id\nR,WEEK,T0\n"
    d.feed["stop_times"] = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "\n".join(calls) + "\n"


@mistake("gather", "alight", transit=True)
def nobody_may_alight(d):
    head, *rows = d.feed["stop_times"].splitlines()
    d.feed["stop_times"] = "\n".join([f"{head},drop_off_type", *(f"{row},1" for row in rows)]) + "\n"


@mistake("gather", "board", transit=True)
def nobody_may_board(d):
    head, *rows = d.feed["stop_times"].splitlines()
    d.feed["stop_times"] = "\n".join([f"{head},pickup_type", *(f"{row},1" for row in rows)]) + "\n"


@mistake("gather", "lacks the median", transit=True)
def percentiles_without_the_median(d):
    d.toml["transit"]["percentiles"] = [5, 95]


@mistake("gather", "transit.date", transit=True)
def a_date_as_people_write_it(d):
    d.toml["transit"]["date"] = "18.1.2022"


# Settings


@mistake("settings", "asked by no way of moving", transit=True)
def a_timetable_that_nobody_asks_for(d):
    d.toml["access"]["profiles"] = ["walk"]


@mistake("settings", "profiles.fast_walk: is not in access.profiles")
def a_way_of_moving_that_nobody_asks_for(d):
    d.toml["profiles"] = {"fast_walk": {"base": "walk", "speed_kmh": 6.0}}


@mistake("settings", "Did you mean summer?")
def a_round_that_is_misspelt(d):
    d.toml["annotations"][0]["round"] = "summer"
    d.toml["publish"] = {"cohort_closes": {"sumer": "2026-01-01"}}


@mistake("services", "Did you mean name?")
def a_misspelt_column_of_names(d):
    d.toml["services"]["files"][0]["name"] = "nam"


@mistake("services", "services.files.0: none of it lies in the study area")
def libraries_of_another_town(d):
    d.libraries = [d.libraries[0], ["Far library", *map(str, degrees(9000, 9000))]]


@mistake("answers", "columns.text")
def a_column_of_texts_that_is_empty(d):
    d.answers["comment"] = None
    d.toml["annotations"][0]["columns"]["text"] = "comment"


@mistake("answers", "values.kind")
def a_kind_that_is_none(d):
    d.answers["sort"] = "bad place"
    d.toml["annotations"][0]["columns"]["kind"] = "sort"
    d.toml["annotations"][0]["values"] = {"kind": {"bad place": "barier", "x": "idea"}}


@mistake("settings", "access.cutoffs_min")
def cutoffs_in_seconds(d):
    d.toml["access"]["cutoffs_min"] = [300, 600, 900]


@mistake("settings", "access.cutoffs_min")
def cutoffs_in_hours(d):
    d.toml["access"]["cutoffs_min"] = [0.25, 0.5]


@mistake("settings", "access.services_within_min")
def services_within_seconds(d):
    d.toml["access"]["services_within_min"] = 900


@mistake("settings", "access.profiles")
def an_unknown_way_of_moving(d):
    d.toml["access"]["profiles"] = ["walking"]


@mistake("settings", "needs a timetable")
def transit_without_a_timetable(d):
    d.toml["access"]["profiles"] = ["walk", "transit"]


@mistake("settings", "profiles.walk.speed_kmh")
def walkers_in_metres_a_minute(d):
    d.toml["profiles"] = {"walk": {"speed_kmh": 80}}


@mistake("settings", "profiles.bicycle.speed_kmh")
def a_bicycle_slower_than_a_walker(d):
    d.toml["access"]["profiles"] = ["walk", "bicycle"]
    d.toml["profiles"] = {"bicycle": {"speed_kmh": 4}}


@mistake("settings", "profiles.walk_slow.speed_kmh")
def slow_walkers_that_are_fast(d):
    d.toml["access"]["profiles"] = ["walk", "walk_slow"]
    d.toml["profiles"] = {"walk_slow": {"speed_kmh": 6}}


@mistake("settings", "targets.walk_within_10_min")
def a_target_of_nobody(d):
    d.toml["targets"] = {"walk_within_10_min": 0}


@mistake("settings", "targets")
def a_target_in_per_cent(d):
    d.toml["targets"] = {"walk_within_10_min": 70}


@mistake("settings", "publish.k")
def a_publication_of_single_people(d):
    d.toml["publish"] = {"k": 1}


@mistake("settings", "network.buffer")
def a_misspelt_key(d):
    d.toml["network"]["buffer"] = 200


def names_of(module):
    """The mistakes of a module; every fifth of them unless ``TESOMA_GEO_ALL_MISTAKES`` is set, as before a release."""
    names = [name for name, (of, *_) in MISTAKES.items() if of == module]
    return names if os.environ.get("TESOMA_GEO_ALL_MISTAKES") else names[::5]


def assert_told(name, folder):
    """Spoil a district in one way, and look for what is told of it."""
    _, spoil, key, transit = MISTAKES[name]
    district = SmallDistrict().with_transit() if transit else SmallDistrict()
    spoil(district)
    if district.toml["district"]["area"]["source"] == "whole.gpkg":
        gpd.GeoDataFrame(geometry=[square(0, 0, 1000, 1000)], crs=CRS).to_file(folder / "whole.gpkg", layer="whole")
    lines = told(district, folder)
    assert any(key in line for line in lines), lines
