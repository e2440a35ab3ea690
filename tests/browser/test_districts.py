"""The page of a batch in a browser: its map tells districts, its table sorts and leads to the map."""

from pathlib import Path

import pytest
from watched import DESKTOP, PHONE, Watch, examined, until

from tesoma_geo.render.pages.districts import district_pages
from tesoma_geo.render.text.catalogue import catalogue
from tests.made_districts import LANGUAGES, made_districts, made_hubs

#: Far more districts than fit a screen; four without figures.
MANY = [f"District {number}" for number in range(60)]
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("districts")
    workspace = Path(__file__).resolve().parents[2] / "layers" / "tesoma.toml"
    for name, content in district_pages(*made_districts(workspace, out, MANY, failed=[7, 20, 33, 58])).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_axe_finds_no_violation(folder: Path, watch: Watch, language: str, size: tuple[int, int], dark: bool) -> None:
    page = watch(size, dark=dark).page
    page.goto((folder / ("index.html" if language == "fi" else f"{language}.html")).as_uri())
    page.evaluate(OPEN_ALL)
    results = examined(page, each_text=language == "fi")  # colours are of no language
    assert results.violations_count == 0, results.generate_report()


def test_a_phone_shows_it_in_few_screens_and_never_sideways(folder: Path, watch: Watch) -> None:
    watched = watch((390, 844))
    page = watched.to(folder / "en.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.documentElement.scrollHeight") <= 5 * 844
    small = page.evaluate(
        "[...document.querySelectorAll('a, button, input, summary')].filter((one) => one.checkVisibility() && "
        "!one.matches('.skip') && Math.min(one.closest('label')?.offsetHeight ?? 99, one.offsetHeight || 99) < 24)"
        ".filter((one) => !one.closest('label')).map((one) => one.outerHTML)"
    )
    assert small == []
    assert watched.faults == []


def test_the_table_sorts_and_a_row_leads_to_its_district_on_the_map(folder: Path, watch: Watch) -> None:
    watched = watch()
    page = watched.to(folder / "en.html")
    until(
        page,
        "document.querySelector('#ranking .table-tools:not([hidden])') && document.querySelector('#ranking .to-map')",
    )
    first = "document.querySelector('#ranking tbody th').textContent.trim()"
    assert page.evaluate(first) == "District 0"
    page.evaluate("document.querySelector('#ranking thead th:nth-child(3) button').click()")
    page.evaluate("document.querySelector('#ranking thead th:nth-child(3) button').click()")
    assert page.evaluate(first) == "District 59"
    page.evaluate("document.querySelector('#ranking tbody .to-map').click()")
    until(page, "document.querySelector('.told') !== null")
    assert page.evaluate("document.querySelector('.told strong').textContent") == "District 59"
    assert "to the hub" in page.evaluate("document.querySelector('.told').textContent")
    assert watched.faults == []


def test_a_sheets_map_is_no_higher_than_districts_in_a_row_need(
    watch: Watch, tmp_path: Path, sample_workspace: Path
) -> None:
    row = [f"District {number}" for number in range(8)]
    for name, content in district_pages(*made_districts(sample_workspace, tmp_path, row)).items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_bytes(content)
    watched = watch()
    page = watched.to(tmp_path / "out" / "en.html")
    page.evaluate("addEventListener('beforeprint', () => { window.kept = map_en.getSize(); })")
    page.pdf(format="A4")
    kept = page.evaluate("window.kept")
    assert kept["y"] < kept["x"] / 2
    until(page, "map_en.getContainer().style.maxHeight === ''")
    assert watched.faults == []


def test_another_way_of_moving_recolours_and_counts_anew(folder: Path, watch: Watch) -> None:
    watched = watch()
    page = watched.to(folder / "en.html")
    counts = "[...document.querySelectorAll('.map-legend [data-tells^=band]')].map((one) => Number(one.textContent))"
    on_foot = page.evaluate(counts)
    assert sum(on_foot) == len(MANY) - 4
    page.evaluate("document.querySelector('input[name=profile][value=bicycle]').click()")
    name = catalogue("en")("profile.bicycle")
    until(page, f"document.querySelector('[data-tells=profile]').textContent === '{name}'")
    cycling = page.evaluate(counts)
    assert sum(cycling) == len(MANY) - 4
    assert cycling[0] > on_foot[0]
    assert watched.faults == []


