"""The forms of a page as a browser has them: what can be filled, what is sent when it is empty, and with garbage."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random

TYPED = frozenset({"text", "tel", "email", "search", "url", "number", "date", "password", "textarea"})
BUTTONS = frozenset({"submit", "button", "image", "reset"})
# What nobody means: marks of other languages, what no calendar, no keyboard and no person holds.
GARBAGE = (
    "abc",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "2026-13-45",
    '"><script>window.__x = 1</script>',
    "{{ 7 * 7 }}%(x)s{0}",
    "\u0000nol",
    "\u202eterbalik",
    "😀" * 20,
    "x" * 3_000,
    "' OR 1=1 --",
    "../../etc/passwd",
)


@dataclass
class Control:
    """One thing that can be filled: its name and kind, its id, and what stands in it."""

    name: str
    kind: str
    id: str = ""
    value: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether people write into it."""
        return self.kind in TYPED


@dataclass
class Shown:
    """A form of a page."""

    action: str
    controls: list[Control] = field(default_factory=list)

    @property
    def open(self) -> list[Control]:
        """What a person can fill."""
        return [one for one in self.controls if one.kind not in {"hidden", *BUTTONS}]

    @property
    def shape(self) -> tuple[str, frozenset[str]]:
        """The same for the rows of a table: the action without its ids, and the names."""
        return re.sub(r"[a-z]{3}_\w{26}|\d+", "…", self.action), frozenset(one.name for one in self.controls)

    def kept(self) -> dict[str, str]:
        """What goes with it whatever people do: hidden fields, and the first button that has a value."""
        buttons = [one for one in self.controls if one.kind == "submit"][:1]
        hidden = [one for one in self.controls if one.kind == "hidden"]
        return {one.name: one.value for one in (*hidden, *buttons)}

    def empty(self) -> dict[str, str]:
        """What is sent when nothing is filled: nothing chosen, nothing ticked."""
        return {**self.kept(), **{one.name: "" for one in self.open if one.is_typed or one.kind == "select"}}

    def garbage(self, chance: Random) -> dict[str, str]:
        """What is sent by somebody who fills everything with what does not belong there."""
        return {**self.kept(), **{one.name: chance.choice(GARBAGE) for one in self.open if one.kind != "file"}}

    def files(self, content: bytes) -> dict[str, tuple[str, bytes]] | None:
        """Its file fields, each with this content, or without a file; None where it has none."""
        return {one.name: ("foto.jpg" * bool(content), content) for one in self.open if one.kind == "file"} or None


class Reading(HTMLParser):
    """Reads the forms of a page that change something, its ids, and how it calls what has an id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Shown] = []
        self.ids: set[str] = set()
        self.labels: dict[str, str] = {}
        self._form: Shown | None = None
        self._area: Control | None = None
        self._group = self._naming = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids |= {said["id"]} if "id" in said else set()
        if tag == "form":
            self._begin(said)
        elif tag in {"label", "legend"}:
            self._naming = said.get("for", "") if tag == "label" else self._group
        elif tag == "fieldset":
            self._group = said.get("id", "")
        elif self._form is not None:
            self._inside(tag, said)

    def _begin(self, said: dict[str, str]) -> None:
        """A form that is hidden until a script shows it is sent by nobody."""
        self._form = Shown(said.get("action", "")) if said.get("method") == "post" and "hidden" not in said else None
        self.forms += [self._form] if self._form else []

    def _inside(self, tag: str, said: dict[str, str]) -> None:
        assert self._form is not None
        if tag in {"input", "button", "select", "textarea"} and said.get("name"):
            kind = {"input": "text", "button": "submit"}.get(tag, tag)
            one = Control(said["name"], said.get("type", kind), said.get("id", ""), said.get("value", ""))
            self._form.controls.append(one)
            self._area = one if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag in {"label", "legend"}:
            self._naming = ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        elif self._naming:
            self.labels[self._naming] = self.labels.get(self._naming, "") + data


def shapes(page: str) -> Iterator[Shown]:
    """One form of each shape that has something to fill."""
    seen = {one.shape: one for one in reversed(Reading(page).forms) if one.open}
    yield from reversed(seen.values())


def summary(page: str) -> list[tuple[str, str]]:
    """What a page asks to correct, as (id to which it leads, words)."""
    found = re.search(r'<div class="summary-of-errors".*?<ul>(.*?)</ul>', page, re.DOTALL)
    lines = re.findall(r"<li>(?:<a href=\"#([^\"]*)\">)?(.*?)(?:</a>)?</li>", found[1], re.DOTALL) if found else []
    return [(target, html.unescape(words).strip()) for target, words in lines]


def title(page: str) -> str:
    """The title of a page."""
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    return html.unescape(found[1]) if found else ""
