"""Our own list of what a hostile partner may write into any field; each calls `fired(N)` if it ever runs."""

from __future__ import annotations

_CALL = "fired(@)"

_TAGS = (
    """
<script>CALL</script>
<SCRIPT>CALL</SCRIPT>
<scr<script>ipt>CALL</scr</script>ipt>
<script/x>CALL</script>
<script src=//evil.example/x.js></script>
<script src="data:text/javascript,CALL"></script>
<script type=module>CALL</script>
<script>/*<!--*/CALL//--></script>
<script\x0cx>CALL</script>
<script	>CALL</script	>
</title><script>CALL</script>
</textarea><script>CALL</script>
</style><script>CALL</script>
</script><script>CALL</script>
</template><script>CALL</script>
</noscript><script>CALL</script>
</xmp><script>CALL</script>
</select><script>CALL</script>
</iframe><script>CALL</script>
--><script>CALL</script>
--!><script>CALL</script>
]]><script>CALL</script>
?><script>CALL</script>
<img src=x onerror=CALL>
<img src=x onerror="CALL">
<img src=x onerror='CALL'>
<img src=x onerror=`CALL`>
<img/src=x/onerror=CALL>
<img src=x oNeRrOr=CALL>
<img src=x onerror\x09=CALL>
<img src="x`<script>CALL</script>"`>
<img """
    '"""'
    """><script>CALL</script>">
<IMG SRC=x onerror=&#102;ired(@)>
<img srcset="x" onerror=CALL>
<img src=1 href=1 onerror="javascript:CALL">
<image src=x onerror=CALL>
<picture><source srcset=x><img onerror=CALL src=x></picture>
<input autofocus onfocus=CALL>
<select autofocus onfocus=CALL>
<textarea autofocus onfocus=CALL>x</textarea>
<keygen autofocus onfocus=CALL>
<button autofocus onfocus=CALL>x</button>
<a autofocus tabindex=0 onfocus=CALL>x</a>
<video src=x onerror=CALL></video>
<video><source onerror=CALL></video>
<audio src=x onerror=CALL></audio>
<body onload=CALL>
<body onpageshow=CALL>
<frameset onload=CALL>
<iframe src=javascript:CALL></iframe>
<iframe srcdoc="<script>parent.CALL</script>"></iframe>
<iframe srcdoc="&lt;img src=x onerror=parent.CALL&gt;"></iframe>
<iframe onload=CALL></iframe>
<iframe src="data:text/html,<script>parent.CALL</script>"></iframe>
<object data="javascript:CALL"></object>
<object data="data:text/html;base64,PHNjcmlwdD5wYXJlbnQuZmlyZWQoMSk8L3NjcmlwdD4="></object>
<object onerror=CALL data=x></object>
<embed src="javascript:CALL">
<embed src="data:image/svg+xml,<svg onload=CALL xmlns='http://www.w3.org/2000/svg'/>">
<applet code=CALL></applet>
<link rel=stylesheet href=x onerror=CALL>
<link rel=stylesheet href=//evil.example/x.css>
<link rel=preload as=script href=//evil.example/x.js onload=CALL>
<link rel=import href="data:text/html,<script>CALL</script>">
<meta http-equiv=refresh content="0;url=javascript:CALL">
<meta http-equiv=refresh content="0;url=//evil.example/">
<base href="javascript:CALL//">
<base href=//evil.example/>
<style>@import '//evil.example/x.css';</style>
<style onload=CALL></style>
<style>*{background:url(javascript:CALL)}</style>
<div style="background:url('//evil.example/x.png')">x</div>
<div style="width:expression(CALL)">x</div>
<p style="animation:x 1s" onanimationstart=CALL>x</p>
<style>@keyframes x{}</style><p style="animation-name:x" onanimationend=CALL>x</p>
<details open ontoggle=CALL>x</details>
<marquee onstart=CALL>x</marquee>
<marquee loop=1 width=0 onfinish=CALL>x</marquee>
<form action="javascript:CALL"><input type=submit></form>
<form><button formaction="javascript:CALL">x</button></form>
<form id=x></form><button form=x formaction="javascript:CALL">x</button>
<isindex action="javascript:CALL" type=image>
<math href="javascript:CALL">x</math>
<math><maction actiontype="statusline#" xlink:href="javascript:CALL">x</maction></math>
<math><mtext><table><mglyph><style><img src=x onerror=CALL></style></mglyph></table></mtext></math>
<math><annotation-xml encoding="text/html"><script>CALL</script></annotation-xml></math>
<svg onload=CALL>
<svg/onload=CALL>
<svg><script>CALL</script></svg>
<svg><script href="data:text/javascript,CALL"/></svg>
<svg><script>&#102;ired(@)</script></svg>
<svg><a xlink:href="javascript:CALL"><text y=20>x</text></a></svg>
<svg><animate onbegin=CALL attributeName=x dur=1s></svg>
<svg><set onbegin=CALL attributeName=x></svg>
<svg><a><animate attributeName=href values="javascript:CALL"/><text y=20>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='CALL'/></svg>#x"/></svg>
<svg><foreignObject><body onload=CALL></body></foreignObject></svg>
<svg><style><img src=x onerror=CALL></style></svg>
<svg><title><style></title><img src=x onerror=CALL></style></svg>
<svg><desc><![CDATA[</desc><script>CALL</script>]]></svg>
<noscript><p title="</noscript><img src=x onerror=CALL>"></noscript>
<template><script>CALL</script></template>
<template shadowrootmode=open><script>CALL</script></template>
<xss onpointerrawupdate=CALL style=display:block>x</xss>
<xss contenteditable onbeforeinput=CALL autofocus tabindex=1 onfocus=CALL>x</xss>
<xss onmouseover=CALL onclick=CALL>x</xss>
<dialog open onclose=CALL>x</dialog>
<popover id=p popover onbeforetoggle=CALL>x</popover>
<slot onslotchange=CALL>x</slot>
<portal src="javascript:CALL"></portal>
<bgsound src="javascript:CALL">
<layer src=//evil.example/></layer>
<xml id=x><![CDATA[<img src=x onerror=CALL>]]></xml>
<plaintext><script>CALL</script>
<table background="javascript:CALL"><tr><td>x</table>
<object type=text/x-scriptlet data=//evil.example/></object>
<form><input name=attributes><input name=parentNode></form><img src=x onerror=CALL>
<a href="#" onclick="CALL">x</a>
<a id=fired>x</a><a id=fired name=defaultView>x</a>
<img name=getElementById><img name=cookie>
<div hx-get="/queue" hx-trigger="load" hx-on::after-request="CALL">x</div>
<div hx-on:click="CALL" hx-on::load="CALL">x</div>
<div data-hx-on:htmx:load="CALL">x</div>
<div hx-get="/x" hx-trigger="load[CALL]">x</div>
<div hx-post="/sign-out" hx-trigger="load">x</div>
<div hx-get="//evil.example/" hx-trigger="load">x</div>
<div hx-vals="js:{x: CALL}" hx-get="/queue" hx-trigger="load">x</div>
<div data-live="queue work" id="live">x</div>
"""
)

