"""Drafts: what somebody answers on the way to an order, before anybody knows who it is."""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.secrets import root_secret
from clothingline.kit.clock import business_now
from clothingline.kit.ids import new_id
from clothingline.kit.sealing import derived_key, seal, unseal
from clothingline.orders.models import Draft

TOKEN_BYTES = 16


def hash_of(token: str) -> bytes:
    """What is kept of the word in a draft's link."""
    return sha256(token.encode()).digest()


async def begin_draft(
    session: AsyncSession, *, design_id: UUID, answers: Mapping[str, Any], account_id: UUID | None
) -> tuple[Draft, str]:
    """A new draft, and the word in its link, which is shown this once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    draft = Draft(
        id=new_id(),
        token_hash=hash_of(token),
        account_id=account_id,
        design_id=design_id,
        answers=dict(answers),
        measures=None,
        order_id=None,
        touched_at=await business_now(session),
    )
    session.add(draft)
    await session.flush()
    return draft, token


async def keep_answers(
    session: AsyncSession,
    draft: Draft,
    answers: Mapping[str, Any],
    *,
    account_id: UUID | None,
    measures: Mapping[str, int] | None = None,
) -> None:
    """What is answered now, in place of what was before. A draft without an owner becomes that of `account_id`.

    `measures`: body measures by code in their stored unit; None keeps those that are there. The row is locked.
    """
    draft.answers = dict(answers)
    draft.account_id = draft.account_id or account_id
    draft.touched_at = await business_now(session)
    if measures is not None:
        draft.measures = _sealed(draft.id, measures) if measures else None
    await session.flush()


def measures_of(draft: Draft) -> dict[str, int]:
    """The body measures that were typed so far, by code in their stored unit. Raises `ValueError` for a broken seal."""
    if draft.measures is None:
        return {}
    found: dict[str, int] = json.loads(unseal(_key(), draft.measures, draft.id.bytes))
    return found


def _sealed(draft_id: UUID, measures: Mapping[str, int]) -> bytes:
    return seal(_key(), json.dumps(dict(measures), sort_keys=True).encode(), draft_id.bytes)


def _key() -> bytes:
    return derived_key(root_secret(), b"orders/draft-measures/1")


async def drop_draft(session: AsyncSession, *, draft_id: UUID) -> bool:
    """Forget a draft; an order that was written down from it stays."""
    gone = delete(Draft).where(Draft.id == draft_id).returning(Draft.id)
    return await session.scalar(gone) is not None
