"""What an answer shows that a judge of links needs: walls, errors behind a friendly 200, parked names.

Pure. Each sign is a word for `Seen.signals`, or `name:value`; one alone proves nothing, and none is
judged here. Phrases count only where they are the whole of a title, a heading or a block, or begin a
sentence said to the visitor: an article about missing pages holds them too, inside its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from evidence.services.markup import Markup, has_anchor
from evidence.services.transport import Raw

#: Visible characters below which a page holds hardly anything, and above which it is no wall and no
#: notice of an error: those are short.
BARE, SHORT = 300, 3_000

_THING = (
    r"(?:requested )?(?:web ?)?(?:page|file|document|resource|content|article|url|address|link|story|item|"
    r"publication|record|entry|site)"
)
_GONE = (
    r"(?:(?:was|is|were|are|has been) (?:not|no longer)|isn't|wasn't|(?:(?:could|can|does|do)(?: not|"
    r"n't)|can't)(?: seem to)?"
    r"(?: be)?|cannot(?: be)?|no longer)(?: be)? (?:found|exists?|available|located|displayed|here|"
    r"accessible|active)"
)

#: The whole of a title, heading or block (lower case) that says that there is no such page.
_MISSING = re.compile(
    r"(?:(?:oo+ps|whoops|uh[- ]?oh|sorry|hm+|error|fehler|erreur|errore)[\s!,.:…–—-]{0,6})?(?:"
    r"(?:(?:http|html|error|status|code|fehler|erreur|"
    r"errore)[\s:.]{1,3}){0,3}404(?:[\s!,.:;()–—-]{0,6}(?:error|fehler|"
    rf"not found|{_THING} not found|page missing|missing page|page cannot be found|page can't be found|"
    rf"seite nicht "
    r"gefunden|page non trouv[ée]e|page introuvable|p[áa]gina no encontrada|pagina non trovata|gone)){0,3}|"
    r"(?:http |error )?410(?:[\s:–—-]{0,4}gone)?|"
    rf"(?:the |this |that |your )?{_THING}(?: you (?:requested|are looking for|were looking for|"
    rf"wanted))? (?:{_GONE}|"
    r"not found|missing|unavailable|not available|gone|removed|deleted|has been removed|has been deleted|"
    r"does not exist)|"
    r"(?:file or directory |object |nothing |content |resource )?not found|nothing (?:was )?found(?: here)?|"
    r"(?:missing|dead|no such) page|page error|"
    rf"we (?:can't|cannot|couldn't|could not) find (?:the|that|this|your) {_THING}|"
    r"(?:die |diese )?(?:angeforderte )?seite (?:wurde )?(?:leider )?nicht gefunden|"
    r"seite (?:existiert nicht|nicht vorhanden)|"
    r"(?:la )?page (?:non trouv[ée]e|introuvable|inexistante|n'existe pas)|p[áa]gina n[ãa]o encontrada|"
    r"(?:la )?p[áa]gina no (?:encontrada|existe|disponible)|pagina (?:non trovata|niet gevonden|inesistente)|"
    r"sidan (?:hittades inte|kunde inte hittas)|siden (?:blev )?ikke (?:funnet|fundet)|"
    r"strona nie (?:zosta[łl]a znaleziona|istnieje)|"
    r"(?:страница не найдена|сторінку не знайдено)|ページが見つかりません(?:でした)?|"
    r"(?:页面不存在|找不到页面|页面未找到|頁面不存在|找不到網頁)"
    r")[\s.!…:;,()–—-]{0,6}"
)

#: How sentences begin that tell a visitor that the page is not there (lower case).
_TOLD = re.compile(
    r"(?:^|[.!?:…–—]\s{1,3})(?:(?:we(?:'re| are) (?:very |so |"
    r"really )?)?sorry[,.!…–—-]{0,3}\s{0,2}(?:but )?|(?:oo+ps|whoops)[,.!…]{0,3}\s{0,2}"
    r"|unfortunately,? |error(?: 404)?[\s:.!–—-]{1,4}|404[\s:.!–—-]{1,4})?(?:"
    rf"(?:the|this|that|your) {_THING}(?:,? (?:that |which )?you[^.!?]{{0,60}}?)? (?:{_GONE}|(?:has|have|"
    rf"may have|might have|"
    r"could have|must have)(?: either)? (?:been )?(?:re)?(?:moved|removed|deleted|renamed|withdrawn|"
    r"taken down|expired)|"
    r"(?:was|is) (?:re)?(?:moved|deleted))|"
    r"we (?:can't|cannot|can not|could not|couldn't|were unable to|are unable to|weren't able to|"
    r"were not able to|did not|didn't)"
    rf" (?:seem to )?(?:find|locate) (?:the|that|this|a|any|your|what) ?(?:{_THING}|you)|"
    r"the link you (?:followed|clicked|used)[^.!?]{0,40}(?:broken|expired|incorrect|outdated|not)|"
    r"it (?:looks|seems|appears)(?: like| that| as if| as though)?[^.!?]{0,30}(?:nothing was found|"
    rf"(?:the|this|that) {_THING}[^.!?]{{0,40}}?{_GONE})|"
    r"nothing (?:was )?found at this|(?:there is )?no (?:such )?page (?:exists )?(?:at|with) this|"
    r"(?:die|diese) (?:von ihnen )?(?:angeforderte |gew[üu]nschte |"
    r"gesuchte )?seite[^.!?]{0,40} nicht (?:gefunden|verf[üu]gbar|mehr)|"
    r"la page (?:que vous|demand[ée]e)[^.!?]{0,60}(?:n'existe|introuvable|n'a pas|plus)|"
    r"la p[áa]gina (?:que|solicitada)[^.!?]{0,60}no (?:existe|se|est[áa])|la pagina (?:che|"
    r"richiesta)[^.!?]{0,60}non )"
)

_HOST = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}"

#: What pages say that stand on a name nobody uses: it is for sale, parked, expired, suspended, or bare.
_SALE = re.compile(
    rf"(?:^|[.!?:]\s{{1,3}})(?:{_HOST} ?[-–—:|]? ?)?(?:(?:the|this|your) )?(?:premium )?(?:(?:web ?site|"
    rf"web ?page|web address|domain(?: name)?)"
    rf"(?: [\"“']?{_HOST}[\"”']?)?|{_HOST}) (?:is|may be|might be|could be) (?:now |also |"
    rf"currently )?(?:for sale|"
    r"available (?:for|at)|up for sale|listed for sale|parked|offered for sale)(?=[.!?;]|$|\s[–—-]|"
    r"\s(?:by|at|on|through|via|from|for|now|today)\b)|"
    r"^(?:domain (?:name )?(?:for sale|parking|parked|expired)|parked domain(?: name)?|"
    r"domain names? for sale|"
    r"(?:this |the )?(?:domain(?: name)?|hosting account|account|web ?site|"
    r"site) (?:has )?(?:been )?(?:expired|suspended|disabled|"
    r"deactivated)|account (?:has been )?suspended|future home of [^.]{1,80}|"
    r"web ?site (?:is )?not (?:yet )?configured|"
    r"welcome to nginx!?|apache2? (?:ubuntu |debian |http server )?(?:default|test) page.{0,30}|"
    r"it works!?|iis windows server|"
    r"default (?:web ?site|server) page|test page for the .{1,60}server.{0,40})[.!]?$"
)
_OFFER = re.compile(
    r"\b(?:buy|purchase|acquire|get) this domain|make (?:an |us an )?offer\b|inquire (?:about|now)|"
    r"domain (?:broker|owner|marketplace)|"
    r"sponsored (?:listings|links)|related (?:searches|links)|renew (?:it|this domain|your domain)|"
    r"interested in this domain|"
    r"contact (?:the |your )?(?:owner|seller|hosting provider|billing)|learn how to get|price on request|"
    r"further configuration is required"
)
_VENDOR = re.compile(
    rb"sedoparking|parkingcrew|parklogic|bodis\.com|hugedomains|//dan\.com|afternic|above\.com/|"
    rb"namebright|domainmarket|"
    rb"buydomains|uniregistry|parked free, courtesy|window\.park\b|parking-lander|d38psrni17bvxu|"
    rb"sedo\.com|undeveloped\.com|"
    rb"cgi-sys/suspendedpage|godaddy\.com/(?:domainsearch|forsale)",
    re.IGNORECASE,
)

_WALLS = re.compile(
    r"just a moment\.{0,3}…?|attention required!?|please wait\.{0,3}…?|one moment,? please\.{0,3}…?|"
    r"checking your browser.{0,60}|access (?:to this page has been )?denied|"
    r"(?:are )?you (?:are )?(?:a )?(?:human|robot|not a (?:robot|bot))\??|"
    r"are you (?:a )?(?:human|robot)\??|robot (?:or human|check)\??|(?:human|bot|security|browser|"
    r"user) (?:verification|check|checkpoint|challenge)|"
    r"(?:vercel )?security checkpoint|client challenge|captcha(?: challenge| check)?|recaptcha|"
    r"pardon our interruption\.{0,3}…?|"
    r"verif(?:y|ying)(?: that)? you(?:'re| are)(?: a)?(?: not a)? (?:human|robot|bot).{0,20}|ddos-guard|"
    r"ddos protection.{0,30}|"
    r"making sure you(?:'re|&#39;re|’re| are) not a bot!?|request unsuccessful\.?|blocked|"
    r"you have been blocked|sorry, you have been blocked|"
    r"incapsula|un instant\W{0,4}|einen moment\W{0,4}|unusual traffic.{0,40}|request rejected|"
    r"bot detection|anti-?bot.{0,20}"
)
_WALL_WORDS = re.compile(
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|not a robot|"
    r"enable (?:javascript and cookies|cookies and javascript|js and "
    r"cookies)|checking (?:if the site connection is secure|your browser)|unusual (?:traffic|activity)|"
    r"press (?:&|and) hold|complete (?:the|this) "
    r"(?:captcha|security check|challenge)|incapsula incident|automated (?:access|requests|"
    r"queries)|prove (?:that )?you(?:'re| are) "
    r"(?:human|not)|security (?:service|check) to protect|please (?:wait while|"
    r"stand by)[^.]{0,40}(?:verif|check)|bot (?:traffic|activity)"
)
#: Of the large providers, in headers and bodies of pages that stand before the real one.
_WALL_MARKS = (
    b"cdn-cgi/challenge-platform/h/", b"_cf_chl_opt", b"cf-chl-",
    b"_incapsula_resource", b"ak_bmsc",
    b"errors.edgesuite.net", b"px-captcha", b"captcha-delivery.com", b"geo.captcha", b"awswafintegration",
    b"token.awswaf.com", b"/_guest/", b"kpsdk", b"sucuri website firewall", b"ddos-guard",
    b"anubis_challenge",
    b"hcaptcha.com/1/api.js", b"google.com/recaptcha", b"challenges.cloudflare.com/turnstile",
    b"perfdrive.com", b"queue-it.net", b"vercel security checkpoint", b"distil_r_captcha",
    b"cdn-cgi/challenge-platform",
)  # fmt: skip
#: Those of them that stand on live pages too.
_EVERYDAY = (
    b"google.com/recaptcha", b"cdn-cgi/challenge-platform", b"hcaptcha.com/1/api.js", b"ak_bmsc",
    b"challenges.cloudflare.com/turnstile", b"/_guest/",
)  # fmt: skip
_RATE = re.compile(
    rb"too many requests|rate[ -]?limit|too much traffic|request limit|quota (?:has been )?exceeded|"
    rb"throttl|slow down"
)

_LOGIN_TITLE = re.compile(
    r"(?:please )?(?:(?:user|member|account|secure|staff|student|single|library|institutional|web|"
    r"sso)s? )?(?:log ?[io]n|log-in|sign[- ]?in|sign-on|"
    r"login page|login required|authentication(?: required)?|anmelden|anmeldung|connexion|se connecter|"
    r"iniciar sesi[óo]n|accedi|"
    r"inloggen|logga in|log ind|logg inn)(?: (?:to|with|page|required|form|here|or (?:register|sign up|"
    r"create .{1,20})).{0,60})?"
)
_LOGIN_PLACE = re.compile(
    r"(?:^|[/._-])(?:log-?in|log-?on|sign-?in|sign-?on|sso|auth|authenticate|authentication|oauth2?|"
    r"authorize|saml2?|idp|cas|shibboleth|"
    r"openathens|wayf|accounts?/login|session/new|adfs|ezproxy)(?:[/._-]|$)",
    re.IGNORECASE,
)
_CONSENT_PLACE = re.compile(
    r"(?:^|[/._?&=-])(?:consent|cookies|cookie-?(?:wall|consent|notice|policy-check|absent|set|check|"
    r"s-?required)|cookies?_not_supported|"
    r"cookieabsent|cookieset|gdpr|enable-?cookies|no-?cookies?|before-you-continue)(?:[/._?&=-]|$)",
    re.IGNORECASE,
)
_CONSENT_TITLE = re.compile(
    r"before you continue.{0,40}|(?:we value )?your privacy.{0,20}|(?:cookie|privacy) (?:consent|"
    r"settings|preferences|choices|notice|wall)|"
    r"consent(?: required| form| page)?|cookies? (?:required|disabled|absent|are (?:required|disabled))|"
    r"(?:accept|allow|enable) (?:all )?cookies.{0,30}"
)
_ERROR_PLACE = re.compile(
    r"(?:^|[/_.-])(?:404|(?:error|http|err|e)[-_]?404|(?:page|file|content)?[-_]?not?[-_]?found|notfound|"
    r"missing[-_]?page|error(?:page)?|"
    r"page[-_]?(?:error|missing|gone|removed))(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)


def signs(
    answer: Raw, page: Markup | None, text: str, *, start: str, final: str, fragments: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the signs of an answer, in a fixed order.

    `start` is the address that was asked for, `final` the one that answered; `fragments` are the
    places of the page that are cited.
    """
    found = [*_of_walls(answer, page, start, final)]
    if 200 <= answer.status < 300:
        found += _of_content(answer, page, start)
        if page is not None:
            found += _of_errors(page, start, final)
            found += _of_parking(answer, page)
            if page.size < BARE and any(sign.startswith(("missing-", "sale-")) for sign in found):
                found.append("bare")
            found += _of_anchors(answer, page, text, fragments)
            found += _of_names(page)
    if answer.cut == "deadline":
        found.append("late")
    return tuple(dict.fromkeys(found))


