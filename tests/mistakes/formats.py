"""Plausible mistakes in the forms of files: tables of offices and spreadsheets, and what drawing programs export."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import openpyxl
import shapely

from tests.conftest import CORNER, CRS
from tests.mistakes.table import Mistakes
from tests.small_district import degrees, square

MISTAKES = Mistakes()
mistake = MISTAKES.mistake

EAST, WEST = degrees(205, 300), degrees(810, 795)


def table(*rows, ends="\n", encoding="utf-8"):
    """Writes the table of libraries anew, from lines."""

    def write(folder):
        (folder / "libraries.csv").write_bytes("".join(row + ends for row in rows).encode(encoding))

    return write


def rows_of(separator=",", wrap="{}"):
    places = (("L0", *EAST), ("L1", *WEST))
    return [separator.join((name, wrap.format(lon), wrap.format(lat))) for name, lon, lat in places]


def workbook(d, *sheets):
    """Libraries from a workbook; each sheet is a list of rows."""
    d.toml["services"]["files"][0]["source"] = "libraries.xlsx"

    def write(folder):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets):
            sheet = book.create_sheet(f"Sheet {number + 1}")
            for row in rows:
                sheet.append(row)
        book.save(folder / "libraries.xlsx")

    return write


@dataclass
class AreasElsewhere:
    """Residents from another file than the district's outline."""

    name: str
    save: Any

    def __call__(self, folder):
        gpd.GeoDataFrame(geometry=[square(0, 0, 1000, 1000)], crs=CRS).to_file(folder / "whole.gpkg", layer="whole")
        self.save(folder / self.name)


def residents_from(d, name, save):
    d.toml["population"]["source"], d.toml["district"]["area"]["source"] = name, "whole.gpkg"
    return AreasElsewhere(name, save)


@mistake("decoded wrongly")
def two_encodings_in_one_file(d):
    return lambda folder: (folder / "libraries.csv").write_bytes(
        f"name,lon,lat\nÄlä,{EAST[0]},{EAST[1]}\n".encode() + f"Öljy,{WEST[0]},{WEST[1]}\n".encode("cp1252")
    )


@mistake("zero bytes")
def utf16_without_a_mark(d):
    return table("name,lon,lat", *rows_of(), encoding="utf-16-le")


@mistake("zero bytes")
def a_zero_byte_in_a_name(d):
    return table("name,lon,lat", f"L\0,{EAST[0]},{EAST[1]}", *rows_of())


@mistake("several columns are called 'lon'")
def two_columns_of_one_name(d):
    return table("name,lon,lat,lon", *(row + ",0" for row in rows_of()))


@mistake("its columns are Libraries")
def a_title_above_the_header(d):
    return table("Libraries 2025", "", "name\tlon\tlat", *rows_of("\t"))


@mistake("Did you mean Lon")
def capitals_in_the_header(d):
    return table("Name,Lon,Lat", *rows_of())


@mistake("Did you mean")
def blanks_in_the_header(d):
    return table("name ,lon ,lat ", *rows_of())


@mistake("spreadsheet or a zip file")
def a_workbook_named_as_a_table(d):
    write = workbook(d, [["name", "lon", "lat"], ["L0", *EAST], ["L1", *WEST]])
    d.toml["services"]["files"][0]["source"] = "libraries.csv"
    return lambda folder: (write(folder), (folder / "libraries.xlsx").replace(folder / "libraries.csv"))


@mistake("EOF inside string")
def a_quotation_mark_never_closed(d):
    first, second = rows_of()
    return table("name,lon,lat", '"' + first, second)


@mistake("lies outside the area")
def west_for_east(d):
    return table("name,lon,lat", *(row.replace(",2", ",-2") for row in rows_of()))


@mistake("no row has numbers")
def degrees_with_signs(d):
    return table("name,lon,lat", *rows_of(wrap="{}°"))


@mistake("no coordinates in lon and lat")
def a_place_of_zeros(d):
    return table("name,lon,lat", "L2,0,0", *rows_of())


@mistake("no coordinates in lon and lat")
def a_row_that_is_cut_off(d):
    return table("name,lon,lat", f"L2,{EAST[0]}", *rows_of())


@mistake("outside the area")
def one_row_swapped(d):
    return table("name,lon,lat", f"L2,{EAST[1]},{EAST[0]}", *rows_of())


@mistake("outside the area")
def numbers_with_exponents(d):
    return table("name,lon,lat", "L2,2.3E+01,6.1E+00", *rows_of())


@mistake("there is no column 'lon'")
def merged_cells_above_the_header(d):
    return workbook(d, [["Libraries", None, None], ["name", "lon", "lat"], ["L0", *EAST], ["L1", *WEST]])


@mistake("several sheets")
def an_empty_first_sheet(d):
    return workbook(d, [], [["name", "lon", "lat"], ["L0", *EAST], ["L1", *WEST]])


@mistake("no coordinates in lon and lat")
def a_date_for_a_coordinate(d):
    day = datetime.datetime(2025, 6, 23)
    return workbook(d, [["name", "lon", "lat"], ["L0", day, 61.5], ["L1", *WEST]])


@mistake("libraries.xlsx")
def formulas_never_computed(d):
    return workbook(d, [["name", "lon", "lat"], ["L0", "=23+0.62", "=61.5"], ["L1", "=23+0.63", "=61.5"]])


@mistake("no coordinates in lon and lat")
def errors_of_a_spreadsheet(d):
    return workbook(d, [["name", "lon", "lat"], ["L0", "#N/A", "#REF!"], ["L1", *WEST]])


