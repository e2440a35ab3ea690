"""What a column of an output is: a record that names it, describes it, and knows it when it is written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Name of the geometry in every output with places.
GEOMETRY = "geometry"

#: For which rows, or which profiles, a column is there.
EVERY_ROW = "every row"
ALL_PROFILES = "all profiles"
STREETS = "streets"

_PLACE = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Column:
    """One column, or the columns that a pattern names, of an output.

    Attributes
    ----------
    pattern
        Its name, with places to fill in: ``<profile>_to_hub_s``.
    dtype
        ``text``, or the name of a NumPy type; of the table that is written.
    unit
        Of the values; empty where they have none.
    meaning
        What it is, in one sentence.
    there_for
        For which rows or profiles it is there, and when.
    """

    pattern: str
    dtype: str
    unit: str
    meaning: str
    there_for: str = EVERY_ROW

    @property
    def places(self) -> tuple[str, ...]:
        """The places of the pattern to fill in, in order."""
        return tuple(_PLACE.findall(self.pattern))

    def of(self, *values: object) -> str:
        """The name of the column for a profile, a kind, a group.

        Parameters
        ----------
        *values
            What is filled into the places, in their order.

        Returns
        -------
        str
            The name.

        Raises
        ------
        ValueError
            More or fewer values than places.
        """
        if len(values) != len(self.places):
            raise ValueError(f"{self.pattern} takes {len(self.places)} values, not {len(values)}")
        left = iter(values)
        return _PLACE.sub(lambda _: str(next(left)), self.pattern)

    def expression(self, values: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
        """An expression for every name of the column.

        Parameters
        ----------
        values
            Place → what it may be filled with; a place that is not named may hold any text.

        Returns
        -------
        re.Pattern
            Matches whole names.
        """
        literal = True
        parts = []
        for piece in _PLACE.split(self.pattern):
            if literal:
                parts.append(re.escape(piece))
            elif piece in values:
                parts.append(f"(?:{'|'.join(re.escape(value) for value in values[piece])})")
            else:
                parts.append(".+")
            literal = not literal
        return re.compile("".join(parts))


@dataclass(frozen=True)
class OutputTable:
    """A file of results, or a layer of one, with its columns.

    Attributes
    ----------
    file
        Name of the file.
    layer
        Name of the layer, or what layers are of; empty where there is one table in the file.
    rows
        What a row is.
    geometry
        What the geometry is, in the workspace's metric CRS unless it says otherwise.
    columns
        Its columns, in the order in which they are documented.
    """

    file: str
    layer: str
    rows: str
    geometry: str
    columns: tuple[Column, ...] = field(repr=False)

    def check(
        self,
        names: Iterable[str],
        profiles: Mapping[str, Iterable[str]] | None = None,
        values: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Make sure that what is written is what is declared.

        Parameters
        ----------
        names
            Columns of the table that is written, the geometry among them.
        profiles
            ``there_for`` → the profiles that it means in this table, such as :data:`ALL_PROFILES` and :data:`STREETS`.
            A column of profiles alone must be there for each.
        values
            What other places may be filled with: ``kind``, ``part``.

        Raises
        ------
        AssertionError
            A column that is not declared, or one that is always there and is not; the message names it.
        """
        written, named = set(names), {key: list(some) for key, some in (profiles or {}).items()}
        every = list(dict.fromkeys(profile for some in named.values() for profile in some))
        known = {**(values or {}), **({"profile": every} if every else {})}
        expressions = [column.expression(known) for column in self.columns]
        wrong = sorted(
            name
            for name in written
            if name != GEOMETRY and not any(expression.fullmatch(name) for expression in expressions)
        )
        if wrong:
            raise AssertionError(f"{self.file} holds columns that columns.py does not declare: {', '.join(wrong)}")
        always = [GEOMETRY]
        for column in self.columns:
            if column.there_for == EVERY_ROW and not column.places:
                always.append(column.of())
            elif column.places == ("profile",):
                always += [column.of(profile) for profile in named.get(column.there_for, ())]
        missing = [name for name in always if name not in written]
        if missing:
            raise AssertionError(f"{self.file} lacks columns that are always there: {', '.join(missing)}")
