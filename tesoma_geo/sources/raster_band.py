"""What the one band of an elevation raster means: refused where it is none, its unit in metres where it is."""

import re
from dataclasses import dataclass

import rasterio
from pyproj import CRS
from pyproj.exceptions import ProjError
from rasterio.enums import ColorInterp

from tesoma_geo.errors import SourceError

#: Metres in a unit as rasters write it, without blanks, dots and case. The US survey foot is 1200/3937 m by definition.
UNITS_M = {
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), 1.0),
    **dict.fromkeys(("ft", "foot", "feet", "internationalfoot", "internationalfeet", "footinternational"), 0.3048),
    **dict.fromkeys(
        ("ftus", "usft", "ussurveyfoot", "ussurveyfeet", "footus", "feetus", "usfoot", "usfeet", "surveyfoot"),
        1200.0 / 3937.0,
    ),
    **dict.fromkeys(("dm", "decimetre", "decimetres", "decimeter", "decimeters"), 0.1),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), 0.01),
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeter", "millimeters"), 0.001),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), 1000.0),
    **dict.fromkeys(("yd", "yard", "yards"), 0.9144),
}
#: What GDAL and writers put where no unit is known.
UNKNOWN_UNITS = frozenset({"", "unknown", "none", "null", "n/a"})
#: Pictures that lose detail, or whose pixels are colours.
PICTURE_DRIVERS = frozenset({"JPEG", "GIF", "WEBP", "BMP"})
LOSSY = frozenset({"jpeg", "ycbcr jpeg", "webp", "jxl"})
_COLOURS = frozenset({ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.palette, ColorInterp.alpha})


@dataclass(frozen=True)
class BandUnit:
    """What a value of a band is.

    Attributes
    ----------
    metres
        Metres in one unit, after scale and offset; negative where the system's axis points down.
    told
        What said so, such as ``"the band's unit ft"``; empty where nothing did and metres are assumed.
    """

    metres: float
    told: str


def refuse_what_is_no_elevation(raster: rasterio.DatasetReader, named: str) -> None:
    """Refuse several bands, pictures, and rasters that do not say where on Earth they lie.

    Parameters
    ----------
    raster
        The open raster.
    named
        Key and path, for messages.

    Raises
    ------
    SourceError
        The raster is no single band of heights, or has no system that is tied to the Earth.
    """
    remedy = "Name a raster of heights with one band, such as an elevation model as GeoTIFF"
    colours = _COLOURS & set(raster.colorinterp)
    if raster.count != 1:
        what = "a picture in colours" if colours else "several layers"
        raise SourceError(f"{named} has {raster.count} bands, as {what}; heights are one band", remedy)
    if colours or raster.driver in PICTURE_DRIVERS or str(raster.profile.get("compress", "")).lower() in LOSSY:
        raise SourceError(f"{named} is a picture, not heights", remedy)
    if raster.dtypes[0].startswith("complex"):
        raise SourceError(f"{named} holds complex numbers, not heights", remedy)
    if raster.crs is None:
        picture = " and holds whole numbers from 0 to 255, as pictures do" if raster.dtypes[0] == "uint8" else ""
        raise SourceError(
            f"{named} does not say which coordinate reference system it is in{picture}",
            "Save it with its system, such as EPSG:3067",
        )
    system = system_of(raster, named)
    if system.is_engineering or not (system.is_geographic or system.is_projected or _horizontal(system) is not None):
        raise SourceError(
            f"{named} is in the system {system.name!r}, a local one that is not tied to the Earth",
            "Save it with the system of the country or of the world, such as EPSG:3067",
        )


def system_of(raster: rasterio.DatasetReader, named: str) -> CRS:
    """The coordinate reference system of a raster.

    Parameters
    ----------
    raster
        The open raster, with a system.
    named
        Key and path, for messages.

    Returns
    -------
    pyproj.CRS

    Raises
    ------
    SourceError
        The system cannot be understood.
    """
    try:
        return CRS.from_wkt(raster.crs.to_wkt())
    except (ProjError, rasterio.errors.CRSError) as error:
        raise SourceError(
            f"{named} is in a coordinate reference system that cannot be used ({error})",
            "Save it with the system of the country or of the world, such as EPSG:3067",
        ) from None


def band_unit(raster: rasterio.DatasetReader, named: str) -> BandUnit:
    """What a value of the band is in metres: by the band's unit, else by the vertical system, else a metre.

    Parameters
    ----------
    raster
        The open raster, checked by :func:`refuse_what_is_no_elevation`.
    named
        Key and path, for messages.

    Returns
    -------
    BandUnit

    Raises
    ------
    SourceError
        The band names a unit that is no length.
    """
    system = system_of(raster, named)
    axis = _vertical_axis(system)
    down = -1.0 if axis is not None and axis[1] == "down" else 1.0
    text = (raster.units[0] or "").strip()
    spelled = re.sub(r"[\s._()-]", "", text).lower()
    if spelled not in UNKNOWN_UNITS:
        if spelled not in UNITS_M:
            raise SourceError(
                f"{named} gives its values in {text!r}, which is no length",
                "Name a raster of heights in metres or feet, or correct the band's unit",
            )
        return BandUnit(down * UNITS_M[spelled], f"the band's unit {text}")
    if axis is not None:
        return BandUnit(down * axis[0], f"the vertical system {axis[2]}")
    return BandUnit(1.0, "")


def _horizontal(system: CRS) -> CRS | None:
    """The part of a compound or bound system that lies flat."""
    for part in (system, system.source_crs, *system.sub_crs_list):
        if part is not None and (part.is_geographic or part.is_projected) and not part.is_engineering:
            return part
    return None


def _vertical_axis(system: CRS) -> tuple[float, str, str] | None:
    """Metres, direction and system of the axis of heights, if there is one."""
    for part in (system, *system.sub_crs_list):
        for axis in part.axis_info:
            if axis.direction in ("up", "down"):
                return float(axis.unit_conversion_factor), axis.direction, part.name
    return None
