"""What TeX's commands set, hide and begin: tables only, no logic."""

from __future__ import annotations

#: TeX accents and the combining character of each (The TeXbook, chapter 9).
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip

#: Commands without an argument and what they set.
SYMBOLS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textbackslash": "\\",
    "textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~", "textasciicircum": "^",
    "textbar": "|", "textless": "<", "textgreater": ">", "textunderscore": "_", "textdegree": "°",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textbraceleft": "{",
    "textbraceright": "}", "textdollar": "$", "textasciigrave": "`", "textquotesingle": "'",
    "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "dots": "…",
    "ldots": "…", "textellipsis": "…", "quad": " ", "qquad": " ", "space": " ", "slash": "/",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
    "degree": "°",
    "pm": "±", "mp": "∓", "times": "×", "cdot": "·", "div": "÷", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "ne": "≠", "approx": "≈", "sim": "~", "infty": "∞", "rightarrow": "→", "to": "→", "circ": "°",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ", "lambda": "λ",
    "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "chi": "χ", "omega": "ω", "Delta": "Δ",
    "textmu": "µ", "lt": "<", "gt": ">", "colon": ":",
}  # fmt: skip

#: One sign after a backslash, where it is not the sign itself.
SIGNS = {
    " ": " ", "\n": " ", "\t": " ", "\r": " ", ",": " ", ";": " ", ":": " ",
    "!": "", "-": "", "/": "", "@": "",
}  # fmt: skip

#: Dashes and quotation marks as they are typed (The TeXbook, chapter 2).
LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "`": "‘", "'": "’", "~": " "}

#: Commands that begin a heading, and its level.
LEVELS = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6,
}  # fmt: skip

#: Commands whose arguments are not shown, and how many they have.
HIDDEN = {
    name: count
    for count, names in {
        1: "label ref eqref pageref autoref cref Cref nameref vref includegraphics usepackage documentclass"
        " RequirePackage bibliographystyle vspace hspace include includeonly subfile index pagestyle"
        " thispagestyle pagenumbering color textcolor colorbox hypersetup lstset graphicspath geometry"
        " selectlanguage foreignlanguage phantom hphantom vphantom scalebox raisebox parbox cline hyperlink"
        " hypertarget markright bibinfo bibfield href@noop setcitestyle citestyle citesetup bibpunct"
        " PassOptionsToPackage ExecuteBibliographyOptions captionsetup usetikzlibrary theoremstyle"
        " stepcounter refstepcounter DeclareLanguageMapping bstctlcite",
        2: "setcounter addtocounter setlength addtolength newcommand renewcommand providecommand"
        " DeclareRobustCommand DeclareMathOperator newtheorem rule resizebox multicolumn multirow fcolorbox"
        " markboth import subimport defcitealias definecolor bibcite",
        3: "newenvironment renewenvironment addcontentsline newcolumntype DeclareCiteCommand",
    }.items()
    for name in names.split()
}

#: Environments whose first arguments are not shown, and how many they have.
SPECIFIED = {
    "tabular": 1, "array": 1, "longtable": 1, "tabularx": 2, "tabular*": 2, "minipage": 1, "multicols": 1,
    "wrapfigure": 2, "thebibliography": 1, "subfigure": 1, "adjustbox": 1, "column": 1,
}  # fmt: skip
LISTS = frozenset({
    "itemize", "enumerate", "description", "compactenum", "compactitem", "inparaenum", "etaremune", "list",
})  # fmt: skip
COUNTED = frozenset({"enumerate", "compactenum", "inparaenum", "thebibliography"})
MATH = frozenset({
    "equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "flalign", "alignat",
    "IEEEeqnarray",
})  # fmt: skip
PICTURES = frozenset({"tikzpicture", "pgfpicture", "pspicture", "picture"})
