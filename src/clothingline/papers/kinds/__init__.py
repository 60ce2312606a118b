"""The kinds of papers: how each reads its facts, and how they stand on the sheet."""

from collections.abc import Callable, Mapping
from typing import Any

from clothingline.papers.kinds import credit_note, income_letter, invoice, payout_statement, receipt
from clothingline.papers.sheets import Sheet

SHEETS: Mapping[str, Callable[[Mapping[str, Any]], Sheet]] = {
    "credit_note": credit_note.sheet,
    "receipt": receipt.sheet,
    "invoice": invoice.sheet,
    "payout_statement": payout_statement.sheet,
    "income_letter": income_letter.sheet,
}


def sheet_of(kind: str, facts: Mapping[str, Any]) -> Sheet:
    """What stands on a paper of this kind. Raises `KeyError` for facts that are missing."""
    return SHEETS[kind](facts)
