"""What many drew: routes and wished links as lines of the map that k respondents or more share, never a drawing.

Who drew a line of a kind is divided into groups of k respondents or more that have nobody in common, as for every other
figure of a cohort. A group of routes is shown by the pieces of street that k and at least half of its respondents drew
along; a group of wished links by one pair of junctions that all of them want joined. Each has one number, of the whole
group: counts of neighbouring pieces cannot be subtracted from each other, since there are none.

The number is in steps of k: "5 or more". How many are in no group is not told, and cannot be had from other tables
either. Of whatever sum or difference a number in steps of k is a part, k sizes in a row are possible, and these are not
all between 1 and k - 1: nobody can be certain of a group that is neither empty nor of k respondents.

Nothing here depends on who is who: exchanging what two respondents drew changes no group.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

#: Types of published features.
ROUTE, LINK = "route", "wished_link"
#: Kind of annotation whose lines are wished links; those of the others are routes.
WISHED = "missing_link"
#: Of a group of routes at least this share drew along each piece that is shown.
LEAST_SHARE = 0.5
#: Respondents of a group of routes, in k. In groups of k the lines often ended where one walk began to count, and a
#: reader found its beginning (``tests/integration/annotations/test_lines_attacked.py``).
ROUTE_GROUP_IN_K = 2
#: Name of the figures among the further ones of a cohort.
FIGURE = "lines"

Members = NDArray[np.int64]
Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class SharedLine:
    """A group of respondents who drew along the same streets, or wished the same link.

    Attributes
    ----------
    type
        :data:`ROUTE` or :data:`LINK`.
    kind
        Of the annotations.
    voices_at_least
        Distinct respondents, in steps of k; each counts in one group of a kind.
    lines
        Lines of the map in the metric system.
    """

    type: str
    kind: str
    voices_at_least: int
    lines: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        """The group as JSON takes it, for the store.

        Returns
        -------
        dict
            The attributes by name.
        """
        return {"type": self.type, "kind": self.kind, "voices_at_least": self.voices_at_least, "lines": self.lines}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "SharedLine":
        """The inverse of :meth:`to_json`.

        Parameters
        ----------
        content
            What :meth:`to_json` gave, read back from JSON.

        Returns
        -------
        SharedLine
        """
        lines = tuple(tuple((east, north) for east, north in line) for line in content["lines"])
        return cls(content["type"], content["kind"], content["voices_at_least"], lines)

    @property
    def geometry(self) -> shapely.Geometry:
        """The lines as one geometry in the metric system."""
        joined: shapely.Geometry = shapely.line_merge(shapely.MultiLineString(self.lines))
        return joined


def published_lines(further: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Features of what many drew.

    Parameters
    ----------
    further
        Further figures of the cohorts that are published.

    Returns
    -------
    list of dict
        ``type``, ``kind``, ``voices_at_least`` and ``geometry`` (metric). The same lines of several cohorts are one
        feature.
    """
    together: dict[tuple[str, str, tuple[Line, ...]], int] = {}
    for figures in further:
        for shared in map(SharedLine.from_json, figures.get(FIGURE) or ()):
            key = (shared.type, shared.kind, shared.lines)
            together[key] = together.get(key, 0) + shared.voices_at_least
    return [
        {
            "type": name,
            "kind": kind,
            "voices_at_least": voices,
            "geometry": SharedLine(name, kind, voices, lines).geometry,
        }
        for (name, kind, lines), voices in sorted(together.items(), key=lambda item: (item[0][:2], -item[1], item[0]))
    ]


def route_groups(drawn: NDArray[np.bool_], length_m: NDArray[np.float64], k: int) -> list[tuple[Members, Members]]:
    """Respondents who drew routes, in groups of 2 k or more with pieces of street in common.

    Respondents are joined by the share of their routes that they have in common (average linkage), and of all
    divisions of the tree that results the one is taken that shows most: metres of each piece that is shown, times the
    respondents who drew along it.

    Parameters
    ----------
    drawn
        Whether each respondent drew along each piece, shape (n, p).
    length_m
        Metres of the pieces, shape (p,).
    k
        Fewest respondents of a piece; a group has :data:`ROUTE_GROUP_IN_K` times as many.

    Returns
    -------
    list of tuple
        Respondents of each group and the pieces shown of it; who shares too little is in none.
    """
    same_for_all = np.lexsort(drawn.T[::-1]) if drawn.size else np.arange(len(drawn))  # by content, not by who
    shared = drawn.sum(axis=0) >= k
    rows = drawn[same_for_all][:, shared]
    some = np.flatnonzero(rows.any(axis=1))
    groups = [
        (np.sort(same_for_all[some[members]]), np.flatnonzero(shared)[pieces])
        for members, pieces in _divided(rows[some], length_m[shared], k)
    ]
    return sorted(groups, key=lambda group: group[1].tolist())


