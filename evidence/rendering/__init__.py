"""Reference lists as text: works in, lines out, and the edits that set them on a page.

`styles` turns a `Work` into pieces (text, italics, links); one back-end a target (`text`,
`markdown`, `html`, `latex`) escapes and writes them; `layout` makes lists of lines; `inplace`
finds what must change on a page. Nothing here reads or writes a file.
"""

from __future__ import annotations

from evidence.rendering.styles import render

__all__ = ["render"]
