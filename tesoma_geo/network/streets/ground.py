"""The ground that streets lie on, and how wrong its model may be: heights of the streets in draws of that error."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from tesoma_geo._arrays import Float32, Int64
from tesoma_geo._processes import in_processes
from tesoma_geo._threads import cores
from tesoma_geo.network.streets.heights import AlongStreets, StreetLines, street_heights
from tesoma_geo.sources.elevation import GroundSurface
from tesoma_geo.sources.elevation_error import ElevationError

#: Draws are shared out over so many processes at most: each holds what smooths along the streets.
MOST_PROCESSES = 16


@dataclass(frozen=True, eq=False)
class Ground:
    """A model of heights and its error.

    Attributes
    ----------
    surface
        The ground around the streets.
    error
        How far off it may be.
    """

    surface: GroundSurface
    error: ElevationError

    def drawn_heights(self, lines: StreetLines, seed: int, draws: int) -> Float32:
        """Heights of the nodes of streets, each time with another shift of the model and another field of errors.

        Parameters
        ----------
        lines
            The streets.
        seed
            Of all draws: the same seed gives the same place the same error, whatever streets there are.
        draws
            How many.

        Returns
        -------
        float32 array of shape (draws, n)
            Metres, NaN where unknown.
        """
        here_m = self.surface.both(lines.x, lines.y)
        known = ~np.isnan(here_m[0])
        smoother = AlongStreets.of(lines, known, self.surface.run_m)

        def drawn(runs: Int64) -> Float32:
            heights = np.full((len(runs), len(lines.x)), np.nan, np.float32)
            for row, run in enumerate(runs):
                draw = self.error.drawn(seed, int(run))
                error_m = draw.heights_m(lines.x, lines.y)
                one = street_heights(lines, self.surface, draw.shift_m, error_m, smoother, here_m)
                heights[row, known] = one.elevation_m[known]
            return heights

        shares = np.array_split(np.arange(draws), min(cores(), MOST_PROCESSES))
        return np.concatenate(in_processes([partial(drawn, runs) for runs in shares]))
