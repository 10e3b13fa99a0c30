"""The bench's site for Hugo: the posts as Markdown, and a theme that makes the files that our own makes."""

from __future__ import annotations

from pathlib import Path

from tests.bench.site_posts import posts

_CONFIG = """baseURL = "https://bench.example/"
languageCode = "en"
title = "Bench"
paginate = 30
disableKinds = ["section"]
[taxonomies]
author = "authors"
partner = "partners"
topic = "topics"
month = "months"
[outputFormats.embed]
mediaType = "text/html"
baseName = "embed"
isHTML = true
[outputFormats.ninjs]
mediaType = "application/json"
baseName = "ninjs"
isPlainText = true
[outputs]
page = ["HTML", "JSON", "embed", "ninjs"]
term = ["HTML", "RSS"]
home = ["HTML", "RSS"]
"""
_BASE = """<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} — {{ .Site.Title }}</title>
<meta name="description" content="{{ .Summary | plainify }}">
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:url" content="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:description" content="{{ .Summary | plainify }}">
<meta property="og:site_name" content="{{ .Site.Title }}">
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" title="{{ .Site.Title }} (RSS)" href="/index.xml">
{{ block "head" . }}{{ end }}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<p class="name"><a href="/">{{ .Site.Title }}</a></p>
<nav aria-label="Sections"><ul>
<li><a href="/">Front page</a></li>
{{ range (seq 0 7) }}<li><a href="/topics/section-{{ . }}/">Section {{ . }}</a></li>
{{ end }}<li><a href="/partners/">Partners</a></li>
<li><a href="/authors/">Authors</a></li>
<li><a href="/months/">Archive</a></li>
</ul></nav>
</header>
<main id="main">
{{ block "main" . }}{{ end }}
</main>
<footer class="imprint">
<p class="name"><a href="/">{{ .Site.Title }}</a></p>
<p>Each article belongs to those who wrote and first published it, and is shown here on their terms.</p>
</footer>
</body>
</html>
"""
_CARD = """<article class="card" lang="en" dir="ltr">
<p class="slug">{{ range .Params.partners }}<a href="/partners/{{ . | urlize }}/">{{ . }}</a>{{ end }}</p>
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p class="standfirst">{{ .Params.standfirst }}</p>
<p class="meta"><span class="by">By {{ range .Params.authors }}<a rel="author" href="/authors/{{ . | urlize }}/">{{ . }}</a>{{ end }}</span>
<time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "2 January 2006" }}</time> · {{ .ReadingTime }} min</p>
</article>
"""
_SINGLE = """{{ define "head" }}<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "NewsArticle" "headline" .Title "datePublished" .Date "creditText" .Params.credit "author" .Params.authors | jsonify | safeJS }}</script>{{ end }}
{{ define "main" }}
<article class="story" lang="en" dir="ltr">
<header><h1>{{ .Title }}</h1><p class="standfirst">{{ .Params.standfirst }}</p></header>
<p class="byline">By {{ range .Params.authors }}<a rel="author" href="/authors/{{ . | urlize }}/">{{ . }}</a>{{ end }}</p>
<ul class="times"><li>Here since <time>{{ .Date.Format "2 January 2006, 15:04 UTC" }}</time></li><li>Reading time {{ .ReadingTime }} min</li></ul>
<div class="credit"><p>{{ .Params.credit }}</p></div>
<div class="body">{{ .Content }}</div>
</article>
<aside class="related"><ul>
{{ $here := . }}{{ with .PrevInSection }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
</ul></aside>
{{ end }}
"""
_LIST = """{{ define "main" }}
<h1>{{ .Title }}</h1>
<div class="river">
{{ range .Paginator.Pages }}{{ partial "card.html" . }}{{ end }}
</div>
<nav class="pager">{{ if .Paginator.HasPrev }}<a href="{{ .Paginator.Prev.URL }}">Newer</a>{{ end }}{{ if .Paginator.HasNext }}<a href="{{ .Paginator.Next.URL }}">Older</a>{{ end }}</nav>
{{ end }}
"""
_TERMS = """{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }} articles</li>{{ end }}</ul>
{{ end }}
"""
_JSON = """{{ dict "url" .Permalink "headline" .Title "standfirst" .Params.standfirst "authors" .Params.authors "published" .Date "credit" .Params.credit "html" (partial "card.html" .) | jsonify }}
"""
_EMBED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>{{ .Title }}</title><link rel="stylesheet" href="/style.css"></head>
<body><main>{{ partial "card.html" . }}<p>{{ .Params.credit }}</p></main></body></html>
"""
_NINJS = """{{ dict "uri" .Permalink "type" "text" "pubStatus" "usable" "versionCreated" .Date "headlines" (slice (dict "role" "main" "value" .Title)) "descriptions" (slice (dict "role" "summary" "value" .Params.standfirst)) "copyrightNotice" .Params.credit "by" (delimit .Params.authors ", ") | jsonify }}
"""
_LAYOUTS = {
    "_default/baseof.html": _BASE,
    "_default/single.html": _SINGLE,
    "_default/single.json": _JSON,
    "_default/single.embed.html": _EMBED,
    "_default/single.ninjs.json": _NINJS,
    "_default/list.html": _LIST,
    "_default/terms.html": _TERMS,
    "index.html": _LIST,
    "partials/card.html": _CARD,
}


def write_hugo(folder: Path, count: int) -> Path:
    """Write the site's sources and return their folder."""
    for name, text in _LAYOUTS.items():
        (folder / "layouts" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "layouts" / name).write_text(text)
    (folder / "config.toml").write_text(_CONFIG)
    (folder / "content" / "articles").mkdir(parents=True)
    for post in posts(count):
        credit = f"This article first stood in Partner {post.partner}."
        head = (
            f'---\ntitle: "{post.headline}"\ndate: {post.at.isoformat()}\nstandfirst: "{post.paragraphs[0][:160]}"\n'
            f'credit: "{credit}"\nauthors: ["Author {post.author}"]\npartners: ["Partner {post.partner}"]\n'
            f'topics: ["Section {post.section}"]\nmonths: ["{post.at:%Y-%m}"]\n---\n'
        )
        file = folder / "content" / "articles" / f"story-{post.number}.md"
        file.write_text(head + "\n\n".join(post.paragraphs) + "\n")
    return folder
