"""The column contracts of the tables that travel between rooms, and what was left out of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from tesoma_geo.errors import Doubt, Fault, SourceError

if TYPE_CHECKING:
    import pandera.pandas as pa


@dataclass(frozen=True)
class LeftOut:
    """Things that a step did not take, counted.

    Attributes
    ----------
    what
        The things, in plural: ``"services"``, ``"areas"``.
    reason
        Why they were left out.
    count
        How many.
    examples
        A few of their names or ids.
    """

    what: str
    reason: str
    count: int
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = f" ({', '.join(self.examples)})" if self.examples else ""
        return f"{self.count} {self.what} left out: {self.reason}{named}"


def save_left_out(path: Path, left_out: Sequence[LeftOut]) -> None:
    """Write what was left out to a JSON file.

    Parameters
    ----------
    path
        The file.
    left_out
        What a step did not take.
    """
    path.write_text(json.dumps([asdict(left) for left in left_out]), encoding="utf-8")


def load_left_out(path: Path) -> tuple[LeftOut, ...]:
    """Read what :func:`save_left_out` wrote.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    tuple of LeftOut
        In the order in which they were written.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(LeftOut(row["what"], row["reason"], row["count"], tuple(row["examples"])) for row in rows)


@dataclass(frozen=True, eq=False)
class Reading:
    """What a reader makes of a source: the checked table, and what is not in it.

    Attributes
    ----------
    table
        Rows in the workspace's metric CRS, checked against a schema of this module.
    left_out
        What the source held that the table does not, with reasons.
    notes
        What was done to the source, or assumed, to be able to use it.
    doubts
        What is possible in it but unlikely.
    """

    table: gpd.GeoDataFrame
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, eq=False)
class Contract:
    """What a table promises; the library that checks it takes long to load, and is loaded when it first does.

    Attributes
    ----------
    name
        Of the table.
    declared
        Name → column of a schema, of the library that it is given: ``pandera.pandas``.
    """

    name: str
    declared: Callable[[Any], dict[str, Any]]

    @cached_property
    def schema(self) -> "pa.DataFrameSchema":
        """The same, ready to check a table."""
        import pandera.pandas as pa

        return pa.DataFrameSchema(self.declared(pa), name=self.name)


#: Statistical areas; residents unknown are NaN. Age groups are further columns ``age_<group>``.
AREAS = Contract(
    "areas",
    lambda pa: {
        "code": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "population": pa.Column(float, pa.Check.ge(0), nullable=True),
        "geometry": pa.Column("geometry"),
    },
)

#: Where residents are: one point a grid cell and area, whole residents; ``geometry`` is where the
#: residents of the cell are on average. Age groups are further columns ``age_<group>`` that sum to
#: ``population`` with ``age_unknown``.
ORIGINS = Contract(
    "origins",
    lambda pa: {
        "origin_id": pa.Column(str, unique=True),
        "population": pa.Column("int64", pa.Check.ge(0)),
        "area_code": pa.Column(str),
        "geometry": pa.Column("geometry"),
    },
)

#: Everyday services: one point each, the mapped entrance where there is one, and ``doors`` where there are several.
#: ``around_m`` is how far a place without a door reaches, ``capacity`` how much each counts for, once where it is
#: missing; ``open_from_s`` and ``open_until_s`` are the trips that it is open for, see
#: :mod:`tesoma_geo.inputs.open_services`.
SERVICES = Contract(
    "services",
    lambda pa: {
        "service_id": pa.Column(str, unique=True),
        "kind": pa.Column(str),
        "name": pa.Column(str, nullable=True),
        "source": pa.Column(str),
        "opening_hours": pa.Column(str, nullable=True, required=False),
        "capacity": pa.Column(float, pa.Check.ge(0), nullable=True, required=False),
        "around_m": pa.Column(float, pa.Check.ge(0), nullable=True, required=False),
        "doors": pa.Column(str, nullable=True, required=False),
        "open_from_s": pa.Column(float, nullable=True, required=False),
        "open_until_s": pa.Column(float, nullable=True, required=False),
        "geometry": pa.Column("geometry"),
    },
)

#: Lines or areas and who clears them of snow.
WINTER = Contract(
    "winter",
    lambda pa: {
        "winter_maintenance": pa.Column(str, pa.Check.isin(["maintained", "unmaintained"])),
        "geometry": pa.Column("geometry"),
    },
)


def checked(table: gpd.GeoDataFrame, contract: Contract, source: str) -> gpd.GeoDataFrame:
    """The table itself, when it keeps its contract.

    Parameters
    ----------
    table
        What a reader made.
    contract
        One of those of this module, or of annotations.
    source
        What is named in faults: a file, or a key of the workspace.

    Returns
    -------
    GeoDataFrame
        The same object.

    Raises
    ------
    SourceError
        With every broken promise, naming the source and the column.
    """
    from pandera.errors import SchemaErrors

    try:
        contract.schema.validate(table, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        missing = cases["check"] == "column_in_dataframe"  # its case is the name of the column
        absent = cases["failure_case"][missing]
        faults = [Fault(f"{source}, column {column}", "is missing", "Add the column") for column in absent]
        faults += [
            Fault(f"{source}, column {column}", f"fails {check} for {len(rows)} rows", "Correct the values")
            for (column, check), rows in cases[~missing].groupby(["column", "check"], dropna=False)
        ]
        raise SourceError(faults) from None
    return table


def with_name(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The rows that have a name.

    Parameters
    ----------
    table
        Of streets, areas or waters, as its file has them.

    Returns
    -------
    GeoDataFrame
        None of the rows where the table has no column ``name``.
    """
    return table[table["name"].notna()] if "name" in table else table.iloc[:0]
