"""Words that tell nothing of where a link leads: those of Lighthouse 12.8, and the same in Finnish and Estonian."""

import html
import re
from collections.abc import Iterator

#: Of English, Spanish, Portuguese, Swedish and German; whatever the page's language, none may be all that a link says.
UNINFORMATIVE = {
    "click here", "click this", "go", "here", "information", "learn more", "more", "more info", "more information",
    "right here", "read more", "see more", "start", "this",
    "click aquí", "click aqui", "clicka aquí", "clicka aqui", "pincha aquí", "pincha aqui", "aquí", "aqui", "más",
    "mas", "más información", "más informacion", "mas información", "mas informacion", "este", "enlace",
    "este enlace", "empezar",
    "clique aqui", "ir", "mais informação", "mais informações", "mais", "veja mais",
    "här", "klicka här", "läs mer", "mer", "mer info", "mer information",
    "klicke hier", "hier klicken", "hier", "mehr", "siehe", "dies", "das", "weiterlesen",
    "tästä", "täältä", "lue lisää", "lisää", "lisätietoja", "klikkaa tästä", "klikkaa",
    "siit", "siin", "loe edasi", "loe lisaks", "rohkem", "lisainfo", "vajuta siia", "kliki siia",
}  # fmt: skip


def uninformative(page: str) -> Iterator[str]:
    """What links of a page say that tells nothing of where they lead; nothing at all too."""
    for said in re.findall(r"<a\b[^>]*href=[^>]*>(.*?)</a>", page, re.DOTALL):
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", said)).split())
        if not text or text.casefold() in UNINFORMATIVE:
            yield text
