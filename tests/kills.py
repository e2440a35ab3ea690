"""Commands ended at random moments: ``python -m tests.kills SECONDS``, outside the test runs.

A small district in ``build/kills``: `run`, `run` with an empty cache, `run --keep-inputs`, `site`, `scenario`, `trend`,
`batch`, `annotations import`, `annotations publish` and `fetch --overwrite`, each into what an earlier call left
(`batch` from nothing too), and each ended by SIGKILL, SIGTERM, SIGINT thrice, SIGHUP or SIGQUIT. After every kill the
former result or the new one must be whole (each file as its mark says; of a batch each district that its records call
done), the store must open and hold all of its annotations, what was fetched must be as its record says, and no process
may be left. In the end every command is run to its end: it must give what it gave before the kills, and leave no
temporaries. Totals are kept in ``build/kills-totals.json``; a next call goes on counting. With names behind the
seconds (``trend batch``) only commands that begin so are killed.
"""

import json
import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pandas as pd

from tesoma_geo._downloads import record_of
from tesoma_geo._result_mark import require_ours
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.batch.work import RECORDS, cells_name
from tesoma_geo.errors import OutputError
from tesoma_geo.workspace.addresses import source_path
from tests.conftest import CRS, ROOT
from tests.small_district import SmallDistrict

FOLDER = ROOT / "build" / "kills"
SIGNALS = ("SIGKILL", "SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT")
COMMANDS = {
    "run": ["run", "--out", "out", "--overwrite"],
    "run, empty cache": ["run", "--out", "out", "--overwrite"],
    "run, inputs kept": ["run", "--keep-inputs", "--as-of", "2025-06-01", "--out", "years/2025", "--overwrite"],
    "trend": ["trend", "--series", "years", "--out", "trend", "--overwrite"],
    "batch": ["batch", "east.toml", "west.toml", "--out", "batch"],
    "batch, from nothing": ["batch", "east.toml", "west.toml", "--out", "batch"],
    "batch, processes": ["batch", "east.toml", "west.toml", "--out", "batch", "--scheduler", "processes"],
    "site": ["site", "--out", "site", "--overwrite"],
    "scenario": ["scenario", "plan.toml", "--out", "plan", "--overwrite"],
    "annotations import": ["annotations", "import"],
    "annotations publish": ["annotations", "publish", "--out", "public", "--overwrite"],
    "fetch": ["fetch", "--overwrite"],
}
#: The key of a batch's record follows what was fetched, which changes.
_KEY = re.compile(rb'"key": "[0-9a-f]{32}"')
#: Commands that take no workspace from the line.
ALONE = ("trend", "batch")
#: Those that begin with a folder or a cache that is not there.
EMPTY = {"run, empty cache": "cache", "batch, from nothing": "batch", "batch, processes": "batch"}
#: In the order in which one needs another.
ORDER = ("fetch", "annotations import", "run", "run, inputs kept", "site", "scenario", "trend", "annotations publish",
         "batch")  # fmt: skip
RESULTS = ("out", "site", "plan", "public", "trend", "years/2025")
PLAN = 'name = "Plan"\n[[links]]\nline = [[23.6266, 61.5033], [23.6286, 61.5043]]\ntags = { highway = "footway" }\n'


def begun(words: list[str], folder: Path = FOLDER) -> int:
    """The process of a command: forked here, where the libraries are loaded already."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        os.setsid()
        os.chdir(folder)
        said = os.open(FOLDER / "said.txt", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)
        from tesoma_geo.cli import main

        sys.argv = ["tesoma-geo", *words, *([] if words[0] in ALONE else ["--workspace", "tesoma.toml"])]
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 - counted as a traceback
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(child: int, limit_s: float) -> int | None:
    """How a process ended; None where it did not in that time, and was ended here."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _left(group: int) -> list[str]:
    """Processes of a command that ended which live half a minute later; they are ended."""
    for _ in range(300):
        living = list(_living(group))
        if not living:
            return []
        time.sleep(0.1)
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    return living


