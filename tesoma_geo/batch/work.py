"""One district of a batch: assessed, its cells written, and a record of it that says that they are whole."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tesoma_geo import command_columns
from tesoma_geo._files import json_bytes
from tesoma_geo._memory import wants_memory
from tesoma_geo._redaction import without_secrets
from tesoma_geo._steps import measured
from tesoma_geo.assessment.assess import Assessment, assess_inputs
from tesoma_geo.assessment.outputs import check_columns
from tesoma_geo.assessment.street_analysis import NetworkDraws
from tesoma_geo.batch.result_place import ResultPlace
from tesoma_geo.batch.tasks import Task, centred
from tesoma_geo.errors import StoreError, TesomaError
from tesoma_geo.inputs.kept_layers import read_kept_inputs
from tesoma_geo.inputs.layers import read_shared
from tesoma_geo.inputs.shared_layers import SharedLayers
from tesoma_geo.inputs.unchanged_files import unchanged_files
from tesoma_geo.network import StreetNetwork
from tesoma_geo.workspace import Workspace

CELLS, RECORDS = "cells", "records"


@dataclass(frozen=True)
class Done:
    """A district that was tried.

    Attributes
    ----------
    district
        What names it.
    record
        Its record: key, name, figures, or why there are none.
    seconds
        How long it took; 0 where an earlier call of the batch did it.
    kept
        Whether an earlier call did it.
    peak_mb
        The most memory of the process that did it meanwhile; None where nobody did, or the system does not tell.
    """

    district: str
    record: dict[str, Any]
    seconds: float
    kept: bool = False
    peak_mb: float | None = None

    @property
    def failed(self) -> bool:
        """Whether there are no figures of it."""
        return bool(self.record["reason"])


def done_before(out: ResultPlace, task: Task, key: str) -> Done | None:
    """What an earlier call left of a district, where it is whole and follows from the same inputs.

    Parameters
    ----------
    out
        The place of the batch's results.
    task
        The district.
    key
        Of :func:`tesoma_geo.batch.tasks.key_of`.

    Returns
    -------
    Done or None
        None where it is to be done: never tried, failed, changed, or stopped half way.
    """
    content = out.read(record_name(task.district))
    with suppress(ValueError, KeyError, TypeError):
        record = json.loads(content or b"")
        if record["key"] == key and not record["reason"] and out.has(cells_name(task.district)):
            return Done(task.district, record, 0.0, kept=True)
    return None


def do(task: Task, key: str, out: ResultPlace, shared: Callable[[], SharedLayers | None]) -> Done:
    """Assess a district and write what is found; whatever goes wrong is its record's reason.

    Its cells are written before its record, each whole or not at all: a district whose record is there is whole, and
    doing it twice leaves the same bytes.

    Parameters
    ----------
    task
        The district.
    key
        Of :func:`tesoma_geo.batch.tasks.key_of`.
    out
        The place of the batch's results.
    shared
        Gives the layers that it shares with others.

    Returns
    -------
    Done

    Raises
    ------
    StoreError
        The results cannot be written.
    """
    done, effort = measured(partial(_done, task, key, out, shared))
    return replace(done, seconds=effort.seconds, peak_mb=effort.peak_mb)


def _done(task: Task, key: str, out: ResultPlace, shared: Callable[[], SharedLayers | None]) -> Done:
    """A district done, or failed."""
    if task.fault:
        return _failed(task, key, out, task.fault)
    try:
        layers = shared()
        if task.centred and layers is not None:
            task = replace(task, workspace=centred(task, layers.homes))
        with unchanged_files(task.own):
            draws = None if layers is None else _draws(layers.network)
            done = assess_inputs(read_kept_inputs(task.own, layers), lambda _: None, draws=draws)
        check_columns(done)
        cells = BytesIO()
        done.cells.to_parquet(cells, index=False)
        out.put(cells_name(task.district), cells.getvalue())
        record = {
            "key": key,
            "district": task.district,
            "name": task.name,
            "reason": "",
            "figures": figures_of(done),
        }
        out.put(record_name(task.district), json_bytes(record))
    except StoreError:
        raise  # no district's fault: no other could be written either
    except Exception as error:  # noqa: BLE001 - one district's fault never stops the others
        return _failed(task, key, out, _reason(error))
    return Done(task.district, record, 0.0)


def _reason(error: BaseException) -> str:
    """Why a district has no figures, as its record says it."""
    if wants_memory(error):
        return "it needs more memory than memory_gb leaves each process"
    if isinstance(error, TesomaError):
        return str(error)
    return f"unexpected {type(error).__name__}: {without_secrets(str(error))}"


@dataclass(frozen=True)
class DistrictErrand:
    """A district as schedulers know it; see :class:`tesoma_geo.batch.errand.Errand`.

    Attributes
    ----------
    task
        The district.
    key
        Of :func:`tesoma_geo.batch.tasks.key_of`.
    out
        The place of the batch's results.
    """

    task: Task
    key: str
    out: ResultPlace

    @property
    def name(self) -> str:
        """What names the district."""
        return self.task.district

    def do(self) -> Done:
        """Do the district in this process, which keeps what districts share.

        Returns
        -------
        Done
        """
        return do(self.task, self.key, self.out, partial(_shared, self.task))

    def fail(self, reason: str) -> Done:
        """Record the district, whose process did not live to do so.

        Parameters
        ----------
        reason
            Why there are no figures.

        Returns
        -------
        Done
        """
        return _failed(self.task, self.key, self.out, reason)


@lru_cache(maxsize=1)
def _shared_of_settings(settings: str, path: Path) -> SharedLayers:
    """What districts share, once in a process; settings and file of their workspace together name it."""
    return read_shared(Workspace.model_validate({**json.loads(settings), "path": path}))


def _shared(task: Task) -> SharedLayers | None:
    if task.shares is None:
        return None
    return _shared_of_settings(task.shares.model_dump_json(exclude={"path"}), task.shares.path)


@lru_cache(maxsize=1)
def _draws(network: StreetNetwork) -> NetworkDraws:
    """What is drawn of the streets that districts share, once in a process."""
    return NetworkDraws(network)


def cells_name(district: str) -> str:
    """The part of the dataset that is a district's.

    Parameters
    ----------
    district
        What names it.

    Returns
    -------
    str
        ``cells/district=<district>/cells.parquet``, its name encoded as Hive does.
    """
    return f"{CELLS}/district={quote(district, safe=' ')}/cells.parquet"


def record_name(district: str) -> str:
    """The record of a district.

    Parameters
    ----------
    district
        What names it.

    Returns
    -------
    str
        ``records/<district>.json``.
    """
    return f"{RECORDS}/{quote(district, safe=' ')}.json"


def figures_of(found: Assessment) -> dict[str, Any]:
    """The figures of a district for the summary table.

    Parameters
    ----------
    found
        Its assessment.

    Returns
    -------
    dict
        As ``command_columns.BATCH`` declares them.
    """
    summary = found.summary
    lon, lat = summary["hub"]["entrances"][0]
    population = summary["population_total"]
    figures: dict[str, Any] = {"population": population, "hub_lon": lon, "hub_lat": lat}
    for profile, of_profile in summary["profiles"].items():
        figures[command_columns.BATCH_MEDIAN_MIN.of(profile)] = of_profile["median_min"]
        figures[command_columns.BATCH_P90_MIN.of(profile)] = of_profile["p90_min"]
        figures[command_columns.BATCH_UNREACHABLE.of(profile)] = of_profile["unreachable_population"]
        for minutes, people in of_profile["population_within"].items():
            share = round(people / population, 4) if population else None
            figures[command_columns.BATCH_WITHIN_SHARE.of(profile, minutes)] = share
    for kind, service in summary["services"].items():
        for profile, nearest in service["profiles"].items():
            figures[command_columns.BATCH_SERVICE_MEDIAN_MIN.of(profile, kind)] = nearest["median_min"]
    return figures


def _failed(task: Task, key: str, out: ResultPlace, reason: str) -> Done:
    record = {"key": key, "district": task.district, "name": task.name, "reason": reason, "figures": {}}
    out.remove(cells_name(task.district))
    out.put(record_name(task.district), json_bytes(record))
    return Done(task.district, record, 0.0)
