"""Markdown to clean HTML: a closed subset, without HTML, links or images of the author."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, field

import nh3
from markdown import Markdown
from markdown.extensions.toc import slugify_unicode

from app.content import MAX_LENGTH
from app.content.footnotes import Footnotes
from app.content.marks import TOKEN
from app.content.wording import BOX_TITLES, as_of

MAX_DEPTH = 6
# Quotes, list items and steps to the right, one inside another, behind the end of a line.
_DEEP = re.compile(
    r"\n(?:[ ]{4}|[ ]{0,3}(?:\t|>|[-*+:](?=[ \t])|\d{1,9}\.(?=[ \t])))"
    rf"{{{MAX_DEPTH + 1},}}"
)

_NO_INLINE = (
    "backtick",
    "reference",
    "link",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "html",
    "entity",
)
_BLOCK_TAGS = {"p", "ul", "ol", "li", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}
_BLOCK_TAGS |= {"dl", "dt", "dd", "blockquote", "div", "hr"}
_INLINE_TAGS = {"strong", "em", "br", "span", "a", "sup"}
_ATTRIBUTES = {
    "div": {"class", "tabindex", "role", "aria-label"},
    "p": {"class"},
    "span": {"class", "title", "lang", "dir"},
    "sup": {"class"},
    "a": {"class", "id", "href", "aria-label"},
    "h3": {"id"},
    "h4": {"id"},
    "table": {"class", "role"},
    "thead": {"role"},
    "tbody": {"role"},
    "tr": {"role"},
    "th": {"class", "scope", "role"},
    "td": {"class", "role", "data-label"},
    "ol": {"start"},
    "li": {"id"},
}
# One line in which nothing can be Markdown: most texts of items and cases. Marks stand in it as
# characters for private use.
_PLAIN = re.compile(
    r"(?:[^\W\d_]|[«“„‘(\ue000-\uf8ff])"
    r"(?:[^\W_]|[ \ue000-\uf8ff.,:;?\"'«»“”„‘’…—–()/%№§−×-])*(?<! )"
)
_BOX = re.compile(
    rf"^(?P<indent>[ \t]*)!!![ \t]*(?P<kind>{'|'.join(BOX_TITLES)})"
    r'(?:[ \t]+(?P<date>\d[\d-]*))?(?:[ \t]+"(?P<title>[^"\n]*)")?[ \t]*$',
    re.M,
)
_CLOSE = re.compile(r"^([ \t]*###.*\n)(?=.)", re.M)  # a heading right above a line
_AS_OF = "\ue002"
_local = threading.local()


@dataclass
class Page:
    """What the texts of one page share: how often each id was wanted, and the notes so far."""

    ids: Counter[str] = field(default_factory=Counter)
    notes: int = 0

    def own(self, wanted: str) -> str:
        """Return `wanted` or, if it is taken, the next free id like it."""
        while True:
            self.ids[wanted] += 1
            count = self.ids[wanted]
            if count == 1:
                return wanted
            wanted = f"{wanted}-{count}"


@dataclass(frozen=True)
class _Converter:
    markdown: Markdown
    footnotes: Footnotes


def _build() -> _Converter:
    footnotes = Footnotes()
    built = Markdown(
        extensions=["tables", "def_list", "admonition", "sane_lists", footnotes],
        output_format="html",
    )
    for name in _NO_INLINE:
        built.inlinePatterns.deregister(name)
    built.preprocessors.deregister("html_block")
    for name in ("code", "setextheader", "reference"):
        built.parser.blockprocessors.deregister(name)
    return _Converter(built, footnotes)


def _converter() -> _Converter:
    """Return this thread's converter; building one is slow and they cannot be shared."""
    if not hasattr(_local, "converter"):
        _local.converter = _build()
    converter: _Converter = _local.converter
    return converter