def test_without_scripts_the_tables_are_there(folder: Path, watch: Watch) -> None:
    page = watch(script=False).page
    page.goto((folder / "en.html").as_uri())
    assert page.locator("#ranking tbody").first.locator("tr").count() == len(MANY) - 4
    assert "JavaScript" in page.locator("noscript").first.inner_text()


def test_a_card_has_four_numbers_until_all_are_asked_for(folder: Path, watch: Watch) -> None:
    watched = watch((360, 780))
    page = watched.to_tables(folder / "en.html")
    until(page, "document.querySelector('#ranking table.cards')")
    shown = "[...document.querySelector('#ranking tbody tr').cells].filter((cell) => cell.checkVisibility()).length"
    whole = page.evaluate("document.querySelector('#ranking tbody tr').cells.length")
    assert page.evaluate(shown) == 1 + 4 < whole
    button = page.locator("#ranking").get_by_role("button", name="All numbers").first
    button.click()
    assert page.evaluate(shown) == whole
    assert button.get_attribute("aria-pressed") == "true"
    first = "document.querySelector('#ranking tbody th').textContent.trim()"
    given = page.evaluate(first)
    choice = page.locator("#ranking select").first
    choice.select_option(label="Residents")
    page.locator("#ranking thead button").nth(2).evaluate("(one) => one.click()")
    assert page.evaluate(first) != given
    choice.select_option(label="as on the page")
    assert page.evaluate(first) == given
    assert watched.faults == []


def test_the_name_of_a_narrow_district_stands_beside_it_with_a_line(folder: Path, watch: Watch) -> None:
    watched = watch((360, 780))
    page = watched.to(folder / "en.html")
    names = "Object.values(tesoma.current.tesoma.layers.names.placed).flat()"
    until(page, f"{names}.length")
    # A name without a line is narrower than the district in which its middle is.
    room = "(one) => tesoma.current.tesoma.layers.names.room(one)"
    scale = "Math.pow(2, Math.round(tesoma.current.getZoom()) - tesoma.ZOOM)"
    told = page.evaluate(
        f"{names}.map((one) => ({{ line: Boolean(one.of), wide: 2 * one.reach,"
        f" room: ({room})(one.of ? {{ x: one.of[0], y: one.of[1] }}"
        f" : {{ x: one.x / {scale}, y: one.y / {scale} }}) }}))"
    )
    assert any(name["line"] for name in told)
    assert all(name["line"] == (name["room"] < name["wide"]) for name in told)
    assert watched.faults == []


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("hubs")
    workspace = Path(__file__).resolve().parents[2] / "layers" / "tesoma.toml"
    names = [f"Place {number}" for number in range(11)]
    for name, content in district_pages(*made_hubs(workspace, names, failed=[4])).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return out


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_axe_finds_no_violation_where_places_for_a_hub_are_compared(
    hubs: Path, watch: Watch, size: tuple[int, int], dark: bool
) -> None:
    page = watch(size, dark=dark).page
    page.goto((hubs / "index.html").as_uri())
    page.evaluate(OPEN_ALL)
    results = examined(page, each_text=True)
    assert results.violations_count == 0, results.generate_report()


def test_a_row_leads_to_its_place_for_the_hub(hubs: Path, watch: Watch) -> None:
    watched = watch(PHONE)
    page = watched.to_tables(hubs / "en.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    until(page, "document.querySelector('#ranking .to-map')")
    page.evaluate("document.querySelector('#ranking tbody .to-map').click()")
    until(page, "document.querySelector('.told') !== null")
    told = page.evaluate("document.querySelector('.told').textContent")
    assert all(part in told for part in ("Place 0", "to the hub", "Rank 1"))
    page.evaluate("document.querySelector('input[name=profile][value=bicycle]').click()")
    name = catalogue("en")("profile.bicycle")
    until(page, f"document.querySelector('[data-tells=profile]').textContent === '{name}'")
    assert watched.faults == []
