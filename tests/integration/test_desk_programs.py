"""The files for the desk in the programs that they are for, where this machine has them."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tesoma_geo.assessment.outputs import write_results
from tesoma_geo.render.desk.write import write_desk

#: Debian's own Python, which its python3-qgis is made for.
SYSTEM_PYTHON = "/usr/bin/python3"
#: Reads a project, draws its visible layers, and tells what it holds as JSON.
DRAW = """
import json, os, sys
from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
read = project.read(sys.argv[1])
layers = list(project.mapLayers().values())
shown = [node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()]
settings = QgsMapSettings()
settings.setLayers(shown)
settings.setDestinationCrs(project.crs())
settings.setOutputSize(QSize(400, 300))
settings.setExtent(next(layer for layer in layers if "cells.gpkg" in layer.source()).extent())
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
picture = job.renderedImage()
colours = {picture.pixel(x, y) for x in range(400) for y in range(300)}
print(json.dumps({
    "read": read, "crs": project.crs().authid(), "layers": len(layers),
    "broken": [layer.name() for layer in layers if not layer.isValid()], "shown": [layer.name() for layer in shown],
    "errors": len(job.errors()), "colours": len(colours),
    "without_rows": [x.name() for x in layers if isinstance(x, QgsVectorLayer) and x.featureCount() < 1],
}), flush=True)
os._exit(0)  # QGIS may fall over when it is taken down
"""


def has_qgis() -> bool:
    """Whether Debian's Python can load QGIS."""
    asked = [SYSTEM_PYTHON, "-c", "import qgis.core"]
    return Path(SYSTEM_PYTHON).exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def run(sample_assessment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("programs") / "run"
    folder.mkdir()
    write_results(sample_assessment, folder)
    write_desk(sample_assessment, folder)
    return folder


@pytest.mark.skipif(not has_qgis(), reason="QGIS is not here: Debian's package python3-qgis")
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_qgis_reads_and_draws_the_project(run, language):
    drawn = subprocess.run(
        [SYSTEM_PYTHON, "-c", DRAW, str(run / f"project-{language}.qgz")],
        capture_output=True, text=True, check=True, env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    told = json.loads(drawn.stdout.splitlines()[-1])
    assert told["read"]
    assert told["crs"] == "EPSG:3067"
    assert told["broken"] == told["without_rows"] == []
    assert told["errors"] == 0
    assert told["layers"] > 25
    assert len(told["shown"]) >= 5
    assert told["colours"] > 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here: libreoffice-calc-nogui")
def test_libreoffice_reads_every_sheet(run, tmp_path):
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path), run / "tables.xlsx"],
        capture_output=True,
        check=True,
    )
    sheets = {path.stem.removeprefix("tables-"): path for path in tmp_path.glob("*.csv")}
    assert {"Ruudut", "Asukkaiden paikat", "Palvelut", "Selitykset"} <= set(sheets)
    for path in sheets.values():
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    assert not any("#" in path.read_text("utf-8").split("\n")[0] for path in sheets.values())
