"""The page of a way of moving."""

import re

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.pages.profile import profile_pages
from tesoma_geo.render.pages.site_context import SiteContext


def body_of(assessment: tg.Assessment, profile: str) -> str:
    context = SiteContext(assessment, (), "en", navigation=("start", "method"))
    return next(page.body for page in profile_pages(context) if page.profile == profile)


@pytest.mark.parametrize("profile", ["walk", "wheelchair", "transit"])
def test_services_that_not_everybody_has_near_are_bars_with_their_table_folded(
    assessment: tg.Assessment, profile: str
) -> None:
    services = body_of(assessment, profile).partition('<section id="services"')[2].partition("</section>")[0]
    bars = re.findall(r'<li><span>([^<]+)</span><svg.*?<span class="number">([^<]+)', services)
    everyone = re.search(r"Every resident has these within 15 minutes of home: (.*?)\.</p>", services)
    assert len(bars) + len(everyone[1].split(", ") if everyone else ()) == len(
        headline.service_kinds(assessment.services)
    )
    folded = services.partition("<details>")[2]
    for name, value in bars:
        share = value.split(" (")[0]
        assert re.search(rf"{re.escape(name)}</th>.*?{re.escape(share)}</td>", folded, re.DOTALL)


def test_what_headline_and_heading_say_is_not_said_again(assessment: tg.Assessment) -> None:
    below = body_of(assessment, "walk").partition('<section id="figures"')[2]
    assert len(re.findall(r"<li>Within [0-9]+", below.partition("</ul>")[0])) == 1
    assert "(walking)" not in re.sub("<[^>]+>", "", below)
