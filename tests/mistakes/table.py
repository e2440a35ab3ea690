"""What a table of plausible mistakes is, and how it is tried."""

import os

import geopandas as gpd
import pandas as pd

from tesoma_geo.errors import TesomaError
from tesoma_geo.inputs.layers import check_inputs
from tesoma_geo.workspace import Workspace
from tests.conftest import CRS
from tests.small_district import SmallDistrict, square

#: Of what is left out: not the cells in which nobody would live.
_TOLD = ("areas", "row", "services", "trips")


class Mistakes(dict):
    """By name: what spoils a small district, what is to be told of it, and whether it has a timetable."""

    def mistake(self, key, *, transit=False):
        """Put a mistake into the table: a function that spoils a district; what is told names ``key``."""

        def kept(spoil):
            self[spoil.__name__] = (spoil, key, transit)
            return spoil

        return kept

    def chosen(self):
        """Every fifth of them; all where ``TESOMA_GEO_ALL_MISTAKES`` is set, as before a release."""
        return list(self) if os.environ.get("TESOMA_GEO_ALL_MISTAKES") else list(self)[::5]

    def assert_told(self, name, folder):
        """Spoil a district in one way, and look for what is told of it."""
        spoil, key, transit = self[name]
        district = SmallDistrict().with_transit() if transit else SmallDistrict()
        afterwards = spoil(district)
        if district.toml["district"]["area"]["source"] == "whole.gpkg":
            gpd.GeoDataFrame(geometry=[square(0, 0, 1000, 1000)], crs=CRS).to_file(folder / "whole.gpkg", layer="whole")
        lines = told(district, folder, afterwards)
        assert any(key in line for line in lines), lines


def told(district, folder, afterwards=None):
    """Keys of what is told about a district: of faults, doubts and things left out.

    ``afterwards`` spoils the files that were written.
    """
    path = district.write(folder)
    if callable(afterwards):
        afterwards(folder)
    try:
        inputs, reports = check_inputs(Workspace.load(path))
    except TesomaError as error:
        return [str(fault) for fault in error.faults] or [str(error)]
    found = [str(finding) for report in reports for finding in (*report.faults, *report.doubts)]
    left_out = [] if inputs is None else [str(left) for left in inputs.left_out if left.what.startswith(_TOLD)]
    return found + left_out


def add_rows(table, *rows):
    return gpd.GeoDataFrame(pd.concat([table, *rows], ignore_index=True), crs=table.crs)