def _living(group: int) -> Iterator[str]:
    """How the processes of a group were called; those that ended and that nobody has waited for aside."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, of = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(of) == group and state != "Z":
                yield (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[-80:]


def harm(annotations: int) -> list[str]:
    """What is not as it should be."""
    told = []
    for name in RESULTS:
        try:
            require_ours(FOLDER / name, FOLDER / name)
        except (OutputError, OSError) as error:
            told.append(str(error))
    try:
        with closing(GeoPackage.open(FOLDER / "annotations.gpkg", CRS)) as store:
            held = store.query("SELECT count(*) FROM annotations")[0][0]
        if held != annotations:
            told.append(f"{held} annotations of {annotations}")
        record_of(source_path(FOLDER / "tesoma.toml", _address()))
    except Exception as error:  # noqa: BLE001 - what is looked for
        told.append(str(error))
    return [*told, *_batch_harm()]


def _batch_harm() -> list[str]:
    """Districts whose record says that they are done while their cells cannot be read."""
    told = []
    for path in sorted((FOLDER / "batch" / RECORDS).glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if not record["reason"]:
                pd.read_parquet(FOLDER / "batch" / cells_name(record["district"]))
        except Exception as error:  # noqa: BLE001 - what is looked for
            told.append(f"{path.name}: {error}")
    return told


def _address() -> str:
    return str(json.loads((FOLDER / "address.json").read_text()))


def content() -> dict[str, bytes]:
    """All results but for the moment of writing."""
    files = {}
    for name in (*RESULTS, "batch", "years/kept_inputs"):
        for path in sorted((FOLDER / name).rglob("*")):
            if path.is_file() and path.name not in ("manifest.json", "kept_inputs.json"):
                files[str(path.relative_to(FOLDER))] = _KEY.sub(b"", path.read_bytes())
    return files


def temporaries() -> list[str]:
    return [path.name for path in FOLDER.rglob(".*") if path.name not in (".", "..")]


def main(seconds: float, *only: str) -> None:
    """Kill for so long, then look; ``only`` are the beginnings of the commands that are killed, all without any."""
    sys.path.insert(0, str(ROOT / "tests" / "integration"))
    from loopback import serving

    totals_file = ROOT / "build" / "kills-totals.json"
    totals: dict[str, Any] = json.loads(totals_file.read_text()) if totals_file.exists() else {"kills": {}}
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    os.environ["TESOMA_GEO_CACHE"] = str(FOLDER / "cache")
    SmallDistrict().write(FOLDER)
    (FOLDER / "plan.toml").write_text(PLAN, encoding="utf-8")
    with serving() as server:
        versions = [(FOLDER / "libraries.csv").read_bytes() + b"\n" * number for number in range(2)]
        count = [0]

        def respond(_query: dict[str, str], _headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
            count[0] += 1
            return 200, {}, versions[count[0] % 2]

        server.routes["/libraries.csv"] = respond
        address = f"{server.address}/libraries.csv"
        (FOLDER / "address.json").write_text(json.dumps(address))
        workspace = FOLDER / "tesoma.toml"
        workspace.write_text(workspace.read_text().replace('"libraries.csv"', f'"{address}"'))
        for name in ("east", "west"):
            (FOLDER / f"{name}.toml").write_text(workspace.read_text().replace("Square", f"Square {name}"))
        names = [name for name in COMMANDS if not only or name.startswith(only)]
        _attack(seconds, totals, names)
    totals_file.write_text(json.dumps(totals, indent=1))
    print(json.dumps(totals))


def _whole(name: str) -> float:
    """Seconds that a command takes to its end."""
    start = time.monotonic()
    status = ended(begun(COMMANDS[name]), 600)
    assert status == 0, (name, status, (FOLDER / "said.txt").read_text())
    return time.monotonic() - start


def _earlier_year() -> None:
    """The district a year before, with fewer residents, for `trend`."""
    before = SmallDistrict()
    before.areas["residents"] -= 20
    before.toml["population"].pop("age_groups")
    (FOLDER / "earlier").mkdir()
    before.write(FOLDER / "earlier")
    words = ["run", "--keep-inputs", "--as-of", "2024-06-01", "--out", "../years/2024", "--overwrite"]
    status = ended(begun(words, FOLDER / "earlier"), 600)
    assert status == 0, (FOLDER / "said.txt").read_text()


def _emptied(name: str) -> None:
    if name in EMPTY:
        shutil.rmtree(FOLDER / EMPTY[name], ignore_errors=True)


def _attack(seconds: float, totals: dict[str, Any], names: list[str]) -> None:
    _earlier_year()
    for name in ORDER:
        _whole(name)
    takes = {}
    for name in names:
        _emptied(name)
        takes[name] = _whole(name)
    for name in ORDER:
        _whole(name)
    with closing(GeoPackage.open(FOLDER / "annotations.gpkg", CRS)) as store:
        annotations = store.query("SELECT count(*) FROM annotations")[0][0]
    before, end = content(), time.monotonic() + seconds
    dice = random.Random(sum(totals["kills"].values()))
    while time.monotonic() < end:
        name, signal_name = dice.choice(sorted(names)), dice.choice(SIGNALS)
        _emptied(name)
        child = begun(COMMANDS[name])
        time.sleep(dice.uniform(0.0, takes[name]))
        for _ in range(3 if signal_name == "SIGINT" else 1):
            os.kill(child, getattr(signal, signal_name))
        status = ended(child, 60)
        totals["kills"][name] = totals["kills"].get(name, 0) + 1
        totals["hangs"] = totals.get("hangs", 0) + (status is None)
        totals["finished"] = totals.get("finished", 0) + (status == 0)
        said = (FOLDER / "said.txt").read_text(errors="replace")
        totals["tracebacks"] = totals.get("tracebacks", 0) + ("Traceback" in said)
        if "Traceback" in said:
            totals.setdefault("traced", []).append(f"{name} {signal_name}: {said[-400:]}")
        if status is None:
            totals.setdefault("hung", []).append(f"{name} {signal_name}: {said[-400:]}")
        if left := _left(child):
            totals.setdefault("harm", []).append(f"{name} {signal_name}: processes were left: {left}")
        for told in harm(annotations):
            totals.setdefault("harm", []).append(f"{name} {signal_name}: {told}")
        if signal_name == "SIGKILL":
            totals["sigkill"] = totals.get("sigkill", 0) + 1
    totals["temporaries_before"] = len(temporaries())
    for name in ORDER:
        _whole(name)
    after = content()
    totals["other_bytes"] = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    totals["temporaries"] = temporaries()


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
