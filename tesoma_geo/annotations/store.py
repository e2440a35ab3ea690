"""The store: annotations with their moderation, kept whole through whatever happens.

The same operations on a GeoPackage in the workspace and on PostGIS. Every change is one transaction
with its line in the audit log, which tells who did what to which pseudonym and why, never a text.
"""
# ruff: noqa: S608 - statements are put together from the column names of the schema alone

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.database import APPROVED, RESPONDENT, STATES, Database
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.second_looks import PHOTO, SECOND_LOOK, marks_of, require_another_person
from tesoma_geo.annotations.store_import import ImportCounts, import_rows, pseudonymous
from tesoma_geo.annotations.store_room import forget_in_the_room
from tesoma_geo.annotations.store_tables import annotation_rows, annotation_table
from tesoma_geo.errors import InputError, WorkspaceError
from tesoma_geo.near_names import instead
from tesoma_geo.sources.annotations.schema import AnnotationReading


@dataclass(frozen=True)
class Store:
    """Annotations of one workspace.

    Attributes
    ----------
    database
        Where they are.
    key
        The secret of the pseudonyms.
    crs
        The metric CRS of the geometries.
    photos
        The folder that photographs are named from; without one a look at a photograph is one at its name.
    """

    database: Database
    key: Key
    crs: str
    photos: Path | None = None

    def import_reading(self, reading: AnnotationReading, who: str) -> ImportCounts:
        """Take in an export: what is new, what changed; the same export again changes nothing.

        A changed annotation that was approved is pending again. Respondents who were erased stay out.

        Parameters
        ----------
        reading
            What a platform's reader made of the export.
        who
            Who imports, for the audit log.

        Returns
        -------
        ImportCounts

        Raises
        ------
        WorkspaceError
            The store belongs to another key or another coordinate system.
        """
        annotations, respondents = pseudonymous(reading, self.key)
        db = self.database
        with db.transaction():
            db.create(self.crs)
            self.require_same_key()
            self.remember_key()
            done = import_rows(db, annotations, respondents)
            if done.new or done.changed:
                sources = sorted(set(respondents["source"]) | set(annotations["source"]))
                self.log(who, "import", ", ".join(sources), str(done))
        return done

    def annotations(self, *, source: str | None = None, ids: Sequence[str] | None = None) -> gpd.GeoDataFrame:
        """Everything, or what is asked for.

        ``ANNOTATIONS`` with ``state``, ``shown``, ``redacted``, ``moderated_by``, ``moderated_why``.

        ``second_look`` and ``photo_look`` name who looked at the text besides, and at the photograph, as they are now.

        Parameters
        ----------
        source
            Only what was read from this source.
        ids
            Only these annotations, as far as they are there.

        Returns
        -------
        GeoDataFrame
            In order of ``annotation_id``, in the store's CRS.
        """
        rows = annotation_rows(self.database, source, ids)
        return annotation_table(self.database, self.key, self.crs, self.photos, rows)

    def respondents(self) -> pd.DataFrame:
        """Everybody who answered anything: ``RESPONDENTS``.

        Returns
        -------
        DataFrame
            In order of ``respondent``.
        """
        rows = []
        if self.database.has_tables():
            rows = self.database.query(f"SELECT {', '.join(RESPONDENT)} FROM respondents ORDER BY respondent")
        return pd.DataFrame(rows, columns=list(RESPONDENT)).astype("str")

    def set_state(
        self,
        ids: Iterable[str],
        state: str,
        *,
        who: str,
        why: str,
        shown: bool = False,
        second_look: str | None = None,
        photo: bool = False,
    ) -> int:
        """Approve, hide or put back annotations; ``shown`` lets an approved one be seen as a moved point.

        Parameters
        ----------
        ids
            Annotations.
        state
            One of :data:`STATES`.
        who
            Who did it, for the audit log.
        why
            The reason, for the audit log.
        shown
            Whether an approved annotation is shown on the map.
        second_look
            Who else read the texts and found that all may read them, where the rules see personal data.
        photo
            Whether who approves looked at the photographs too, and found that all may see them.

        Returns
        -------
        int
            Number of annotations.

        Raises
        ------
        InputError
            An id that is not there, or a second look by the same person.
        WorkspaceError
            Nothing was imported yet.
        """
        if second_look is not None:
            require_another_person(second_look, who)
        if state not in STATES:
            raise InputError(f"{state!r} is no state", instead(state, STATES))
        ids = list(dict.fromkeys(ids))
        with self.writing():
            self._require(ids)
            self.database.execute_many(
                "UPDATE annotations SET state = ?, shown = ?, moderated_by = ?, moderated_why = ? "
                "WHERE annotation_id = ?",
                [(state, int(shown and state == APPROVED), who, why, name) for name in ids],
            )
            for name in ids:
                self.log(who, f"{state}, shown" if shown and state == APPROVED else state, name, why)
            looks = [(SECOND_LOOK, second_look.strip())] if second_look is not None else []
            looks += [(PHOTO, who)] if photo and state == APPROVED else []
            for action, looker in looks:
                for name, mark in marks_of(self.database, self.key, action, ids, self.photos):
                    self.log(looker, action, name, mark)
        return len(ids)

    def redact(self, annotation_id: str, text: str | None, *, who: str, why: str) -> None:
        """Put another text, or none, in the place of an annotation's own, which is gone for good.

        Answers in own words go with it, since they may hold the same.

        Parameters
        ----------
        annotation_id
            Which annotation.
        text
            The new text; None for no text.
        who
            Who did it, for the audit log.
        why
            The reason, for the audit log.

        Raises
        ------
        InputError
            The annotation is not there.
        WorkspaceError
            Nothing was imported yet.
        """
        with self.writing():
            self._require([annotation_id])
            self.database.execute(
                "UPDATE annotations SET text = ?, answers = '{}', redacted = 1, moderated_by = ?, moderated_why = ? "
                "WHERE annotation_id = ?",
                (text, who, why, annotation_id),
            )
            self.log(who, "redact", annotation_id, why)
        self.database.vacuum()

    def erase(self, respondent: str, *, who: str, why: str) -> int:
        """Remove a respondent and all of their annotations, and keep them out of later imports.

        What cohorts counted stays as it is, and nobody can tell any longer who was counted.

        Parameters
        ----------
        respondent
            The pseudonym.
        who
            Who did it, for the audit log.
        why
            The reason, for the audit log.

        Returns
        -------
        int
            Annotations that were removed. Only the pseudonym stays, so that an old export does not bring them back.

        Raises
        ------
        InputError
            Nobody of that pseudonym.
        WorkspaceError
            Nothing was imported yet.
        """
        db = self.database
        with self.writing():
            known = db.query("SELECT 1 FROM respondents WHERE respondent = ?", (respondent,)) or db.query(
                "SELECT 1 FROM annotations WHERE respondent = ?", (respondent,)
            )
            if not known:
                raise InputError(f"there is no respondent {respondent!r}", "See tesoma-geo annotations list")
            db.create(self.crs)  # an older store lacks some of the tables
            db.execute(
                "DELETE FROM released WHERE annotation_id IN (SELECT annotation_id FROM annotations "
                "WHERE respondent = ?) OR annotation_id LIKE ?",
                (respondent, f"%:{respondent}"),
            )
            forget_in_the_room(db, respondent)
            removed = db.execute("DELETE FROM annotations WHERE respondent = ?", (respondent,))
            db.execute("DELETE FROM cohort_members WHERE respondent = ?", (respondent,))
            db.execute("DELETE FROM shown_items WHERE respondent = ?", (respondent,))
            db.execute("DELETE FROM respondents WHERE respondent = ?", (respondent,))
            db.execute("INSERT INTO erased VALUES (?) ON CONFLICT DO NOTHING", (respondent,))
            self.log(who, "erase", respondent, why)
        db.vacuum()
        return removed

    def audit(self) -> pd.DataFrame:
        """Who did what to whom, when and why, in order.

        Returns
        -------
        DataFrame
            ``time`` (ISO 8601, UTC), ``who``, ``action``, ``subject``, ``why``; all texts.
        """
        columns = ["time", "who", "action", "subject", "why"]
        rows = []
        if self.database.has_tables():
            rows = self.database.query(f"SELECT {', '.join(columns)} FROM audit ORDER BY id")
        return pd.DataFrame(rows, columns=columns)

    def revision(self) -> int:
        """A number that grows with every change of an annotation: the last line of the audit log.

        Returns
        -------
        int
            0 for a store without anything.
        """
        if not self.database.has_tables():
            return 0
        ((last,),) = self.database.query("SELECT coalesce(max(id), 0) FROM audit")
        return int(last)

    def pseudonym_of(self, respondent: str) -> str:
        """The pseudonym of a respondent named by it, or by their id in an export.

        Parameters
        ----------
        respondent
            A pseudonym, or an id in an export.

        Returns
        -------
        str

        Raises
        ------
        InputError
            Nobody of that name.
        """
        rows = self.database.query("SELECT respondent, source FROM respondents") if self.database.has_tables() else []
        if any(name == respondent for name, _ in rows):
            return respondent
        for source in sorted({source for _, source in rows}):
            pseudonym = self.key.pseudonym(source, respondent)
            if any(name == pseudonym for name, _ in rows):
                return pseudonym
        raise InputError(
            f"there is no respondent {respondent!r}", "Give the id in the export, or the pseudonym that list shows"
        )

    def writing(self) -> AbstractContextManager[None]:
        """A transaction on a store that holds something.

        Returns
        -------
        context manager

        Raises
        ------
        WorkspaceError
            Nothing was imported yet.
        """
        if not self.database.has_tables():
            raise WorkspaceError(
                f"{self.database.address} holds no annotations", "Run tesoma-geo annotations import first"
            )
        return self.database.transaction()

    def require_same_key(self) -> None:
        """Refuse a key or a coordinate system that is not the store's.

        With another key every shown point would be moved anew, and the mean of the releases gives the place away.

        Raises
        ------
        WorkspaceError
            The store was made with another one.
        """
        about = dict(self.database.query("SELECT name, value FROM about")) if self.database.has_tables() else {}
        for name, value, remedy in (
            ("key", self.key.fingerprint, "Put the key file that belongs to it back beside it"),
            ("crs", self.crs, "Set district.crs as it was, or import into another moderation.store"),
        ):
            if about.get(name, value) != value:
                raise WorkspaceError(f"{self.database.address} was made with another {name}", remedy)

    def remember_key(self) -> None:
        """Note which key and coordinate system the store is made with; within a transaction."""
        for name, value in (("key", self.key.fingerprint), ("crs", self.crs)):
            self.database.execute("INSERT INTO about VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value))

    def _require(self, ids: Sequence[str]) -> None:
        known = {row[0] for row in self.database.query("SELECT annotation_id FROM annotations")}
        missing = [name for name in ids if name not in known]
        if missing:
            raise InputError(f"there is no annotation {missing[0]!r}", "See tesoma-geo annotations list")

    def log(self, who: str, action: str, subject: str, why: str) -> None:
        """Write a line of the audit log; within a transaction.

        Parameters
        ----------
        who
            Who did it.
        action
            What.
        subject
            To which annotation, respondent or cohort.
        why
            The reason, never a text of an annotation.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.database.execute(
            "INSERT INTO audit (time, who, action, subject, why) VALUES (?, ?, ?, ?, ?)",
            (now, who, action, subject, why),
        )