def segments(title: str) -> tuple[str, ...]:
    """Return a title in lower case, whole and in the parts that sites join by dashes and bars.

    At a colon only what comes last is a part, because what comes first has a subtitle.
    """
    low = " ".join(title.lower().replace("’", "'").split())
    parts = [part.strip() for part in re.split(r"\s[-–—~/]\s|[|»«·•]|\s::\s", low)]
    parts += [part.rpartition(": ")[2] for part in parts]
    return tuple(dict.fromkeys(part for part in (low, *parts) if part))


def _is(pattern: re.Pattern[str], page: Markup) -> bool:
    """Whether the title, a heading, or a part of one is what a pattern says."""
    return any(pattern.fullmatch(part) for part in _parts(page.title, page.headings))


@lru_cache(maxsize=256)
def _parts(title: str, headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for name in (title, *headings) for part in segments(name[:300])))


def _of_walls(answer: Raw, page: Markup | None, start: str, final: str) -> Iterator[str]:
    """Yield what stands in the way: a check for robots, a limit, a login, a question about cookies."""
    head = answer.body[:65_536].lower()
    page = page or Markup()
    if _asks_for_a_person(answer, page, head):
        yield "challenge"
    if answer.status in (403, 503) and _RATE.search(head):
        yield "limit-told"
    if page.password:
        yield "login"
    if page.size < SHORT and _is(_LOGIN_TITLE, page):
        yield "login-title"
    for place, pattern, sign in (
        (final, _LOGIN_PLACE, "login-address"),
        (final, _CONSENT_PLACE, "consent-address"),
    ):
        named = any(pattern.fullmatch(part) for part in urlsplit(start).path.split("/"))
        if final != start and pattern.search(_place(place)) and not named:
            yield sign
    if page.size < SHORT and _is(_CONSENT_TITLE, page):
        yield "consent-title"
        if page.size < BARE:
            yield "consent-only"


