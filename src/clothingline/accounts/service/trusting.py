"""Tokens for programs, and consent."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries, secrets
from clothingline.accounts.events import ApiTokenIssued, ApiTokenRevoked, ConsentGiven, ConsentWithdrawn
from clothingline.accounts.models import ApiToken, Consent
from clothingline.kit.events import emit


async def issue_api_token(
    session: AsyncSession, *, account_id: UUID, name: str, days: int, prefix: str, now: datetime
) -> tuple[ApiToken, str]:
    """A token for a program; returns the row and the token, which is shown this once."""
    token = secrets.new_token(prefix)
    row = ApiToken(
        account_id=account_id,
        name=name,
        token_hash=secrets.token_hash(token),
        expires_at=now + timedelta(days=days),
        created_at=now,
    )
    session.add(row)
    await session.flush()
    await emit(session, ApiTokenIssued(account_id, row.id), by=account_id, audience=[account_id])
    return row, token


async def revoke_api_token(session: AsyncSession, *, token_id: UUID, account_id: UUID, now: datetime) -> None:
    """End a program's token. Raises `ApiTokenUnknown`."""
    row = await queries.get_api_token(session, token_id, account_id)
    row.revoked_at = now
    await emit(session, ApiTokenRevoked(account_id, row.id), by=account_id, audience=[account_id])


async def give_consent(
    session: AsyncSession, *, account_id: UUID, purpose: str, version: str, now: datetime
) -> Consent:
    """Record consent to one purpose in one version of its text; a newer version replaces the older."""
    standing = await queries.find_consent(session, account_id, purpose)
    if standing is not None and standing.version == version:
        return standing
    if standing is not None:
        standing.withdrawn_at = now
        await session.flush()
    row = Consent(account_id=account_id, purpose=purpose, version=version, given_at=now)
    session.add(row)
    await session.flush()
    await emit(session, ConsentGiven(account_id, row.id), by=account_id, audience=[account_id])
    return row


async def withdraw_consent(session: AsyncSession, *, account_id: UUID, purpose: str, now: datetime) -> None:
    """Take consent back; the proof that it was given stays. Raises `ConsentUnknown`."""
    row = await queries.get_consent(session, account_id, purpose)
    row.withdrawn_at = now
    await emit(session, ConsentWithdrawn(account_id, row.id), by=account_id, audience=[account_id])
