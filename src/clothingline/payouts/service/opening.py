"""Who is paid: opened by the party, kept in line with what the provider says of its account."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Payee as Account
from clothingline.kit.access import Reach, Role, meant
from clothingline.kit.clock import business_time
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.payouts import queries
from clothingline.payouts.errors import PartyNotYours
from clothingline.payouts.events import PayeeActivated, PayeeEvent, PayeeOpened, PayeeRestricted
from clothingline.payouts.models import PAYEE, Payee

EARNING_ROLES = (Role.TAILOR, Role.BRAND_OWNER, Role.SUPPLIER, Role.SENTRA_MANAGER)


async def open_payee(
    session: AsyncSession,
    *,
    organisation_id: UUID | None,
    cadence: str,
    weekday: int,
    reach: Reach,
    by: UUID | None = None,
) -> Payee:
    """The payee of a party, opened now or before; without an id it is the caller's only one. Raises `PartyNotYours`."""
    whose = _party(organisation_id, reach)
    values = {"id": whose, "cadence": cadence, "weekday": weekday, "state": "invited", "state_by": by}
    statement = insert(Payee).values(values).on_conflict_do_nothing(index_elements=["id"]).returning(Payee)
    opened: Payee | None = await session.scalar(statement)
    if opened is None:
        return await queries.get_payee(session, whose, reach)
    await emit(session, PayeeOpened(whose), by=by, audience=[whose])
    return opened


def _party(organisation_id: UUID | None, reach: Reach) -> UUID:
    party = meant(organisation_id, reach.of(*EARNING_ROLES))
    if party is None:
        raise PartyNotYours
    return party


async def update_payee(
    session: AsyncSession, *, payee_id: UUID, cadence: str | None, weekday: int | None, reach: Reach
) -> Payee:
    """When the payee wants its money. Raises `PayeeUnknown`."""
    payee = await queries.get_payee(session, payee_id, reach, lock=True)
    payee.cadence = cadence or payee.cadence
    payee.weekday = weekday or payee.weekday
    return payee


async def note_payee(session: AsyncSession, *, payee_id: UUID, account: Account) -> bool:
    """Keep what the provider says of an account; whether the payee's state has changed.

    An account that was opened twice keeps the first name. Another bank account than before lets no money leave for the
    hours of rest after a change.
    """
    payee = await queries.get_payee_for_update(session, payee_id)
    if payee.provider_account not in (None, account.id):
        return False
    if payee.bank_last4 != account.bank_last4 or payee.provider_account is None:
        payee.changed_at = business_time()
    payee.provider_account, payee.country = account.id, account.country
    payee.bank_last4, payee.requirements = account.bank_last4, list(account.requirements)
    await session.flush()
    event = _event(payee, account)
    moved = await move(session, PAYEE, Payee, event, Payee.id == payee_id)
    if moved and (happening := _TELLS.get(event)):
        await emit(session, happening(payee_id), audience=[payee_id])
    return bool(moved)


_TELLS: dict[str, type[PayeeEvent]] = {"activate": PayeeActivated, "restrict": PayeeRestricted}


def _event(payee: Payee, account: Account) -> str:
    """What the account allows; who is only invited and has something to hand in is not moved by being restricted."""
    if account.can_receive and account.can_pay_out:
        return "activate"
    return "restrict" if payee.state == "active" or account.requirements else "submit"
