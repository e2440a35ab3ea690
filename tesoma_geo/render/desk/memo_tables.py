"""Tables for a memo from a finished run: by area, by age, by service."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.columns import AGE, NEAREST_MIN, TO_HUB_MIN
from tesoma_geo.errors import InputError
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.near_names import instead
from tesoma_geo.render.desk.column_names import word
from tesoma_geo.render.desk.results import Results
from tesoma_geo.render.text.catalogue import Catalogue

By = Literal["area", "age", "service"]
BY = get_args(By)
_AGE_BEGIN = AGE.pattern.split("<")[0]


def memo_table(
    results: Results, by: By, catalogue: Catalogue, *, within_min: float | None = None, profiles: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Residents, their median minutes and their share within a limit: a row an area, an age group or a kind of service.

    Parameters
    ----------
    results
        A finished run.
    by
        What the rows are. By area and by age the way to the hub is told, by service that to the nearest one.
    catalogue
        The language of the names.
    within_min
        The limit, minutes; the workspace's ``access.services_within_min`` unless named.
    profiles
        Ways of moving, in the order of the columns; all of the run unless named.

    Returns
    -------
    DataFrame
        The first column names the row; then residents (not by service), and for each way of moving the median in
        minutes, missing where half of them cannot get there, and the share within the limit, from 0 to 1. The last row
        by area and by age is all residents.

    Raises
    ------
    InputError
        The run has no areas, ages or services, not these ways of moving, or ``by`` is none of the three.
    """
    unknown = next((name for name in profiles if name not in results.profiles), None)
    if unknown is not None:
        raise InputError(f"the run has no way of moving {unknown!r}", instead(unknown, results.profiles))
    shown_profiles = profiles or results.profiles
    limit = results.services_within_min if within_min is None else within_min
    makers = {"area": _by_area, "age": _by_age, "service": _by_service}
    if by not in makers:
        raise InputError(f"no table is by {by!r}", instead(by, BY))
    rows = list(makers[by](results, catalogue, limit, shown_profiles))
    if not rows:
        raise InputError(f"{results.folder} tells nothing by {by}", f"Choose another of {', '.join(BY)}")
    return pd.DataFrame(rows)


def compared_tables(table: pd.DataFrame, other: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Two memo tables side by side, with what changed: of one district at two times, or before and after a plan.

    Parameters
    ----------
    table, other
        As :func:`memo_table` makes them, of the same ``by``.
    catalogue
        The language of the names.

    Returns
    -------
    DataFrame
        A row a name that either has; for each figure that both have the one, the other, and other less one, missing
        where either is.

    Raises
    ------
    InputError
        The tables have no figure in common.
    """
    head = str(table.columns[0])
    figures = [str(name) for name in table.columns[1:] if name in other.columns]
    if head != str(other.columns[0]) or not figures:
        raise InputError("the two runs have no figure in common", "Name runs of the same ways of moving")
    names = list(dict.fromkeys([*table[head], *other[head]]))
    every = word("all", catalogue)
    names = [name for name in names if name != every] + ([every] if every in names else [])
    one, two = (rows.set_index(head)[figures].astype(float).reindex(names) for rows in (table, other))
    columns: dict[str, object] = {head: names}
    for figure in figures:
        columns[f"{figure}, {word('before', catalogue)}"] = one[figure].to_numpy()
        columns[f"{figure}, {word('after', catalogue)}"] = two[figure].to_numpy()
        columns[f"{figure}, {word('change', catalogue)}"] = (two[figure] - one[figure]).to_numpy()
    return pd.DataFrame(columns)


Row = dict[str, object]


def _by_area(results: Results, catalogue: Catalogue, limit: float, profiles: Sequence[str]) -> Iterator[Row]:
    cells = results.cells
    codes = cells["area_code"].fillna("").astype(str).to_numpy()
    names = results.area_names
    for code in sorted(set(codes) - {""}):
        of_area = np.where(codes == code, cells["population"].to_numpy(float), 0.0)
        yield _row(results, catalogue, limit, profiles, word("area", catalogue), names.get(code, code), of_area)
    if set(codes) - {""}:
        yield _everybody(results, catalogue, limit, profiles, word("area", catalogue))


def _by_age(results: Results, catalogue: Catalogue, limit: float, profiles: Sequence[str]) -> Iterator[Row]:
    groups = [str(name) for name in results.cells.columns if str(name).startswith(_AGE_BEGIN)]
    head = word("age", catalogue)
    for name in groups:
        if not results.cells[name].any():
            continue
        group = name.removeprefix(_AGE_BEGIN).replace("_", "–")
        yield _row(results, catalogue, limit, profiles, head, group, results.cells[name].to_numpy(float))
    if groups:
        yield _everybody(results, catalogue, limit, profiles, head)


def _by_service(results: Results, catalogue: Catalogue, limit: float, profiles: Sequence[str]) -> Iterator[Row]:
    cells = results.cells
    residents = cells["population"].to_numpy(float)
    for kind in results.summary["services"]:
        row: Row = {word("service", catalogue): catalogue.named("kind", kind)}
        for profile in profiles:
            column = NEAREST_MIN.of(profile, kind)
            if column in cells:
                row |= _figures(catalogue, profile, cells[column].to_numpy(float), residents, limit)
        yield row


def _everybody(results: Results, catalogue: Catalogue, limit: float, profiles: Sequence[str], head: str) -> Row:
    everybody = results.cells["population"].to_numpy(float)
    return _row(results, catalogue, limit, profiles, head, word("all", catalogue), everybody)


def _row(
    results: Results,
    catalogue: Catalogue,
    limit: float,
    profiles: Sequence[str],
    head: str,
    name: str,
    residents: NDArray[np.float64],
) -> Row:
    row: Row = {head: name, word("residents", catalogue): int(residents.sum())}
    for profile in profiles:
        minutes = results.cells[TO_HUB_MIN.of(profile)].to_numpy(float)
        row |= _figures(catalogue, profile, minutes, residents, limit)
    return row


def _figures(
    catalogue: Catalogue, profile: str, minutes: NDArray[np.float64], residents: NDArray[np.float64], limit: float
) -> Mapping[str, object]:
    name, known = catalogue.named("profile", profile), np.where(np.isnan(minutes), np.inf, minutes)
    median = weighted_quantile(known, residents, 0.5)
    total = residents.sum()
    return {
        f"{name}, {word('median', catalogue)}": float(median) if np.isfinite(median) else np.nan,
        f"{name}, {word('within', catalogue, minutes=catalogue.number(limit, 1))}": (
            float(residents[known <= limit].sum() / total) if total else np.nan
        ),
    }
