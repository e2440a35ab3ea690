"""Photographs leave without what cameras write into them."""

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

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


CANARY = b"KANARIALINTU"


def _jpeg(path):
    """A photograph with everything that a camera, an editor and a phone write into one."""
    photo = Image.new("RGB", (60, 40), (200, 30, 30))
    exif = photo.getexif()
    exif[0x010F], exif[0x9286] = "KANARIALINTU camera", "KANARIALINTU"
    exif.get_ifd(0x8825)[2] = (61.0, 30.0, 15.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>KANARIALINTU</x:xmpmeta>"
    photo.save(path, exif=exif, xmp=xmp, icc_profile=b"KANARIALINTU profile", comment=CANARY)
    content = path.read_bytes()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x11\x1c\x02\x50\x00\x0c" + CANARY
    segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    path.write_bytes(content[:2] + segment + content[2:] + b"ftypmp42" + CANARY)  # phones append a film


def _png(path):
    info = PngInfo()
    info.add_text("Author", "KANARIALINTU")
    info.add_itxt("XML:com.adobe.xmp", "KANARIALINTU")
    photo = Image.new("RGB", (60, 40), (200, 30, 30))
    exif = photo.getexif()
    exif[0x010F] = "KANARIALINTU"
    photo.save(path, pnginfo=info, exif=exif, icc_profile=b"KANARIALINTU profile")


def _gif(path):
    frames = [Image.new("RGB", (60, 40), colour) for colour in ((200, 30, 30), (0, 0, 255))]
    frames[0].save(path, save_all=True, append_images=frames[1:], comment=CANARY)


def _webp(path):
    exif = Image.Exif()
    exif[0x010F] = "KANARIALINTU"
    Image.new("RGB", (60, 40), (200, 30, 30)).save(path, exif=exif, xmp=CANARY, icc_profile=CANARY, lossless=True)


def _tiff(path):
    Image.new("RGB", (60, 40), (200, 30, 30)).save(path, description="KANARIALINTU", artist="KANARIALINTU")


@pytest.mark.parametrize("make", [_jpeg, _png, _gif, _webp, _tiff], ids=lambda make: make.__name__[1:])
def test_nothing_that_was_written_into_a_photograph_leaves(tmp_path, make):
    source, target = tmp_path / f"raw.{make.__name__[1:]}", tmp_path / "clean.jpg"
    make(source)
    write_clean_photo(source, target)
    content = target.read_bytes()
    assert CANARY not in content
    assert CANARY.decode().encode("utf-16-le") not in content
    assert content.endswith(b"\xff\xd9")
    with Image.open(target) as clean:
        assert (clean.format, clean.mode, getattr(clean, "n_frames", 1)) == ("JPEG", "RGB", 1)
        assert set(clean.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red, green, blue = clean.getpixel((30, 20))
    assert (red > 180, green < 60, blue < 60) == (True, True, True)


def test_what_was_made_transparent_stays_unseen(tmp_path):
    """A face under a transparent patch is still in the file; before, its pixels were published."""
    photo = Image.new("RGBA", (60, 40), (200, 30, 30, 255))
    photo.paste((0, 0, 255, 0), (20, 10, 40, 30))
    photo.save(tmp_path / "raw.png")
    write_clean_photo(tmp_path / "raw.png", tmp_path / "clean.jpg")
    with Image.open(tmp_path / "clean.jpg") as clean:
        assert min(clean.getpixel((30, 20))) > 240
