"""The page that other pages take into a frame, and the gallery that shows what it can do."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from tesoma_geo.render.figures import headline
from tesoma_geo.render.map.embed_snippet import (
    COLOURS,
    HEIGHT_PX,
    Look,
    as_attributes,
    embed_address,
    look_options,
    script_snippet,
    snippet,
)
from tesoma_geo.render.map.frame import frame, label
from tesoma_geo.render.map.script_options import degree_bounds
from tesoma_geo.render.pages.site_context import HIDDEN, Page, SiteContext
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.escape import script_json

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

EMBED, GALLERY = "scripts/embed.js", "scripts/gallery.js"
SCRIPTS = (EMBED, GALLERY)
#: What stands at the root of a site for pages of others: the name there, and the asset.
FOR_HOSTS = {"embed.js": "scripts/host.js", "embed.d.ts": "scripts/host.d.ts"}
#: Where a snippet of the gallery says that the site is.
SOMEWHERE = "https://example.org/map"
#: What stands in the gallery where it tells of that.
ADDRESS_MARK = "<!--address-->"
#: What the address of the embedded map understands.
OPTIONS = (
    "profile", "season", "departure", "show", "hide", "at", "bounds", "home", "controls", "theme", "colour",
)  # fmt: skip
#: Where on the start page its first table is.
TABLES = "reach-caption"
#: Width and height of the map that oEmbed offers, in CSS pixels.
OEMBED_SIZE = (800, HEIGHT_PX["all"])


def gallery(assessment: "Assessment", catalogue: Catalogue, title: str) -> dict[str, Any]:
    """What the designers' page shows: maps in frames, their snippets, messages and options.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    title
        Of the frames.

    Returns
    -------
    dict
        The template's variables.
    """
    done = headline.profiles(assessment)
    entrance = assessment.hub.to_crs("EPSG:4326").geometry.iloc[0]
    near = (16.0, round(entrance.y, 5), round(entrance.x, 5))
    looks = {
        "plain": Look(),
        "bare": Look(profile=done[-1], layers=("isochrones", "water", "streets", "names"), controls="legend"),
        "coloured": Look(
            profile=done[0],
            at=(14.0, *near[1:]),
            controls="none",
            colours={"map-land": "eef3ea", "map-hub": "0b5d1e", "map-service": "7a3b00", "frame-accent": "0b5d1e"},
        ),
    }
    one_way = "wheelchair" if "wheelchair" in done else done[0]
    looks["dark"] = Look(profile=one_way, theme="dark", controls="legend")
    says = [
        ("view", {"tesoma": "set", "view": {"at": list(near)}}),
        ("profile", {"tesoma": "set", "view": {"profile": done[-1]}}),
        ("layers", {"tesoma": "set", "view": {"hide": ["cells", "names"]}}),
        ("look", {"tesoma": "set", "view": {"colours": {"map-land": "fff4d6", "frame-accent": "0072b2"}}}),
    ]
    by_script = {
        "script": Look(profile=done[0], season="winter", controls="legend"),
        "element": Look(
            profile=done[-1],
            bounds=_bounds(assessment),
            controls="legend",
            colours={"light.map-land": "eef3ea", "dark.map-land": "101820"},
        ),
    }
    names = ", ".join(f"{profile} ({catalogue.named('profile', profile)})" for profile in done)
    return {
        "examples": [
            {
                "title": catalogue(f"designers.{name}"),
                "src": embed_address("", catalogue.language, look),
                "height": HEIGHT_PX[look.controls],
                "snippet": snippet(
                    embed_address(SOMEWHERE, catalogue.language, look), title, height=HEIGHT_PX[look.controls]
                ),
            }
            for name, look in looks.items()
        ],
        "scripted": [
            {
                "title": catalogue(f"designers.{name}"),
                **_live(look_options(catalogue.language, look, f"{catalogue(f'designers.{name}')} – {title}")),
                "as_element": name == "element",
                "snippet": script_snippet(SOMEWHERE, catalogue.language, look, title, as_element=name == "element"),
            }
            for name, look in by_script.items()
        ],
        "heard": script_json(
            {
                **{kind: catalogue(f"designers.heard_{kind}") for kind in ("ready", "view", "click")},
                "profiles": {profile: catalogue.named("profile", profile) for profile in done},
                "seasons": {season: catalogue.named("season", season) for season in ("summer", "winter")},
            }
        ),
        "messages": [(catalogue(f"designers.say_{name}"), script_json(message)) for name, message in says],
        "colours": COLOURS,
        "options": [(name, catalogue(f"designers.option_{name}", names=names)) for name in OPTIONS],
    }


def _live(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options of a map that the gallery shows by the script, for a call and for an element."""
    return {"options": script_json(options), "attributes": as_attributes(options)}


