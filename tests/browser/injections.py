"""Texts that would run as script, break out of markup or be read as a template, were they not escaped."""

#: What would run, were it reached: each with a number of its own in place of N.
_RUNS = (
    "<script>alert(N)</script>",
    "<img src=x onerror=alert(N)>",
    "<svg/onload=alert(N)>",
    "<svg><script>alert(N)</script></svg>",
    "<iframe srcdoc='<script>parent.alert(N)</script>'>",
    "<body onload=alert(N)>",
    "<details open ontoggle=alert(N)>",
    "<input autofocus onfocus=alert(N)>",
    "<video><source onerror=alert(N)></video>",
    "<math><mi xlink:href='javascript:alert(N)'>x</mi></math>",
    "<a href=javascript:alert(N)>x</a>",
    "<object data=javascript:alert(N)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(N)'>",
    "<link rel=stylesheet href=//evil.example/N.css>",
    "<style>@import '//evil.example/N'</style>",
    "<base href=//evil.example/N/>",
    "<form action=javascript:alert(N)><button>x</button></form>",
    "<template><script>alert(N)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(N)>'></noscript>",
    "<p style=background:url(//evil.example/N)>",
    "${alert(N)}",
    "`;alert(N);`",
    "{{ range.constructor('alert(N)')() }}{% for x in y %}{# z",
    "{{ 7 * 191N }}",
    "{n} {hub} {0.__class__} alert(N)",
    '=HYPERLINK("//evil.example/N")',
    "\u2028alert(N)\u2029",
    "javascript:alert(N)",
    "&lt;script&gt;alert(N)&#39;&quot;",
    "\u202etxt.N\u2066<\u200bscript>",
)
#: How it would get out of an attribute, a script's string, a script, a comment or a text area.
_BREAKS = ("", "\"'>", '\\");', "</script>", "--></textarea></title></style>]]>")

INJECTIONS = tuple(
    broken + run.replace("N", str(100 + number))
    for number, (run, broken) in enumerate((run, broken) for broken in _BREAKS for run in _RUNS)
)
