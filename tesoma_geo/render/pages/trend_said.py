"""What residents said over the years, as rows of the page: themes by date, and barriers from one date to the next."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trend_records import FollowedBarrier, TrendFigures

#: Barriers of a step that are listed at most; the file has all.
LISTED = 20


@dataclass(frozen=True)
class ThemeRows:
    """The four values and five themes by date.

    Attributes
    ----------
    days
        A column a run.
    rows
        Name and numbers in words.
    """

    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def theme_rows(figures: "TrendFigures", text: Catalogue) -> ThemeRows | None:
    """Respondents by value and theme.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    ThemeRows or None
        None where no run tells of any; a number that a run does not tell is said to be none.
    """
    runs = figures.get("voices", [])
    told = [{**run["values"], **run["themes"]} for run in runs]
    codes = list(dict.fromkeys(code for said in told for code in said))
    if not codes:
        return None
    rows = tuple(
        (
            text.named("topic", code),
            tuple(text.number(said[code]) if code in said else text("trend.not_told") for said in told),
        )
        for code in codes
    )
    return ThemeRows(tuple(text.day(run["date"]) for run in runs), rows)


def barrier_lines(figures: "TrendFigures", text: Catalogue) -> list[tuple[str, list[str]]]:
    """Barriers from one run to the next: a sentence, and what changed.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    text
        The language.

    Returns
    -------
    list of tuple
        Sentence and lines, a step each.
    """
    steps = []
    for step in figures.get("barriers", []):
        told = text(
            "trend.barriers_step",
            date=text.day(step["until"]),
            open=text.number(step["open"]),
            new=text.number(step["new"]),
            mended=text.number(step["mended"]),
            gone=text.number(step["no_longer_told"]),
        )
        lines = [_line(row, text) for row in step["changed"][:LISTED]]
        beyond = len(step["changed"]) - LISTED
        steps.append((told, [*lines, text("trend.more", n=text.number(beyond))] if beyond > 0 else lines))
    return steps


def _line(row: "FollowedBarrier", text: Catalogue) -> str:
    return text(
        "trend.barrier",
        category=text.named("topic", row["category"]),
        place=row["streets"] or "–",
        change=text(f"trend.barrier.{row['change']}"),
    )