def _bounds(assessment: "Assessment") -> tuple[float, float, float, float]:
    """West, south, east and north of the homes, in degrees."""
    (south, west), (north, east) = degree_bounds(assessment.origins.total_bounds, str(assessment.origins.crs))
    return west, south, east, north


def with_address(page: Page, catalogue: Catalogue, address: str) -> Page:
    """The gallery with the address of the site in its codes; with an example that it calls so where none is known.

    Parameters
    ----------
    page
        Any page; others stay as they are.
    catalogue
        Of the page's language.
    address
        Where the site will be; empty where that is not known.

    Returns
    -------
    Page
        Without the mark for the address.
    """
    if page.key != "designers":
        return page
    told = "" if address else assets.rendered("own_address.html.j2", t=catalogue, somewhere=SOMEWHERE)
    body = page.body.replace(SOMEWHERE, str(escape(address.rstrip("/") or SOMEWHERE)))
    return replace(page, body=body.replace(ADDRESS_MARK, told))


def designer_pages(context: SiteContext) -> Iterator[Page]:
    """The map for other pages' frames, and the gallery that shows it.

    Parameters
    ----------
    context
        The site in one language.

    Yields
    ------
    Page
        The embedded map, then the gallery.
    """
    assessment, catalogue = context.assessment, context.catalogue
    name = catalogue("title", hub=context.hub, district=context.district)
    _, sure = context.message(context.reaches[0].profile)
    map_html = frame(
        assessment,
        catalogue,
        context.contents,
        hidden=HIDDEN,
        layers_open=False,
        sure=sure,
        tables_at=f"{context.file('start')}#{TABLES}",
    )
    sentence = context.headline_sentence(context.reaches[0].profile)
    yield replace(context.page("embed", "embed", name, sentence, map_html=map_html), scripts=(EMBED,))
    shown = context.page(
        "designers",
        "designers",
        context.title(catalogue("nav.designers")),
        catalogue("designers.headline"),
        layers=[(one.key, label(catalogue, one)) for one in context.contents if label(catalogue, one)],
        **gallery(assessment, catalogue, name),
    )
    yield replace(shown, scripts=(GALLERY,), frames=True)


def oembed_file(page: Page) -> str:
    """The name of the file that tells a publishing system what to show for a page.

    Parameters
    ----------
    page
        Any page. One about a way of moving has a file of its own; others share that of their start page.

    Returns
    -------
    str
    """
    return f"oembed-{page.file.removesuffix('.html') if page.profile else page.language}.json"


def oembed(
    assessment: "Assessment", page: Page, start: Page, address: str, picture: str | None, size: tuple[int, int]
) -> str:
    """What a publishing system asks for when somebody pastes the address of a page: oEmbed 1.0, of type rich.

    The file lies beside the pages, which name it in their heads (https://oembed.com, "discovery"). It answers with one
    size, whatever ``maxwidth`` is asked for: a server of files reads no question.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    page
        The page that was asked for: the map begins with its way of moving.
    start
        The start page in its language.
    address
        Where the site will be.
    picture
        What links to the page show, as an address below the site's; None where nothing was drawn.
    size
        Width and height of the picture, in pixels.

    Returns
    -------
    str
        JSON.
    """
    site, (width, height) = address.rstrip("/"), OEMBED_SIZE
    shown = embed_address(site, page.language, Look(profile=page.profile))
    content: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": page.title,
        "provider_name": start.title.partition(":")[0],
        "provider_url": f"{site}/",
        "html": snippet(shown, page.title, str(width), height),
        "width": width,
        "height": height,
    }
    if assessment.workspace.site.author:
        content["author_name"] = assessment.workspace.site.author
    if picture:
        content |= {"thumbnail_url": f"{site}/{picture}", "thumbnail_width": size[0], "thumbnail_height": size[1]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
