"""The words of HTML that tell prose from furniture: tags, and the tokens of class, id and role (pure data).

The tokens are those of common content systems, themes and component libraries; none belongs to a site.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Elements whose text no reader sees as prose.
SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "math",
        "head",
        "title",
        "link",
        "meta",
        "noscript",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "label",
        "object",
        "param",
        "track",
        "canvas",
        "map",
        "area",
        "datalist",
        "dialog",
        "audio",
    ]
)
#: Elements that end a line of running text.
BLOCKS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "section",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "header",
        "footer",
        "aside",
        "nav",
        "form",
        "fieldset",
        "address",
        "hr",
        "details",
        "summary",
        "center",
        "hgroup",
        "amp-sidebar",
        "iframe",
        "video",
        "amp-img",
        "picture",
        "img",
    ]
)
HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
#: Elements that are furniture by their own name.
FURNITURE_TAGS = {
    "nav": "nav",
    "aside": "aside",
    "footer": "footer",
    "form": "form",
    "amp-sidebar": "nav",
    "fieldset": "form",
    "menu": "nav",
}
FURNITURE_ROLES = {
    "navigation": "nav",
    "complementary": "aside",
    "contentinfo": "footer",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "nav",
    "menubar": "nav",
    "toolbar": "tools",
    "tooltip": "dialog",
    "banner": "header",
}

_START, _END = r"(?:^|[\s_-])(?:", r")(?=$|[\s_-])"


def _tokens(words: str) -> re.Pattern[str]:
    return re.compile(_START + words + _END)


#: Reason -> tokens; the first match names the reason.
_FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "comments",
        _tokens(r"comments?|commenting|comments?list|disqus|comment-?respond|respond|livefyre|fb-comments|talkback"),
    ),
    (
        "share",
        _tokens(
            r"shar(?:e|es|ing|er)|share(?:bar|buttons?|tools?|links?|daddy|this)|sharedaddy|sd-content|addtoany|addthis|"
            r"social|socials|social-?(?:share|sharing|links?|media|icons?|bar|buttons?)|follow-?us|a2a|ssba|heateor|"
            r"reactions?|rating|ratings|likes?|vote|voting"
        ),
    ),
    (
        "newsletter",
        _tokens(
            r"news-?letters?|newsletter\w*|subscri(?:be|ption|ptions|ber)|sign-?up|opt-?in|mc4wp|mailchimp|mc-embed|"
            r"email-?signup|inline-?signup|call-?to-?action|cta|donat(?:e|ion|ions)|appeal|membership"
        ),
    ),
    (
        "related",
        _tokens(
            r"relat(?:ed|eds)|relat(?:ed)?-?(?:posts?|articles?|stories|story|content|links?|news|items?|topics?|videos?)|"
            r"recommend(?:ed|ations?|er)?|recirc\w*|read-?(?:next|also|on)|also-?(?:read|like)|"
            r"see-?also|more-?(?:stories|news|articles?|from|on|like|posts|about|in|links?|coverage|reading|info)|"
            r"jp-relatedposts|yarpp\S*|outbrain\S*|taboola\S*|zergnet|revcontent|trending|"
            r"(?:most|top)-?(?:read|popular|viewed|shared|stories|news)|popular|"
            r"(?:next|prev|previous)-?(?:post|article|story|page)s?|up-?next|suggested|suggestions|"
            r"post-?(?:navigation|nav|pagination)|nav-?links|latest-?(?:news|posts|stories|articles)|"
            r"mehr-?zum-?thema|seealso|crosslinks?|"
            r"in-?this-?(?:article|story)|further-?reading|tagesthemen|storylines?|collection-?list|backlinks?"
        ),
    ),
    (
        "teaser",
        _tokens(
            r"read-?more|teasers?|teaser-?\w+|post-?teasers?|latest|(?:article|story|post|news|card)-?list|"
            r"cards?-?(?:grid|container|wrapper)|breaking-?news|line-clamp-\d"
        ),
    ),
    (
        "ad",
        _tokens(
            r"ads?|ad-?(?:slot|container|wrapper|wrap|unit|box|block|banner|label|placeholder|inline|space|area|"
            r"holder|text|zone|wide|top|bottom|mobile|desktop)|ad\d+|advert\w*|adsense|adsbygoogle|adslot\w*|dfp\S*|gpt|"
            r"gpt-ad\S*|google-?ads?|googlead\w*|sponsor(?:ed|s|ship)?|promo|promos|promo-?\w+|promotion\w*|banner|banners|"
            r"anzeige\w*|werbung|publicite|publicidad|reklama?|commercial|affiliate\w*|product-?(?:box|card|list)|"
            r"shop(?:ping)?-?(?:box|widget|card)|partner-?(?:box|content)"
        ),
    ),
    ("breadcrumbs", _tokens(r"bread-?crumbs?\S*|crumbs?|td-crumb\S*|entry-crumbs?")),
    (
        "tags",
        _tokens(
            r"tags|tag-?(?:list|cloud|links|container|box|wrapper)|tagcloud|(?:post|entry|article|story)-?tags?|"
            r"topics?-?(?:list|links)?|keywords|cat-?links|categories|taxonomy|article-?(?:topics|keywords)|hashtags"
        ),
    ),
    (
        "author",
        _tokens(
            r"(?:author|autor|writer|contributor|authors)-?(?:box|bio|info|card|desc|description|profile|about|block|"
            r"details?|box-?\w+|area|section|end|footer|wrapper|container|list|meta|name|byline|image|picture|photo)?|"
            r"about-?(?:the-?)?authors?|post-?authors?|bio|biography|byline\S*|by-?line|auteurs?|vcard|editor-?info|"
            r"article-?authors?|entry-?author|guest-?author"
        ),
    ),
    (
        "meta",
        _tokens(
            r"(?:post|entry|article|story|page|content)-?(?:meta|metadata|date|time|info|byline|details)|"
            r"meta|metadata|dateline|timestamp|time-?stamp|pub-?date|publish(?:ed)?-?(?:date|on|time)?|posted-?(?:on|in|by)|"
            r"date-?(?:time|published|line|modified)?|updated|last-?(?:updated|modified)|read(?:ing)?-?time|time-?to-?read|"
            r"views?-?count|post-?views|kicker|eyebrow|rubric|overline|supertitle|word-?count"
        ),
    ),
    (
        "cookie",
        _tokens(r"cookies?\S*|consent\S*|gdpr\S*|onetrust\S*|didomi\S*|sp-message\S*|privacy-?\w+"),
    ),
    (
        "nav",
        _tokens(
            r"nav|navbar|navigation|nav-?(?:menu|bar|list)|menu|sub-?menu|pagination|pager|page-?links|toc|ez-toc\S*|"
            r"table-?of-?contents|table-?contents|skip-?(?:link|to|nav)|jump-?(?:links?|to)|site-?(?:header|footer)|"
            r"global-?(?:header|footer)|page-?footer|masthead|topbar|top-?bar|mega-?menu|off-?canvas"
        ),
    ),
    (
        "tools",
        _tokens(
            r"print|printer|tools?|toolbar|tool-?bar|article-?(?:tools|actions|utilities)|utility|utilities|action-?bar|"
            r"buttons|button-?(?:group|row|wrapper)|controls|bookmark|save-?(?:article|story)|listen|audio-?player|"
            r"text-?to-?speech|tts|font-?size|translate|languages?-?switcher|correction-?form|report-?(?:error|typo)|"
            r"feedback|survey|poll|quiz|login|log-?in|register|registration|gift-?article|republish\S*|copyright|"
            r"disclosure-?box|toast|spinner|loader|loading"
        ),
    ),
    (
        "dialog",
        _tokens(r"modal\S*|pop-?up\S*|overlay|overlays|lightbox-?\w+|dialog|drawer|tooltip\S*|notification\S*|alert"),
    ),
    (
        "sidebar",
        re.compile(
            r"(?:^|\s)(?:(?:left|right|main|primary|secondary|site|page|the)-)?(?:side-?bar|widget-area|side-?column|right-?rail|left-?rail)"
            r"(?:-(?:left|right|inner|content|primary|secondary|wrapper|container|area|\d+))*(?=$|\s)"
        ),
    ),
    (
        "widget",
        _tokens(r"widgets?|rail|aside|inline-?video|video-?(?:heading|headline|title|footer|teaser|info|meta)"),
    ),
    (
        "hidden",
        _tokens(
            r"visually-?hidden|screen-?reader(?:-?(?:text|only))?|sr-?only|d-none|is-hidden|display-none|print-only|"
            r"only-?print|show-for-sr|offscreen|assistive-text"
        ),
    ),
)
_CONTENT = _tokens(
    r"(?:article|story|post|entry|news|page|blog|main|single|detail)-?_?(?:body|content|text|main|copy|body-?text|"
    r"content-?body|body-?content|fulltext|inner|paragraphs?)|articlebody|articletext|storybody|postbody|entrycontent|"
    r"storytext|body-?(?:copy|text|content|html)|rich-?text|richtext|prose|wysiwyg|td-post-content|e-content|"
    r"field-name-body|field--name-body|post|hentry|article|paywall|content-?text|text-?content|main-?content|content"
)
_CAPTION = _tokens(
    r"captions?|(?:wp-)?caption-?text|image-?(?:caption|credit|description|meta|source|copyright|credits)|"
    r"photo-?(?:caption|credit|credits|by|info|desc|description)|img-?(?:caption|credit|desc)|figcaption|fig-?caption|"
    r"picture-?(?:caption|credit|description)|media-?(?:caption|credit|description|info|copyright|source)|legend|"
    r"gallery-?caption|bildunterschrift|bildtext|legende|copyright-?(?:image|photo)|imgcaption|pie-de-foto|"
    r"figure-?(?:caption|credit)|thumb-?caption|lead-?caption|article-?caption|slide-?caption"
)
_CREDIT = _tokens(
    r"credits?|copyrights?|photo-?(?:credit|by|credits|source|grapher)|photographer|image-?(?:credit|credits|source|copyright)|"
    r"media-?(?:credit|credits|source|copyright)|picture-?credit|img-?credit|figure-?credit|caption-?(?:credit|source|copyright|"
    r"author|attribution)|attribution|source|rights|fotocredit|quelle|agency|author|byline|autor|owner"
)
_FIGURE = _tokens(
    r"figure|(?:wp-)?caption|image|img|photo|picture|media|image-?(?:wrapper|container|block|box|holder|component|embed|"
    r"figure|with-caption|item)|photo-?(?:wrapper|container|block|box)|picture-?(?:wrapper|container|box)|"
    r"article-?(?:image|img|photo|picture|media|figure|visual|hero)|inline-?(?:image|photo|media)|lead-?(?:image|photo|media|art)|"
    r"hero|hero-?(?:image|media|photo)|featured-?(?:image|media|img)|main-?(?:image|photo|visual)|"
    r"post-?(?:image|thumbnail|thumb)|entry-?(?:image|thumbnail)|thumbnail|gallery|slideshow|carousel|slider|media-?\w+|"
    r"embed-?(?:image|photo|media)|asset|asset-?image|multimedia|galleria|fotostrecke|bild|bildbox|foto"
)
_STANDFIRST = _tokens(
    r"standfirst|stand-?first|sub-?(?:title|head|headline|heading|header|titulo)|subtitulo|deck|dek|(?:article|story|post|entry)-?"
    r"(?:summary|lead|lede|intro|excerpt|deck|dek|subtitle|subtitulo|description|teaser|kicker|abstract|subheadline|standfirst)|"
    r"lead|lede|intro|introduction|chapo|chapeau|ingress|vorspann|anrisser|sommario|occhiello|entradilla|bajada|teaser-?text|"
    r"excerpt|summary|abstract|sapo|preamble|manchet|anons"
)
_KINDS = {
    "content": _CONTENT,
    "caption": _CAPTION,
    "credit": _CREDIT,
    "figure": _FIGURE,
    "standfirst": _STANDFIRST,
}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JOINTS = re.compile(r"[_/.-]+")
#: What a post is filed under, as blog themes write it on the post's own element ("category-comments").
_ABOUT = re.compile(
    r"(?:category|type|status|format|postid)-[\w%-]+$|(?:tag|tax)-(?!list|cloud|links|container|box|wrapper)[\w%-]+$|post-\d+$"
)
_NEGATIONS = frozenset({"no", "not", "non", "has", "with", "without", "js", "is", "hide", "show", "single", "enable"})


def furniture_reason(names: str) -> str | None:
    """Return why an element with these class and id names is furniture, or None."""
    ranks = [rank for name in names.split() if (rank := _rank(name)) is not None]
    return _FURNITURE[min(ranks)][0] if ranks else None


def is_content_name(names: str) -> bool:
    """Tell whether class and id names are those that content systems give to an article's body."""
    return any(_fits("content", name) for name in names.split())


