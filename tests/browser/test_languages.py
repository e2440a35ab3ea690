"""A page in a fourth language, with long words and three plural forms, works as the others do."""

from dataclasses import replace
from pathlib import Path

import pytest
from pseudo_language import TAG, write_pseudo_catalogue
from watched import PHONE, Watch, until

import tesoma_geo as tg
from tesoma_geo.render.pages.write import write_single, write_site

VIEW = "tesoma.viewOf(tesoma.current)"


@pytest.fixture(scope="module")
def translated(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> tg.Assessment:
    """The sample, whose workspace brings a catalogue of its own."""
    path = write_pseudo_catalogue(tmp_path_factory.mktemp("catalogue") / "long.po")
    workspace = assessment.workspace
    district = workspace.district.model_copy(update={"languages": ("en", TAG), "catalogues": {TAG: str(path)}})
    inputs = replace(assessment.inputs, workspace=workspace.model_copy(update={"district": district}))
    return replace(assessment, inputs=inputs)


def test_a_page_in_a_fourth_language(translated: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    write_site(translated, tmp_path)
    watched = watch()
    page = watched.to(tmp_path / f"{TAG}.html")
    assert page.locator("html").get_attribute("lang") == TAG
    assert "õ" in page.locator("h1").inner_text()
    counted = page.evaluate(
        "[0, 1, 2, 11, 21, 22, 110].map((n) => tesoma.counted(tesoma.current.tesoma.state.words.residents, n)[0])"
    )
    assert "".join(counted) == "③①②③①②③"
    page.goto((tmp_path / f"figures-{TAG}.html").as_uri())
    status = page.locator("#services .table-tools [role=status]").first
    assert {name for name in ("one", "few", "other") if status.get_attribute(f"data-{name}")} == {"one", "few", "other"}
    page.locator("#services-filter").fill("õ")
    until(page, "document.querySelector('#services .table-tools [role=status]').textContent !== ''")
    assert watched.faults == []


def test_long_words_fit_a_phone(translated: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    write_site(translated, tmp_path, stills=False)
    for name in (TAG, f"by-walk-{TAG}", f"figures-{TAG}"):
        watched = watch(PHONE)
        opened = watched.to_tables if name.startswith("figures") else watched.to
        page = opened(tmp_path / f"{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert watched.faults == []


def test_one_file_holds_it_too(translated: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    write_single(translated, tmp_path / "single.html")
    watched = watch()
    page = watched.to(tmp_path / "single.html")
    page.locator(f"a[hreflang='{TAG}']").first.click()
    until(page, f"document.documentElement.lang === '{TAG}' && document.querySelector('.ready .sheet canvas') !== null")
    assert watched.faults == []


@pytest.mark.parametrize("alone", [False, True])
def test_another_language_keeps_what_was_chosen_on_the_map(
    site: Path, assessment: tg.Assessment, watch: Watch, tmp_path: Path, alone: bool
) -> None:
    file = site / "index.html"
    if alone:
        file = tmp_path / "single.html"
        write_single(assessment, file)
    watched = watch()
    page = watched.to(file)
    page.locator(".map-season input[value=winter]").check()
    page.locator(".map-profile input[value=transit]").check()
    page.locator(".map-departure input").press("ArrowRight")
    until(page, "location.hash.includes('season=winter') && location.hash.includes('departure=')")
    before = page.evaluate(VIEW)
    assert (before["season"], before["profile"]) == ("winter", "transit")
    assert before["departure"]
    page.locator("a[hreflang=sv]").first.click()
    until(page, "document.documentElement.lang === 'sv' && document.querySelector('.ready .sheet canvas') !== null")
    kept = ("profile", "season", "departure", "hide")
    after = page.evaluate(VIEW)
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    page.locator("a[href='by-walk-sv.html']").first.click()
    until(page, "document.querySelector('.map-frame[data-profile=walk].ready .sheet canvas') !== null")
    assert page.evaluate(VIEW)["season"] == "summer"  # Another page is no other language.
    assert watched.faults == []
