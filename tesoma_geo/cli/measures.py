"""``tesoma-geo measures``: accessibility measures of a travel-time table and a land-use table."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, overwrite_option
from tesoma_geo.cli.table_file import FORMATS, check_table_file, table_out_option, write_table

if TYPE_CHECKING:
    import pandas as pd

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
    "travel_cost",
)


@click.command("measures")
@click.argument("measure", required=False)
@click.argument("travel_matrix", type=click.Path(path_type=Path), required=False)
@click.argument("land_use", type=click.Path(path_type=Path), required=False)
@click.option("--list", "listing", is_flag=True, help="List the measures, with what each needs.")
@click.option("--opportunity", metavar="COLUMN", help="The column of what is reached.")
@click.option("--demand", metavar="COLUMN", help="The column of residents.")
@click.option("--cutoff", type=float, help="In the unit of the costs.")
@click.option("--interval", type=(float, float), metavar="FROM TO", help="The first and the last cutoff.")
@click.option("--decay", metavar="NAME:NUMBERS", help="Such as step:15, exponential:0.1, logistic:20,5.")
@click.option("--k", type=int, help="Which of the closest; 1 is the closest.")
@click.option("--n", type=float, help="How many opportunities.")
@click.option("--tau", type=float, help="The cost that is as bad as average crowding.")
@click.option("--rho", type=float, help="Residents an opportunity that make a crowding of 1.")
@click.option("--alpha", type=float, help="The exponent of the demand.")
@click.option("--constraint", type=click.Choice(["total", "singly", "doubly"]), help="What is held.")
@click.option("--radius", type=float, help="In the unit of the distances.")
@click.option("--distance", metavar="COLUMN", help="The column of distances.")
@click.option("--straight-line", metavar="COLUMN", help="The column of straight lines.")
@click.option("--kinds", metavar="COLUMNS", help="Columns of kinds of services, with commas between.")
@click.option("--basket", metavar="COLUMNS", help="The same, each with a weight if need be: grocery=3,school=1.")
@click.option("--travel-cost", metavar="COLUMN", help="The column of costs.  [default: travel_time]")
@table_out_option
@overwrite_option
@console_options
def command(
    measure: str | None,
    travel_matrix: Path | None,
    land_use: Path | None,
    listing: bool,
    out: Path,
    overwrite: bool,
    console: Console,
    **options: Any,
) -> None:
    """Compute an accessibility measure from two tables.

    TRAVEL_MATRIX has a row a pair: `from_id`, `to_id`, `travel_time` (as `tesoma-geo matrix` writes it).
    LAND_USE has a row a place: `id` and columns of what is there and who lives there. Both are CSV or
    Parquet files. The result has a row a place: `id`, `value`.

    \b
    Examples:
      tesoma-geo measures --list
      tesoma-geo measures cumulative_opportunities minutes.csv places.csv --opportunity jobs --cutoff 30
      tesoma-geo measures two_step_fca minutes.csv places.csv --opportunity seats --demand people --decay step:15
    """
    from tesoma_geo.measures.catalogue import all_measures

    known = all_measures()
    if listing:
        click.echo(_list(known), nl=False)
        return
    if measure not in known:
        raise click.UsageError(f"{measure or 'Nothing'} is no measure. One of: {', '.join(known)}; --list says more.")
    if travel_matrix is None or land_use is None:
        raise click.UsageError("Name two files: the travel matrix and the land use.")
    check_table_file(out, overwrite, (travel_matrix, land_use))
    given = {name: value for name, value in options.items() if value is not None}
    _check_arguments(measure, known[measure], given)
    arguments = {name: _argument(name, value) for name, value in given.items()}
    places = _read(land_use, ("id",))
    table = known[measure](_read(travel_matrix, ("from_id", "to_id")), places, **arguments)
    write_table(table, out, "values", overwrite=overwrite, console=console, protected=(travel_matrix, land_use))


def _list(known: dict[str, Callable[..., Any]]) -> str:
    """The measures: what each is, and its options, those that it needs first."""
    from tesoma_geo.measures.catalogue import entry

    lines = []
    for name, function in known.items():
        needed, other = _options(function)
        flags = [f"--{option.replace('_', '-')}" for option in needed]
        flags += [f"[--{option.replace('_', '-')}]" for option in other]
        lines += [name, f"  {entry(function).what}", f"  {' '.join(flags)}", ""]
    return "\n".join(lines[:-1]) + "\n"


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
        said = [f"{measure} needs --{name.replace('_', '-')}." for name in missing]
        said += [f"{measure} takes no --{name.replace('_', '-')}." for name in strange]
        raise click.UsageError(" ".join(said))


def _argument(name: str, value: Any) -> Any:
    if name == "decay":
        return _decay(value)
    if name == "kinds":
        return _names(value)
    if name == "basket":
        return _basket(value)
    return value


def _decay(text: str) -> "Decay":
    """``step:15`` or ``logistic:20,5``; ``stepped:10=1,20=0.5`` for zones."""
    from tesoma_geo.measures import decay

    makers: dict[str, Callable[..., Decay]] = {maker.__name__: maker for maker in (
        decay.step, decay.stepped, decay.linear, decay.exponential, decay.gaussian, decay.logistic, decay.inverse_power
    )}  # fmt: skip
    name, _, numbers = text.partition(":")
    if name not in makers:
        raise click.BadParameter(f"{name!r} is no decay. One of: {', '.join(makers)}.", param_hint="--decay")
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

    if path.suffix not in FORMATS:
        raise SourceError(f"{path} is neither .csv nor .parquet", "Give a table in one of these formats")
    with guard(path, "a table", "Check the path and the format"):
        table = read_delimited(path, "", ids) if path.suffix == ".csv" else pd.read_parquet(path)
    return table.assign(
        **{name: table[name].astype(str) for name in ids if name in table and table[name].notna().all()}
    )
