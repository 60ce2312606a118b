"""Competence standards: decrees, units, schemes, and the platform's skills that point to them where they are known."""

from dataclasses import dataclass
from functools import cache

from clothingline.reference.facts.rows import Facts, Status, read


@dataclass(frozen=True, slots=True)
class SkkniDecree:
    """A ministerial decree that sets a standard; `code_pattern` is how its unit codes look, where known."""

    decree_id: str
    number: str
    year: int
    title_id: str
    field: str
    code_pattern: str | None
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class SkkniUnit:
    """A unit of competence; an unknown `unit_code` stays None and is never filled by guessing."""

    unit_id: str
    unit_code: str | None
    title_id: str | None
    decree_id: str | None
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class SkkniScheme:
    """A scheme (kkni, okupasi, klaster) or programme; `validity_years` only where a source states it."""

    scheme_id: str
    lsp: str | None
    scheme_code: str | None
    title_id: str
    scheme_type: str | None
    kkni_level: int | None
    decree_ids: tuple[str, ...]
    validity_years: int | None
    source: str
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill of the platform, which is not a unit: `domain` keeps cloth, footwear and general skills apart."""

    slug: str
    title_id: str
    title_en: str
    domain: str
    unit_id: str | None
    unit_code: str | None
    unit_title_id: str | None
    decree_id: str | None
    scheme_id: str | None
    source: str
    status: Status
    note: str | None


@cache
def skkni_decrees() -> Facts[str, SkkniDecree]:
    """By decree id."""
    return read("skkni_decrees.csv", SkkniDecree, subject="decree", key=lambda one: one.decree_id)


@cache
def skkni_units() -> Facts[str, SkkniUnit]:
    """By unit id."""
    return read("skkni_units.csv", SkkniUnit, subject="unit", key=lambda one: one.unit_id)


@cache
def skkni_schemes() -> Facts[str, SkkniScheme]:
    """By scheme id."""
    return read("skkni_schemes.csv", SkkniScheme, subject="scheme", key=lambda one: one.scheme_id)


@cache
def skills() -> Facts[str, Skill]:
    """By slug."""
    return read("skills.csv", Skill, subject="skill", key=lambda one: one.slug)
