"""The page that other pages take into a frame, and the gallery that shows what it can do."""

from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.map.embed_snippet import Look, embed_address, snippet
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.escape import script_json

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

EMBED, GALLERY = "scripts/embed.js", "scripts/gallery.js"
SCRIPTS = (EMBED, GALLERY)
#: Where a snippet of the gallery says that the site is.
SOMEWHERE = "https://example.org/map"


def gallery(assessment: "Assessment", text: Catalogue, title: str) -> dict[str, Any]:
    """What the designers' page shows: maps in frames, their snippets, messages and options."""
    done = headline.profiles(assessment)
    entrance = assessment.hub.to_crs("EPSG:4326").geometry.iloc[0]
    near = (16.0, round(entrance.y, 5), round(entrance.x, 5))
    looks = {
        "plain": Look(),
        "bare": Look(profile=done[-1], layers=("isochrones", "water", "streets", "names"), controls="legend"),
        "coloured": Look(
            profile=done[0],
            at=near,
            controls="none",
            colours={"map-land": "eef3ea", "map-hub": "0b5d1e", "map-service": "7a3b00", "frame-accent": "0b5d1e"},
        ),
    }
    says = [
        ("view", {"tesoma": "set", "view": {"at": list(near)}}),
        ("profile", {"tesoma": "set", "view": {"profile": done[-1]}}),
        ("layers", {"tesoma": "set", "view": {"hide": ["cells", "names"]}}),
        ("look", {"tesoma": "set", "view": {"colours": {"map-land": "fff4d6", "frame-accent": "0072b2"}}}),
    ]
    options = ("profile", "show", "hide", "at", "controls", "colour")
    return {
        "examples": [
            {
                "title": text(f"designers.{name}"),
                "src": embed_address("", text.language, look),
                "snippet": snippet(embed_address(SOMEWHERE, text.language, look), title),
            }
            for name, look in looks.items()
        ],
        "messages": [(text(f"designers.say_{name}"), script_json(message)) for name, message in says],
        "options": [(name, text(f"designers.option_{name}")) for name in options],
    }
