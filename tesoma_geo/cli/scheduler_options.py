"""Who does the tasks of a command: ``--scheduler``, ``--workers`` and ``--wait``."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.table_file import STDOUT
from tesoma_geo.near_names import instead

if TYPE_CHECKING:
    from tesoma_geo.batch.schedule import Schedule

#: Schedulers that have a name; any other is an address.
NAMED = ("local", "processes")
LOCAL = NAMED[0]


def scheduler_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of who does its tasks: an argument ``schedule``.

    Parameters
    ----------
    command
        Takes ``schedule``.

    Returns
    -------
    callable
    """

    @click.option(
        "--scheduler", metavar="local|processes|ADDRESS", default=LOCAL, show_default=True,
        help="In turn here, in processes side by side, or on a Dask cluster (tcp://HOST:PORT).",
    )  # fmt: skip
    @click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="How many processes.")
    @click.option(
        "--wait", metavar="MIN", type=click.FloatRange(0, min_open=True), default=10, show_default=True,
        help="How long to wait for a worker while the cluster has none.",
    )  # fmt: skip
    @wraps(command)
    def with_schedule(*args: Any, scheduler: str, workers: int, wait: float, **options: Any) -> Any:
        return command(*args, schedule=_schedule(scheduler, workers, wait), **options)

    return with_schedule


def blocks_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a command that does blocks of a table: ``schedule`` is None where it does them itself.

    Parameters
    ----------
    command
        Takes ``schedule`` and ``out``, beside which others put blocks.

    Returns
    -------
    callable
    """

    @scheduler_options
    @wraps(command)
    def with_blocks(*args: Any, schedule: "Schedule", out: Path, **options: Any) -> Any:
        alone = schedule.scheduler == LOCAL
        if not alone and out == STDOUT:
            raise click.UsageError("--scheduler puts blocks beside the file of --out: name one.")
        return command(*args, schedule=None if alone else schedule, out=out, **options)

    return with_blocks


def _schedule(scheduler: str, workers: int, wait_min: float) -> "Schedule":
    from tesoma_geo.batch.schedule import Schedule

    if scheduler not in NAMED and "://" not in scheduler:
        known = "Write local, processes or an address such as tcp://10.0.0.1:8786."
        problem = f"{scheduler!r} is no scheduler. {instead(scheduler, NAMED, known)}"
        raise click.BadParameter(problem, param_hint="--scheduler")
    return Schedule(scheduler, workers, 60 * wait_min)
