"""Markdown to clean HTML: a closed subset, without HTML, links or images of the author."""

from __future__ import annotations

import re
import threading

import nh3
from markdown import Markdown
from markdown.extensions.toc import slugify_unicode

from app.content.marks import TOKEN
from app.content.wording import BOX_TITLES, TABLE

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
    "span": {"class", "title"},
    "sup": {"class"},
    "a": {"class", "id", "href"},
    "h3": {"id"},
    "h4": {"id"},
    "th": {"class", "scope"},
    "td": {"class"},
    "ol": {"start"},
}
_local = threading.local()


def _build() -> Markdown:
    built = Markdown(
        extensions=["tables", "def_list", "admonition", "sane_lists"], output_format="html"
    )
    for name in _NO_INLINE:
        built.inlinePatterns.deregister(name)
    built.preprocessors.deregister("html_block")
    for name in ("code", "setextheader", "reference"):
        built.parser.blockprocessors.deregister(name)
    return built


def _instance() -> Markdown:
    """Return this thread's converter; building one is slow and they cannot be shared."""
    if not hasattr(_local, "markdown"):
        _local.markdown = _build()
    instance: Markdown = _local.markdown
    return instance.reset()


def block(text: str, lang: str, id_prefix: str) -> str:
    """Convert Markdown blocks. `id_prefix` begins the ids of headings."""
    html = _instance().convert(_box_titles(text, lang))
    return _tables(_headings(html, id_prefix), lang)


def inline(text: str) -> str:
    """Convert one line of text, without its paragraph."""
    line = " ".join(text.split())
    line = re.sub(r"^(\d+)([.)])", r"\1\\\2", line)
    line = re.sub(r"^([#>+*:|-]|!!!)(?=\s|#)", r"\\\1", line)
    html = _instance().convert(line)
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


def _box_titles(text: str, lang: str) -> str:
    def head(match: re.Match[str]) -> str:
        return f'{match[1]}!!! {match[2]} "{BOX_TITLES[match[2]][lang]}"'

    return re.sub(rf"^([ \t]*)!!![ \t]*({'|'.join(BOX_TITLES)})[ \t]*$", head, text, flags=re.M)


def _headings(html: str, prefix: str) -> str:
    seen: set[str] = set()

    def head(match: re.Match[str]) -> str:
        plain = TOKEN.sub("", re.sub(r"<[^>]*>", "", match[2]))
        slug = f"{prefix}-{slugify_unicode(plain, '-') or 'heading'}"
        while slug in seen:
            slug += "-x"
        seen.add(slug)
        return f'<h{match[1]} id="{slug}">{match[2]}</h{match[1]}>'

    return re.sub(r"<h([34])>(.*?)</h\1>", head, html, flags=re.S)


def _tables(html: str, lang: str) -> str:
    html = re.sub(r' style="text-align: (left|right|center);"', r' class="align-\1"', html)
    html = re.sub(r"<th(?=[ >])", '<th scope="col"', html)
    label = TABLE[lang]
    wrapper = f'<div class="table-scroll" role="group" tabindex="0" aria-label="{label}">'
    return html.replace("<table>", f"{wrapper}<table>").replace("</table>", "</table></div>")
