"""Plausible mistakes in settings."""

from tests.mistakes.table import Mistakes

MISTAKES = Mistakes()
mistake = MISTAKES.mistake


def rewritten(old, new, encoding="utf-8"):
    """Put other words into the workspace file, or all of it into another encoding, once it is written."""

    def spoil(folder):
        path = folder / "tesoma.toml"
        path.write_bytes(path.read_text(encoding="utf-8").replace(old, new).encode(encoding))

    return spoil


@mistake("asked by no way of moving", transit=True)
def a_timetable_that_nobody_asks_for(d):
    d.toml["access"]["profiles"] = ["walk"]


@mistake("profiles.fast_walk: is not in access.profiles")
def a_way_of_moving_that_nobody_asks_for(d):
    d.toml["profiles"] = {"fast_walk": {"base": "walk", "speed_kmh": 6.0}}


@mistake("Did you mean summer?")
def a_round_that_is_misspelt(d):
    d.toml["annotations"][0]["round"] = "summer"
    d.toml["publish"] = {"cohort_closes": {"sumer": "2026-01-01"}}


@mistake("annotations.0.made_up: is not set")
def answers_that_nobody_gave_and_nothing_says_so(d):
    d.toml["annotations"][0]["licence"] = "Invented answers, CC0 1.0"


@mistake("access.cutoffs_min")
def cutoffs_in_seconds(d):
    d.toml["access"]["cutoffs_min"] = [300, 600, 900]


@mistake("access.cutoffs_min")
def cutoffs_in_hours(d):
    d.toml["access"]["cutoffs_min"] = [0.25, 0.5]


@mistake("access.services_within_min")
def services_within_seconds(d):
    d.toml["access"]["services_within_min"] = 900


@mistake("access.profiles")
def an_unknown_way_of_moving(d):
    d.toml["access"]["profiles"] = ["walking"]


@mistake("needs a timetable")
def transit_without_a_timetable(d):
    d.toml["access"]["profiles"] = ["walk", "transit"]


@mistake("profiles.walk.speed_kmh")
def walkers_in_metres_a_minute(d):
    d.toml["profiles"] = {"walk": {"speed_kmh": 80}}


@mistake("profiles.bicycle.speed_kmh")
def a_bicycle_slower_than_a_walker(d):
    d.toml["access"]["profiles"] = ["walk", "bicycle"]
    d.toml["profiles"] = {"bicycle": {"speed_kmh": 4}}


@mistake("profiles.walk_slow.speed_kmh")
def slow_walkers_that_are_fast(d):
    d.toml["access"]["profiles"] = ["walk", "walk_slow"]
    d.toml["profiles"] = {"walk_slow": {"speed_kmh": 6}}


@mistake("targets.walk_within_10_min")
def a_target_of_nobody(d):
    d.toml["targets"] = {"walk_within_10_min": 0}


@mistake("targets")
def a_target_in_per_cent(d):
    d.toml["targets"] = {"walk_within_10_min": 70}


@mistake("publish.k")
def a_publication_of_single_people(d):
    d.toml["publish"] = {"k": 1}


@mistake("network.buffer")
def a_misspelt_key(d):
    d.toml["network"]["buffer"] = 200


@mistake("'eng' is no language")
def language_eng(d):
    d.toml["district"]["languages"] = ["eng"]


@mistake("district.languages.1: 'se'")
def language_se_for_swedish(d):
    d.toml["district"]["languages"] = ["en", "se"]
    d.toml["district"]["name"]["se"] = "X"
    d.toml["hub"]["name"]["se"] = "X"


@mistake("'EN' is no language")
def language_upper(d):
    d.toml["district"]["languages"] = ["EN"]


@mistake("district.crs: 3067")
def crs_a_number(d):
    d.toml["district"]["crs"] = 3067


@mistake("whose metres are not those of the ground")
def crs_web_mercator(d):
    d.toml["district"]["crs"] = "EPSG:3857"


@mistake("population.as_of: is 2062")
def as_of_in_future(d):
    d.toml["population"]["as_of"] = "2062"


@mistake("population.as_of: '10.3.2026'")
def as_of_finnish_date(d):
    d.toml["population"]["as_of"] = "10.3.2026"