def link_groups(fits: "csr_array", k: int) -> list[tuple[Members, Members]]:
    """Respondents who wish for links, in groups of k or more who want the same two junctions joined.

    The pair of junctions that fits the wishes best comes first, with everybody whose wish it fits; then the best
    for those who are left.

    Parameters
    ----------
    fits
        How well each pair of junctions fits what each respondent wishes: whole numbers, 0 for not at all, shape (n, p).
    k
        Fewest respondents of a group.

    Returns
    -------
    list of tuple
        Respondents of each group and the pair; who shares it with too few is in none.
    """
    columns, left = fits.tocsc(), np.ones(fits.shape[0], np.int64)
    whole = columns.astype(np.int64)
    some = (whole > 0).astype(np.int64)
    groups: list[tuple[Members, Members]] = []
    while True:
        fit = np.where(some.T @ left >= k, whole.T @ left, 0)
        if not len(fit) or fit.max() == 0:
            return groups
        best = int(fit.argmax())
        members = np.sort(some.indices[some.indptr[best] : some.indptr[best + 1]])
        members = members[left[members] > 0]
        left[members] = 0
        groups.append((members.astype(np.int64), np.array([best])))


def _divided(rows: NDArray[np.bool_], length_m: NDArray[np.float64], k: int) -> Iterator[tuple[Members, Members]]:
    """Rows in groups, and the pieces shown of each; who is in no group is left out."""
    from scipy.cluster.hierarchy import linkage

    n = len(rows)
    if n < ROUTE_GROUP_IN_K * k:
        return
    joined: list[Members] = [np.array([at]) for at in range(n)]
    children = [(-1, -1)] * n
    best = [0.0] * n
    group: list[tuple[Members, Members] | None] = [None] * n
    for one, other in linkage(_apart(rows, length_m), "average")[:, :2].astype(int).tolist():
        everybody = np.concatenate([joined[one], joined[other]])
        members, pieces = _group(rows, everybody, length_m, k)
        own = float((rows[members][:, pieces] * length_m[pieces]).sum())
        apart = best[one] + best[other]
        joined.append(everybody)
        children.append((one, other))
        best.append(max(own, apart))
        group.append((members, pieces) if own >= apart and own > 0 else None)
    ahead = [len(joined) - 1]
    while ahead:
        at = ahead.pop()
        line = group[at]
        if line is not None:
            yield line
        elif children[at][0] >= 0:
            ahead += children[at]


def _group(
    rows: NDArray[np.bool_], everybody: Members, length_m: NDArray[np.float64], k: int
) -> tuple[Members, Members]:
    """Those who have half of what is shown in common, and what is shown of them; none where they are too few."""
    nobody = np.empty(0, np.int64)
    pieces = _shown(rows[everybody].sum(axis=0), len(everybody), k)
    own_m = (rows[everybody] & pieces) @ length_m
    members = everybody[own_m >= LEAST_SHARE * length_m[pieces].sum()]
    pieces &= _shown(rows[members].sum(axis=0), len(members), k)
    if len(members) < ROUTE_GROUP_IN_K * k or not pieces.any():
        return nobody, nobody
    return members, np.flatnonzero(pieces)


def _shown(counts: NDArray[np.int64], people: int, k: int) -> NDArray[np.bool_]:
    """Which pieces are shown of a group, by how many of its respondents drew along each."""
    shown: NDArray[np.bool_] = counts >= max(k, LEAST_SHARE * people)
    return shown


def _apart(rows: NDArray[np.bool_], length_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far apart routes are, 0 to 1: less the metres in common, of those of both together; condensed."""
    metres = rows.astype(float) * length_m
    common = metres @ rows.T.astype(float)
    own = metres.sum(axis=1)
    one, other = np.triu_indices(len(rows), 1)
    together = own[one] + own[other] - common[one, other]
    apart: NDArray[np.float64] = 1.0 - common[one, other] / np.maximum(together, 1e-9)
    return apart.round(9)
