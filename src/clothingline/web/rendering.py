"""Templates to pages. What a template does not find is an error, and what comes from people is escaped."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from clothingline.web.assets import style_path


@cache
def environment() -> Environment:
    """The one environment of the package."""
    made = Environment(
        loader=PackageLoader("clothingline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style_path"] = style_path()
    made.filters |= {"thousands": thousands, "marked": marked}
    return made


def thousands(number: int) -> str:
    """`1.234`, as it is written in Indonesia."""
    return f"{number:,}".replace(",", ".")


def marked(words: str) -> Markup:
    """Plain words in which `this` is code, and nothing else is markup."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(words))))  # noqa: S704  # escaped just before


def page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template."""
    return HTMLResponse(environment().get_template(template).render(values), status)
