"""A Web Feature Service with 25 libraries, as a route of the loopback server."""

import json

import geopandas as gpd

LIBRARIES = gpd.GeoDataFrame(
    {"name": [f"Kirjasto {number}" for number in range(25)]},
    geometry=gpd.points_from_xy([320_000 + 10 * number for number in range(25)], [6_823_000] * 25),
    crs="EPSG:3067",
)


def wfs(*, json_spoken: bool = True, pages: bool = True, cap: int = 10, counts: bool = True):
    """A WFS with 25 libraries that gives at most ``cap`` at a time."""

    def respond(query, _headers):
        assert (query["service"], query["version"], query["request"]) == ("WFS", "2.0.0", "GetFeature")
        if query["typeNames"] != "city:libraries":
            return (
                200,
                {},
                b"<ows:ExceptionReport><ows:ExceptionText>No such\n type</ows:ExceptionText></ows:ExceptionReport>",
            )
        if "outputFormat" in query and not (json_spoken and query["outputFormat"] == "application/json"):
            return 400, {}, b"<ows:ExceptionReport/>"
        start = int(query["startIndex"]) if pages else 0
        rows = LIBRARIES.iloc[start : start + min(cap, int(query["count"]))]
        if "outputFormat" in query:
            collection = json.loads(rows.to_json(show_bbox=False, drop_id=True))
            collection["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3067"}}
            return 200, {}, json.dumps(collection | ({"numberMatched": 25} if counts else {})).encode()
        members = "".join(
            f'<wfs:member><city:libraries gml:id="l.{index}"><city:name>{row["name"]}</city:name><city:geom>'
            f'<gml:Point srsName="urn:ogc:def:crs:EPSG::3067"><gml:pos>{row.geometry.x} {row.geometry.y}</gml:pos>'
            "</gml:Point></city:geom></city:libraries></wfs:member>"
            for index, row in rows.iterrows()
        )
        head = '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"'
        matched = 25 if counts else "unknown"
        return (
            200,
            {},
            f'{head} xmlns:city="urn:city" numberMatched="{matched}">{members}</wfs:FeatureCollection>'.encode(),
        )

    return respond
