"""Templates to text. What a template does not find is an error, and what comes from people is escaped."""

import re
from functools import cache
from typing import Any
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup, escape

from clothingline.kit import ids
from clothingline.web import assets, bidi, charts, words, written


@cache
def environment(language: str = words.INDONESIAN) -> Environment:
    """The one environment of a language."""
    made = Environment(
        loader=PackageLoader("clothingline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    known = words.translations(language)
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        lambda said: escape(known.gettext(said)),  # the extension itself takes every text for markup
        lambda one, many, count: escape(known.ngettext(one, many, count)),
        newstyle=True,
    )
    made.globals |= {"asset": assets.path, "style": Markup(assets.style(assets.DESKS).decode()), "key": key_field}  # noqa: S704  # our own sheet
    made.globals["charts"] = charts  # geometry is asked for where the words of a chart stand: in the template
    made.filters |= {**written.filters(language), "marked": marked, "ref": ref}
    return made


def render(template: str, language: str, values: dict[str, Any], *, block: str | None = None) -> str:
    """A page, or one block of it."""
    known = environment(language)
    if block is not None and block in known.get_template(template).blocks:
        return bidi.isolated(render_block(known, template, block, values))
    return bidi.isolated(known.get_template(template).render(values))


def ref(value: UUID, prefix: str) -> str:
    """An id as it stands in a path: `{{ order.id | ref("ord") }}`."""
    return ids.show(prefix, value)


def key_field(form: Any) -> Markup:
    """The hidden field by which a form that is sent twice is carried out once; each form of a page has its own."""
    return Markup('<input type="hidden" name="kunci" value="{}">').format(form.fresh_key())


def marked(said: str) -> Markup:
    """Plain words in which `this` is code, and nothing else is markup."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(said))))  # noqa: S704  # escaped just before
