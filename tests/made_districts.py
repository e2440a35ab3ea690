"""Rows of a batch with figures that are made up: districts, or places for a hub, on the bundled sample's workspace."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import shapely

from tesoma_geo import command_columns
from tesoma_geo.batch.run import summary_table
from tesoma_geo.batch.tasks import Task
from tesoma_geo.batch.work import Done
from tesoma_geo.workspace import Workspace

LANGUAGES = ("fi", "sv", "en", "et", "pt")
REASON = "nobody is known to live in the district, so it has no centre"
#: How many times as long as on foot a way takes.
PACE = {"walk": 1.0, "bicycle": 0.5, "wheelchair": 1.4, "transit": 0.8}


def made_districts(
    workspace: Path,
    folder: Path,
    names: Sequence[str],
    *,
    failed: Sequence[int] = (),
    profiles: Sequence[str] = ("walk", "bicycle"),
    side_m: float = 800.0,
) -> tuple[list[Task], gpd.GeoDataFrame]:
    """Tasks and table: the first district takes two minutes on foot, each further one three more."""
    lon, lat = 23.64, 61.505
    at = gpd.GeoSeries(gpd.points_from_xy([lon], [lat]), crs="EPSG:4326").to_crs("EPSG:3067").iloc[0]
    squares = [
        shapely.box(
            at.x + side_m * (n % 12),
            at.y + side_m * (n // 12),
            at.x + side_m * (n % 12 + 1),
            at.y + side_m * (n // 12 + 1),
        )
        for n in range(len(names))
    ]
    codes = [f"d{number:03d}" for number in range(len(names))]
    gpd.GeoDataFrame({"code": codes}, geometry=squares, crs="EPSG:3067").to_file(folder / "districts.gpkg")
    base = Workspace.load(workspace)
    section = base.district.model_copy(update={"languages": LANGUAGES})
    access = base.access.model_copy(update={"profiles": tuple(profiles)})
    base = base.model_copy(update={"district": section, "access": access})
    tasks, done = [], []
    for number, (code, name) in enumerate(zip(codes, names, strict=True)):
        area = section.area.model_copy(
            update={"source": str(folder / "districts.gpkg"), "layer": None, "where": f"code == '{code}'"}
        )
        own = base.model_copy(update={"district": section.model_copy(update={"area": area})})
        tasks.append(Task(code, name, own, shares=base, centred=True))
        figures = {} if number in failed else figures_of(number, profiles, base.access.cutoffs_min)
        reason = REASON if number in failed else ""
        record = {"key": "k", "district": code, "name": name, "reason": reason, "figures": figures}
        done.append(Done(code, record, 0.0))
    return tasks, summary_table(tasks, done)


def figures_of(number: int, profiles: Sequence[str], cutoffs: Sequence[float]) -> dict[str, float | None]:
    """The figures of a district, by the columns of the table."""
    figures: dict[str, float | None] = {"population": 100.0 + number, "hub_lon": 23.64, "hub_lat": 61.505}
    for profile in profiles:
        median = 2.0 + 3.0 * number * PACE[profile]
        figures[command_columns.BATCH_MEDIAN_MIN.of(profile)] = median
        figures[command_columns.BATCH_P90_MIN.of(profile)] = median + 4.0
        figures[command_columns.BATCH_UNREACHABLE.of(profile)] = 0.0
        for limit in cutoffs:
            figures[command_columns.BATCH_WITHIN_SHARE.of(profile, f"{limit:g}")] = float(median <= limit)
    return figures


def without_sharing(tasks: Sequence[Task]) -> list[Task]:
    """The same districts as workspaces of their own."""
    return [replace(task, shares=None, centred=False) for task in tasks]


def made_hubs(
    workspace: Path, names: Sequence[str], *, failed: Sequence[int] = (), profiles: Sequence[str] = ("walk", "bicycle")
) -> tuple[list[Task], gpd.GeoDataFrame]:
    """Tasks and table of places for the hub of one district, 200 metres apart: the first is two minutes away."""
    base = Workspace.load(workspace)
    access = base.access.model_copy(update={"profiles": tuple(profiles)})
    district = base.district.model_copy(update={"languages": LANGUAGES})
    base = base.model_copy(update={"district": district, "access": access})
    (lon, lat), tasks, done = base.hub.entrances[0], [], []
    for number, name in enumerate(names):
        key, fault = f"h{number:03d}", "its row has no place" if number in failed else ""
        tasks.append(Task(key, name, base, shares=base, fault=fault, one_of_hubs=True))
        place = {"hub_lon": lon + 0.004 * (number % 8), "hub_lat": lat + 0.002 * (number // 8)}
        figures = {} if fault else figures_of(number, profiles, base.access.cutoffs_min) | place
        done.append(Done(key, {"key": "k", "district": key, "name": name, "reason": fault, "figures": figures}, 0.0))
    return tasks, summary_table(tasks, done)