def _convert(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return f"<p>{text}</p>"
    converter = _converter().markdown
    try:
        return converter.reset().convert(text)
    except BaseException:
        del _local.converter  # it may be left in the middle of a list
        raise


def block(text: str, lang: str, id_prefix: str, page: Page | None = None) -> str:
    """Convert Markdown blocks; `id_prefix` begins the ids of headings and notes.

    Of a text that is longer or deeper than any may be, only a part is converted.
    """
    page = page or Page()
    text = _prepared(text[:MAX_LENGTH])
    notes = _converter().footnotes
    notes.begin(text, id_prefix, page.notes + 1)
    html = _convert(_box_titles(text, lang))
    if notes.footnotes:
        html = notes.finish(html, lang)
        page.notes += len(notes.footnotes)
    return _tables(_headings(html, id_prefix, page))


def inline(text: str) -> str:
    """Convert one line of text, without its paragraph."""
    line = " ".join(text[:MAX_LENGTH].split())
    line = re.sub(r"^(\d+)([.)])", r"\1\\\2", line)
    line = re.sub(r"^([#>+*:|-]|!!!)(?=\s|#)|^(?=\[\^)", r"\\\g<0>", line)
    html = _convert(line)
    return html.removeprefix("<p>").removesuffix("</p>")


def clean(html: str, *, inline_only: bool = False) -> str:
    """Sanitise: an allow-list of tags and attributes, links only inside the page."""
    cleaned = nh3.clean(
        html,
        tags=_INLINE_TAGS if inline_only else _INLINE_TAGS | _BLOCK_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_local_links,
        link_rel=None,
        url_schemes=set(),
    )
    return cleaned.replace("&nbsp;", "\u00a0")


def _local_links(tag: str, attribute: str, value: str) -> str | None:
    if tag == "a" and attribute == "href" and not value.startswith("#"):
        return None
    return value


def deep_lines(text: str) -> list[int]:
    """Return the lines, from 0, that are deeper than any may be."""
    text = f"\n{text}"
    return [text.count("\n", 0, match.start()) for match in _DEEP.finditer(text)]


def _prepared(text: str) -> str:
    """Mend what Markdown is slow at or gets wrong."""
    text = _DEEP.sub("\n", f"\n{text}")[1:]
    if "###" in text:
        text = _CLOSE.sub(r"\1\n", text)
    return _definitions(text) if "\n:" in text else text


def _definitions(text: str) -> str:
    """Part the terms of a list of definitions, which else would stand inside one another."""
    lines, inside = list[str](), False
    for line in text.split("\n"):
        if line.startswith(":") and not (lines and lines[-1].startswith(":")):
            if inside and lines[-1].strip() and not lines[-1].startswith(" "):
                lines.insert(-1, "")
            inside = True
        inside = inside and bool(line.strip())
        lines.append(line)
    return "\n".join(lines)


def _box_titles(text: str, lang: str) -> str:
    def head(match: re.Match[str]) -> str:
        title = match["title"] or BOX_TITLES[match["kind"]][lang]
        if match["kind"] == "context" and (when := as_of(match["date"] or "", lang)):
            title += _AS_OF + when
        return f'{match["indent"]}!!! {match["kind"]} "{title}"'

    return _BOX.sub(head, text) if "!!!" in text else text


def _headings(html: str, prefix: str, page: Page) -> str:
    page.ids[f"{prefix}-title"] += 1  # of the heading of the screen itself

    def head(match: re.Match[str]) -> str:
        plain = TOKEN.sub("", re.sub(r"<[^>]*>", "", match[2]))
        own = page.own(f"{prefix}-{slugify_unicode(plain, '-') or 'heading'}")
        return f'<h{match[1]} id="{own}">{match[2]}</h{match[1]}>'

    html = html.replace(_AS_OF, '</p>\n<p class="as-of">')
    return re.sub(r"<h([34])>(.*?)</h\1>", head, html, flags=re.S)


def _tables(html: str) -> str:
    html = re.sub(r' style="text-align: (left|right|center);"', r' class="align-\1"', html)
    html = re.sub(r"<th(?=[ >])", '<th scope="col"', html)
    wrapper = '<div class="table-scroll" role="group" tabindex="0">'
    return html.replace("<table>", f"{wrapper}<table>").replace("</table>", "</table></div>")
