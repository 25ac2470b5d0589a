"""Render Markdown and templates to HTML, the only module that does.

Templates are autoescaped; Markdown is paragraphs, lists, bold, links (and headings in
notebook cells): HTML in it is text. French typography is applied to all visible text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from markupsafe import escape as escape_text

from signs.model.fields import EMERGENCY, EMERGENCY_NUMBERS, EMERGENCY_SMS
from signs.model.freshness import first_day
from signs.text import opening_hours
from signs.text.calls import numbers_to_call
from signs.text.typography import date_in_words, opening, typography
from widgets.render.assets import WIDGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from signs.model.entries import Service

NEW_TAB_NOTICE = Markup('<span class="reperes-lu"> (nouvel onglet)</span>')
"""Text for screen readers after a link that opens in a new tab; an arrow shows it."""
_LINKS = ("https://", "tel:", "sms:", "mailto:")


def render_template(template: str, **values: Any) -> str:  # noqa: ANN401 (whatever the template asks for)
    """Render a template of this package.

    Parameters
    ----------
    template
        Its path below this folder, such as `board/board.html.j2`.
    values
        Its variables; a missing one is an error.
    """
    return _unindented(typography_html(_templates().get_template(template).render(**values)))


def _unindented(html: str) -> str:
    """Remove the indentation of templates, and what separates blocks: a tenth of a page."""
    parts = _KEPT.split(html)
    parts[::3] = map(_without_blanks, parts[::3])
    del parts[2::3]  # the names of the tags that are kept as they are
    return "".join(parts)


def _without_blanks(html: str) -> str:
    # A long page is drawn at each letter of a trainer: each step here looks for a plain text.
    lines = _INDENTATION.sub("\n", _TRAILING.sub("\n", html) if " \n" in html else html)
    first, *rest = _BEFORE_BLOCKS.sub(">", lines).split(">\n")
    joined = [first]
    for part in rest:
        before = joined[-1]
        opened = _BLOCK_OPENED.match(before, before.rfind("<"))
        joined.extend((">" if opened else ">\n", part))
    return "".join(joined)


# Where a block begins or ends, a space shows nowhere.
_BLOCK = (
    "article|dd|details|div|dl|dt|fieldset|h[1-6]|legend|li|noscript|ol|p|section|summary"
    "|t(?:able|body|d|h|head|r)|ul"
)
_BEFORE_BLOCKS = re.compile(rf">\n(?=</?(?:{_BLOCK})\b)")
_BLOCK_OPENED = re.compile(rf"<(?:{_BLOCK})(?: [^<>]*)?\Z")
_KEPT = re.compile(r"(<(script|style|textarea|pre)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_INDENTATION = re.compile(r"\n[ \t\n]+")
_TRAILING = re.compile(r"[ \t]+\n")


@lru_cache(maxsize=1024)
def markdown(text: str) -> Markup:
    """Return the Markdown of a list as HTML."""
    return Markup(_prose().render(text))  # noqa: S704 (HTML in it was escaped)


def notebook_markdown(text: str) -> Markup:
    """Return a notebook's Markdown cell as HTML; it may have headings, its numbers are links."""
    return callable_numbers(Markup(_prose(headings=True).render(text)))  # noqa: S704 (HTML in it was escaped)


def in_language(text: str, language: str) -> str:
    """Return a text marked with its language, if not French, for screen readers."""
    return text if language == "fr" else Markup('<span lang="{}">{}</span>').format(language, text)


@lru_cache(maxsize=1024)
def copyable_quotes(html: Markup) -> Markup:
    """Mark the quoted sentences of `html`, which an adult can say word for word, and copy.

    The button is there from the start, so that nothing moves when scripts load.
    """
    return Markup(_SENTENCE.sub(_copyable, str(html)))  # noqa: S704 (was safe)


def _copyable(match: re.Match[str]) -> str:
    sentence = Markup(match[1])  # noqa: S704 (was safe)
    words = sentence.striptags().strip("« »\u00a0")
    return (
        _templates()
        .get_template("render/partials/sentence.html.j2")
        .render(sentence=sentence, opening=opening(words))
    )


@lru_cache(maxsize=4096, typed=True)  # a text and HTML of the same letters are not the same
def callable_numbers(text: str) -> Markup:
    """Return a text, or HTML, with the numbers that it says to call as links.

    See :mod:`signs.text.calls`.
    """
    html = str(escape_text(text))
    plain, places = _without_tags(html)
    parts, at = [], 0
    for call in numbers_to_call(plain, EMERGENCY + EMERGENCY_SMS):
        start, end = places[call.start], places[call.end - 1] + 1
        written = html[start:end]
        if "<" in written or _is_in_link(html, start):
            continue
        scheme = "sms" if call.number in EMERGENCY_SMS else "tel"  # nobody answers the 114 aloud
        link = f'<a class="reperes-appel" href="{scheme}:{call.number}">{written}</a>'
        parts += [html[at:start], link]
        at = end
    return Markup("".join((*parts, html[at:])))  # noqa: S704 (was safe, or escaped)


