"""What ``check --json`` prints, one record a part; ``docs/check.schema.json`` is made from them."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from tesoma_geo.assessment.summary_records import json_schema
from tesoma_geo.errors import Finding
from tesoma_geo.inputs.reports import LayerReport


class FindingRecord(TypedDict):
    """A fault, a doubt or a note."""

    key: Annotated[str, Field(description="of the workspace file, or the file, column or row: what it is about")]
    where: Annotated[str, Field(description="the same as key; goes with the next release")]
    problem: Annotated[str, Field(description="what is the matter, with the value found")]
    value: Annotated[str | None, Field(description="the value on its own; null where there is no single one")]
    remedy: Annotated[str | None, Field(description="what to do; null where there is nothing to do")]


class LayerRecord(TypedDict):
    """One layer of the workspace."""

    key: str
    path: str
    rows: int | None
    extent: Annotated[tuple[float, float, float, float] | None, Field(description="west, south, east, north, degrees")]
    crs: str | None
    date: str | None
    as_of: Annotated[str | None, Field(description="of which year or day the data is; null where nobody knows")]
    licence: str | None
    sha256: str | None
    faults: list[FindingRecord]
    doubts: list[FindingRecord]
    notes: list[str]


class CheckRecord(TypedDict):
    """The answer of ``check``."""

    can_run: Annotated[bool, Field(description="whether run can do its work; with --strict not where doubts are")]
    problem: Annotated[str | None, Field(description="why, where the workspace file itself cannot be used")]
    faults: Annotated[list[FindingRecord], Field(description="what stops the work")]
    doubts: Annotated[list[FindingRecord], Field(description="what is possible but unlikely; the work goes on")]
    notes: Annotated[list[FindingRecord], Field(description="what a planner should know; nothing is the matter")]
    layers: list[LayerRecord]


def check_schema() -> dict[str, Any]:
    """The JSON Schema of ``check --json``.

    Returns
    -------
    dict
        The schema, to be written as JSON.
    """
    return json_schema(CheckRecord)


def check_record(
    reports: Sequence[LayerReport],
    *,
    strict: bool = False,
    faults: Iterable[Finding] = (),
    problem: str | None = None,
    notes: Iterable[Finding] = (),
) -> CheckRecord:
    """What ``check --json`` prints.

    Parameters
    ----------
    reports
        One a layer; none where the workspace file itself cannot be used.
    strict
        Whether doubts stop the work.
    faults
        Of the workspace file itself.
    notes
        Of the workspace file itself.
    problem
        Why the workspace file cannot be used, if it cannot.

    Returns
    -------
    CheckRecord
        Faults, doubts and notes of all layers, and the layers one by one.
    """
    layers = [_layer(report) for report in reports]
    all_faults = [*_records(faults), *(fault for layer in layers for fault in layer["faults"])]
    doubts = [doubt for layer in layers for doubt in layer["doubts"]]
    return {
        "can_run": problem is None and not all_faults and not (strict and doubts),
        "problem": problem,
        "faults": all_faults,
        "doubts": doubts,
        "notes": [*_records(notes), *(note for report in reports for note in _records(report.as_notes))],
        "layers": layers,
    }


def _layer(report: LayerReport) -> LayerRecord:
    return {
        "key": report.key, "path": str(report.path), "rows": report.rows, "extent": report.extent, "crs": report.crs,
        "date": report.date, "as_of": report.as_of, "licence": report.licence, "sha256": report.sha256,
        "faults": _records(report.faults), "doubts": _records(report.doubts), "notes": list(report.notes),
    }  # fmt: skip


def _records(findings: Iterable[Finding]) -> list[FindingRecord]:
    return [
        {
            "key": finding.where, "where": finding.where, "problem": finding.problem,
            "value": finding.value or None, "remedy": finding.remedy or None,
        }
        for finding in findings
    ]  # fmt: skip
