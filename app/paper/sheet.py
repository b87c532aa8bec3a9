"""One page with text in several faces, tagged for screen readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from app.paper import faces
from app.paper.faces import Lines

rl_config.useA85 = 0  # streams stay binary: a fifth smaller
TRUE = "true"  # the library writes a PDF boolean as this text


@dataclass
class _Tag:
    """A part of the text; the drawn ones have a number, the others hold parts."""

    kind: str
    language: str
    alt: str = ""
    number: int | None = None
    parts: list[_Tag] = field(default_factory=list)


class Sheet:
    """A page of `width` by `height` points; `save` returns the file.

    The same calls give the same bytes.
    """

    def __init__(self, width: float, height: float, *, language: str) -> None:
        faces.load()
        self.width, self.height = width, height
        self._buffer = BytesIO()
        self.canvas: Any = Canvas(
            self._buffer,
            pagesize=(width, height),
            pageCompression=1,
            invariant=1,
            initialFontName=faces.SANS,  # type: ignore[arg-type]  # a wrong stub
            lang=language,
        )
        self._body = _Tag("Document", language)
        self._open = [self._body]
        self._drawn = 0

    def describe(self, *, title: str, author: str, subject: str, keywords: str) -> None:
        """Set what a reader shows about the file."""
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator(author)
        self.canvas.setSubject(subject)
        self.canvas.setKeywords(keywords)
        self.canvas.setViewerPreference("DisplayDocTitle", TRUE)

    @contextmanager
    def tagged(self, kind: str, language: str, alt: str = "") -> Iterator[None]:
        """Mark what is drawn inside as a part of the text: `H1`, `H2`, `P` or `Figure`."""
        number, self._drawn = self._drawn, self._drawn + 1
        self._open[-1].parts.append(_Tag(kind, language, alt, number))
        self._code(f"/{kind} <</MCID {number} /Lang ({language})>> BDC")
        yield
        self._code("EMC")

    @contextmanager
    def group(self, kind: str, language: str) -> Iterator[None]:
        """Hold the parts tagged inside together: `L`, `LI`, `Table`, `TR` …"""
        tag = _Tag(kind, language)
        self._open[-1].parts.append(tag)
        self._open.append(tag)
        yield
        self._open.pop()

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn inside as ornament."""
        self._code("/Artifact BMC")
        self.canvas.saveState()
        yield
        self.canvas.restoreState()
        self._code("EMC")

    def line(  # noqa: PLR0917 - what, where and how, in the order of the library
        self,
        text: str,
        x: float,
        y: float,
        face: str,
        size: float,
        colour: Color,
        *,
        spacing: float = 0,
        centred: bool = False,
    ) -> float:
        """Draw one line with its baseline at `y`; return where it ends."""
        text = faces.drawable(text)
        length = faces.width(text, face, size, spacing)
        if centred:
            x -= length / 2
        drawn = self.canvas.beginText(x, y)
        drawn.setFillColor(colour)
        drawn.setCharSpace(spacing)
        for name, part in faces.runs(text, face):
            drawn.setFont(name, size)
            drawn.textOut(part)
        drawn.setCharSpace(0)
        self.canvas.drawText(drawn)
        return x + length

    def lines(
        self, text: Lines, x: float, top: float, colour: Color, *, centred: bool = False
    ) -> float:
        """Draw lines below `top`; return the height left below them."""
        for number, line in enumerate(text.lines):
            baseline = top - number * text.leading - text.leading * 0.5 - text.size * 0.33
            self.line(line, x, baseline, text.face, text.size, colour, centred=centred)
        return top - text.height

    def save(self) -> bytes:
        """Close the page with its tags and return the file."""
        self.canvas.showPage()
        self._write_tags()
        self.canvas.save()
        return self._buffer.getvalue()

    def _code(self, operator: str) -> None:
        self.canvas._code.append(operator)

    def _write_tags(self) -> None:
        document: Any = self.canvas._doc
        page = document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = 0, PDFName("S")
        page_reference = document.Reference(page)
        root, body = PDFDictionary({}), PDFDictionary({})
        root_reference = document.Reference(root)
        body_reference = document.Reference(body)
        drawn: dict[int, Any] = {}
        parts = [
            self._element(one, body_reference, page_reference, drawn) for one in self._body.parts
        ]
        body.dict.update(
            Type=PDFName("StructElem"), S=PDFName("Document"), P=root_reference, K=PDFArray(parts)
        )
        parents = PDFDictionary(
            {"Nums": PDFArray([0, PDFArray([drawn[n] for n in sorted(drawn)])])}
        )
        root.dict.update(
            Type=PDFName("StructTreeRoot"),
            K=body_reference,
            ParentTree=document.Reference(parents),
            ParentTreeNextKey=1,
        )
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": TRUE})

    def _element(self, tag: _Tag, parent: Any, page: Any, drawn: dict[int, Any]) -> Any:
        """Write a tag and those inside; return the reference to it."""
        entry = PDFDictionary(
            {
                "Type": PDFName("StructElem"),
                "S": PDFName(tag.kind),
                "P": parent,
                "Pg": page,
                "K": tag.number,
                "Lang": PDFString(tag.language),
            }
        )
        reference: Any = self.canvas._doc.Reference(entry)
        if tag.alt:
            entry.dict["Alt"] = PDFString(tag.alt)
        if tag.number is None:
            parts = [self._element(one, reference, page, drawn) for one in tag.parts]
            entry.dict["K"] = PDFArray(parts)
        else:
            drawn[tag.number] = reference
        return reference
