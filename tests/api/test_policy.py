"""The policy table holds everywhere: at the start, on its page, and the matrix sees when it does not."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from fastapi import APIRouter
from sqlalchemy import true

from clothingline import app as application
from clothingline.kit import policy
from clothingline.kit.access import Grants, Relation, Role
from clothingline.kit.http import route
from clothingline.kit.http.route import api_router
from clothingline.kit.policy_page import as_markdown
from clothingline.orders import queries as orders
from clothingline.settings import Settings
from tests.api import requests_to_each
from tests.api.matrix import Ground, deviations, ground
from tests.api.requests_to_each import BY_ID
from tests.api.two_worlds import worlds
from tests.conftest import ROOT
from tests.pilot_fixture import pilot_template

# fixtures are asked for by their names
__all__ = ["ground", "pilot_template", "worlds"]


def test_the_page_of_the_policy_is_up_to_date() -> None:
    written = (ROOT / "docs" / "policy.md").read_text()
    assert written == as_markdown(), "run `make openapi`"


def _unlisted() -> APIRouter:
    router = api_router()

    @router.get("/secrets", tags=["secrets"], name="list")
    async def list_secrets() -> None:
        """Nobody has said who may."""

    return router


def test_an_operation_without_a_row_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "ROUTERS", (*application.ROUTERS, _unlisted()))
    with pytest.raises(RuntimeError, match="secrets_list"):
        application.create_app(Settings(environment="test"))


def test_a_row_without_an_operation_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "TABLE", {**policy.TABLE, "secrets_list": policy.PUBLIC})
    with pytest.raises(RuntimeError, match="-secrets_list"):
        application.create_app(Settings(environment="test"))


async def test_the_matrix_sees_a_query_without_its_ownership(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "visible", lambda _reach: true())
    _, found = await deviations(ground, BY_ID["orders_show"])
    assert [one for one in found if one.startswith("consumer A · other")]
    assert [one for one in found if one.startswith("brand_owner B · other")]


@pytest.mark.parametrize(
    ("role", "relation", "seen"),
    [
        (Role.TAILOR, Relation.OWN, "tailor A · missing"),
        (Role.CONSUMER, Relation.ALL, "consumer B · other"),
    ],
)
async def test_the_matrix_sees_a_widened_cell(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, role: Role, relation: Relation, seen: str
) -> None:
    widened: Mapping[str, Grants] = {**policy.TABLE, "orders_show": {**policy.TABLE["orders_show"], role: relation}}
    # What is asked keeps to the table as it is; what answers has the wider one.
    monkeypatch.setattr(requests_to_each, "TABLE", MappingProxyType(dict(policy.TABLE)))
    monkeypatch.setattr(route, "TABLE", widened)
    _, found = await deviations(ground, BY_ID["orders_show"])
    assert [one for one in found if one.startswith(seen)]
