"""axe-core over a page: nothing may be wrong, and what it cannot decide stands in `undecided.toml` with our reason."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.async_api import Page

UNDECIDED = Path(__file__).with_name("undecided.toml")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations", "incomplete"], "runOnly": {"type": "tag", "values": STANDARDS}}
ASK = "(options) => axe.run(options).then(({ violations, incomplete }) => ({ violations, incomplete }))"


@dataclass(frozen=True)
class Reason:
    """Why something that axe cannot decide is right: `rule`, regular expressions of path and finding, words."""

    rule: str
    page: str
    finding: str
    because: str

    def covers(self, found: "Finding", path: str) -> bool:
        """Whether it speaks of this."""
        return found.rule == self.rule and bool(re.search(self.page, path) and re.search(self.finding, str(found)))


@dataclass(frozen=True)
class Finding:
    """One element that a rule found wrong, or could not decide: its selector and its mark-up."""

    rule: str
    impact: str
    element: str
    words: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.element} – {self.words}"


@cache
def reasons() -> tuple[Reason, ...]:
    """Those that somebody has looked at."""
    return tuple(Reason(**one) for one in tomllib.loads(UNDECIDED.read_text()).get("reason", ()))


async def axe(page: Page) -> None:
    """Raises `AssertionError` with everything on a page that bars somebody, or that nobody has looked at yet."""
    if not await page.evaluate("() => 'axe' in window"):  # half a megabyte, read once a page and not once a look
        await page.evaluate(Axe().axe_script)
    answer = await page.evaluate(ASK, OPTIONS)
    wrong, undecided = list(_findings(answer["violations"])), list(_findings(answer["incomplete"]))
    assert not wrong, "\n".join([f"{page.url}:", *map(str, wrong)])
    path = re.sub(r"^\w+://[^/]+", "", page.url)
    unknown = [str(one) for one in undecided if not any(reason.covers(one, path) for reason in reasons())]
    assert not unknown, "\n".join([f"{page.url}: look, and give a reason in {UNDECIDED.name}:", *unknown])


def _findings(results: list[dict[str, Any]]) -> Iterator[Finding]:
    for one in results:
        for node in one["nodes"]:
            said = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
            element = f"{' '.join(map(str, node['target']))}: {node['html'][:160]}"
            yield Finding(one["id"], str(one["impact"]), element, "; ".join(said) or one["help"])