def _asks_for_a_person(answer: Raw, page: Markup, head: bytes) -> bool:
    """Whether an answer is a check for robots: said by a header, or by title, words and marks.

    Of a good answer two of these, because live pages load the same scripts; of a refusal one. Errors
    of servers and pages that are gone name the firm that stands before the server, too, so there only
    the marks of the check itself count.
    """
    status = answer.status
    told = answer.headers.get("cf-mitigated") == "challenge" or any(
        answer.headers.get(name) for name in ("x-amzn-waf-action", "x-vercel-mitigated")
    )
    if told:
        return True
    marked = any(mark in head and mark not in _EVERYDAY for mark in _WALL_MARKS)
    titled = _is(_WALLS, page)
    words = page.size < SHORT and bool(_WALL_WORDS.search(page.text.lower()))
    if 200 <= status < 300:
        only = page.size < BARE and (titled or marked)
        return page.size < SHORT and (titled + marked + words + only) > 1
    if status in (403, 405, 406, 429, 503):
        return titled or marked or words
    return marked


def _place(url: str) -> str:
    """Return host and path of an address, and of the query the words that could name a wall."""
    parts = urlsplit(url)
    query = "&".join(
        piece for piece in parts.query.split("&") if not re.search(r"https?(?::|%3a)|/|%2f", piece, re.I)
    )
    return f"{parts.hostname}{parts.path}?{query}" if query else f"{parts.hostname}{parts.path}"


