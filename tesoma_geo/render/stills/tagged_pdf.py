"""A still as PDF that tells who does not see it what it shows: tags, language, title, an alternative text.

matplotlib writes none of these. They are added as an update at the end of the file (ISO 32000-1, 7.5.6): what
matplotlib wrote stays as it is. The whole picture is one figure, whose alternative text has all words that stand in it.
The structure is that of PDF/UA-1 (ISO 14289-1): a tagged document with a title that is shown and a language.
"""

import re
from html import escape

_OBJECT = re.compile(rb"(\d+) 0 obj\n(<<.*?>>)\nendobj", re.DOTALL)
_BOX = re.compile(rb"/MediaBox \[ ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) \]")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def tagged(pdf: bytes, title: str, language: str, told: str) -> bytes:
    """A PDF of one page by matplotlib, with tags.

    Parameters
    ----------
    pdf
        The file as matplotlib wrote it.
    title
        Of the document.
    language
        Of its words: a tag such as ``fi``.
    told
        The alternative text: what the picture shows, and all words in it.

    Returns
    -------
    bytes
        The file and an update after it; the same for the same.

    Raises
    ------
    ValueError
        It is no such file.
    """
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    root = next((number for number, body in objects.items() if b"/Type /Catalog" in body), 0)
    page = next((number for number, body in objects.items() if re.search(rb"/Type /Page\b", body)), 0)
    box = _BOX.search(objects.get(page, b""))
    trailer = re.search(rb"trailer\n<< /Size (\d+)(.*?)>>\nstartxref\n(\d+)\n%%EOF\s*$", pdf, re.DOTALL)
    contents = re.search(rb"/Contents (\d+ 0 R)", objects.get(page, b""))
    if not root or box is None or trailer is None or contents is None:
        raise ValueError("no PDF of one page as matplotlib writes it")
    size = int(trailer[1])
    before, after, tree, document, figure, parents, xmp = range(size, size + 7)
    marked = b"/Contents [ %d 0 R %s %d 0 R ]" % (before, contents[1], after)
    catalog = (
        b" /Lang %s /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R /Metadata %d 0 R"
        b" /ViewerPreferences << /DisplayDocTitle true >> >>" % (_text(language), tree, xmp)
    )
    new = {
        root: objects[root].removesuffix(b">>") + catalog,
        page: objects[page].replace(contents[0], marked).removesuffix(b">>") + b" /StructParents 0 /Tabs /S >>",
        before: _stream(b"/Figure << /MCID 0 >> BDC"),
        after: _stream(b"EMC"),
        tree: b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey 1 >>" % (document, parents),
        document: b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %d 0 R ] >>" % (tree, figure),
        figure: b"<< /Type /StructElem /S /Figure /P %d 0 R /Pg %d 0 R /K 0 /Alt %s"
        b" /A << /O /Layout /Placement /Block /BBox [ %s ] >> >>"
        % (document, page, _text(told), b" ".join(box.groups())),
        parents: b"<< /Nums [ 0 [ %d 0 R ] ] >>" % figure,
        xmp: _stream(
            _XMP.format(title=escape(title), language=escape(language)).encode(), b" /Type /Metadata /Subtype /XML"
        ),
    }
    return pdf + _update(new, len(pdf), size, trailer[2], trailer[3])


def _update(new: dict[int, bytes], begin: int, size: int, kept: bytes, previous: bytes) -> bytes:
    """The objects, where they are, and what the file's trailer said."""
    out, places = b"", {}
    for number, body in new.items():
        places[number] = begin + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = begin + len(out)
    out += b"xref\n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    return out + b"trailer\n<< /Size %d%s/Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        max(size, *(number + 1 for number in new)), kept, previous, start,
    )  # fmt: skip


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _text(words: str) -> bytes:
    """A text string in UTF-16, in hexadecimal digits: no character has to be escaped."""
    return b"<FEFF" + words.encode("utf-16-be").hex().upper().encode() + b">"
