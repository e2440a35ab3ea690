"""The page of all figures has what the start page leaves to it."""

import re

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.pages.figures import figures_page
from tesoma_geo.render.pages.site_context import SiteContext
from tesoma_geo.render.text.catalogue import catalogue


def test_every_subject_stands_on_the_page_and_leads_to_its_section(assessment: tg.Assessment) -> None:
    (page,) = figures_page(SiteContext(assessment, (), "en", navigation=("start", "figures")))
    assert page.file == "figures-en.html"
    assert {"reach", "areas", "services", "places", "fairness", "connections"} <= {table.key for table in page.tables}
    for key in ("reach", "areas", "services", "ages", "fairness", "sure"):
        assert f'id="{key}"' in page.body, key


def test_the_headline_is_its_own_with_the_least_share_and_its_interval(assessment: tg.Assessment) -> None:
    (page,) = figures_page(SiteContext(assessment, (), "en", navigation=("start", "figures")))
    message = " ".join(re.sub("<[^>]+>", "", page.body.split('class="message">')[1].split("</div>")[0]).split())
    reached = {row.profile: row for row in headline.reaches(assessment)}
    least = min(reached.values(), key=lambda row: row.share(row.within[headline.headline_cutoff(assessment)]))
    assert f"In {headline.headline_cutoff(assessment):g} minutes" in message
    assert "Residents: 2" in page.body.split('class="message">')[1].split("<section")[0]  # of which day
    assert f"{least.share(least.within[headline.headline_cutoff(assessment)]):.0%} by " in message
    assert re.search(rf"Most likely .*{catalogue('en').named('profile', least.profile).lower()} \d+–\d+%\.", message)


def test_bars_of_a_way_of_moving_hold_all_residents(assessment: tg.Assessment) -> None:
    (page,) = figures_page(SiteContext(assessment, (), "sv", navigation=("start", "figures")))
    strips = page.body.split('class="reach"')[1].split("</ul>")[0].split("<li>")[1:]
    for strip in strips:
        widths = [float(part.split('"')[0]) for part in strip.split(' width="')[1:]]
        assert abs(sum(widths) - 1000) < 1


def test_the_legend_of_the_bars_has_what_they_show_and_they_mark_the_minutes_of_the_headline(
    assessment: tg.Assessment,
) -> None:
    context = SiteContext(assessment, (), "en", navigation=("start", "figures"))
    (page,) = figures_page(context)
    legend = page.body.split('class="bands"')[1].split("</ul>")[0]
    assert ("no route" in legend) == any(row.bands[-1] for row in headline.reaches(assessment))
    cutoff = headline.headline_cutoff(assessment)
    assert f"there in {cutoff:g} minutes" in legend
    strips = page.body.split('class="reach"')[1].split("</ul>")[0].split("<li>")[1:]
    for strip, row in zip(strips, headline.reaches(assessment), strict=True):
        share = row.share(row.within[cutoff])
        marks = re.findall(r'class="bar-mark" d="M([\d.]+) ', strip)
        assert [float(at) for at in marks] == ([round(1000 * share, 1)] if share < 0.995 else [])
