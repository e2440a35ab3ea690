"""Plausible mistakes in areas and residents."""

import geopandas as gpd
import numpy as np

from tests.conftest import CRS
from tests.mistakes.table import Mistakes, add_rows
from tests.small_district import square

MISTAKES = Mistakes()
mistake = MISTAKES.mistake


@mistake("same place")
def areas_twice(d):
    d.areas = add_rows(d.areas, d.areas.assign(code=["005", "006", "007", "008"]))


@mistake("the sum of rows within it (All)")
def a_sum_row(d):
    whole = d.areas.iloc[:1].assign(code="900", name="All", residents=d.areas.residents.sum())
    for group in ("age_0_17", "age_18_64", "age_65"):
        whole[group] = d.areas[group].sum()
    d.areas = add_rows(d.areas, whole.set_geometry([square(0, 0, 1000, 1000)], crs=CRS))


@mistake("denser than any town")
def fifty_million_residents(d):
    d.areas.loc[0, "residents"] = 50_000_000


@mistake("denser than any town")
def residents_times_a_thousand(d):
    d.areas["residents"] *= 1000


@mistake("not whole numbers of residents")
def residents_are_densities(d):
    d.areas["residents"] = d.areas["residents"] / 0.37


@mistake("look like years")
def residents_are_years(d):
    d.areas["residents"] = [1995, 2003, 2011, 1987]
    d.toml["population"].pop("age_groups")


@mistake("row numbers")
def residents_are_row_numbers(d):
    d.areas["residents"] = [1, 2, 3, 4]
    d.toml["population"].pop("age_groups")


@mistake("per cent")
def residents_are_per_cent(d):
    d.areas["residents"] = [21.0, 28.0, 18.0, 33.0]
    d.toml["population"].pop("age_groups")


@mistake("all 4 areas have")
def residents_are_all_alike(d):
    d.areas["residents"] = 400
    d.toml["population"].pop("age_groups")


@mistake("surfaces")
def residents_are_square_metres(d):
    d.areas["geometry"] = [square(0, 0, 400, 500), square(400, 0, 1000, 500), square(0, 500, 300, 1000),
                           square(300, 500, 1000, 1000)]  # fmt: skip
    d.areas["residents"] = (d.areas.area / 1000).round()
    d.toml["population"].pop("age_groups")


@mistake("residents live")
def residents_in_thousands(d):
    d.areas["residents"] = [1, 2, 1, 3]
    d.toml["population"].pop("age_groups")


@mistake("population")
def residents_are_negative_for_unknown(d):
    d.areas.loc[1, "residents"] = -1


@mistake("population")
def residents_as_words(d):
    d.areas["residents"] = ["few", "many", "some", "none"]


@mistake("no number of residents")
def half_of_the_areas_without_a_number(d):
    d.areas["residents"] = d.areas["residents"].astype(float)
    d.areas.loc[[0, 2], "residents"] = np.nan
    d.toml["population"].pop("age_groups")


@mistake("lies in no area")
def an_area_is_missing(d):
    d.toml["district"]["area"] = {"source": "whole.gpkg"}
    d.whole = True
    d.areas = d.areas.iloc[:3]


@mistake("population.where")
def a_condition_for_nothing(d):
    d.toml["population"]["where"] = "name == 'Nowhere'"


@mistake("population.age_groups: the groups of most areas sum to 100")
def ages_in_per_cent(d):
    d.areas[["age_0_17", "age_18_64", "age_65"]] = [20, 55, 25]


@mistake("not whole numbers of residents")
def ages_as_shares(d):
    d.areas[["age_0_17", "age_18_64", "age_65"]] = [0.2, 0.55, 0.25]


@mistake("stands for several groups")
def one_column_for_two_ages(d):
    d.toml["population"]["age_groups"]["65-"] = "age_0_17"


@mistake("make up")
def an_age_group_forgotten(d):
    d.toml["population"]["age_groups"].pop("18-64")


@mistake("residents")
def all_residents_as_an_age_group(d):
    d.toml["population"]["age_groups"] = {"0-17": "age_0_17", "all": "residents"}


@mistake("nine of ten")
def a_group_of_everybody(d):
    d.areas["age_0_17"], d.areas["age_65"] = 0, 0
    d.areas["age_18_64"] = d.areas["residents"]


@mistake("nobody is in")
def an_empty_age_group(d):
    d.areas["age_65"] = 0
    d.areas["age_18_64"] = d.areas["residents"] - d.areas["age_0_17"]


@mistake("age groups of")
def ages_of_another_year(d):
    d.areas["age_18_64"] *= 3


@mistake("population")
def another_column_of_codes(d):
    d.areas["code"] = "001"


@mistake("lie on each other")
def one_area_covers_another(d):
    d.areas.loc[0, "geometry"] = square(0, 0, 800, 500)


@mistake("population")
def no_such_column(d):
    d.toml["population"]["column"] = "Residents"


@mistake("live in water")
def lakes_over_the_homes(d):
    d.water = d.water.set_geometry([square(0, 0, 500, 1000)], crs=CRS)


