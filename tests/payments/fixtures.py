"""The provider of the tests, in the same process as the API; other houses do not react here."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from clothingline import reactions
from clothingline.integrations import payments as providers
from clothingline.integrations.payments.fake import FakeProvider, post_to

HOUSES = ("accounts", "ledger", "earnings", "payments", "payouts", "reconciliation")


@pytest.fixture(autouse=True)
def _only_money_reacts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The orders of these tests are rows without a past, which other houses would stumble over."""
    kept = {
        happening: [job for job in jobs if job.__module__.split(".")[1] in HOUSES]
        for happening, jobs in reactions.TABLE.items()
    }
    monkeypatch.setattr(reactions, "TABLE", kept)


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """The file of the provider's books."""
    return tmp_path / "provider.db"


@pytest.fixture
def provider(app: FastAPI, books: Path) -> FakeProvider:
    """The shipped fake; its notices arrive at the API of this test."""
    deliver = post_to("http://clothingline.test/v1/payment-notices", httpx.ASGITransport(app))
    chosen = FakeProvider(deliver, pages_url="http://bayar.test", path=books)
    providers.use(chosen)
    return chosen


@pytest.fixture
def falsify(books: Path) -> Callable[[str, str, object], None]:
    """Change a column of a charge behind the provider's back: `falsify(charge, "amount_idr", 1)`."""

    def change(charge: str, column: str, value: object) -> None:
        with closing(sqlite3.connect(books)) as connection, connection:
            connection.execute(f"UPDATE charge SET {column} = ? WHERE id = ?", (value, charge))

    return change
