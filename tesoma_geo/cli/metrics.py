"""Figures of a run for whoever watches a machine: the text format of Prometheus, as node_exporter collects it."""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tesoma_geo._step_records import Effort, StepRecord
    from tesoma_geo.assessment.unchanged_run import RunTold

#: The first line of every such file; only a file that begins so is replaced.
FIRST_LINE = "# Written by tesoma-geo run"


def check_metrics_file(path: Path) -> None:
    """Refuse a file that somebody else wrote, before the work is done.

    Parameters
    ----------
    path
        The value of ``--metrics``.

    Raises
    ------
    OutputError
        Something is there that is no file of metrics.
    """
    from tesoma_geo.errors import OutputError

    if path.exists():
        ours = path.is_file() and path.read_bytes()[: len(FIRST_LINE)] == FIRST_LINE.encode()
        if not ours:
            raise OutputError(f"{path} was not written by tesoma-geo run", "Name another file with --metrics")


def write_metrics(
    path: Path, results: Path, told: "RunTold", records: "Sequence[StepRecord]", effort: "Effort"
) -> None:
    """Write the figures of a run that succeeded; one that fails leaves the former file, whose time tells.

    Parameters
    ----------
    path
        The file; its name should end in .prom for node_exporter.
    results
        What the run wrote.
    told
        What is told of it.
    records
        Its steps: what was done and what was kept.
    effort
        What the run took.
    """
    from tesoma_geo._files import written_file

    check_metrics_file(path)
    with written_file(path, overwrite=True) as draft:
        draft.write_text("\n".join([FIRST_LINE, *_lines(results, told, records, effort), ""]), encoding="utf-8")


def _lines(results: Path, told: "RunTold", records: "Sequence[StepRecord]", effort: "Effort") -> Iterator[str]:
    summary = json.loads((results / "summary.json").read_text(encoding="utf-8"))
    peak = effort.peak_mb
    single = {
        "last_success_timestamp_seconds": ("When the last run ended.", time.time()),
        "run_seconds": ("How long it took.", effort.seconds),
        "peak_memory_bytes": ("Most memory of the process and its helpers.", None if peak is None else peak * 1e6),
        "residents": ("Residents of the district.", summary["population_total"]),
        "left_out_kinds": ("Kinds of things left out, counted in the manifest.", len(told.left_out)),
        "doubts": ("What is told to be doubtful.", len(told.doubts)),
    }
    for name, (what, value) in single.items():
        if value is not None:
            yield f"# HELP tesoma_geo_{name} {what}"
            yield f"# TYPE tesoma_geo_{name} gauge"
            yield f"tesoma_geo_{name} {value:.15g}"
    yield "# HELP tesoma_geo_step_seconds How long each step took, or its kept value to read."
    yield "# TYPE tesoma_geo_step_seconds gauge"
    for record in records:
        yield f'tesoma_geo_step_seconds{{step="{_label(record)}",kept="{int(record.kept)}"}} {record.seconds:.6g}'
    yield "# HELP tesoma_geo_step_peak_memory_bytes Most memory of the process that did a step meanwhile."
    yield "# TYPE tesoma_geo_step_peak_memory_bytes gauge"
    for record in records:
        if record.peak_mb is not None:
            yield f'tesoma_geo_step_peak_memory_bytes{{step="{_label(record)}"}} {record.peak_mb * 1e6:.15g}'


def _label(record: "StepRecord") -> str:
    return record.name.replace("\\", r"\\").replace('"', r"\"")