@mistake("population.as_of: is 1920")
def as_of_century_ago(d):
    d.toml["population"]["as_of"] = "1920"


@mistake("network.buffer_m: -200")
def buffer_negative(d):
    d.toml["network"]["buffer_m"] = -200


@mistake("network.buffer_m: '200 m'")
def buffer_text(d):
    d.toml["network"]["buffer_m"] = "200 m"


@mistake("does not increase")
def cutoffs_unsorted(d):
    d.toml["access"]["cutoffs_min"] = [15, 5, 10]


@mistake("does not increase")
def cutoffs_doubled(d):
    d.toml["access"]["cutoffs_min"] = [5, 5, 10]


@mistake("access.cutoffs_min.0: -5")
def cutoffs_negative(d):
    d.toml["access"]["cutoffs_min"] = [-5, 10]


@mistake("profiles.walk.speed_kmh: is 1.3")
def speed_in_ms(d):
    d.toml["profiles"] = {"walk": {"speed_kmh": 1.3}}


@mistake("profiles.walk.speed_kmh: '4,8'")
def speed_text(d):
    d.toml["profiles"] = {"walk": {"speed_kmh": "4,8"}}


@mistake("profiles.walk.speed_kmh: 0")
def speed_zero(d):
    d.toml["profiles"] = {"walk": {"speed_kmh": 0}}


@mistake("publish.k: is 500")
def k_larger_than_survey(d):
    d.toml["publish"] = {"k": 500}


@mistake("publish.k: 'five'")
def k_text(d):
    d.toml["publish"] = {"k": "five"}


@mistake("access.profiles: 'Walk'")
def profile_capital(d):
    d.toml["access"]["profiles"] = ["Walk"]


@mistake("names walk twice")
def profile_twice(d):
    d.toml["access"]["profiles"] = ["walk", "walk"]


@mistake("access.services_within_min: 0")
def within_zero(d):
    d.toml["access"]["services_within_min"] = 0


@mistake("targets.walk_within_10_min: -0.5")
def target_negative(d):
    d.toml["targets"] = {"walk_within_10_min": -0.5}


@mistake("bicycle is not in access.profiles")
def target_of_no_profile(d):
    d.toml["targets"] = {"bicycle_within_10_min": 0.5}


@mistake("Did you mean transit?")
def section_misspelt(d):
    d.toml["tranist"] = {"gtfs": ["x"]}


@mistake("tesoma.toml is not TOML")
def toml_decimal_comma(d):
    return lambda folder: (folder / "tesoma.toml").write_text(
        (folder / "tesoma.toml").read_text().replace("buffer_m = 200", "buffer_m = 0,2")
    )


@mistake("is not UTF-8 text")
def toml_utf16(d):
    return lambda folder: (folder / "tesoma.toml").write_bytes((folder / "tesoma.toml").read_text().encode("utf-16"))


@mistake("is not UTF-8 text")
def toml_latin1(d):
    return lambda folder: (folder / "tesoma.toml").write_bytes(
        (folder / "tesoma.toml").read_text().replace("Square", "Tesomajärvi").encode("latin-1")
    )


@mistake("tesoma.toml is not TOML")
def toml_key_twice(d):
    return lambda folder: (folder / "tesoma.toml").write_text(
        (folder / "tesoma.toml").read_text().replace("buffer_m = 200", "buffer_m = 200\nbuffer_m = 300")
    )


@mistake("tesoma.toml is not TOML")
def toml_curly_quotes(d):
    return lambda folder: (folder / "tesoma.toml").write_text(
        (folder / "tesoma.toml").read_text().replace('"town.osm"', "“town.osm”"), encoding="utf-8"
    )


@mistake("tesoma.toml is not TOML")
def toml_backslashes(d):
    return lambda folder: (folder / "tesoma.toml").write_text(
        (folder / "tesoma.toml").read_text().replace('"town.osm"', '"C:\\users\\town.osm"')
    )


@mistake("network.osm: 'Town.osm'")
def file_with_other_case(d):
    d.toml["network"]["osm"] = "Town.osm"
