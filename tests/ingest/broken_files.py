"""Writers of files that no reader can read, and of the small PDF files that the tests start from."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from pypdf import PdfReader, PdfWriter

from knowledge.errors import EmptyPolicy, SourceError, UnreadableFile


def pdf_bytes(contents: Sequence[bytes], *, kids: str = "", count: int | None = None, filters: str = "") -> bytes:
    """A PDF with one page per content stream; `kids`, `count` and `filters` replace what would be right."""
    pages = range(4, 4 + 2 * len(contents), 2)
    kids = kids or " ".join(f"{page} 0 R" for page in pages)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(contents) if count is None else count}>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    }
    for page, content in zip(pages, contents, strict=True):
        box = b"/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects[page] = b"<</Type/Page/Parent 2 0 R%b/Contents %d 0 R>>" % (box, page + 1)
        head = b"<</Length %d%b>>" % (len(content), filters.encode())
        objects[page + 1] = head + b"stream\n" + content + b"\nendstream"
    out, places = io.BytesIO(b"%PDF-1.7\n"), {}
    out.seek(0, io.SEEK_END)
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(places) + 1, rows))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
    return out.getvalue()


def text_content(lines: Sequence[tuple[float, float, str]]) -> bytes:
    """A content stream that writes each (x, y, text) in 11 points."""
    return b"".join(
        b"BT /F1 11 Tf %g %g Td (%b) Tj ET\n" % (x, y, text.encode("cp1252").replace(b"(", b"\\("))
        for x, y, text in lines
    )


def ordinary_pdf() -> bytes:
    return pdf_bytes([text_content([(72, 700, "Een gewone regel tekst."), (72, 684, "En nog een regel.")])])


def encrypted_pdf(user_password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(ordinary_pdf())))
    writer.encrypt(user_password=user_password, owner_password="eigenaar", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flate_bomb_pdf(megabytes: int, times: int) -> bytes:
    """A page whose content unpacks to `megabytes` after `times` rounds of deflate."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return pdf_bytes([data], filters="/Filter[" + "/FlateDecode" * times + "]")


