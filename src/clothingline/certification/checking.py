"""What a machine can say about a claimed certificate: it helps the person who verifies, and decides nothing.

The register of BNSP has no interface, so what stands there is always `unknown` here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clothingline.certification.models import Certificate
from clothingline.certification.number import NUMBER_FORM, warnings
from clothingline.reference import facts

Verdict = Literal["pass", "fail", "unknown"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `seen` is what was found, where that says more than the verdict."""

    code: str
    verdict: Verdict
    seen: str = ""


def checks(one: Certificate, *, today: date, names: Collection[str], refused_of: Collection[str]) -> list[Check]:
    """What can be told of a certificate from itself, the `names` of the workshop's people, and others' claims.

    `refused_of`: workshops that claimed the same number and were refused.
    """
    odd = warnings(one)
    return [
        _check("number_form", re.fullmatch(NUMBER_FORM, one.number) is not None),
        Check("number_prefix", "unknown" if "unexpected_prefix" in odd else "pass"),
        _check("holder", any(_same_name(one.holder, name) for name in names), ", ".join(sorted(names))),
        Check("issuer", *_issuer(one)),
        _check("in_force", one.valid_until >= today),
        Check("validity", "unknown" if "unusual_validity" in odd else "pass"),
        _check("only_claim", not refused_of, ", ".join(sorted(refused_of))),
        Check("register", "unknown"),
    ]


def _check(code: str, holds: bool, seen: str = "") -> Check:
    return Check(code, "pass" if holds else "fail", seen)


def _same_name(one: str, other: str) -> bool:
    """Whether the words of the shorter name all stand in the longer one, whatever their case."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return bool(words and others) and (words <= others or others <= words)


def _issuer(one: Certificate) -> tuple[Verdict, str]:
    """The scheme names its issuer; a name that is written otherwise is for a person to compare."""
    expected = facts.skkni_schemes()[one.scheme_id].lsp or ""
    return ("pass" if _same_name(expected, one.lsp) else "unknown"), expected
