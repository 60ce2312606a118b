"""Thousands of generated requests to every operation, fitting and unfitting: no fault, no undocumented answer.

Each operation gets as many cases as the other, half of them made to break its schema, with a token of a role that the
policy admits or with none, and with ids half of which stand in the database. The checks are those of schemathesis
that judge one answer by the document. Left out are:
- `positive_data_acceptance`: a payload that fits may still meet a state that refuses it (404, 409, 422 by a rule);
- `missing_required_header`, `unsupported_method`, `allow_header_conformance`: they judge cases of another way of
  generating only; the tests below and `tests/api/test_hostile_values.py` say the same of every operation;
- `ignored_auth`, `object_level_authorization`: the authorisation tests say more, from the policy table;
- `use_after_free`, `ensure_resource_availability`: they judge chains of requests, not one.
"""

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation

from clothingline.kit import db
from clothingline.kit.policy import TABLE
from tests.api.asking import Answer, ask
from tests.api.document import DOCUMENT
from tests.api.dressing import Dresser
from tests.api.world import look_round

# ruff: noqa: F401  # fixtures are asked for by their names
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template

SEED = 20261121
LEAST = 5_000
URL = "http://clothingline.test"
PROBLEM = "application/problem+json"
OPERATIONS = [one.ok() for one in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations() if isinstance(one, Ok)]
EACH = 2 * -(-LEAST // (2 * len(OPERATIONS)))
load_all_checks()
EVERYWHERE = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
JUDGED_BY: Any = CHECKS.get_by_names([*EVERYWHERE, "negative_data_rejection"])
# A picture is judged by its own bytes, of which a JSON schema says nothing: what breaks it may be a good picture.
PICTURES: Any = CHECKS.get_by_names(EVERYWHERE)


def example(operation: APIOperation[Any, Any, Any, Any]) -> Any:
    """The body that the document shows for an operation, or None."""
    content = operation.definition.raw.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("examples", {}).get("contoh", {}).get("value")


def cases(operation: APIOperation[Any, Any, Any, Any]) -> list[Case[Any]]:
    """`EACH` cases, half of which break the schema; the same in every run.

    An operation without anything to vary has few: they come again, with other callers and other rows.
    """
    drawn = [case for mode in GenerationMode for case in _drawn(operation, mode)]
    return [drawn[number % len(drawn)] for number in range(EACH)]


def _drawn(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> list[Case[Any]]:
    found: list[Case[Any]] = []

    @hypothesis.seed(SEED)
    @hypothesis.settings(
        max_examples=EACH // 2,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def draw(case: Case[Any]) -> None:
        found.append(case)

    with contextlib.suppress(Unsatisfiable):
        draw()
    return found[: EACH // 2]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.definition.raw["operationId"])
async def test_no_case_of_an_operation_meets_a_fault_or_an_answer_that_is_not_documented(
    app: FastAPI, operation: APIOperation[Any, Any, Any, Any]
) -> None:
    name = operation.definition.raw["operationId"]
    async with db.transaction() as session:
        world = await look_round(session)
    dresser = Dresser(world, TABLE[name], f"{SEED} {name}")
    findings, statuses = [], Counter[int]()
    for number, case in enumerate(cases(operation)):
        dresser.dress(case, number, example(operation))
        request = requests.Request(**case.as_transport_kwargs(base_url=URL)).prepare()
        answer = await _ask(app, request)
        statuses[answer.status] += 1
        findings += list(_findings(case, request, answer))
    print(f"{name}: {statuses.total()} cases, seed {SEED}, answers {dict(sorted(statuses.items()))}")
    assert not findings, "\n\n".join(findings)
    assert statuses.total() == EACH


async def _ask(app: FastAPI, request: requests.PreparedRequest) -> Answer:
    body = _bytes(request.body or b"")
    headers = [(_bytes(name), _bytes(value)) for name, value in request.headers.items() if name != "Content-Length"]
    return await ask(app, str(request.method), str(request.url), headers, body)


def _bytes(text: Any) -> bytes:
    return text if isinstance(text, bytes) else str(text).encode("latin-1")


def _findings(case: Case[Any], request: requests.PreparedRequest, answer: Answer) -> Iterator[str]:
    said = f"{request.method} {request.url} {request.headers} {request.body!r} → {answer.status} {answer.content!r}"
    if answer.fault is not None:
        yield f"{answer.fault!r} {said}"
    if answer.status >= 400 and not answer.header(b"content-type").startswith(PROBLEM):
        yield f"not a problem document: {said}"
    headers: dict[str, list[str]] = {}
    for name, value in answer.headers:
        headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    response = Response(answer.status, headers, answer.content, request, elapsed=0.0, verify=False)
    try:
        picture = case.operation.definition.raw["operationId"] == "photos_create"
        case.validate_response(response, checks=PICTURES if picture else JUDGED_BY)
    except (Failure, FailureGroup) as failure:
        yield f"{failure} {said}"


def test_the_cases_are_at_least_five_thousand_and_leave_no_operation_out() -> None:
    print(f"{EACH} cases for each of {len(OPERATIONS)} operations: {EACH * len(OPERATIONS)}, seed {SEED}")
    assert {one.definition.raw["operationId"] for one in OPERATIONS} == TABLE.keys()
    assert EACH * len(OPERATIONS) >= LEAST
