"""What a workshop keeps besides annotations: consent to be shown, support, votes, and what was taken back."""

from tesoma_geo.annotations.database import Database


def forget_in_the_room(database: Database, respondent: str) -> None:
    """Remove what a workshop keeps of a respondent; within a transaction, before the annotations go.

    Parameters
    ----------
    database
        With its tables.
    respondent
        The pseudonym.
    """
    database.execute(
        "DELETE FROM room_items WHERE annotation_id IN (SELECT annotation_id FROM annotations WHERE respondent = ?)",
        (respondent,),
    )
    database.execute(
        "DELETE FROM room_marks WHERE what = 'support' AND subject IN "
        "(SELECT annotation_id FROM annotations WHERE respondent = ?)",
        (respondent,),
    )
    database.execute("DELETE FROM room_marks WHERE respondent = ?", (respondent,))


def remove_annotation(database: Database, annotation_id: str, respondent: str) -> bool:
    """Remove one annotation for good, at the wish of who made it, and keep it out; within a transaction.

    Parameters
    ----------
    database
        With its tables.
    annotation_id
        Which one.
    respondent
        The pseudonym of who asks.

    Returns
    -------
    bool
        Whether it was there. It stays out in either case: what a phone sends late does not bring it back.
    """
    for table in ("released", "room_items"):
        database.execute(
            f"DELETE FROM {table} WHERE annotation_id IN "  # noqa: S608 - names of our own tables
            "(SELECT annotation_id FROM annotations WHERE annotation_id = ? AND respondent = ?)",
            (annotation_id, respondent),
        )
    database.execute(
        "DELETE FROM shown_items WHERE annotation_id = ? AND respondent = ?",
        (annotation_id, respondent),
    )
    database.execute("DELETE FROM room_marks WHERE what = 'support' AND subject = ?", (annotation_id,))
    removed = database.execute(
        "DELETE FROM annotations WHERE annotation_id = ? AND respondent = ?", (annotation_id, respondent)
    )
    database.execute("INSERT INTO taken_back VALUES (?) ON CONFLICT DO NOTHING", (annotation_id,))
    return removed > 0