def ordinary_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Een gewone alinea.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bytes(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx_with(document_xml: bytes) -> bytes:
    """An ordinary DOCX with another main part."""
    with zipfile.ZipFile(io.BytesIO(ordinary_docx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zip_bytes(parts | {"word/document.xml": document_xml})


def _wide_table() -> bytes:
    row = b"<tr>" + b"<td>x</td>" * 1000 + b"</tr>"
    return b"<!doctype html><table>" + row * 1000 + b"</table>"


@dataclass(frozen=True)
class BrokenFile:
    """A file that must be refused, the error it must be refused with, and a word of its message."""

    name: str
    data: Callable[[], bytes]
    error: type[SourceError]
    reason: str


_PNG = bytes.fromhex("89504e470d0a1a0a") + bytes(40)
_HTML = b"<!DOCTYPE html><html><body><p>Tekst</p></body></html>"
_IMAGE_PAGE = b"q 400 0 0 500 50 50 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\x7f\xff\x10 EI Q"

_EMPTY_BODY = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
)

BROKEN_FILES = (
    BrokenFile("leeg.pdf", lambda: b"", EmptyPolicy, "empty"),
    BrokenFile("leeg.txt", lambda: b"", EmptyPolicy, "empty"),
    BrokenFile("wit.txt", lambda: b" \n\t\r\n  \xc2\xa0\n", EmptyPolicy, "no text"),
    BrokenFile("wit.md", lambda: b"---\ntitle: x\n---\n\n   \n", EmptyPolicy, "no text"),
    BrokenFile("wit.html", lambda: b"<html><body><p> </p></body></html>", EmptyPolicy, "no text"),
    BrokenFile("wit.docx", lambda: docx_with(_EMPTY_BODY), EmptyPolicy, "no text"),
    BrokenFile("half.pdf", lambda: ordinary_pdf()[:-60], UnreadableFile, "cut off"),
    BrokenFile("rommel.pdf", lambda: b"%PDF-1.7\n" + b"rommel " * 400 + b"%%EOF", UnreadableFile, "no valid PDF"),
    BrokenFile("slot.pdf", lambda: encrypted_pdf("geheim"), UnreadableFile, "protected by a password"),
    BrokenFile("scan.pdf", lambda: pdf_bytes([_IMAGE_PAGE] * 2), EmptyPolicy, "scan"),
    BrokenFile("geen-paginas.pdf", lambda: pdf_bytes([]), UnreadableFile, "0 pages"),
    BrokenFile("bom.pdf", lambda: flate_bomb_pdf(200, 1), UnreadableFile, "page 1"),
    BrokenFile("dubbele-bom.pdf", lambda: flate_bomb_pdf(200, 2), UnreadableFile, "page 1"),
    BrokenFile("veel.pdf", lambda: pdf_bytes([b""], count=100_000_000), UnreadableFile, "100,000,000 pages"),
    BrokenFile("kring.pdf", lambda: pdf_bytes([b""], kids="2 0 R 2 0 R", count=3), UnreadableFile, ""),
    BrokenFile("web.pdf", lambda: _HTML, UnreadableFile, "looks like an HTML file"),
    BrokenFile("pdf.html", ordinary_pdf, UnreadableFile, "looks like a PDF file"),
    BrokenFile("pdf.docx", ordinary_pdf, UnreadableFile, "looks like a PDF file"),
    BrokenFile("docx.pdf", ordinary_docx, UnreadableFile, "looks like a ZIP file"),
    BrokenFile("web.txt", lambda: b"\xef\xbb\xbf \n<!-- x --><HTML><body>Tekst", UnreadableFile, "HTML"),
    BrokenFile("oud.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnreadableFile, "old Office"),
    BrokenFile("half.docx", lambda: ordinary_docx()[:-400], UnreadableFile, "cut off"),
    BrokenFile("bom.docx", lambda: docx_with(b" " * 60_000_000), UnreadableFile, "ZIP bomb"),
    BrokenFile("dicht.docx", lambda: docx_with(b" " * 9_000_000), UnreadableFile, "ZIP bomb"),
    BrokenFile("zip.docx", lambda: zip_bytes({"a.txt": b"tekst"}), UnreadableFile, "without word/document.xml"),
    BrokenFile("kapot.docx", lambda: docx_with(b"<w:document><w:body>"), UnreadableFile, ""),
    BrokenFile("foto.txt", lambda: _PNG, UnreadableFile, "PNG"),
    BrokenFile("binair.txt", lambda: bytes(range(256)) * 40, UnreadableFile, "binary"),
    BrokenFile("nul.txt", lambda: b"tekst " * 1000 + b"\0", UnreadableFile, "NUL"),
    BrokenFile("ruis.txt", lambda: bytes(range(128, 256)) * 9, UnreadableFile, "binary"),
    BrokenFile("half-utf8.txt", lambda: "patiënt één".encode() + b" caf\xc3", UnreadableFile, "byte 18"),
    BrokenFile("surrogaat.txt", lambda: b"tekst \xed\xa0\x80 tekst", UnreadableFile, "no valid UTF-8"),
    BrokenFile("surrogaat16.txt", lambda: b"\xff\xfea\x00\x00\xd8a\x00", UnreadableFile, "no valid UTF-16"),
    BrokenFile("cellen.html", _wide_table, UnreadableFile, "elements"),
    BrokenFile("beleid.odt", lambda: b"tekst", UnreadableFile, "extension '.odt'"),
    BrokenFile("beleid", lambda: b"tekst", UnreadableFile, "extension '(none)'"),
    BrokenFile("raar\nnaam\x1b[31m.txt", lambda: b"", EmptyPolicy, "raar naam\\x1b[31m.txt"),
)


def write_broken(folder: Path, broken: BrokenFile) -> Path:
    path = folder / broken.name
    path.write_bytes(broken.data())
    return path
