r"""TeX markup and plain text: from a field's text to Unicode and back, and addresses left alone.

Accents, escapes and the common commands are read here; every other symbol is looked up in
latexcodec, the table that pybtex uses, which is imported only when one occurs. Law:
`decode(escape(text))` is `text` with its white space made single.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# the first character is a set, which the engine finds fast; what it begins is told by looking back
_TOKEN = re.compile(
    r"[\\{}~\0&`'-](?:(?<=\\)(?:"
    r"(?:url|nolinkurl|path)\s*+\{([^{}]*+)\}"
    r"|href\s*+\{[^{}]*+\}"
    r"|([`'^\"~=.]|[Hcdbkruv](?![A-Za-z]))\s*+"
    r"(?:\{\s*+(?:\\([ij])(?![A-Za-z])\s*+(?:\{\})?+|([^\W\d_]))\s*+\}"
    r"|\\([ij])(?![A-Za-z])\s*+(?:\{\})?+|([^\W\d_]))"
    r"|([A-Za-z]++)\*?+\s*+"
    r"|(.))"
    r"|(?<=[{}~\0])|(?<=-)--?+|(?<=`)`|(?<=')'|(?<=&)(?:amp|lt|gt);)",
    re.DOTALL,
)
_ADDRESS_GROUP, _ACCENT_GROUP, _WORD_GROUP, _SIGN_GROUP = 1, 2, 7, 8
_MATH = re.compile(r"(?<!\\)\$\$?([^$]{1,400}+)(?<!\\)\$\$?")
_SCRIPT = re.compile(
    r"(?<!\\)([\^_])\s*+(?:\{((?:[^{}\\]|\\[A-Za-z]++){0,60}+)\}|(\\[A-Za-z]++(?:\s*+\{\})?+|[^\s{}\\]))?"
)
_SCRIPTED = re.compile(r"\\text(super|sub)script\s*+\{([^{}\\]{0,60}+)\}")
#: Characters that Unicode has raised or lowered; without them 10 to the sixth would read as 106.
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_MATH_SIGN = re.compile(r"\\[A-Za-z]|[\^_{]")

#: TeX accents and the combining character of each (LaTeX, "Accents"; The TeXbook, chapter 9).
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
#: Commands without an argument that stand for characters.
SYMBOLS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{",
    "textbraceright": "}", "textunderscore": "_", "textdollar": "$", "textendash": "–", "textemdash": "—",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`", "textbar": "|", "textless": "<",
    "textgreater": ">", "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°",
    "textellipsis": "…", "ldots": "…", "dots": "…", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "sim": "~", "lbrace": "{", "rbrace": "}", "backslash": "\\", "par": " ", "newline": " ", "quad": " ",
    "space": " ", "slash": "/", "textnormal": "", "relax": "", "noopsort": "", "protect": "",
}  # fmt: skip
_SILENT = re.compile(
    r"(?:text|math)[a-z]{2,12}|em|emph|it|bf|sc|tt|rm|sf|sl|[a-z]{2}(?:series|shape|family)|mbox|hbox|ensuremath"
    r"|uppercase|lowercase|Makeuppercase|MakeUppercase|MakeLowercase|enquote|mkbib[a-z]{1,12}|NoCaseChange"
    r"|boldsymbol|operatorname|ce|left|right|big|Big|nobreak|allowbreak|hspace|vphantom"
)
_SIGNS = {
    "\\": " ", " ": " ", "\n": " ", "\t": " ", "\r": " ", ",": " ", ";": " ", ":": " ", "!": "", "-": "",
    "/": "", "@": "", "(": "", ")": "", "[": "", "]": "", "|": "|",
}  # fmt: skip
#: Marks without a backslash; longer ones first, braces last, since they part what would else join.
_PLAIN = {
    "---": "—", "--": "–", "``": "“", "''": "”", "&amp;": "&", "&lt;": "<", "&gt;": ">", "~": " ", "{": "",
    "}": "", "\0": "",
}  # fmt: skip

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&",
        "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')")
_URL_ESCAPE = re.compile(r"\{?\\([_%&#$])\}?|\\~\{\}|\{?\\textasciitilde\}?(?:\{\})?|\$\\sim\$")
_URL_COMMAND = re.compile(r"\\(?:url|nolinkurl|path|href|texttt)\s*+\{([^{}]*+)\}")


def decode(text: str) -> str:
    """Return what a reader sees of a field's text: Unicode, without braces, white space made single.

    Never for addresses and identifiers (`plain`). An unknown command before a group is left out and
    its group kept; any other unknown command stays as written.
    """
    if text.isalnum():  # most values: a year, a volume, a word
        return text
    if "script" in text and "\\text" in text:
        text = _SCRIPTED.sub(lambda f: _set(f.group(2), f.group(1) == "super"), text)
    if "$" in text:
        text = _MATH.sub(_read_math, text)
    if "\\" in text:
        text = _TOKEN.sub(_read_token, text)
    else:
        for mark, meaning in _PLAIN.items():
            if mark in text:
                text = text.replace(mark, meaning)
    return " ".join(text.split())


def _read_math(found: re.Match[str]) -> str:
    """Take the dollars off a formula; "$5 and $6" is no formula."""
    inside = found.group(1)
    if not _MATH_SIGN.search(inside) and any(c.isspace() for c in inside):
        return found.group()
    if "^" in inside or "_" in inside:
        inside = _SCRIPT.sub(_read_script, inside)
    return inside + "{}"  # a command at the end must not eat the next space


def _read_script(found: re.Match[str]) -> str:
    inside = found.group(2) if found.group(2) is not None else found.group(3) or ""
    if found.group(1) == "^" and inside.strip(" {}") in ("\\circ", "\\degree"):
        return "°"
    return _set(inside, found.group(1) == "^")


def _set(text: str, high: bool) -> str:
    """Return text raised or lowered where Unicode has all its characters, else as it is."""
    made = text.strip().translate(_RAISED if high else _LOWERED)
    if any(c.isascii() and not c.isspace() for c in made):
        return f"^{text}" if high and text[:1].isdigit() else text  # 10^{0.5} is not 100.5
    return "".join(made.split())


def _read_token(found: re.Match[str]) -> str:
    kind = found.lastindex
    if kind is None:
        return _PLAIN.get(found.group(), "")
    value = found.group(kind)
    if kind == _ADDRESS_GROUP:
        return plain(value)
    if kind == _WORD_GROUP:
        known = _command(value)
        if known is not None:
            return known
        return "" if found.string.startswith("{", found.end()) else f"\\{value} "
    if kind == _SIGN_GROUP:
        return _SIGNS.get(value, value)
    return unicodedata.normalize("NFC", value + ACCENTS[found.group(_ACCENT_GROUP)])


@lru_cache(maxsize=4_096)
def _command(word: str) -> str | None:
    """Return what a command without argument stands for; None if nobody knows it."""
    if word in SYMBOLS:
        return SYMBOLS[word]
    if _SILENT.fullmatch(word):
        return ""
    if len(word) > 40:
        return None
    table = _latex_table()
    for form in (f"\\{word}", f"$\\{word}$"):
        text = str(table(form)).strip()
        if text and "\\" not in text and "$" not in text:
            return text
    return None


@cache
def _latex_table():  # type: ignore[no-untyped-def]
    import codecs

    import latexcodec  # noqa: F401  (registers the codec "ulatex")

    def read(text: str) -> str:
        try:
            return codecs.decode(text, "ulatex")  # type: ignore[call-overload, no-any-return]
        except ValueError:
            return "\\"

    return read


def escape(text: str) -> str:
    r"""Return text as it must stand in a braced value: nothing in it is markup, braces are balanced.

    `\{` would count as a brace for BibTeX, so a brace is written as a command.
    """
    text = " ".join(text.replace("\0", "").split()).translate(_ESCAPES)
    return _LIGATURE.sub(lambda found: found.group() + "{}", text)


def plain(text: str) -> str:
    r"""Return an address or identifier as it is meant: only TeX's own escapes (`\_`, `\%`) are undone.

    White space is dropped at the ends; `\url{…}` and braces around the whole are taken off.
    """
    text = text.replace("\0", "").strip()
    if "\\" in text:
        text = _URL_ESCAPE.sub(lambda found: found.group(1) or "~", text)
        command = _URL_COMMAND.search(text)
        if command:
            text = command.group(1).strip()
    while len(text) > 1 and text[0] == "{" and text[-1] == "}":
        text = text[1:-1].strip()
    return text


def raw(text: str) -> str:
    """Return an address or identifier as it is written into a file: whole, on one line, no braces."""
    text = "%20".join(text.replace("\0", "").split())
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
