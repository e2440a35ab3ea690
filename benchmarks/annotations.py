"""``python -m benchmarks.annotations``: ten thousand annotations in and out, and lived accessibility; writes
``annotations.md``.

The first part works on made-up annotations in an embedded store, the second on workspaces with surveys: what lived
accessibility takes beside the mapped one, whose routers are there.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import geopandas as gpd
from shapely import box

from benchmarks.timing import machine, measured, pretty, versions
from tesoma_geo.analysis.lived_access import lived_access
from tesoma_geo.annotations.cohorts import ClosingDate, closed_cohort, no_members, waiting_answers
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.patterns import clusters
from tesoma_geo.annotations.privacy import Publication, publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import write_publication
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_import import ImportCounts
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.network import StreetRouter
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish

HERE = Path(__file__).parent
WORKSPACES = (HERE.parent.parent / "shared" / "data" / "tesoma.toml", HERE.parent / "layers" / "tesoma.toml")
sys.path.insert(0, str(HERE.parent / "tests" / "integration"))
from made_annotations import CORNER, CRS, said  # noqa: E402 - lies among the tests

PEOPLE, EACH, SIDE_M = 2500, 4, 6000.0
#: Seconds that are aimed at.
IN_AND_OUT_S, LIVED_S = 10.0, 2.0


def in_and_out() -> dict[str, float]:
    """Seconds of each step from an export in memory to published files; the store is new each time."""
    made = said(PEOPLE, each=EACH, size_m=SIDE_M)
    halves = [box(CORNER[0] + x, CORNER[1], CORNER[0] + x + SIDE_M / 2, CORNER[1] + SIDE_M) for x in (0, SIDE_M / 2)]
    areas = gpd.GeoDataFrame({"code": ["1", "2"]}, geometry=halves, crs=CRS)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def imported() -> tuple[Store, ImportCounts]:
            path = folder / f"{len(list(folder.glob('*.gpkg')))}.gpkg"
            store = Store(GeoPackage.open(path, CRS), Key.random(), CRS)
            return store, store.import_reading(made, "benchmark")

        took, (store, _) = measured(imported, 3)
        seconds = {"import": took.median}
        annotations, respondents = store.annotations(), store.respondents()
        took, _ = measured(lambda: clusters(annotations), 3)
        seconds["cluster"] = took.median

        def published() -> Publication:
            waiting = waiting_answers(annotations, respondents, no_members())
            closed = closed_cohort(ClosingDate("1"), waiting, Publish(), today=None)
            cohorts = [closed[0]] if closed else []
            done = publication(annotations, cohorts, key=store.key, settings=Publish(), areas=areas)
            write_publication(done, folder)
            return done

        took, _ = measured(published, 3)
        seconds["close the cohort and publish, with the findings"] = took.median
        took, _ = measured(lambda: store.import_reading(made, "benchmark"), 3)
        seconds["the same import again"] = took.median
    return seconds


def lived(path: Path) -> tuple[str, float]:
    """What is assessed, and the seconds of lived accessibility beyond the mapped."""
    workspace = Workspace.load(path)
    inputs = read_inputs(workspace)
    annotations = inputs.annotations
    if annotations is None:
        raise SystemExit(f"{path} names no [[annotations]]")
    routers = {
        profile.name: StreetRouter.build(inputs.network, profile, workspace.network.max_snap_m)
        for profile in inputs.profiles
    }
    took, _ = measured(lambda: lived_access(inputs, annotations, fewest=workspace.publish.k, routers=routers), 5)
    made_up = ", made-up sample" if workspace.district.made_up else ""
    what = f"{len(annotations)} annotations, {len(inputs.origins)} origins, {len(routers)} profiles{made_up}"
    return what, took.median


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspaces", nargs="*", type=Path, default=WORKSPACES)
    parser.add_argument("--out", type=Path, default=HERE / "annotations.md")
    options = parser.parse_args()
    steps = in_and_out()
    whole = sum(seconds for step, seconds in steps.items() if not step.startswith("the same"))
    of_lived = [lived(path) for path in options.workspaces if path.exists()]
    lines = [
        "# Benchmarks of residents' annotations",
        "",
        f"Written by `python -m benchmarks.annotations`; medians, warm. {machine()}, load {os.getloadavg()[0]:.1f}. "
        f"{versions(['numba', 'numpy', 'pandas', 'scikit-learn', 'shapely'])}.",
        "",
        "| task | took | target |",
        "|---|---:|---:|",
        f"| {PEOPLE * EACH:,} annotations: import, cluster, publish | {pretty(whole)} | {pretty(IN_AND_OUT_S)} |",
        *(f"| – {step} | {pretty(seconds)} | |" for step, seconds in steps.items()),
        *(
            f"| lived accessibility beyond the mapped: {what} | {pretty(s)} | {pretty(LIVED_S)} |"
            for what, s in of_lived
        ),
    ]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