def is_caption_name(names: str) -> bool:
    """Tell whether class and id names are those of a picture's caption."""
    return any(_fits("caption", name) for name in names.split())


def is_credit_name(names: str) -> bool:
    """Tell whether class and id names, inside a caption, are those of a photo credit."""
    return any(_fits("credit", name) for name in names.split())


def is_figure_name(names: str) -> bool:
    """Tell whether class and id names are those of a picture with its caption."""
    return any(_fits("figure", name) for name in names.split())


def is_standfirst_name(names: str) -> bool:
    """Tell whether class and id names are those of a standfirst."""
    return any(_fits("standfirst", name) for name in names.split())


@lru_cache(maxsize=65_536)
def _rank(name: str) -> int | None:
    token = _token(name)
    return None if token is None else next((i for i, (_, p) in enumerate(_FURNITURE) if p.search(token)), None)


@lru_cache(maxsize=65_536)
def _fits(kind: str, name: str) -> bool:
    token = _token(name)
    return token is not None and bool(_KINDS[kind].search(token))


def _token(raw: str) -> str | None:
    """Return one name in hyphenated lower case; None for what a utility class says ("md:flex", "no-ads")."""
    if ":" in raw or "[" in raw or _ABOUT.match(raw):
        return None
    parts = [part for piece in _JOINTS.split(raw) if piece for part in _camel(piece)]
    return None if not parts or parts[0].lower() in _NEGATIONS else "-".join(parts).lower()


def _camel(word: str) -> list[str]:
    """Split "articleBody"; leave what is no word ("n1AuAdJlVL") whole."""
    parts = _CAMEL.split(word)
    return parts if all(len(part) > 2 and part.isalpha() for part in parts) else [word]