_BREAKS = """
"><script>CALL</script>
'><script>CALL</script>
"><img src=x onerror=CALL>
'><img src=x onerror=CALL>
" onmouseover="CALL
' onmouseover='CALL
" autofocus onfocus="CALL" x="
' autofocus onfocus='CALL' x='
` onmouseover=`CALL
x onmouseover=CALL
" style="animation:x" onanimationstart="CALL
"/><svg onload=CALL>
';CALL;//
";CALL;//
`;CALL;//
\\';CALL;//
\\";CALL;//
${CALL}
{{CALL}}
{{constructor.constructor('CALL')()}}
{% set x = cycler.__init__.__globals__ %}{{ x }}
<%= CALL %>
#{CALL}
\u2028CALL\u2028
\u2029CALL\u2029
\ufeff<script>CALL</script>
\uff1cscript\uff1eCALL\uff1c/script\uff1e
\u202e<script>CALL</script>
%3Cscript%3ECALL%3C/script%3E
&lt;script&gt;CALL&lt;/script&gt;
&amp;lt;script&amp;gt;CALL&amp;lt;/script&amp;gt;
&#60;script&#62;CALL&#60;/script&#62;
&#x3c;img src=x onerror=CALL&#x3e;
&lt img src=x onerror=CALL&gt
\\u003cscript\\u003eCALL\\u003c/script\\u003e
+ADw-script+AD4-CALL+ADw-/script+AD4-
<!--[if IE]><script>CALL</script><![endif]-->
<![CDATA[<script>CALL</script>]]>
<!ENTITY x "<script>CALL</script>">
Jane Roe <script>CALL</script> <jane@forum.example>
"Jane <img src=x onerror=CALL>"@forum.example
mailto:x@forum.example"onclick="CALL
"""

#: For fields that hold addresses.
_ADDRESSES = """
javascript:CALL
JaVaScRiPt:CALL
 javascript:CALL
java\tscript:CALL
java\rscript:CALL
\x01javascript:CALL
&#106;avascript:CALL
javascript&colon;CALL
javascript&#58;CALL
javascript:void(0)||CALL
javascript://forum.example/%0aCALL
javascript:%66ired(@)
vbscript:CALL
livescript:CALL
data:text/html,<script>opener.CALL</script>
data:text/html;base64,PHNjcmlwdD5vcGVuZXIuZmlyZWQoMSk8L3NjcmlwdD4=
data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='CALL'/>
data:application/xhtml+xml,<x:script xmlns:x="http://www.w3.org/1999/xhtml">CALL</x:script>
feed:javascript:CALL
view-source:javascript:CALL
jar:javascript:CALL!/
blob:javascript:CALL
filesystem:javascript:CALL
//evil.example/x
///evil.example/x
\\\\evil.example\\x
https:evil.example
http://evil.example"onclick="CALL
http://forum.example/'onclick='CALL
http://forum.example/"><script>CALL</script>
http://forum.example/#"><img src=x onerror=CALL>
http://"onclick="CALL"@forum.example/
http://[javascript:CALL]/
"""


def _numbered(text: str, first: int) -> tuple[str, ...]:
    """Return a block's vectors; every `fired(@)` in one has the vector's number."""
    lines = [line for line in text.split("\n") if line.strip()]
    return tuple(
        line.replace("CALL", _CALL)
        .replace("fired(@)", f"fired({first + n})")
        .replace("ired(@)", f"ired({first + n})")
        for n, line in enumerate(lines)
    )


TAGS = _numbered(_TAGS, 1000)
BREAKS = _numbered(_BREAKS, 2000)
ADDRESSES = _numbered(_ADDRESSES, 3000)
EVERYWHERE = TAGS + BREAKS
