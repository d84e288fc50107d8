"""Rendering of SKILL.md bodies. The one place where text becomes HTML that is not escaped again.

markdown-it with `html` off escapes raw HTML instead of passing it through, and refuses `javascript:` and the like in
links. Two rules are ours: headings move down one level, because the page has its own h1, and an image becomes its
description, because our pages load nothing from elsewhere.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

DEEPEST_HEADING = 6


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f'<span class="image">{escape(tokens[idx].content or "image")}</span>'

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<{_lowered(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"</{_lowered(tokens[idx].tag)}>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</table></div>\n"


_markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")


@lru_cache(maxsize=128)
def render_markdown(text: str) -> Markup:
    """Return the HTML of a Markdown text; what it costs is paid once per version of a skill."""
    return Markup(_markdown.render(text))  # noqa: S704 - see the module's first paragraph


def _lowered(tag: str) -> str:
    return f"h{min(int(tag[1:]) + 1, DEEPEST_HEADING)}"
