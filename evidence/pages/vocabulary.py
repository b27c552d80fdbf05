"""Names of HTML elements and classes, by what they mean for what a reader sees of a page."""

from __future__ import annotations

import re


def words(text: str, separator: str | None = None) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split(separator))


VOID = words("area base br col embed hr img input link meta param source track wbr")
#: Never shown, or no part of what a page says: menus, forms, what a script would draw.
UNSEEN = words(
    "script style title nav form template noscript svg select textarea iframe object audio "
    "video canvas datalist pre xmp noembed noframes head rp"
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LISTS = frozenset(["ul", "ol", "dl", "menu"])
ITEMS = frozenset({"li", "dt"})
BLOCKS = (
    HEADINGS
    | LISTS
    | ITEMS
    | words(
        "head nav form pre xmp p div section article aside main header footer address figure "
        "figcaption table thead tbody tfoot tr caption blockquote details summary hr fieldset center "
        "body html dd hgroup search legend button"
    )
)
CELLS = frozenset({"td", "th"})
CODE = frozenset(["code", "kbd", "samp", "tt", "var"])
#: Inside one of these a header or footer belongs to the content, not to the site.
CONTENT = frozenset(["article", "main", "section", "blockquote", "figure", "table", "aside"])
HEAD_ONLY = words("title meta link script style base noscript template bgsound")
#: Landmarks of WAI-ARIA 1.2 that are not content.
LANDMARKS = frozenset(["navigation", "banner", "contentinfo", "search", "form"])
UNSEEN_CLASSES = words(
    "mw-editsection mw-cite-backlink footnote-backref footnote-back reversefootnote sr-only "
    "noprint screen-reader-text visually-hidden visuallyhidden cite-accessibility-label backlink "
    "headerlink"
)
#: The text of a link back to where a note is cited: arrows, `^`.
BACK = re.compile(r"[\s\^\[\]()\ufe0e\ufe0f\u21a9\u2191\u21b5\u2934\u21d1\u2b06\u23ce]{1,12}")
BACK_WORDS = frozenset({"back", "top", "return", "jump up", "back to text", "go back", "return to text"})
#: Classes, ids and roles of elements that hold references or notes (DPUB-ARIA 1.1, Pandoc, MediaWiki).
REFERENCE_CLASSES = words(
    "references reference-list references-list ref-list reflist bibliography csl-bib-body works-cited "
    "literature-cited citation-list citations-list doc-bibliography"
)
NOTE_CLASSES = words("footnotes endnotes footnote-list footnotes-list doc-endnotes")
#: Elements whose content is no markup, and SVG: closed where they open when written `<x/>`.
RAW_OR_FOREIGN = words("script style textarea title xmp iframe noembed noframes svg")
#: Words that sentences are full of and references are not.
PROSE_WORDS = words(
    "is are was were be been has have had do does did can may might will would should could this "
    "that these those it we you they he she not our your their there here see note when which who"
)
#: Classes of a header or footer that belongs to an article.
ENTRY = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|content|references|footnotes)(?:$|[\s_-])", re.IGNORECASE
)


#: Classes of an `aside` that leads elsewhere on the site.
ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|recommended|trending|popular|sidebar|widget|promo|newsletter|share|social)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
