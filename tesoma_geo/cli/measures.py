"""``tesoma-geo measures``: accessibility measures of a travel-time table and a land-use table."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LOCAL_TABLE
from tesoma_geo.cli.options import console_options, open_workspace, overwrite_option, workspace_option
from tesoma_geo.cli.point_pairs import UNITS_S, pair_times, say_memory
from tesoma_geo.cli.scheduler_options import blocks_options
from tesoma_geo.cli.table_file import FORMATS, check_table_file, table_out_option, write_table
from tesoma_geo.near_names import instead

#: A cutoff so many times beyond the largest cost is in another unit: minutes and seconds.
_FAR_BEYOND = 20.0

if TYPE_CHECKING:
    import pandas as pd

    from tesoma_geo.assessment.pairs_asked import PairsAsked
    from tesoma_geo.batch.schedule import Schedule
    from tesoma_geo.errors import TesomaError
    from tesoma_geo.measures.decay import Decay

#: Options that are arguments of a measure under the same name; its other arguments are for notebooks.
ARGUMENTS = (
    "opportunity",
    "demand",
    "cutoff",
    "interval",
    "decay",
    "k",
    "n",
    "tau",
    "rho",
    "alpha",
    "constraint",
    "radius",
    "distance",
    "straight_line",
    "kinds",
    "basket",
    "summary",
    "limits",
    "group_by",
    "active",
    "travel_cost",
    "p",
    "existing",
)


#: Arguments that are a number, or with most measures several.
NUMBERS = {"cutoff": float, "radius": float, "k": int, "n": float, "p": int}


@click.command("measures")
@click.argument("measure", required=False)
@click.argument("travel_matrix", type=LOCAL_TABLE, required=False)
@click.argument("land_use", type=LOCAL_TABLE, required=False)
@click.option("--list", "listing", is_flag=True, help="List the measures, with what each needs.")
@click.option("--opportunity", metavar="COLUMN", help="The column of what is reached.")
@click.option("--demand", metavar="COLUMN", help="The column of residents.")
@click.option("--cutoff", metavar="NUMBERS", help="In the unit of the costs; several with commas between.")
@click.option("--interval", type=(float, float), metavar="FROM TO", help="The first and the last cutoff.")
@click.option("--decay", metavar="NAME:NUMBERS", help="Such as step:15, exponential:0.1, logistic:20,5.")
@click.option("--summary", type=NamedChoice(["mean", "median"]), help="Of an interval of cutoffs.  [default: mean]")
@click.option("--limits", metavar="COLUMNS", help="The most that may be spent of further costs: fare=3.5,transfers=1.")
@click.option("--k", metavar="NUMBERS", help="Which of the closest, 1 is the closest; several with commas between.")
@click.option("--n", metavar="NUMBERS", help="How many opportunities; several with commas between.")
@click.option("--tau", type=float, help="The cost that is as bad as average crowding.")
@click.option("--rho", type=float, help="Residents an opportunity that make a crowding of 1.")
@click.option("--alpha", type=float, help="The exponent of the demand.")
@click.option("--constraint", type=NamedChoice(["total", "singly", "doubly"]), help="What is held.")
@click.option("--radius", metavar="NUMBERS", help="In the unit of the distances; several with commas between.")
@click.option("--distance", metavar="COLUMN", help="The column of distances.")
@click.option("--straight-line", metavar="COLUMN", help="The column of straight lines.")
@click.option("--kinds", metavar="COLUMNS", help="Columns of kinds of services, with commas between.")
@click.option("--basket", metavar="COLUMNS", help="The same, each with a weight if need be: grocery=3,school=1.")
@click.option("--group-by", metavar="COLUMNS", help="Columns of the travel matrix, such as the mode, taken one by one.")
@click.option("--active/--passive", default=None, help="What origins reach, or what comes to destinations.")
@click.option("--travel-cost", metavar="COLUMN", help="The column of costs.  [default: travel_time]")
@click.option("--p", metavar="NUMBER", help="How many places have a service in the end, existing ones included.")
@click.option("--existing", metavar="IDS", help="Candidates that have one already, with commas between.")
@click.option("--profile", help="Compute the travel times between two layers of points instead of reading them.")
@click.option("--unit", type=NamedChoice(list(UNITS_S)), help="Of the costs, with --profile.  [default: min]")
@workspace_option
@blocks_options
@table_out_option
@overwrite_option
@console_options
def command(
    measure: str | None,
    travel_matrix: Path | None,
    land_use: Path | None,
    listing: bool,
    profile: str | None,
    unit: str | None,
    workspace_file: Path | None,
    schedule: "Schedule | None",
    out: Path,
    overwrite: bool,
    console: Console,
    **options: Any,
) -> None:
    """Compute an accessibility measure from two tables.

    TRAVEL_MATRIX has a row a pair: `from_id`, `to_id`, `travel_time` (as `tesoma-geo matrix` writes it).
    LAND_USE has a row a place: `id` and columns of what is there and who lives there. Both are CSV or
    Parquet files. The result has a row a place: `id`, `value`.

    With --profile the two files are points instead, ORIGINS and DESTINATIONS as `tesoma-geo matrix` takes them, with
    the columns of what is there: opportunities at the destinations, residents at the origins. Travel times are
    computed a block at a time by the workspace's streets or timetable, and never held or written as a whole. With
    --scheduler blocks are done side by side or on a Dask cluster, as by `tesoma-geo matrix`; the values are the same.

    Where a new service would serve best say p_median, p_centre, mclp and lscp, of the candidates that are the
    destinations of the travel matrix; `tesoma-geo matrix homes.csv candidates.gpkg` writes it from a layer of them.
    Their result has a row an origin: `id`, the closest `site`, the `cost`; the places chosen are told beside it.

    \b
    Examples:
      tesoma-geo measures --list
      tesoma-geo measures cumulative_opportunities minutes.csv places.csv --opportunity jobs --cutoff 30
      tesoma-geo measures two_step_fca minutes.csv places.csv --opportunity seats --demand people --decay step:15
      tesoma-geo measures cumulative_opportunities trips.csv jobs.csv --opportunity jobs --cutoff 15,30 --group-by mode
      tesoma-geo measures cumulative_opportunities homes.csv jobs.gpkg --profile walk --opportunity jobs --cutoff 30
      tesoma-geo measures p_median minutes.csv homes.csv --demand people --p 2 --existing library-1
    """
    from tesoma_geo.assessment.pairs_asked import PairsAsked
    from tesoma_geo.errors import TesomaError
    from tesoma_geo.inputs.protected import protected_files
    from tesoma_geo.measures.catalogue import all_measures, location_models

    models = location_models()
    known = {**all_measures(), **models}
    if listing:
        click.echo(_list(known), nl=False)
        return
    if measure not in known:
        nearest = instead(measure or "", known)
        raise click.UsageError(f"{measure or 'Nothing'} is no measure. {nearest}; --list says more.")
    if travel_matrix is None or land_use is None:
        raise click.UsageError("Name two files: the travel matrix and the land use.")
    check_table_file(out, overwrite, (travel_matrix, land_use))
    given = {name: value for name, value in options.items() if value is not None}
    _check_arguments(measure, known[measure], given)
    arguments = {name: _argument(name, value) for name, value in given.items()}
    _check_single(known[measure], arguments)
    if profile is not None:
        workspace = open_workspace(workspace_file, console)
        kept = (travel_matrix, land_use, *protected_files(workspace))
        check_table_file(out, overwrite, kept)
        asked = PairsAsked(workspace, travel_matrix, land_use, profile)
        write = partial(write_table, out=out, rows="values", overwrite=overwrite, console=console, protected=kept)
        _write_routed(asked, measure, arguments, UNITS_S[unit or "min"], schedule, out, write, console)
        say_memory(console)
        return
    if workspace_file is not None or unit is not None or schedule is not None:
        raise click.UsageError(
            "--workspace, --unit and --scheduler are for --profile, which computes the travel times."
        )
    places, travel = _read(land_use, ("id",)), _read(travel_matrix, ("from_id", "to_id"))
    if "existing" in arguments:
        arguments["existing"] = _existing(arguments["existing"], travel["to_id"])
    try:
        table = known[measure](travel, places, **arguments)
    except TesomaError as error:
        raise _of_file(error, travel_matrix, land_use) from None
    if given.get("travel_cost", "travel_time") in travel:
        for doubt in _cutoff_doubts(travel[given.get("travel_cost", "travel_time")], arguments.get("cutoff")):
            console.info(f"Doubt: {doubt}")
    if measure in models:
        console.info(f"Chosen: {', '.join(map(str, table.chosen))}. Objective: {table.objective:.10g}")
        table = table.allocation
    write_table(table, out, "values", overwrite=overwrite, console=console, protected=(travel_matrix, land_use))


def _write_routed(
    asked: "PairsAsked",
    measure: str,
    arguments: dict[str, Any],
    unit_s: float,
    schedule: "Schedule | None",
    out: Path,
    write: Callable[["pd.DataFrame"], None],
    console: Console,
) -> None:
    """Write the measure of travel times that are computed between two layers of points and not kept."""
    from tesoma_geo.analysis.measures_in_blocks import STREAMED, measured
    from tesoma_geo.batch.kept_blocks import kept_blocks
    from tesoma_geo.batch.pairs import SharedPairs, measure_in_blocks
    from tesoma_geo.cli.compile_notice import compile_notice

    if measure not in STREAMED:
        raise click.UsageError(
            f"{measure} needs the whole travel matrix: write it with tesoma-geo matrix. --profile is for"
            f" {', '.join(STREAMED)}."
        )
    of_tables = [_flag(name) for name in ("group_by", "limits", "travel_cost") if name in arguments]
    if of_tables:
        raise click.UsageError(
            f"{', '.join(of_tables)}: a travel matrix has such columns, two layers of points do not."
        )
    told = "computing travel times and the measure"
    with compile_notice(console):
        if schedule is None:
            times = pair_times(asked, console)
            with console.progress() as progress:
                progress(told)
                table = measured(times, measure, arguments, unit_s)
            write(table)
            return
        shared = SharedPairs.of(asked)
        with kept_blocks(out, shared.key, measure, arguments, unit_s) as kept, console.progress() as progress:
            progress(told)
            write(measure_in_blocks(shared, kept, schedule, measure, arguments, unit_s, console.info))


def _existing(names: list[str], candidates: "pd.Series[Any]") -> list[Any]:
    """Ids as the table has them, where it has them."""
    known = {str(one): one for one in candidates.unique()}
    return [known.get(name, name) for name in names]


def _of_file(error: "TesomaError", travel_matrix: Path, land_use: Path) -> "TesomaError":
    """The error with the file that it is about."""
    file = land_use if "land use" in str(error).lower() else travel_matrix
    if error.faults:
        return type(error)([replace(fault, where=f"{file}, {fault.where}") for fault in error.faults])
    return type(error)(f"{file}: {error.problem}", error.remedy)


def _cutoff_doubts(costs: "pd.Series[float]", cutoff: Any) -> Iterator[str]:
    """Cutoffs of another unit than the costs."""
    known = costs[costs < float("inf")]
    cutoffs = [] if cutoff is None else list(cutoff) if isinstance(cutoff, list | tuple) else [cutoff]
    remedy = "is it in the unit of the travel matrix?"
    for limit in cutoffs if len(known) else ():
        if known.min() > limit:
            yield f"--cutoff {limit:g}: no cost is within it, the least is {known.min():g}; {remedy}"
        elif limit > _FAR_BEYOND * known.max() > 0:
            yield f"--cutoff {limit:g}: every cost is far within it, the largest is {known.max():g}; {remedy}"


def _list(known: dict[str, Callable[..., Any]]) -> str:
    """The measures: what each is, and its options, those that it needs first."""
    from tesoma_geo.measures.catalogue import entry

    lines = []
    for name, function in known.items():
        needed, other = _options(function)
        flags = [_flag(option) for option in needed] + [f"[{_flag(option)}]" for option in other]
        lines += [name, f"  {entry(function).what}", f"  {' '.join(flags)}", ""]
    return "\n".join(lines[:-1]) + "\n"


def _flag(argument: str) -> str:
    return "--passive" if argument == "active" else f"--{argument.replace('_', '-')}"


def _options(function: Callable[..., Any]) -> tuple[list[str], list[str]]:
    """The options that a measure needs, and the others that it takes."""
    needed: list[str] = []
    other: list[str] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name in ARGUMENTS:
            (needed if parameter.default is inspect.Parameter.empty else other).append(name)
    return needed, other


def _check_arguments(measure: str, function: Callable[..., Any], given: dict[str, Any]) -> None:
    needed, other = _options(function)
    missing = [name for name in needed if name not in given]
    strange = [name for name in given if name not in (*needed, *other)]
    if missing or strange:
        said = [f"{measure} needs {_flag(name)}." for name in missing]
        said += [f"{measure} takes no {_flag(name)}." for name in strange]
        raise click.UsageError(" ".join(said))


def _argument(name: str, value: Any) -> Any:
    if name == "decay":
        return _decay(value)
    if name in ("kinds", "group_by", "existing"):
        return _names(value)
    if name in NUMBERS:
        return _numbers(name, value)
    if name == "limits":
        return _limits(value)
    if name == "basket":
        return _basket(value)
    return value


def decay_makers() -> "dict[str, Callable[..., Decay]]":
    """The decays that the option names.

    Returns
    -------
    dict of str to callable
        By name.
    """
    from tesoma_geo.measures import decay

    return {maker.__name__: maker for maker in (
        decay.step, decay.stepped, decay.linear, decay.exponential, decay.gaussian, decay.logistic, decay.inverse_power
    )}  # fmt: skip


def _decay(text: str) -> "Decay":
    """``step:15`` or ``logistic:20,5``; ``stepped:10=1,20=0.5`` for zones."""
    from tesoma_geo.measures import decay

    makers = decay_makers()
    name, _, numbers = text.partition(":")
    if name not in makers:
        raise click.BadParameter(f"{name!r} is no decay. {instead(name, makers)}", param_hint="--decay")
    try:
        if name == "stepped":
            return decay.stepped({float(edge): float(weight) for edge, weight in _pairs(numbers)})
        values = [float(number) for number in _names(numbers)]
    except ValueError:
        raise click.BadParameter(f"{numbers!r} are no numbers, such as step:15.", param_hint="--decay") from None
    parameters = list(inspect.signature(makers[name]).parameters)
    if len(values) != len(parameters):
        raise click.BadParameter(f"{name} takes {' and '.join(parameters)}, not {numbers!r}.", param_hint="--decay")
    return makers[name](*values)


def _basket(text: str) -> list[str] | dict[str, float]:
    """``grocery,school``, or with weights ``grocery=3,school=1``."""
    if "=" not in text:
        return _names(text)
    try:
        return {kind: float(weight) for kind, weight in _pairs(text)}
    except ValueError:
        raise click.BadParameter(f"{text!r} is no basket, such as grocery=3,school=1.", param_hint="--basket") from None


def _numbers(name: str, text: str) -> float | list[float]:
    """``15``, or several: ``15,30``."""
    try:
        numbers = [NUMBERS[name](part) for part in _names(text)]
    except ValueError:
        numbers = []
    if not numbers:
        kind = "whole numbers" if NUMBERS[name] is int else "numbers"
        raise click.BadParameter(f"{text!r} is not {kind}, such as 15 or 15,30.", param_hint=f"--{name}")
    return numbers[0] if len(numbers) == 1 else numbers


def _check_single(function: Callable[..., Any], arguments: dict[str, Any]) -> None:
    """Refuse several numbers where a measure takes one."""
    for name, parameter in inspect.signature(function).parameters.items():
        if name in NUMBERS and isinstance(arguments.get(name), list) and "Sequence" not in str(parameter.annotation):
            raise click.BadParameter("This measure takes one number.", param_hint=f"--{name}")


def _limits(text: str) -> dict[str, float]:
    """``fare=3.5,transfers=1``."""
    try:
        return {column: float(limit) for column, limit in _pairs(text)}
    except ValueError:
        raise click.BadParameter(
            f"{text!r} are no limits, such as fare=3.5,transfers=1.", param_hint="--limits"
        ) from None


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = [part.partition("=") for part in _names(text)]
    return [(left.strip(), right.strip()) for left, _, right in pairs]


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _read(path: Path, ids: tuple[str, ...]) -> "pd.DataFrame":
    """A table; ids of a CSV are text, so that 007 stays what it is and both files agree."""
    import pandas as pd

    from tesoma_geo._reading import guard
    from tesoma_geo.errors import SourceError
    from tesoma_geo.sources._delimited import read_delimited

    if path.suffix.lower() not in FORMATS:
        raise SourceError(f"{path} is neither .csv nor .parquet", "Give a table in one of these formats")
    with guard(path, "a table", "Check the path and the format"):
        table = read_delimited(path, "", ids) if path.suffix.lower() == ".csv" else pd.read_parquet(path)
    return table.assign(
        **{name: table[name].astype(str) for name in ids if name in table and table[name].notna().all()}
    )