def _of_content(answer: Raw, page: Markup | None, start: str) -> Iterator[str]:
    """Yield whether there is anything, and whether it is what the address promises."""
    if answer.cut:
        return
    if not answer.body.strip():
        yield "empty"
    elif page is not None:
        if not (page.size or page.title or page.scripts or page.things or page.refresh):
            yield "empty"
        if page.size < 50 and page.scripts:
            yield "scripted"
        path = urlsplit(start).path.lower()
        embeds = re.search(
            rb"<(?:embed|object|iframe)\b|pdf\.?js|pdf-?viewer|application/pdf", answer.body[:262_144].lower()
        )
        if path.endswith(".pdf") and not embeds and not re.search(r"/(?:blob|wiki|viewer?|view)/", path):
            yield "not-pdf"


def _of_errors(page: Markup, start: str, final: str) -> Iterator[str]:
    """Yield what says that there is no such page, although the status says that there is."""
    if page.size < SHORT:
        blocks = [block.lower().replace("’", "'") for block in page.blocks]
        names = [name.lower().replace("’", "'") for name in (page.title, *page.headings)]
        if any(_MISSING.fullmatch(name) for name in (*names, *blocks) if len(name) < 100):
            yield "missing-title"
            yield "missing-whole"
        elif _is(_MISSING, page):
            yield "missing-title"
        if any(_TOLD.search(block) for block in blocks):
            yield "missing-told"
    if (
        final != start
        and _ERROR_PLACE.search(urlsplit(final).path)
        and not _ERROR_PLACE.search(urlsplit(start).path)
    ):
        yield "error-address"


