"""Whether enough respondents show something, such that no single one decides whether it is said.

What `check` says of answers in a file that was not imported is passed on. A doubt that begins at a number of
respondents would tell of the one who makes it: the number is drawn between the least and k − 1 more, anew for each
content of a file.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

#: Of fewer respondents nothing is said, whatever the share.
FEW = 5


@dataclass(frozen=True)
class UnsureCounts:
    """How many respondents it takes for a doubt.

    Attributes
    ----------
    seed
        Follows from every answer of the file: the same file gives the same doubts, another one other draws.
    k
        So many numbers are as likely, from the least on.
    """

    seed: bytes
    k: int = FEW

    @classmethod
    def of_answers(cls, table: gpd.GeoDataFrame, k: int = FEW) -> "UnsureCounts":
        """The draws of a file of answers.

        Parameters
        ----------
        table
            Its annotations.
        k
            As of the class.

        Returns
        -------
        UnsureCounts
        """
        rows = pd.DataFrame(table.drop(columns=table.geometry.name)).to_numpy(object).ravel()
        places = shapely.to_wkb(table.geometry.to_numpy(), hex=True)
        return cls.of_words(map(str, (*rows, *places)), k)

    @classmethod
    def of_words(cls, words: Iterable[str], k: int = FEW) -> "UnsureCounts":
        """The draws of whatever was given, in words.

        Parameters
        ----------
        words
            Everything that the counts follow from.
        k
            As of the class.

        Returns
        -------
        UnsureCounts
        """
        return cls(hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).digest(), k)

    def above(self, what: str, count: float, share: float, of: float) -> bool:
        """Whether a count is above a share, and above what few could be, by the number drawn; or is all of them.

        Parameters
        ----------
        what
            Names the doubt; each has a draw of its own.
        count
            Respondents who show it.
        share
            Of all, 0 to 1.
        of
            All of them.

        Returns
        -------
        bool
        """
        if count >= of - 1e-9 and of >= FEW and share < 1:  # a file that is wrong throughout, whoever is in it
            return True
        return count > max(share * of, FEW - 1) + self.further(what)

    def further(self, what: str) -> int:
        """The number drawn for a doubt.

        Parameters
        ----------
        what
            Names the doubt.

        Returns
        -------
        int
            0 to k − 1, each as likely.
        """
        drawn = hashlib.sha256(self.seed + what.encode()).digest()
        return int.from_bytes(drawn[:8], "big") % max(self.k, 1)


def weights(respondents: "pd.Series[str]") -> NDArray[np.float64]:
    """How much each answer counts, so that every respondent counts once.

    Parameters
    ----------
    respondents
        Who gave each answer.

    Returns
    -------
    float array of shape (answers,)
        One by the number of the respondent's answers.
    """
    own = [f"{one}" if isinstance(one, str) and one else f"\x1f{row}" for row, one in enumerate(respondents)]
    who = pd.Series(own, dtype=object)  # whoever gave no id counts as another person
    given = who.groupby(who.to_numpy()).transform("size").to_numpy(float)
    once: NDArray[np.float64] = 1.0 / np.maximum(given, 1.0)
    return once