@mistake("no coordinates in lon and lat")
def a_row_of_totals(d):
    return workbook(d, [["name", "lon", "lat"], ["L0", *EAST], ["L1", *WEST], ["Total", None, None]])


@mistake("no geometry")
def an_area_never_drawn(d):
    d.areas.loc[1, "geometry"] = None


@mistake("no geometry")
def an_area_of_no_points(d):
    d.areas.loc[1, "geometry"] = shapely.Polygon()


@mistake("holds LineString")
def outlines_for_areas(d):
    d.areas["geometry"] = d.areas.boundary


@mistake("residents live in water")
def an_area_that_crosses_itself(d):
    west, south = CORNER
    d.areas.loc[3, "geometry"] = shapely.Polygon(
        [(west + x, south + y) for x, y in ((600, 600), (700, 700), (700, 600), (600, 700))]
    )


@mistake("('1,310')")
def residents_with_commas(d):
    d.areas["residents"] = ["1,310", "420", "275", "505"]


@mistake("1'310")
def residents_with_apostrophes(d):
    d.areas["residents"] = ["1'310", "420", "275", "505"]


@mistake("('<5')")
def fewer_than_five(d):
    d.areas["residents"] = ["<5", "420", "275", "505"]


@mistake("residents are unknown")
def two_points_for_unknown(d):
    d.areas["residents"] = ["..", "420", "275", "505"]


@mistake("2 areas have no code")
def areas_without_a_code(d):
    d.areas["code"] = ["001", None, "003", None]


@mistake("not whole numbers")
def shares_over_a_hundred(d):
    for group in ("age_0_17", "age_18_64", "age_65"):
        d.areas[group] = d.areas[group] / d.areas["residents"] * 100
    d.areas.loc[0, "age_0_17"] = 140


@mistake("runs from old to young")
def ages_backwards(d):
    d.toml["population"]["age_groups"] = {"17-0": "age_0_17", "18-64": "age_18_64", "65-": "age_65"}


@mistake("share ages")
def ages_in_two_groups(d):
    d.toml["population"]["age_groups"] = {"0-18": "age_0_17", "18-64": "age_18_64", "65+": "age_65"}


@mistake("nobody of the ages 18-24")
def ages_in_no_group(d):
    d.toml["population"]["age_groups"] = {"0-17": "age_0_17", "25-64": "age_18_64", "65-": "age_65"}


@mistake("is no year, month or day")
def a_year_of_two_digits(d):
    d.toml["population"]["as_of"] = "25-06-01"


@mistake("population.as_of")
def a_year_of_the_romans(d):
    d.toml["population"]["as_of"] = "0025-06-01"


@mistake("columns.time")
def days_as_spreadsheets_count_them(d):
    d.answers["time"] = [45720 + number for number in range(12)]


@mistake("columns.time")
def months_before_days(d):
    d.answers["time"] = ["03/14/2025 12:00"] * 12


@mistake("older than the year 2000")
def the_first_day_of_computers(d):
    d.answers["time"] = ["1970-01-01T00:00:00"] * 12


@mistake("is labelled")
def answers_with_a_wrong_label(d):
    d.answers = d.answers.set_crs(CRS, allow_override=True)


@mistake("does not say which coordinate reference system")
def a_shapefile_without_its_prj(d):
    def save(path):
        d.areas.to_file(path)
        path.with_suffix(".prj").unlink()

    return residents_from(d, "areas.shp", save)


@mistake("its columns are none")
def a_shapefile_without_its_dbf(d):
    def save(path):
        d.areas.to_file(path)
        path.with_suffix(".dbf").unlink()

    return residents_from(d, "areas.shp", save)


@mistake("but its coordinates are metres")
def geojson_in_metres(d):
    def save(path):
        content = json.loads(d.areas.to_json())
        content.pop("crs", None)
        path.write_text(json.dumps(content), encoding="utf-8")

    return residents_from(d, "areas.geojson", save)


@mistake("several layers: draft, final")
def a_draft_beside_the_layer(d):
    def save(path):
        d.areas.to_file(path, layer="draft")
        d.areas.to_file(path, layer="final")

    return residents_from(d, "two.gpkg", save)


@mistake("it has no rows")
def a_layer_without_rows(d):
    return residents_from(d, "none.gpkg", lambda path: d.areas.iloc[:0].to_file(path, layer="areas"))


@mistake("does not say which coordinate reference system")
def geoparquet_without_its_system(d):
    return residents_from(d, "areas.parquet", d.areas.set_crs(None, allow_override=True).to_parquet)


@mistake("swapped")
def north_before_east(d):
    d.areas["geometry"] = [shapely.transform(one, lambda points: points[:, ::-1]) for one in d.areas.geometry]


@mistake("holds Point, not areas")
def lakes_as_points(d):
    d.water["geometry"] = d.water.centroid


@mistake("which are not elevations")
def heights_of_9999_for_unknown(d):
    d.heights[:30, :30] = 9999


@mistake("no list of pairs")
def an_entrance_with_a_height(d):
    d.toml["hub"]["entrances"] = [[*degrees(500, 502), 99.0]]


@mistake("is refused")
def several_tags_as_a_list(d):
    d.toml["services"]["osm"] = {"school": ["amenity=school", "amenity=college"]}


@mistake("is not a filter")
def a_tag_with_blanks(d):
    d.toml["services"]["osm"] = {"school": " amenity = school "}
