"""What this program is: its files and the packages it works with, as a digest that names whatever it made."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tesoma_geo.workspace import bundled_folder

#: Packages whose version may change a figure.
FIGURE_PACKAGES = ("tesoma-geo", "geopandas", "numba", "numpy", "osmium", "pyproj", "rasterio", "scipy", "shapely")
#: Packages beside those whose version may change a picture, a page or how a value is kept.
FURTHER_PACKAGES = ("folium", "jinja2", "matplotlib", "pandas", "pillow", "pyarrow", "pydantic")
#: Files of the package that a result may follow from.
SOURCES = (".py", ".toml", ".j2", ".css", ".js", ".json", ".po", ".svg", ".mo")


@cache
def program() -> str:
    """A digest of this program: its files, and the versions of what it works with.

    Returns
    -------
    str
        Hex digits.
    """
    hashed, root = hashlib.blake2b(digest_size=16), Path(__file__).parent
    hashed.update(platform.python_version().encode())
    for name in (*FIGURE_PACKAGES, *FURTHER_PACKAGES):
        try:
            hashed.update(f"{name} {version(name)}".encode())
        except ModuleNotFoundError:
            continue
    for folder in (root, bundled_folder("maps/templates")):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in SOURCES):
            hashed.update(path.relative_to(folder).as_posix().encode())
            hashed.update(path.read_bytes())
    return hashed.hexdigest()
