"""Photographs without what cameras write into them: where, when, whose camera."""

from pathlib import Path

from tesoma_geo._extras import require
from tesoma_geo.errors import SourceError

LONGEST_PX = 1600


def write_clean_photo(source: Path, target: Path) -> None:
    """Write the pixels of a photograph as a JPEG, turned upright, without anything but them.

    EXIF, XMP, IPTC, colour profile, comments, thumbnail, text chunks, further frames and what is appended to the file
    stay behind; transparent parts become white.

    Parameters
    ----------
    source
        A photograph in any format that Pillow reads.
    target
        The JPEG, at most 1600 pixels on its longer side.

    Raises
    ------
    SourceError
        The file is no photograph that can be read.
    """
    require("PIL", extra="annotations")
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(source) as photo:
            upright = ImageOps.exif_transpose(photo).convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise SourceError(f"{source} cannot be read as a photograph ({error})", "Remove it or save it again") from None
    upright.thumbnail((LONGEST_PX, LONGEST_PX))
    pixels_alone = Image.new("RGB", upright.size, "white")
    pixels_alone.paste(upright, mask=upright.getchannel("A"))  # what somebody made transparent stays unseen
    pixels_alone.save(target, "JPEG", quality=85)
