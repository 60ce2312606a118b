"""Signing in with a passkey: a challenge is given once, a key is added, used, and removed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import queries
from clothingline.accounts.ceremonies import MINUTES, Place, check_proof, credential_id_of, read_key
from clothingline.accounts.errors import PasskeyKnown, PasskeyRefused
from clothingline.accounts.events import PasskeyAdded, PasskeyRemoved
from clothingline.accounts.models import Account, Passkey, PasskeyChallenge
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit


async def begin_ceremony(session: AsyncSession, *, account_id: UUID | None, now: datetime) -> UUID:
    """Give out a challenge, to an account that adds a key or (None) to whoever signs in; old ones are thrown away."""
    await session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < business_time()))
    challenge = PasskeyChallenge(account_id=account_id, expires_at=now + timedelta(minutes=MINUTES))
    session.add(challenge)
    await session.flush()
    return challenge.id


async def _take(session: AsyncSession, challenge_id: UUID, account_id: UUID | None) -> None:
    """Use a challenge up. Raises `PasskeyRefused` when it was used, is too old or was given to somebody else."""
    given = (PasskeyChallenge.id == challenge_id, PasskeyChallenge.expires_at > business_time())
    to = PasskeyChallenge.account_id.is_not_distinct_from(account_id)
    taken = await session.execute(delete(PasskeyChallenge).where(*given, to).returning(PasskeyChallenge.id))
    if taken.one_or_none() is None:
        raise PasskeyRefused


async def add_passkey(
    session: AsyncSession, *, account_id: UUID, challenge_id: UUID, credential: str, place: Place, name: str
) -> Passkey:
    """Keep the public half of a key that a device of the account has made. Raises `PasskeyRefused`, `PasskeyKnown`."""
    await _take(session, challenge_id, account_id)
    made = read_key(credential, challenge_id, place)
    key = Passkey(account_id=account_id, name=name, **vars(made))
    session.add(key)
    try:
        await session.flush()
    except IntegrityError as error:
        raise PasskeyKnown from error
    await emit(session, PasskeyAdded(account_id, key.id), by=account_id, audience=[account_id])
    return key


async def use_passkey(session: AsyncSession, *, challenge_id: UUID, credential: str, place: Place) -> Account:
    """The account whose key has signed the challenge. Raises `PasskeyRefused`."""
    await _take(session, challenge_id, None)
    key = await queries.find_passkey_for_update(session, credential_id_of(credential))
    if key is None:
        raise PasskeyRefused
    key.sign_count = check_proof(credential, challenge_id, place, key)
    used = update(Passkey).where(Passkey.id == key.id).values(used_at=business_time())
    await session.execute(used.execution_options(synchronize_session=False))
    account = await queries.get_account(session, key.account_id)
    if account.disabled_at is not None:
        raise PasskeyRefused
    return account


async def remove_passkey(session: AsyncSession, *, passkey_id: UUID, account_id: UUID) -> None:
    """The key opens nothing any more. Raises `PasskeyUnknown`."""
    key = await queries.get_passkey(session, passkey_id, account_id)
    await session.delete(key)
    await emit(session, PasskeyRemoved(account_id, key.id), by=account_id, audience=[account_id])
