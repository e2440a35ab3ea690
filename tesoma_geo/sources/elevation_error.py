"""How wrong an elevation raster may be, and draws of it: one shift and one smooth field a run.

Errors of neighbouring cells are alike: drawn cell by cell they would average out along every street. A run therefore
draws one shift of the whole raster and one smooth field of heights, a Gaussian process in the plane, made of cosines.
It has a value at any place, so that a scenario's new streets share the draw of the old ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Standard deviations of the error in height by the longest side of cells, metres. To 5 m: Elevation model 2 m of the
#: National Land Survey of Finland, accuracy 0.3 m; to 15 m: its Elevation model 10 m, 1.4 m in 95 % of the cases; to
#: 40 m: Copernicus DEM GLO-30, relative error below 2 m in 90 % of the cases. Coarser: an assumption, 3 % of a cell.
ERROR_BY_CELL_M = ((5.0, 0.3), (15.0, 1.4 / 1.96), (40.0, 2.0 / 1.645))
ERROR_OF_CELL = 0.03
#: Standard deviation of the shift each way, in cells. An assumption: corners taken for middles are half a cell.
SHIFT_OF_CELL = 0.5
#: Over so many cells errors in height are alike (the length scale of a Gaussian covariance). An assumption.
ALIKE_CELLS = 5.0
#: Cosines that a field is made of: its spread at a place is then within 5 % of what is asked for.
WAVES = 256
#: Stations of a field on the length over which it is alike: straight between them it is within 0.5 % of its spread.
STATIONS = 5
#: Sets the draws of heights apart from all others with the same seed.
STREAM = 0xE1E7


@dataclass(frozen=True)
class ElevationError:
    """How far off a raster may be, in standard deviations.

    Attributes
    ----------
    error_m
        Of the heights, metres.
    shift_m
        Of the place, east and north each, metres.
    alike_m
        Length over which errors in height are alike, metres.
    """

    error_m: float
    shift_m: float
    alike_m: float

    @classmethod
    def of_cells(cls, cell_m: float, error_m: float | None = None, shift_m: float | None = None) -> "ElevationError":
        """What is told, and for what is not the usual for cells of this size.

        Parameters
        ----------
        cell_m
            Longer side of a cell, metres.
        error_m, shift_m
            ``[elevation] error_m`` and ``shift_m`` of the workspace; None for the usual.

        Returns
        -------
        ElevationError
        """
        usual = next((usual for upto, usual in ERROR_BY_CELL_M if cell_m <= upto), ERROR_OF_CELL * cell_m)
        return cls(
            usual if error_m is None else error_m,
            SHIFT_OF_CELL * cell_m if shift_m is None else shift_m,
            ALIKE_CELLS * cell_m,
        )

    def drawn(self, seed: int, run: int) -> "ElevationDraw":
        """One draw: the same for the same seed and run, whatever else is drawn.

        Parameters
        ----------
        seed
            Of all runs.
        run
            Its number.

        Returns
        -------
        ElevationDraw
        """
        random = np.random.default_rng([seed, STREAM, run])
        east_m, north_m = self.shift_m * random.standard_normal(2)
        waves = random.standard_normal((WAVES, 2)) / self.alike_m
        return ElevationDraw(
            *((float(east_m), float(north_m)), self.error_m, waves, random.uniform(0.0, 2.0 * np.pi, WAVES)),
            step_m=self.alike_m / STATIONS,
        )


@dataclass(frozen=True, eq=False)
class ElevationDraw:
    """How far off a raster is in one run.

    Attributes
    ----------
    shift_m
        How far east and north it lies of where it should, metres.
    error_m
        Standard deviation of the field of heights.
    waves, phases
        Radians per metre east and north, shape (k, 2), and radians, shape (k,), of the cosines of the field.
    step_m
        The field is found at stations so far apart, and straight between them.
    """

    shift_m: tuple[float, float]
    error_m: float
    waves: Array
    phases: Array
    step_m: float

    def heights_m(self, x: Array, y: Array) -> Array:
        """The error in height at places.

        Parameters
        ----------
        x, y
            Metric coordinates, shape (n,).

        Returns
        -------
        float64 array of shape (n,)
            Metres, to be added to the ground.
        """
        from scipy.ndimage import map_coordinates

        if self.error_m == 0.0 or not len(x):
            return np.zeros(len(x))
        (first, across), (low, up) = (self._stations(values) for values in (x, y))
        (east, north), step_m = self.waves.T, self.step_m
        if across * up > len(x) * len(east):  # more stations than it takes to add up the cosines at each place
            total = np.zeros(len(x))
            for wave_east, wave_north, phase in zip(east, north, self.phases, strict=True):
                total += np.cos(wave_east * x + wave_north * y + phase)
            total *= self.error_m * np.sqrt(2.0 / len(self.phases))
            return total
        # The cosine of a sum, for all stations at once.
        along = np.outer(east, step_m * (first + np.arange(across))) + self.phases[:, None]
        away = np.outer(north, step_m * (low + np.arange(up)))
        field = np.cos(along).T @ np.cos(away) - np.sin(along).T @ np.sin(away)
        field *= self.error_m * np.sqrt(2.0 / len(self.phases))
        between: Array = map_coordinates(field, [x / step_m - first, y / step_m - low], order=1)
        return between

    def _stations(self, values: Array) -> tuple[int, int]:
        """The first of the stations around some coordinates, and how many there are; multiples of the step."""
        first = int(np.floor(values.min() / self.step_m))
        return first, int(np.floor(values.max() / self.step_m)) - first + 2