@mistake("population.cell_m")
def cells_of_five_kilometres(d):
    d.toml["population"]["cell_m"] = 5000


@mistake("of all residents")
def nearly_all_residents_in_one_area(d):
    strips = [square(0, 900 - 100 * number, 1000, 1000 - 100 * number) for number in range(10)]
    d.areas = gpd.GeoDataFrame(
        {"code": [f"{number:03}" for number in range(10)], "name": [f"Strip {number}" for number in range(10)],
         "residents": [4000, 50, 60, 70, 80, 90, 65, 75, 85, 95]}, geometry=strips, crs=CRS,
    )  # fmt: skip
    d.toml["population"].pop("age_groups")


@mistake("district.area")
def a_district_of_a_country(d):
    d.toml["population"]["cell_m"] = 1000  # as somebody with a country would
    d.areas["geometry"] = [square(-100_000 * (number + 1), -100_000, -100_000 * number, 100_000) for number in range(4)]


@mistake("district.area")
def a_district_of_a_yard(d):
    d.areas["geometry"] = [square(500 + 20 * number, 490, 520 + 20 * number, 510) for number in range(4)]


@mistake("from the others")
def a_part_far_away(d):
    d.areas.loc[3, "geometry"] = square(20_000, 0, 20_500, 500)


@mistake("district.crs")
def a_crs_in_degrees(d):
    d.toml["district"]["crs"] = "EPSG:4326"


@mistake("district.area")
def a_crs_of_another_country(d):
    d.toml["district"]["crs"] = "EPSG:31370"


@mistake("network.osm")
def another_country_s_streets(d):
    d.nodes = {number: (x + 300_000, y - 500_000) for number, (x, y) in d.nodes.items()}


@mistake("district.name")
def a_name_left_empty(d):
    d.toml["district"]["name"] = {"en": "…"}


@mistake("has no name in")
def a_language_without_a_name(d):
    d.toml["district"]["languages"] = ["en", "fi"]


@mistake("not whole numbers of residents")
def residents_with_decimal_commas(d):
    d.areas["residents"] = ["310,5", "420,2", "275,1", "505,9"]
    d.toml["population"].pop("age_groups")


@mistake("not whole numbers of residents")
def thousands_with_points(d):
    d.areas["residents"] = [1.310, 1.42, 1.275, 1.505]
    d.toml["population"].pop("age_groups")


@mistake("not whole numbers of residents (-275)")
def one_negative(d):
    d.areas.loc[2, "residents"] = -275


@mistake("the residents of all areas are unknown")
def residents_all_nan(d):
    d.areas["residents"] = np.nan
    d.toml["population"].pop("age_groups")


@mistake("nobody lives in the district")
def residents_all_zero(d):
    d.areas["residents"] = 0
    d.toml["population"].pop("age_groups")


@mistake("sum to more than all residents")
def column_swapped_with_ages(d):
    d.toml["population"]["column"] = "age_0_17"
    d.toml["population"]["age_groups"]["0-17"] = "residents"


@mistake("sum to more than all residents")
def one_age_group_tenfold(d):
    d.areas["age_65"] *= 10


@mistake("column 'age_65'")
def ages_negative(d):
    d.areas.loc[0, "age_65"] = -5


@mistake("lies outside the area where EPSG:3067 is used")
def wrong_crs_label(d):
    d.areas = d.areas.set_crs("EPSG:3879", allow_override=True)


@mistake("but its coordinates are degrees")
def degrees_labelled_metres(d):
    d.areas = d.areas.to_crs(4326).set_crs(CRS, allow_override=True)


@mistake("codes stand for several areas")
def one_row_twice(d):
    d.areas = add_rows(d.areas, d.areas.iloc[[1]])


@mistake("Did you mean Ala?")
def condition_in_wrong_case(d):
    d.toml["population"]["where"] = "name == 'ALA'"


@mistake("population.cell_m: 1")
def cells_of_a_metre(d):
    d.toml["population"]["cell_m"] = 1


@mistake("holds Point, not areas")
def areas_as_points(d):
    d.areas = d.areas.set_geometry(d.areas.centroid)


@mistake("denser than any town")
def residents_hundredfold(d):
    d.areas["residents"] *= 100
    d.toml["population"].pop("age_groups")


@mistake("codes stand for several areas (001)")
def two_codes_alike(d):
    d.areas["code"] = ["001", "001", "003", "004"]


@mistake("lies in the district")
def population_of_another_town(d):
    a = d.areas.copy()
    a["geometry"] = a.translate(50000, 0)
    d.toml["population"]["source"] = "pop.gpkg"
    return lambda folder: a.to_file(folder / "pop.gpkg")


@mistake("sum to more than all residents")
def men_and_women_as_total(d):
    d.areas["residents"] = d.areas["residents"] // 2


@mistake("not whole numbers of residents (inf)")
def infinite_residents(d):
    d.areas["residents"] = d.areas["residents"].astype(float)
    d.areas.loc[0, "residents"] = np.inf
    d.toml["population"].pop("age_groups")


@mistake("where EPSG:32633 is used")
def crs_of_next_zone(d):
    d.toml["district"]["crs"] = "EPSG:32633"
