"""Figures of a run for whoever watches a machine: the text format of Prometheus, as node_exporter collects it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tesoma_geo._steps import Steps
    from tesoma_geo.assessment.assess import Assessment

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


def write_metrics(path: Path, assessment: "Assessment", steps: "Steps", seconds: float) -> None:
    """Write the figures of a run that succeeded; one that fails leaves the former file, whose time tells.

    Parameters
    ----------
    path
        The file; its name should end in .prom for node_exporter.
    assessment
        What was found.
    steps
        What was done and what was kept.
    seconds
        How long the run took.
    """
    from tesoma_geo._files import written_file

    check_metrics_file(path)
    with written_file(path, overwrite=True) as draft:
        draft.write_text("\n".join([FIRST_LINE, *_lines(assessment, steps, seconds), ""]), encoding="utf-8")


def _lines(assessment: "Assessment", steps: "Steps", seconds: float) -> Iterator[str]:
    from tesoma_geo._memory import peak_mb

    doubts = sum(len(report.doubts) for report in assessment.reports)
    peak = peak_mb()
    single = {
        "last_success_timestamp_seconds": ("When the last run ended.", time.time()),
        "run_seconds": ("How long it took.", seconds),
        "peak_memory_bytes": ("Most memory of the process itself.", None if peak is None else peak * 1e6),
        "residents": ("Residents of the district.", float(assessment.origins["population"].sum())),
        "left_out_kinds": ("Kinds of things left out, counted in the manifest.", len(assessment.left_out)),
        "doubts": ("What is doubtful in the layers.", doubts),
    }
    for name, (what, value) in single.items():
        if value is not None:
            yield f"# HELP tesoma_geo_{name} {what}"
            yield f"# TYPE tesoma_geo_{name} gauge"
            yield f"tesoma_geo_{name} {value:.15g}"
    yield "# HELP tesoma_geo_step_seconds How long each step took, or its kept value to read."
    yield "# TYPE tesoma_geo_step_seconds gauge"
    for record in steps.records:
        name = record.name.replace("\\", r"\\").replace('"', r"\"")
        yield f'tesoma_geo_step_seconds{{step="{name}",kept="{int(record.kept)}"}} {record.seconds:.6g}'
