"""Every figure leads to where it comes from, and there it is told."""

import re
from pathlib import Path

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.pages.write import write_site


def test_every_mark_of_a_figure_leads_to_its_place_on_the_page_of_the_method(
    assessment: tg.Assessment, tmp_path: Path
) -> None:
    write_site(assessment, tmp_path, publication=published(assessment.inputs, who="tests"), stills=False)
    for language in ("fi", "sv", "en"):
        method = (tmp_path / f"method-{language}.html").read_text("utf-8")
        there = set(re.findall(r'id="(from-[^"]+)"', method))
        pages = [tmp_path / ("index.html" if language == "fi" else f"{language}.html")]
        pages += [page for page in tmp_path.glob(f"*-{language}.html") if page.name != f"embed-{language}.html"]
        for page in pages:
            text = page.read_text("utf-8")
            led = re.findall(rf'href="method-{language}\.html#(from-[^"]+)"', text)
            assert set(led) <= there, page.name
            if page.name.startswith(("index", "en.", "sv.", "by-", "figures-", "voices-")):
                assert led, page.name


def test_a_trace_names_file_layers_and_their_dates(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_site(assessment, tmp_path, stills=False)
    method = (tmp_path / "method-en.html").read_text("utf-8")
    told = method[method.index('id="from-connections"') :].split("</dd>")[0]
    assert "summary.json: transit" in told
    assert "Public transport (" in told
    sources = method[method.index('id="sources"') : method.index("<details>", method.index('id="sources"'))]
    assert "<strong>Streets</strong>" in sources  # once: every figure of a journey rests on them
    assert "Streets (" not in method[method.index('id="from"') :]
    assert "Streets (" not in told
