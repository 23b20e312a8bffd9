"""The page that holds a report: both languages, pictures with shared data, the JavaScript, the font, in one file."""

from __future__ import annotations

import base64
import functools
import hashlib
import io
import json
from importlib import resources
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from jjj_sim.reporting.bundle import javascript
from jjj_sim.reporting.picture import Picture
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.scheme import CONFIG
from jjj_sim.wording.words import LANGS, Lang

_ROOM = "jjj_sim.reporting"
_FONT = "fonts/JJJSansSC-Regular.ttf"


class Part(NamedTuple):
    """One language's part of a page."""

    title: str
    html: Markup


class Album:
    """The pictures of a page; rows that several pictures share are kept once."""

    def __init__(self) -> None:
        self.pictures: dict[str, dict[str, Any]] = {}
        self.data: dict[str, Any] = {}

    def keep(self, picture: Picture) -> str:
        """Keep a picture and return its id on the page."""
        spec = {key: value for key, value in picture.spec.items() if key != "config"}
        names = {}
        for name, rows in picture.data.items():
            digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:12]
            self.data[digest], names[name] = rows, digest
        key = f"p{len(self.pictures) + 1}"
        self.pictures[key] = {"spec": spec, "data": names}
        return key

    def text(self) -> Markup:
        """Return all of it as JSON that cannot end the element in which it stands."""
        whole = {"config": CONFIG, "data": self.data, "pictures": self.pictures}
        plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        return Markup(plain.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


@functools.cache
def environment() -> jinja2.Environment:
    """Return the templates; whatever is put in is escaped."""
    loader = jinja2.PackageLoader(_ROOM, "templates")
    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    return jinja2.Environment(loader=loader, autoescape=True, **options)


def part(lang: Lang, album: Album, found: dict[str, Any]) -> Part:
    """Return a language's part of what was `found`, its pictures kept in the album."""

    def told(key: str, **given: Any) -> str:
        return tell(key, lang, **given)

    sections = list(found["sections"])
    method = Markup(environment().get_template(f"method.{lang}.j2").render(n_zones=found["n_zones"]))
    own = {"lang": lang, "tell": told, "keep": album.keep, "number": lambda key: sections.index(key) + 1}
    return Part(found["title"], Markup(environment().get_template("part.j2").render(**found, **own, method=method)))


def page(parts: dict[Lang, Part], album: Album, lang: Lang) -> str:
    """Return the whole page, which opens in `lang`."""
    given: dict[str, Any] = {
        "lang": lang,
        "skip": tell("skip", lang),
        "parts": {one: parts[one] for one in LANGS},
        "css": Markup(_text("page.css")),
        "script": Markup(_text("page.js")),
        "libraries": Markup(javascript()),
        "pictures": album.text(),
    }
    letters = "".join(str(made.html) + made.title for made in parts.values()) + str(given["pictures"])
    return environment().get_template("page.j2").render(**given, font=font(letters))


def font(letters: str) -> dict[str, str]:
    """Return the shipped font with the letters that a page uses, as base64."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    file = resources.files("jjj_sim.charts").joinpath(_FONT)
    options = subset.Options()
    options.layout_features = ["kern", "liga", "tnum", "locl"]
    options.hinting = False
    with resources.as_file(file) as path, TTFont(path, recalcTimestamp=False) as whole:
        worker = subset.Subsetter(options)
        worker.populate(text=letters + "".join(map(chr, range(32, 127))))
        worker.subset(whole)
        whole.flavor = kind = _flavour()
        made = io.BytesIO()
        whole.save(made)
    return {"kind": kind, "text": base64.b64encode(made.getvalue()).decode("ascii")}


def _flavour() -> str:
    """Return woff2 where what compresses it is installed, else woff."""
    from importlib.util import find_spec

    return "woff2" if find_spec("brotli") or find_spec("brotlicffi") else "woff"


def _text(name: str) -> str:
    return resources.files(_ROOM).joinpath(f"templates/{name}").read_text("utf-8")
