"""Closed cohorts in the store: read, closed when their day has come, withdrawn as a whole."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.cohorts import (
    MEMBER_COLUMNS,
    ClosingDate,
    Cohort,
    FurtherFigures,
    ReadStreets,
    Waiting,
    closed_cohort,
    due_closings,
    no_members,
    waiting_answers,
)
from tesoma_geo.annotations.noisy_cohorts import noisy_cohort
from tesoma_geo.annotations.privacy_budget import DIFFERENTIAL, require_one_privacy, share_of_budget
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_migration import migrated_release
from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead
from tesoma_geo.workspace.annotations import Publish


def stored_cohorts(store: Store) -> list[Cohort]:
    """The cohorts of a store in the order in which they were closed, withdrawn ones too.

    Parameters
    ----------
    store
        An open one.

    Returns
    -------
    list of Cohort
        What an older store published is in it once :func:`migrate` has run.
    """
    if not store.database.has_table("cohorts"):
        return []
    rows = store.database.query("SELECT cohort, content, withdrawn FROM cohorts ORDER BY number")
    return [Cohort.from_json(name, json.loads(text), withdrawn=bool(gone)) for name, text, gone in rows]


def stored_members(store: Store) -> pd.DataFrame:
    """Who was counted with what.

    Parameters
    ----------
    store
        An open one.

    Returns
    -------
    DataFrame
        :data:`~tesoma_geo.annotations.cohorts.MEMBER_COLUMNS`; nobody who was erased is in it.
    """
    if not store.database.has_table("cohort_members"):
        return no_members()
    rows = store.database.query(f"SELECT {', '.join(MEMBER_COLUMNS)} FROM cohort_members")  # noqa: S608 - our own names
    return pd.DataFrame(rows, columns=list(MEMBER_COLUMNS)).astype("str")


def migrate(store: Store, settings: Publish, *, who: str) -> None:
    """Turn what an older store published into one closed cohort with exactly those figures.

    Parameters
    ----------
    store
        An open one; one without such a publication is left as it is.
    settings
        The workspace's ``[publish]``, with which it was published.
    who
        Who publishes, for the audit log.
    """
    db = store.database
    if not db.has_table("parts") or not db.query("SELECT 1 FROM parts"):
        return
    with store.writing():
        db.create(store.crs)
        parts = {name: json.loads(text) for name, text in db.query("SELECT part, content FROM parts ORDER BY part")}
        released = db.query("SELECT annotation_id, topic, fingerprint FROM released")
        days = db.query("SELECT time FROM audit WHERE action = 'publish' ORDER BY id")
        closed = days[-1][0][:10] if days else None
        cohort, members = migrated_release(
            parts, released, store.annotations(), store.respondents(), settings, closed=closed
        )
        _write(store, cohort, members, who=who)
        db.execute("DELETE FROM parts")
        db.execute("DELETE FROM released")
    db.vacuum()


def waiting_in(store: Store, round_name: str | None = None) -> Waiting:
    """What no cohort of the store has counted yet, exactly; for moderators.

    Parameters
    ----------
    store
        An open one.
    round_name
        Only what was said in this round.

    Returns
    -------
    Waiting
    """
    return waiting_answers(store.annotations(), store.respondents(), stored_members(store), round_name)


def close_due(
    store: Store,
    settings: Publish,
    *,
    who: str,
    today: date,
    areas: gpd.GeoDataFrame | None = None,
    further: FurtherFigures | None = None,
    closings: Sequence[ClosingDate] | None = None,
    streets: ReadStreets | None = None,
) -> list[Cohort]:
    """Close the cohorts whose day has come and for which enough wait; with differential privacy whoever waits.

    Parameters
    ----------
    store
        An open one, migrated.
    settings
        The workspace's ``[publish]``.
    who
        Who closes them, for the audit log.
    today
        The day.
    areas
        ``code`` and polygons of the district in the store's CRS, for totals with noise by area.
    further
        More figures of each cohort, see :data:`~tesoma_geo.annotations.cohorts.FurtherFigures`.
    closings
        Others than those that are due.
    streets
        Gives the streets on which barriers are counted, in the store's CRS.

    Returns
    -------
    list of Cohort
        Those that were closed now.

    Raises
    ------
    InputError
        The store's figures are of the other kind of privacy, or the privacy budget is used up.
    """
    closed: list[Cohort] = []
    if not store.database.has_tables():
        return closed
    differential = settings.privacy == DIFFERENTIAL
    require_one_privacy(settings, stored_cohorts(store))
    for closing in due_closings(settings, stored_cohorts(store), today) if closings is None else closings:
        if not differential and not waiting_in(store, closing.round).people:
            continue
        with store.writing():
            store.database.create(store.crs)
            # read again: nobody else writes from here on
            known = stored_cohorts(store)
            if closing.name in {cohort.name for cohort in known}:
                continue
            waiting = waiting_in(store, closing.round)
            done: tuple[Cohort, pd.DataFrame] | None
            if differential:
                share, day = share_of_budget(settings, known, closing), today.isoformat()
                done = noisy_cohort(closing, waiting, settings, epsilon=share, today=day, areas=areas)
            else:
                done = closed_cohort(closing, waiting, settings, today=today, further=further, streets=streets)
            if done is not None:
                _write(store, *done, who=who)
                closed.append(done[0])
    return closed


def withdraw(store: Store, name: str, *, who: str, why: str) -> None:
    """Take a cohort back as a whole: its figures are published no longer, and its answers are never counted again.

    Parameters
    ----------
    store
        An open one, migrated.
    name
        Of the cohort.
    who
        Who withdraws it, for the audit log.
    why
        The reason, for the audit log.

    Raises
    ------
    InputError
        There is no such cohort.
    """
    names = [cohort.name for cohort in stored_cohorts(store)]
    if name not in names:
        raise InputError(
            f"there is no cohort {name!r}", instead(name, names, "See tesoma-geo annotations cohorts list")
        )
    with store.writing():
        store.database.execute("UPDATE cohorts SET withdrawn = 1 WHERE cohort = ?", (name,))
        store.log(who, "withdraw cohort", name, why)


def shown_items(store: Store) -> dict[str, str]:
    """The one annotation of each respondent that was ever shown or quoted.

    Parameters
    ----------
    store
        An open one.

    Returns
    -------
    dict
        Pseudonym → annotation.
    """
    if not store.database.has_table("shown_items"):
        return {}
    return dict(store.database.query("SELECT respondent, annotation_id FROM shown_items"))


def remember_shown(store: Store, shown: Mapping[str, str]) -> None:
    """Remember what a publication shows; what is remembered already stays.

    Parameters
    ----------
    store
        An open one.
    shown
        Pseudonym → annotation.
    """
    known = shown_items(store)
    new = sorted((person, item) for person, item in shown.items() if person not in known)
    if not new:
        return
    with store.writing():
        store.database.create(store.crs)
        store.database.execute_many("INSERT INTO shown_items VALUES (?, ?) ON CONFLICT DO NOTHING", new)


def _write(store: Store, cohort: Cohort, members: pd.DataFrame, *, who: str) -> None:
    """A cohort and its members, within a transaction."""
    db = store.database
    ((number,),) = db.query("SELECT coalesce(max(number), 0) + 1 FROM cohorts")
    content = json.dumps(cohort.to_json(), ensure_ascii=False, sort_keys=True)
    db.execute("INSERT INTO cohorts (cohort, number, withdrawn, content) VALUES (?, ?, 0, ?)",
               (cohort.name, int(number), content))  # fmt: skip
    rows = sorted(members[list(MEMBER_COLUMNS)].itertuples(index=False, name=None))
    db.execute_many("INSERT INTO cohort_members VALUES (?, ?, ?, ?)", rows)
    store.log(who, "close cohort", cohort.name, f"{len(cohort.groups)} groups")