def _of_parking(answer: Raw, page: Markup) -> Iterator[str]:
    """Yield what says that the name of the host is nobody's."""
    if page.size >= SHORT:
        return
    lines = [line.lower().replace("’", "'") for line in (page.title, *page.headings, *page.blocks)]
    if any(_SALE.search(part) for line in lines for part in segments(line[:400])):
        yield "sale-told"
    if _OFFER.search(page.text.lower()):
        yield "sale-offer"
    if _VENDOR.search(answer.body[:131_072]):
        yield "sale-mark"


def _of_anchors(answer: Raw, page: Markup, text: str, fragments: tuple[str, ...]) -> Iterator[str]:
    """Yield which cited places of the page are there; scripts may make places, and a cut may hide them."""
    for fragment in fragments:
        name = unquote(fragment.partition(":~:")[0])
        if not name or name.lower() == "top" or name.startswith(("!", "/")) or "=" in name:
            continue
        if has_anchor(text, name):
            yield f"anchor:{fragment[:200]}"
        elif not (answer.cut or page.scripts):
            yield f"no-anchor:{fragment[:200]}"


def _of_names(page: Markup) -> Iterator[str]:
    """Yield what else the page calls itself: further titles, its site, its date and its DOI."""
    for name in page.named[1:3]:
        if name.lower() not in page.title.lower():
            yield f"named:{name[:200]}"
    for sign, names in (
        ("site", ("og:site_name", "citation_journal_title", "application-name")),
        (
            "dated",
            (
                "citation_publication_date",
                "article:published_time",
                "dc.date",
                "dc.date.issued",
                "citation_date",
            ),
        ),
        ("doi", ("citation_doi", "dc.identifier", "prism.doi")),
    ):
        value = next((page.names[name] for name in names if page.names.get(name)), "")
        value = value[:10] if sign == "dated" else value[:100]
        if value and (sign != "doi" or re.search(r"\b10\.\d{4,9}/\S", value)):
            yield f"{sign}:{value}"
