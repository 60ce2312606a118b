"""The page in the documents that shows every setting, and the part of `.env.example` that does, made from the model."""

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

HEAD = """# Settings

Made from `clothingline/settings.py` by `clothingline api docs`; a test holds the two together.

Each is a variable of the environment. None is needed in development. What a secret is set to is shown nowhere.
"""
MARK = "# Everything else, with what holds when it is not said; made by `clothingline api docs`."


@dataclass(frozen=True)
class Setting:
    """One setting; `default` is None for a secret."""

    variable: str
    default: str | None
    description: str


@dataclass(frozen=True)
class Section:
    """Settings of one concern, and what the concern is."""

    title: str
    about: str
    settings: Sequence[Setting]


def sections(model: type[BaseSettings]) -> list[Section]:
    """The settings of the installation, then those of each concern."""
    prefix = model.model_config.get("env_prefix", "")
    between = model.model_config.get("env_nested_delimiter") or ""
    nested = {name: found for name, one in model.model_fields.items() if (found := _nested(one))}
    return [
        Section("installation", _about(model), list(_settings(model, prefix, without=nested))),
        *(
            Section(name, _about(one), list(_settings(one, f"{prefix}{name.upper()}{between}")))
            for name, one in nested.items()
        ),
    ]


def _nested(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _about(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "")


def _settings(model: type[BaseModel], prefix: str, *, without: Any = ()) -> Iterator[Setting]:
    for name, field in model.model_fields.items():
        if name not in without:
            yield Setting(f"{prefix}{name.upper()}", _default(field), field.description or "")


def _default(field: FieldInfo) -> str | None:
    value = field.get_default(call_default_factory=True)
    return None if isinstance(value, SecretStr) else str(value)


def as_markdown(model: type[BaseSettings]) -> str:
    """One table for each concern."""
    return HEAD + "".join(f"\n{_table(one)}" for one in sections(model))


def _table(section: Section) -> str:
    lines = [f"## {section.title}", "", section.about, "", "| variable | default | what it says |", "|---|---|---|"]
    lines += [f"| `{one.variable}` | {_shown(one.default)} | {one.description} |" for one in section.settings]
    return "\n".join(lines) + "\n"


def _shown(default: str | None) -> str:
    return "secret" if default is None else f"`{default}`" if default else "empty"


def as_environment(model: type[BaseSettings], written: str) -> str:
    """`written` with everything after the mark made anew: the settings that it does not name before, commented out."""
    own = written.partition(MARK)[0].rstrip()
    rest = [_commented(one, own) for one in sections(model)]
    return "\n\n".join([own, MARK, *(one for one in rest if one)]) + "\n"


def _commented(section: Section, own: str) -> str:
    left = [one for one in section.settings if f"\n{one.variable}=" not in f"\n{own}"]
    return "\n".join(f"# {one.description}\n#{one.variable}={one.default or ''}" for one in left)
