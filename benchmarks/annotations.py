"""Ten thousand annotations in, clustered and out again; lived accessibility beside the mapped one.

    python benchmarks/annotations.py [WORKSPACE]

The first part works on made-up annotations, the second on a workspace (the bundled sample by default).
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "integration"))
from made_annotations import CRS, said

from tesoma_geo._workspace_annotations import Publish
from tesoma_geo.access.experience import lived_access
from tesoma_geo.access.inputs import read_inputs
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.patterns import clusters
from tesoma_geo.annotations.privacy import publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import write_publication
from tesoma_geo.annotations.store import Store
from tesoma_geo.network.router import StreetRouter
from tesoma_geo.workspace import Workspace, find_workspace


@contextmanager
def timed(what: str, limit_s: float | None = None) -> Iterator[None]:
    """Print how long a block takes, and the time it may take."""
    begin = time.perf_counter()
    yield
    seconds = time.perf_counter() - begin
    print(f"{what:<48}{seconds:8.2f} s" + (f"   (promised {limit_s:g} s)" if limit_s else ""))


def ten_thousand(folder: Path) -> None:
    made = said(2500, each=4, size_m=6000.0)
    print(f"{len(made.annotations)} annotations of {len(made.respondents)} respondents")
    with timed("import, cluster, publish", 10):
        store = Store(GeoPackage.open(folder / "annotations.gpkg", CRS), Key.random(), CRS)
        with timed("  import"):
            store.import_reading(made, "benchmark")
        annotations, respondents = store.annotations(), store.respondents()
        with timed("  cluster"):
            clusters(annotations)
        with timed("  publish"):
            ledger, parts = store.ledger()
            tables = annotations, respondents, ledger, parts
            write_publication(publication(*tables, key=store.key, settings=Publish()), folder)
    with timed("the same import again"):
        store.import_reading(made, "benchmark")


def lived(workspace: Workspace) -> None:
    inputs = read_inputs(workspace)
    annotations = inputs.annotations
    routers = {
        profile.name: StreetRouter.build(inputs.network, profile, workspace.network.max_snap_m)
        for profile in inputs.profiles
    }
    print(f"{workspace.path}: {len(annotations)} annotations, {len(inputs.origins)} origins, {len(routers)} profiles")
    for name in ("first", "second"):  # the first one compiles or loads the kernels
        with timed(f"lived accessibility beyond the mapped, {name}", 2):
            lived_access(inputs, annotations, fewest=workspace.publish.k, routers=routers)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        ten_thousand(Path(scratch))
    lived(Workspace.load(find_workspace(sys.argv[1] if len(sys.argv) > 1 else None)))
