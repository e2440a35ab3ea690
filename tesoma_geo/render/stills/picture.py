"""How large a still is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.render.stills.layout import MM_PER_INCH

if TYPE_CHECKING:
    pass

#: A4 across.
SIZE_MM = (297.0, 210.0)


@dataclass(frozen=True)
class Picture:
    """How large a still is.

    Attributes
    ----------
    size_mm
        Width and height on paper.
    dpi
        Dots an inch; of a PNG, and of nothing in SVG and PDF.
    letters
        How many times as high as usual at this size letters and signs are.
    framed
        Whether title and credits stand above and below the map; not where the page around it has them.
    legend
        Whether the legend stands beside or below the map; not where the page around it has it in words.
    """

    size_mm: tuple[float, float] = SIZE_MM
    dpi: float = 200.0
    letters: float = 1.0
    framed: bool = True
    legend: bool = True

    @classmethod
    def of_pixels(cls, width: int, height: int, dpi: float = 144.0) -> "Picture":
        """A picture of so many dots.

        Parameters
        ----------
        width
            Dots.
        height
            Dots.
        dpi
            Dots an inch.

        Returns
        -------
        Picture
            On paper.
        """
        return cls((width / dpi * MM_PER_INCH, height / dpi * MM_PER_INCH), dpi)
