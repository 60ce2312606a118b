"""What a notice about a payee, a transfer or a payout to the bank comes to: the thing is fetched, then compared."""

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations import payments as providers
from clothingline.integrations.payments import BankPayout, Transfer
from clothingline.integrations.payments import Payee as Account
from clothingline.kit.ids import read
from clothingline.payments import service as payments
from clothingline.payments.models import ProviderNotice
from clothingline.payouts import queries, service
from clothingline.payouts.errors import PayeeUnknown
from clothingline.payouts.models import Payout

Thing = Account | Transfer | BankPayout
VERDICTS = {"settled": "settled", "failed": "failed", "returned": "returned"}
"""What is said of a notice by the state of its payout; of all others it is only noted."""


async def fetch(notice: ProviderNotice) -> Thing:
    """The thing as it stands now. Raises as the provider does."""
    provider = providers.current()
    if notice.object_kind == "payee":
        return await provider.fetch_payee(notice.object)
    if notice.object_kind == "transfer":
        return await provider.fetch_transfer(notice.object)
    return await provider.fetch_payout(str(notice.account), notice.object)


async def act(session: AsyncSession, *, notice: ProviderNotice, thing: Thing) -> str:
    """Act on the fetched thing of a notice, once; returns the verdict. What does not fit is quarantined."""
    if notice.livemode is not providers.current().livemode:
        return await payments.quarantine(session, notice_id=notice.id, reason="livemode")
    if isinstance(thing, Account):
        return await _note(session, notice, thing)
    return await _weigh(session, notice, thing)


async def _note(session: AsyncSession, notice: ProviderNotice, account: Account) -> str:
    try:
        payee = await queries.get_payee_for_update(session, read("pye", account.reference))
    except (ValueError, PayeeUnknown):
        return await payments.quarantine(session, notice_id=notice.id, reason="reference")
    if payee.provider_account not in (None, account.id):
        return await payments.quarantine(session, notice_id=notice.id, reason="object")
    await service.note_payee(session, payee_id=payee.id, account=account)
    await payments.decide(session, notice.id, "noted", subject=("payee", payee.id))
    return "noted"


async def _weigh(session: AsyncSession, notice: ProviderNotice, thing: Transfer | BankPayout) -> str:
    payout = await queries.find_payout_by_reference(session, thing.reference)
    fault = "reference" if payout is None else await _fault(session, notice, payout, thing)
    if payout is None or fault is not None:
        return await payments.quarantine(session, notice_id=notice.id, reason=str(fault))
    verdict = "noted"
    if isinstance(thing, Transfer) and payout.state == "failed":
        await service.record_transfer(session, payout_id=payout.id, destination=thing.destination, transfer=thing)
    if isinstance(thing, BankPayout) and payout.transfer is not None:
        verdict = VERDICTS.get(await _settle(session, payout, thing), "noted")
    await payments.decide(session, notice.id, verdict, subject=("payout", payout.id))
    return verdict


async def _fault(
    session: AsyncSession, notice: ProviderNotice, payout: Payout, thing: Transfer | BankPayout
) -> str | None:
    payee = await queries.get_payee_for_update(session, payout.payee_id)
    is_transfer = isinstance(thing, Transfer)
    if notice.account != (providers.current().account if is_transfer else payee.provider_account):
        return "account"
    return service.fault_of(payout, "transfer" if is_transfer else "bank", str(payee.provider_account), thing)


async def _settle(session: AsyncSession, payout: Payout, bank: BankPayout) -> str:
    await service.record_bank(session, payout_id=payout.id, destination=bank.destination, bank=bank)
    return await service.weigh(session, payout_id=payout.id, bank=bank)
