"""A still as PDF tells who does not see it what it shows."""

from pathlib import Path

import pikepdf
import pytest

import tesoma_geo as tg
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.tagged_pdf import tagged
from tesoma_geo.render.stills.write import write_still
from tesoma_geo.workspace import Language


@pytest.fixture(scope="module")
def still(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tagged") / "map.pdf"
    write_still(assessment, path, "wheelchair", "sv", Picture((420.0, 297.0)))
    return path


def test_it_is_marked_with_its_language_and_a_title_that_is_shown(still: Path) -> None:
    with pikepdf.open(still) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "sv"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as about:
            assert about["dc:title"] == str(pdf.docinfo.Title)
            assert about["pdfuaid:part"] == "1"
        assert "wheelchair" not in str(pdf.docinfo.Title)


def test_all_that_is_drawn_is_one_figure_whose_words_are_those_of_the_picture(still: Path) -> None:
    with pikepdf.open(still) as pdf:
        (page,) = pdf.pages
        drawn = pikepdf.parse_content_stream(page)
        assert str(drawn[0].operator) == "BDC"
        assert str(drawn[0].operands[0]) == "/Figure"
        assert str(drawn[-1].operator) == "EMC"
        assert sum(str(one.operator) in ("BDC", "BMC") for one in drawn) == 1
        (document,) = [pdf.Root.StructTreeRoot.K]
        (figure,) = document.K
        assert (str(document.S), str(figure.S), int(figure.K)) == ("/Document", "/Figure", 0)
        assert pdf.Root.StructTreeRoot.ParentTree.Nums[1][0].objgen == figure.objgen
        assert int(page.StructParents) == 0
        told = str(figure.Alt)
        for words in ("Rullstol", "Vardagens service", "högst 5\u00a0min", "Made-up data, CC0 1.0"):
            assert words in told


def test_it_has_no_fault_of_syntax(still: Path) -> None:
    with pikepdf.open(still) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("language", ["fi", "en"])
def test_words_in_any_letters_are_kept(still: Path, tmp_path: Path, language: Language) -> None:
    words = "Ääni (suluissa) \\ العربية 🚲 <b>"
    own = still.read_bytes().split(b"%%EOF\n", 1)[0] + b"%%EOF\n"
    path = tmp_path / "own.pdf"
    path.write_bytes(tagged(own, words, language, words))
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.StructTreeRoot.K.K[0].Alt) == words
        with pdf.open_metadata() as about:
            assert about["dc:title"] == words


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"1 0 obj\n<< /Type /Catalog >>\nendobj\n"])
def test_what_is_no_such_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no PDF of one page"):
        tagged(content, "", "fi", "")
