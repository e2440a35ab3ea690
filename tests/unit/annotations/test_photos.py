"""Photographs leave without what cameras write into them."""

import pytest
from PIL import Image

from tesoma_geo.annotations.photos import write_clean_photo
from tesoma_geo.errors import SourceError


def test_pixels_stay_and_everything_else_goes(tmp_path):
    photo = Image.new("RGB", (60, 40), (200, 30, 30))
    exif = photo.getexif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "KANARIALINTU camera"
    exif.get_ifd(0x8825)[2] = (61.0, 30.0, 15.0)  # latitude
    source, target = tmp_path / "raw.jpg", tmp_path / "clean.jpg"
    photo.save(source, exif=exif, comment=b"KANARIALINTU comment")
    assert b"KANARIALINTU" in source.read_bytes()
    write_clean_photo(source, target)
    assert b"KANARIALINTU" not in target.read_bytes()
    with Image.open(target) as clean:
        assert dict(clean.getexif()) == {}
        assert clean.size == (40, 60)
        red, green, blue = clean.getpixel((20, 30))
    assert (red > 180, green < 60, blue < 60) == (True, True, True)


def test_what_is_no_photograph_is_refused(tmp_path):
    path = tmp_path / "evil.jpg"
    path.write_text("<svg onload=alert(1)>")
    with pytest.raises(SourceError, match="cannot be read as a photograph"):
        write_clean_photo(path, tmp_path / "clean.jpg")
