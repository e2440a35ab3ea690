"""A batch over a table of hubs: figures of each from the same homes, and one without a place with its reason."""

import geopandas as gpd

from tesoma_geo.assessment.assess import assess_inputs
from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.run import run_batch
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.render.pages.districts import district_pages
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


def test_the_figures_of_a_hub_are_those_of_the_workspace_with_it(sample_workspace, tmp_path):
    path = moved(sample_workspace, tmp_path, *of_profiles("walk"))
    plain = Workspace.load(path)
    lon, lat = plain.hub.entrances[0]
    (tmp_path / "hubs.csv").write_text(f"id,lon,lat\nhere,{lon},{lat}\naside,{lon + 0.004},{lat}\nlost,,\n")
    text = f'template = "{path.name}"\n[districts]\nsource = "hubs.csv"\nid = "id"\nlon = "lon"\nlat = "lat"\n'
    (tmp_path / "batch.toml").write_text(text, encoding="utf-8")
    result = run_batch(Batch.load(tmp_path / "batch.toml"), tmp_path / "out", pages=district_pages)
    table = gpd.read_parquet(tmp_path / "out" / "summary.parquet").set_index("district")
    assert table["reason"].to_dict() == {
        "aside": "", "here": "", "lost": "its row of hubs.csv has no place: no coordinates in lon and lat"
    }  # fmt: skip
    one = plain.hub.model_copy(update={"entrances": ((lon, lat),)})
    alone = assess_inputs(read_inputs(plain.model_copy(update={"hub": one, "hubs": ()})), lambda _: None)
    assert table.loc["here", "walk_median_min"] == alone.summary["profiles"]["walk"]["median_min"]
    assert table.loc["aside", "walk_median_min"] != table.loc["here", "walk_median_min"]
    assert table.loc["aside", "population"] == table.loc["here", "population"] == alone.summary["population_total"]
    assert result.has_page
    page = (tmp_path / "out" / "page" / "en.html").read_text(encoding="utf-8")
    assert catalogue("en")("hub_table.title") in page
    assert catalogue("en")("reason.place") in page
