"""What the store needs of a database, and the tables it keeps there.

SQL here is the part that SQLite and PostgreSQL share; parameters are ``?``. What differs (geometries,
keys that count up, how a transaction begins) is a :class:`Database` of one of the two.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import shapely

#: Columns of the annotations besides ``annotation_id`` and the geometry, with their SQL types.
CONTENT = {
    "respondent": "TEXT NOT NULL", "kind": "TEXT NOT NULL", "category": "TEXT", "themes": "TEXT NOT NULL",
    "severity": "INTEGER", "text": "TEXT", "language": "TEXT", "role": "TEXT", "age_group": "TEXT", "time": "TEXT",
    "round": "TEXT NOT NULL", "source": "TEXT NOT NULL", "question": "TEXT NOT NULL", "private": "INTEGER NOT NULL",
    "photo": "TEXT", "answers": "TEXT NOT NULL",
}  # fmt: skip
#: What moderation adds.
MODERATION = {
    "content_hash": "TEXT NOT NULL", "state": "TEXT NOT NULL", "shown": "INTEGER NOT NULL",
    "redacted": "INTEGER NOT NULL", "moderated_by": "TEXT", "moderated_why": "TEXT",
}  # fmt: skip
#: Values of ``state``.
PENDING, APPROVED, HIDDEN = "pending", "approved", "hidden"
STATES = (PENDING, APPROVED, HIDDEN)
#: Columns of the respondents.
RESPONDENT = ("respondent", "role", "age_group", "language", "time", "source", "answers")

#: Tables without geometry. ``cohorts`` holds the frozen figures of closed cohorts, ``cohort_members`` who was counted
#: with what, ``shown_items`` the one annotation of each respondent that was ever shown. ``released`` and ``parts`` held
#: the publication of stores older than cohorts (see :mod:`tesoma_geo.annotations.store_migration`).
#: Those of a workshop: ``taken_back`` (annotations that their authors took back), ``room_items`` (which may be shown in
#: the room, and which are), ``room_marks`` (support and votes, once each) and ``room_log`` (rounds, alternatives and
#: results, only ever added to, without residents' words).
PLAIN_TABLES = {
    "respondents": "respondent TEXT PRIMARY KEY, role TEXT, age_group TEXT, language TEXT, time TEXT, "
    "source TEXT NOT NULL, answers TEXT NOT NULL",
    "erased": "respondent TEXT PRIMARY KEY",
    "audit": "{counting}, time TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, "
    "why TEXT NOT NULL",
    "parts": "part TEXT PRIMARY KEY, content TEXT NOT NULL",
    "released": "annotation_id TEXT NOT NULL, topic TEXT NOT NULL, part TEXT NOT NULL, fingerprint TEXT NOT NULL, "
    "PRIMARY KEY (annotation_id, topic)",
    "cohorts": "cohort TEXT PRIMARY KEY, number INTEGER NOT NULL, withdrawn INTEGER NOT NULL, content TEXT NOT NULL",
    "cohort_members": "cohort TEXT NOT NULL, respondent TEXT NOT NULL, item TEXT NOT NULL, fingerprint TEXT NOT NULL",
    "shown_items": "respondent TEXT PRIMARY KEY, annotation_id TEXT NOT NULL",
    "taken_back": "annotation_id TEXT PRIMARY KEY",
    "room_items": "annotation_id TEXT PRIMARY KEY, consent INTEGER NOT NULL, on_wall INTEGER NOT NULL",
    "room_marks": "what TEXT NOT NULL, subject TEXT NOT NULL, respondent TEXT NOT NULL, round TEXT NOT NULL, "
    "PRIMARY KEY (what, subject, respondent)",
    "room_log": "{counting}, time TEXT NOT NULL, session TEXT NOT NULL, round TEXT NOT NULL, act TEXT NOT NULL, "
    "content TEXT NOT NULL",
    "about": "name TEXT PRIMARY KEY, value TEXT NOT NULL",
}


class Database(Protocol):
    """One open database."""

    @property
    def address(self) -> str:
        """Where it is, for people."""

    def transaction(self, *, sealed: bool = True) -> AbstractContextManager[None]:
        """All or nothing of what happens inside; waits while somebody else writes.

        Parameters
        ----------
        sealed
            Whether a store that is a file leaves a seal of all its rows; false for many small transactions, of which
            the last one seals.

        Returns
        -------
        context manager
            Commits when it is left, rolls back when it is left by an error.
        """

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; the number of rows it changed.

        Parameters
        ----------
        sql
            One statement; parameters are ``?``.
        values
            Its parameters, in order.

        Returns
        -------
        int
            Rows that it changed.
        """

    def execute_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of the values.

        Parameters
        ----------
        sql
            One statement; parameters are ``?``.
        values
            The parameters of each run.
        """

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question.

        Parameters
        ----------
        sql
            One statement; parameters are ``?``.
        values
            Its parameters, in order.

        Returns
        -------
        list of tuple
            A tuple a row, in the order of the columns asked for.
        """

    def create(self, crs: str) -> None:
        """Make the tables that are not there; within a transaction.

        Parameters
        ----------
        crs
            The metric CRS of the geometries.
        """

    def has_tables(self) -> bool:
        """Whether anything was ever stored.

        Returns
        -------
        bool
        """

    def has_table(self, name: str) -> bool:
        """Whether a table is there: a store made by an older version lacks the newer ones.

        Parameters
        ----------
        name
            Of the table.

        Returns
        -------
        bool
        """

    def vacuum(self) -> None:
        """Make deleted rows unreadable in the files as well; outside a transaction."""

    def close(self) -> None:
        """Let go of it."""

    @property
    def geometry_in(self) -> str:
        """SQL of a geometry parameter."""

    @property
    def geometry_out(self) -> str:
        """SQL that reads the geometry."""

    def encode(self, geometry: shapely.Geometry) -> bytes:
        """A geometry as the parameter takes it.

        Parameters
        ----------
        geometry
            In the workspace's metric CRS.

        Returns
        -------
        bytes
            What :attr:`geometry_in` takes.
        """

    def decode(self, value: Any) -> shapely.Geometry:
        """A geometry as the reading gives it.

        Parameters
        ----------
        value
            What :attr:`geometry_out` gives.

        Returns
        -------
        shapely.Geometry
            In the workspace's metric CRS.
        """