def _without_tags(html: str) -> tuple[str, list[int]]:
    """Return the text of HTML, and where each of its characters stands in it.

    A sentence goes on across `<strong>`, and not from one paragraph to the next.
    """
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for tag in (*_TAG.finditer(html), None):
        end = tag.start() if tag else len(html)
        letters += html[at:end]
        places += range(at, end)
        if tag and not _INLINE.match(tag[0]):
            letters.append("\n")
            places.append(tag.start())
        at = tag.end() if tag else end
    return "".join(letters), places


def _is_in_link(html: str, at: int) -> bool:
    return html.rfind("<a ", 0, at) > html.rfind("</a", 0, at)


_INLINE = re.compile(r"</?(?:a|em|span|strong)\b")


def host(url: str) -> Markup:
    """Return the host of a URL, without `www.`; a long one may break at a dot."""
    return Markup("<wbr>.").join(urlsplit(url).netloc.removeprefix("www.").split("."))


def bare_name(service: Service) -> str:
    """Return the name of a service without the number that it starts with, shown beside it."""
    number = service.phone or service.sms or ""
    return service.name.removeprefix(number).strip() or service.name


_TAG = re.compile(r"(<[^>]*>)")
_SENTENCE = re.compile(r"(«[^«»<>]{12,}[.?!…][^«»<>]{0,2}»)")
# Not French text: code, user input, other languages, the tags themselves.
_PRESERVED = re.compile(
    r"<(script|style|textarea|pre|code|kbd|samp)\b.*?</\1>"
    r"""|<(\w+)\b[^>]*\slang="(?!fr")[^>]*>.*?</\2>"""
    r"|<[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_READ_ALOUD = re.compile(
    r"""(?<=\s)((?:aria-label|aria-description|aria-valuetext|alt|label|placeholder|title)=")"""
    r"""([^"]*)(?=")"""
)
_BEFORE_A_TAG = re.compile(r"(?<=[^\W\d_])(?:'|&#39;)$")  # l'<strong>élève</strong>


def typography_html(html: str) -> str:
    """Apply French typography to the text of `html` and to attributes read by screen readers.

    Idempotent. Tags, scripts, styles, code, user input (`textarea`, `value`) and text in another
    language (`lang`) are preserved. Each run of text is processed separately: a mark is only
    joined to a word of its run.
    """
    parts, at = [], 0
    for preserved in _PRESERVED.finditer(html):
        parts.append(_set_text(html[at : preserved.start()]))
        whole = preserved[1] or preserved[2]
        parts.append(preserved[0] if whole else _set_tag(preserved[0]))
        at = preserved.end()
    return "".join((*parts, _set_text(html[at:])))


@lru_cache(maxsize=32_768)
def _set_tag(tag: str) -> str:
    return _READ_ALOUD.sub(_set_attribute, tag)


@lru_cache(maxsize=32_768)  # a page is drawn again at each keystroke of a trainer
def _set_text(run: str) -> str:
    return escape(typography(unescape(_BEFORE_A_TAG.sub("’", run))), quote=False)


def _set_attribute(match: re.Match[str]) -> str:
    return match[1] + escape(typography(unescape(match[2])))


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WIDGETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = markdown
    environment.filters["copyable_quotes"] = copyable_quotes
    environment.filters["callable_numbers"] = callable_numbers
    environment.filters["host"] = host
    environment.filters["bare_name"] = bare_name
    environment.globals["new_tab_notice"] = NEW_TAB_NOTICE
    environment.globals["emergency_numbers"] = EMERGENCY_NUMBERS
    environment.globals["version"] = version("reperes")
    environment.filters["date_in_words"] = date_in_words
    environment.filters["midnight"] = lambda day: opening_hours.midnight(first_day(day))
    environment.filters["in_language"] = in_language
    environment.filters["opening"] = opening
    return environment


@lru_cache(maxsize=2)
def _prose(*, headings: bool = False) -> MarkdownIt:
    rules = ["list", "emphasis", "link", "escape"]
    parser = MarkdownIt("zero").enable([*rules, "heading"] if headings else rules)
    parser.validateLink = _is_allowed  # type: ignore[method-assign] # the documented way
    parser.add_render_rule("link_open", _open_link)
    parser.add_render_rule("link_close", _close_link)
    return parser


def _is_allowed(url: str) -> bool:
    return url.startswith(_LINKS)


def _open_link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    if str(tokens[index].attrGet("href")).startswith("https:"):
        # In a new tab: coming back must not have erased the ticks.
        tokens[index].attrSet("rel", "noreferrer")
        tokens[index].attrSet("target", "_blank")
        env["notice"] = str(NEW_TAB_NOTICE)
    return renderer.renderToken(tokens, index, options, env)


def _close_link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    # Links are not nested: the last one opened is the one that ends.
    notice: str = env.pop("notice", "")
    return notice + renderer.renderToken(tokens, index, options, env)
