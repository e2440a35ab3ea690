"""The same difficult places with other delays, for what is told of few seconds and of many."""

from dataclasses import replace

import tesoma_geo as tg


def slower(assessment: tg.Assessment, seconds: float) -> tg.Assessment:
    """The same difficult places, which add so many seconds to the mean journey of those whom they concern."""
    told = assessment.lived.summary["profiles"]
    figures = {name: {**row, "mean_added_min": seconds / 60} for name, row in told.items()}
    return replace(
        assessment, lived=replace(assessment.lived, summary={**assessment.lived.summary, "profiles": figures})
    )
