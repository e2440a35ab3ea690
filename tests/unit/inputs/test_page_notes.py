"""What pages ask of the workspace."""

from pathlib import Path

import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.page_notes import page_notes
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.workspace import Workspace

FILE = """
[district]
name = "Kylä"
area = "areas.gpkg"
crs = "EPSG:3067"
languages = {languages}
[hub]
{name}
entrances = [[23.6, 61.5]]
[network]
osm = "streets.osm"
[population]
source = "areas.gpkg"
column = "population"
{more}
"""
FORMS = 'name.fi = { nom = "Tori", gen = "Torin", ill = "Torille", ine = "Torilla", ela = "Torilta" }'


def workspace(folder: Path, name: str = 'name = "Tori"', languages: str = '["fi", "sv"]', more: str = "") -> Workspace:
    for file in ("areas.gpkg", "streets.osm"):
        (folder / file).touch()
    path = folder / "tesoma.toml"
    path.write_text(FILE.format(name=name, languages=languages, more=more), encoding="utf-8")
    return Workspace.load(path)


def asked(made: Workspace, *reports: LayerReport) -> set[str]:
    return {note.where for note in page_notes(made, reports)}


def test_forms_are_asked_for_in_finnish_alone(tmp_path: Path) -> None:
    assert {key for key in asked(workspace(tmp_path)) if key.startswith("hub")} == {"hub.name.fi"}
    assert not {key for key in asked(workspace(tmp_path, languages='["sv", "en"]')) if key.startswith("hub")}
    assert not {key for key in asked(workspace(tmp_path, FORMS)) if key.startswith("hub")}


def test_who_answers_for_the_pages_is_asked_for(tmp_path: Path) -> None:
    assert asked(workspace(tmp_path, FORMS)) == {"site.contact", "site.authority", "site.author", "site.compliance"}
    told = '[site]\ncontact = "a@b.fi"\nauthority = "Kaupunki"\ncompliance = "partial"\nchecked_on = 2026-11-02'
    assert asked(workspace(tmp_path, FORMS, more=told)) == {"site.author"}
    assert asked(workspace(tmp_path, FORMS, more=f'{told}\nauthor = "Kaavoitus"')) == set()


def test_a_layer_without_licence_is_told_of(tmp_path: Path) -> None:
    reports = (LayerReport("winter", Path("w.gpkg")), LayerReport("nature", Path("n.gpkg"), licence="CC0 1.0"))
    assert "winter" in asked(workspace(tmp_path), *reports)
    assert "nature" not in asked(workspace(tmp_path), *reports)


@pytest.mark.parametrize(
    ("site", "key"),
    [
        ('contact = "nobody"', "site.contact"),
        ('contact = "javascript:alert(1)"', "site.contact"),
        ('compliance = "full"', "site"),
        ('compliance = "well"\nchecked_on = 2026-11-02', "site.compliance"),
    ],
)
def test_what_the_site_may_not_say_is_a_fault(tmp_path: Path, site: str, key: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        workspace(tmp_path, more=f"[site]\n{site}")
    assert [fault.where for fault in error.value.faults] == [key]


def test_what_the_workspace_file_itself_says_needs_no_licence(tmp_path: Path) -> None:
    read = workspace(tmp_path)
    reports = (LayerReport("hub.entrances", read.path), LayerReport("winter", Path("w.gpkg")))
    assert "winter" in asked(read, *reports)
    assert "hub.entrances" not in asked(read, *reports)
