"""Plausible mistakes in services."""

import gzip

from tests.mistakes.table import Mistakes
from tests.small_district import degrees, node

MISTAKES = Mistakes()
mistake = MISTAKES.mistake


@mistake("the same name at the same place")
def a_library_twice(d):
    d.libraries.append(list(d.libraries[1]))


@mistake("counted twice")
def a_library_in_both_layers(d):
    d.node_tags[node(2, 3)] = {"amenity": "library", "name": "Library of the east"}
    d.toml["services"]["osm"]["library"] = "amenity=library"


@mistake("one spot")
def libraries_all_at_one_spot(d):
    d.libraries = [d.libraries[0], *([f"L{number}", *d.libraries[1][1:]] for number in range(5))]


@mistake("in water")
def a_library_in_the_lake(d):
    d.libraries[1] = ["Lake library", *map(str, degrees(650, 650))]


@mistake("services.files.0")
def swapped_libraries(d):
    d.libraries = [d.libraries[0], *([name, lat, lon] for name, lon, lat in d.libraries[1:])]


@mistake("left out")
def a_library_in_another_town(d):
    d.libraries.append(["Far library", "24.9", "60.2"])


@mistake("left out")
def a_library_without_a_place(d):
    d.libraries.append(["New library", "", ""])


@mistake("services.files.0")
def a_row_of_more_fields_than_the_header(d):
    d.libraries = [d.libraries[0], *([row[0], "x", *row[1:]] for row in d.libraries[1:])]


@mistake("services.files.0")
def one_row_with_a_comma_in_its_name(d):
    d.libraries[1] = ["Library, East", *d.libraries[1][1:]]


@mistake("school")
def a_misspelt_tag(d):
    d.toml["services"]["osm"]["school"] = "amenity=scool"


@mistake("services.osm")
def a_filter_without_a_key(d):
    d.toml["services"]["osm"]["school"] = "school"


@mistake("one name")
def names_from_a_wrong_column(d):
    d.libraries = [d.libraries[0], *(["Library", *map(str, degrees(100 * number, 333))] for number in range(1, 9))]


@mistake("on a km²")
def every_building_a_library(d):
    places = [(45 * x + 3, 45 * y + 3) for x in range(22) for y in range(22)]
    d.libraries = [d.libraries[0], *([f"L{x}-{y}", *map(str, degrees(x, y))] for x, y in places)]


@mistake("services.files.0")
def a_missing_column_of_coordinates(d):
    d.toml["services"]["files"][0]["lon"] = "longitude"


@mistake("services.files.0")
def decimal_commas_in_a_csv_with_commas(d):
    d.libraries = [
        d.libraries[0],
        *([name, lon.replace(".", ","), lat.replace(".", ",")] for name, lon, lat in d.libraries[1:]),
    ]


@mistake("Did you mean name?")
def a_misspelt_column_of_names(d):
    d.toml["services"]["files"][0]["name"] = "nam"


@mistake("services.files.0: none of it lies in the study area")
def libraries_of_another_town(d):
    d.libraries = [d.libraries[0], ["Far library", *map(str, degrees(9000, 9000))]]


@mistake("there is no column 'lon'")
def no_header(d):
    d.libraries = d.libraries[1:]


@mistake("it has no rows")
def header_only(d):
    d.libraries = d.libraries[:1]


@mistake("no row has numbers in columns")
def coordinates_in_minutes(d):
    d.libraries = [d.libraries[0], *[[n, "23°37'36\"", "61°30'12\""] for n, *_ in d.libraries[1:]]]


@mistake("columns 'lon' and 'lon'")
def lon_and_lat_one_column(d):
    d.toml["services"]["files"][0]["lat"] = "lon"


@mistake("service_id")
def libraries_file_twice(d):
    d.toml["services"]["files"].append(dict(d.toml["services"]["files"][0]))


@mistake("none of it lies in the study area")
def whole_degrees(d):
    d.libraries = [d.libraries[0], *[[n, a.split(".")[0], b.split(".")[0]] for n, a, b in d.libraries[1:]]]


@mistake("services left out: outside the study area")
def two_decimals(d):
    d.libraries = [d.libraries[0], *[[n, f"{float(a):.2f}", f"{float(b):.2f}"] for n, a, b in d.libraries[1:]]]


@mistake("columns 'lon' and 'lat'")
def no_decimal_points(d):
    d.libraries = [d.libraries[0], *[[n, a.replace(".", ""), b.replace(".", "")] for n, a, b in d.libraries[1:]]]


@mistake("services.files.0.kind: 'libary'")
def kind_misspelt(d):
    d.toml["services"]["files"][0]["kind"] = "libary"


@mistake("Did you mean library?")
def kind_capital(d):
    d.toml["services"]["files"][0]["kind"] = "Library"


@mistake("look decoded wrongly")
def names_decoded_wrongly(d):
    d.libraries = [d.libraries[0], *[["KirjastoÃ¤ " + n, a, b] for n, a, b in d.libraries[1:]]]


@mistake("libraries.csv")
def services_html(d):
    return lambda folder: (folder / "libraries.csv").write_text(
        "<!doctype html><html><head><title>Login</title></head></html>\n"
    )


@mistake("is packed with gzip")
def services_gzip(d):
    return lambda folder: (folder / "libraries.csv").write_bytes(gzip.compress((folder / "libraries.csv").read_bytes()))


@mistake("services.files.0: 2 of 2 have no number in 'size'")
def capacity_text(d):
    d.toml["services"]["files"][0]["capacity"] = "size"
    d.libraries = [["name", "lon", "lat", "size"], *[[*r, "about 40"] for r in d.libraries[1:]]]
