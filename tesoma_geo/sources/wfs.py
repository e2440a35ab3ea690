"""One layer of a Web Feature Service (WFS 2.0), page by page, into a GeoPackage."""

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote

import geopandas as gpd
import pandas as pd
import pyogrio
import requests

from tesoma_geo._downloads import Fetched, keep, record_of
from tesoma_geo._http import MAX_BYTES, RefusalError, get, session
from tesoma_geo._reading import guarded_apart
from tesoma_geo.errors import FetchError, SourceError

#: Statuses of a server that has no time.
_BUSY = (429, 503)
#: Names under which servers give GeoJSON, and then their own default, which is GML.
_FORMATS = ("application/json", "json", "application/geo+json", "")
_SUFFIXES = {True: ".geojson", False: ".gml"}
#: A layer of a city has thousands of features and comes in tens of pages; a server that gives more gives without end.
MOST_PAGES, MOST_FEATURES = 2_000, 2_000_000


def fetch_wfs(
    service: str,
    layer: str,
    path: Path,
    *,
    refresh: bool = False,
    page_size: int = 1000,
    bbox: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> Fetched:
    """Fetch a layer into a GeoPackage, in the coordinate reference system of the server.

    Parameters
    ----------
    service
        Address of the service; a query in it is kept.
    layer
        Name of the feature type, such as ``tampere:kirjastot``.
    path
        The GeoPackage.
    refresh
        Fetch what is there already once more.
    page_size
        Features asked for at a time; a server may give fewer.
    bbox
        The box that features must meet, as WFS has it: four corners and their system; empty for all.
    progress
        Told what is being done.

    Returns
    -------
    Fetched
        Where it came from, and when.

    Raises
    ------
    FetchError
        The server cannot be reached, does not know the layer, repeats pages, sends without end, or sends
        neither GeoJSON nor GML.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    with session() as polite, tempfile.TemporaryDirectory() as folder:
        pages = list(_pages(polite, service, layer, Path(folder), page_size, bbox, progress))
    table = gpd.GeoDataFrame(pd.concat(pages, ignore_index=True), crs=pages[0].crs)
    return keep(path, service, lambda draft: table.to_file(draft, layer=layer, driver="GPKG"))


def fetch_wfs_part(address: str, path: Path, /, *, refresh: bool, progress: Callable[[str], None]) -> Fetched:
    """Fetch what of a layer lies in a box.

    Parameters
    ----------
    address
        ``wfs+https://SERVICE/LAYER.gpkg?bbox=…``, the box as WFS has it.
    path
        The GeoPackage.
    refresh
        Fetch what is there already once more.
    progress
        Told what is being done.

    Returns
    -------
    Fetched

    Raises
    ------
    FetchError
        As of :func:`fetch_wfs`.
    """
    url, _, query = address.partition("+")[2].partition("?")
    service, _, layer = url.rpartition("/")
    box = parse_qs(query).get("bbox", [""])[0]
    layer = unquote(layer).removesuffix(".gpkg")
    return fetch_wfs(service, layer, path, refresh=refresh, bbox=box, progress=progress)


def _pages(
    polite: requests.Session,
    service: str,
    layer: str,
    folder: Path,
    page_size: int,
    bbox: str,
    progress: Callable[[str], None],
) -> Iterator[gpd.GeoDataFrame]:
    count, matched, output_format, left_bytes = 0, None, None, MAX_BYTES
    seen: set[bytes] = set()
    previous = gpd.GeoDataFrame()
    while matched is None or count < matched:
        progress(f"Fetching {layer}: {count} of {'?' if matched is None else matched}")
        query = {"service": "WFS", "version": "2.0.0", "request": "GetFeature", "typeNames": layer}
        query |= {"count": str(page_size), "startIndex": str(count)} | ({"bbox": bbox} if bbox else {})
        formats = _FORMATS if output_format is None else (output_format,)
        if len(seen) >= MOST_PAGES or count > MOST_FEATURES:
            raise FetchError(
                f"{service}: {layer} does not end after {count:,} features in {len(seen):,} pages",
                "Download the layer by hand, cut to the district",
            )
        body, output_format = _first_accepted(polite, service, layer, query, formats, left_bytes)
        left_bytes -= len(body)
        page, matched = _page(body, service, layer, folder / f"{count}")
        if page.empty:
            break
        known = hashlib.sha256(page.to_json().encode()).digest()
        if known in seen:
            if page.equals(previous) and matched is None and len(page) < page_size:
                break  # a server that does not page and gave everything at once
            raise FetchError(f"{service}: the server repeats one page of {layer}", "Download the layer by hand")
        yield page
        seen.add(known)
        previous, count = page, count + len(page)
    if count == 0:
        raise FetchError(f"{service}: {layer} has no features", "Correct wfs_layer of the layer")


def _first_accepted(
    polite: requests.Session, service: str, layer: str, query: dict[str, str], formats: tuple[str, ...], most: int
) -> tuple[bytes, str]:
    """The response in the first format that the server gives, and that format."""
    refusal: FetchError | None = None
    for output_format in formats:
        try:
            body = get(polite, service, query | ({"outputFormat": output_format} if output_format else {}), most)
        except RefusalError as error:
            if error.status in _BUSY:  # another format makes it no readier
                raise
            refusal = error
            continue
        said = _exception(body)
        if said is None:
            return body, output_format
        refusal = FetchError(
            f"{service}: the server refuses to give {layer} ({said})", "Correct source or wfs_layer of the layer"
        )
    raise refusal or AssertionError("there is a format to ask for")


def _exception(body: bytes) -> str | None:
    """What an exception report says; None for anything else."""
    if b"ExceptionReport" not in body[:2000]:
        return None
    text = re.search(r"<(?:\w+:)?ExceptionText>(.*?)</", body.decode(errors="replace"), re.DOTALL)
    return " ".join(text[1].split())[:300] if text else "no reason given"


def _page(body: bytes, service: str, layer: str, stem: Path) -> tuple[gpd.GeoDataFrame, int | None]:
    """The features of a response, and how many the server says that there are in all."""
    is_json = body.lstrip()[:1] == b"{"
    file = stem.with_suffix(_SUFFIXES[is_json])
    file.write_bytes(body)
    try:
        matched = _matched_json(body) if is_json else _matched_gml(body)
        return _features(file), matched
    except (SourceError, ValueError, RecursionError):
        raise FetchError(
            f"{service}: what the server sent for {layer} is neither GeoJSON nor GML", "Check the address"
        ) from None


@guarded_apart("GeoJSON or GML", "Check the address")
def _features(file: Path) -> gpd.GeoDataFrame:
    """What a server sent is read apart: the library may die of it."""
    # Without features GML has no layer to read.
    return gpd.read_file(file) if len(pyogrio.list_layers(file)) else gpd.GeoDataFrame()


def _matched_json(body: bytes) -> int | None:
    collection = json.loads(body)
    number = collection.get("numberMatched", collection.get("totalFeatures"))
    return number if isinstance(number, int) else None


def _matched_gml(body: bytes) -> int | None:
    number = re.search(rb'numberMatched="(\d+)"', body[:5000])
    return int(number[1]) if number else None
