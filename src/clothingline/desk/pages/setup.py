"""What a brand sets up once: its terms, where its money goes, its tax number, and what its own programs are told."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import service as brand_service
from clothingline.desk.one_brand import ChosenBrand
from clothingline.desk.paying import DAYS, Paying
from clothingline.kit.access import Caller, Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, Now, Session, look_think, secret_answer
from clothingline.kit.page import Window
from clothingline.notices import queries as notices
from clothingline.notices import service as notice_service
from clothingline.notices.models import WebhookEndpoint
from clothingline.notices.schemas import DeliveryId, EndpointId, EndpointSecret
from clothingline.payouts import onboarding
from clothingline.payouts import queries as payouts
from clothingline.payouts import service as payout_service
from clothingline.payouts.schemas import PayeeId
from clothingline.settings import reaches_private
from clothingline.taxes import giving
from clothingline.taxes import queries as taxes
from clothingline.taxes.forms import Taxed
from clothingline.web.forms import PageForm, WholeRupiah
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import Show, see
from clothingline.web.words import later

OWNER = Role.BRAND_OWNER
SETUP = "/merek/setelan"

pages = page_router()


class Terms(PageForm):
    """Name, fee and days of a brand."""

    name: Line
    fee_idr: Annotated[WholeRupiah, Field(ge=0, le=100_000_000)]
    cut_days: Annotated[int, Field(ge=0, le=60)]
    finish_days: Annotated[int, Field(ge=0, le=60)]
    standing_acceptance: bool = False


class Listening(PageForm):
    """Where a program of the brand is told of what; names with blanks or commas between them."""

    url: Annotated[str, Field(min_length=8, max_length=2000)]
    events: Annotated[str, Field(max_length=2000)] = "*"


@pages.get(SETUP)
@stands_for("webhook_endpoints_list", OWNER)
async def show_setup(session: Session, chosen: ChosenBrand, show: Show) -> Response:
    """Everything that is set up of one brand, each with its form, and the way to the others."""
    reach = chosen.reach
    endpoints = await notices.list_endpoints(session, reach=reach, asked=Window())
    log = await notices.list_deliveries(session, reach=reach, endpoint_id=None, state=None, asked=Window(limit=10))
    return show(
        "brands/setup.html",
        chosen=chosen,
        payees=(await payouts.list_payees(session, reach, state=None, asked=Window())).rows,
        profiles=await taxes.list_profiles(session, [chosen.id]),
        endpoints=endpoints.rows,
        deliveries=log.rows,
        events=await notices.names_of_events(session, [one.event_id for one in log.rows]),
        days=DAYS,
    )


@pages.post(SETUP + "/merek")
@stands_for("brands_update", OWNER)
async def change_terms(
    form: Annotated[Terms, Form()], session: Session, caller: CurrentCaller, chosen: ChosenBrand
) -> Response:
    """Change name, fee and days; orders that stand keep theirs."""
    changes = form.model_dump()
    today = local_date(await business_now(session))
    await brand_service.update_brand(
        session, ref=chosen.brand.slug, changes=changes, today=today, reach=chosen.reach, by=caller.account
    )
    return see(SETUP + chosen.query, later("Setelan merek tersimpan."))


@pages.post(SETUP + "/penerima")
@stands_for("payees_create", OWNER)
async def open_payee(
    form: Annotated[Paying, Form()], session: Session, caller: CurrentCaller, chosen: ChosenBrand
) -> Response:
    """Register to be paid; a repeat changes nothing."""
    given = form.model_dump()
    await payout_service.open_payee(session, organisation_id=chosen.id, reach=chosen.reach, by=caller.account, **given)
    return see(SETUP + chosen.query, later("Penerima terdaftar. Lanjutkan dengan rekening bank."))


@pages.post(SETUP + "/penerima/{payee_id}")
@stands_for("payees_update", OWNER)
async def change_payee(
    payee_id: PayeeId, form: Annotated[Paying, Form()], session: Session, chosen: ChosenBrand
) -> Response:
    """Say how often money is to leave."""
    await payout_service.update_payee(session, payee_id=payee_id, reach=chosen.reach, **form.model_dump())
    return see(SETUP + chosen.query, later("Jadwal kiriman tersimpan."))


async def _look_at_payee(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> tuple[str, str]:
    """The account at the provider, and whose settings its owner returns to."""
    account = await onboarding.look_at_payee(session, request, caller, reach)
    slug = request.query_params.get("merek")
    return account, f"{SETUP}?{urlencode({'merek': slug})}" if slug else SETUP


async def _fetch_link(found: tuple[str, str]) -> str:
    account, back = found
    return await onboarding.fetch_link(account, back=back)


@pages.post(SETUP + "/penerima/{payee_id}/rekening")
@stands_for("payees_onboard", OWNER)
@secret_answer
@look_think(_look_at_payee, _fetch_link)
async def onboard(payee_id: PayeeId, request: Request, session: Session, chosen: ChosenBrand, show: Show) -> Response:
    """The way to the provider's page on which the bank account is entered; we never see its number."""
    await payouts.get_payee(session, payee_id, chosen.reach)
    return show("brands/onboarding.html", link=request.state.thought, setup=SETUP + chosen.query)


@pages.post(SETUP + "/pajak")
@stands_for("tax_profiles_update", OWNER)
async def enter_tax(
    form: Annotated[Taxed, Form()], session: Session, caller: CurrentCaller, chosen: ChosenBrand
) -> Response:
    """Enter the tax number; it is kept encrypted."""
    return await giving.keep_number(
        session, form, seller=chosen.id, reach=chosen.reach, caller=caller, home=SETUP + chosen.query
    )


@pages.post(SETUP + "/webhook")
@stands_for("webhook_endpoints_create", OWNER)
@secret_answer
async def listen(
    form: Annotated[Listening, Form()], session: Session, caller: CurrentCaller, chosen: ChosenBrand, show: Show
) -> Response:
    """Add an endpoint; its secret is shown this once."""
    row = await notice_service.add_endpoint(
        session,
        organisation_id=chosen.id,
        url=form.url,
        events=form.events.replace(",", " ").split(),
        private=reaches_private(),
        reach=chosen.reach,
        by=caller.account,
    )
    return _secret(show, row)


def _secret(show: Show, row: WebhookEndpoint) -> Response:
    return show("brands/secret.html", url=row.url, secret=EndpointSecret.of(row).secret)


@pages.post(SETUP + "/webhook/{endpoint_id}/rahasia")
@stands_for("webhook_endpoints_rotate", OWNER)
@secret_answer
async def rotate(
    endpoint_id: EndpointId, session: Session, caller: CurrentCaller, chosen: ChosenBrand, now: Now, show: Show
) -> Response:
    """A new secret, shown this once; the one before it signs beside it for a day."""
    return _secret(
        show,
        await notice_service.rotate_secret(
            session, endpoint_id=endpoint_id, now=now, reach=chosen.reach, by=caller.account
        ),
    )


@pages.post(SETUP + "/webhook/{endpoint_id}/coba")
@stands_for("webhook_endpoints_ping", OWNER)
async def try_out(endpoint_id: EndpointId, session: Session, caller: CurrentCaller, chosen: ChosenBrand) -> Response:
    """Send an event that means nothing."""
    await notice_service.ping_endpoint(session, endpoint_id=endpoint_id, reach=chosen.reach, by=caller.account)
    return see(SETUP + chosen.query, later("Percobaan dikirim. Jawabannya tampil di catatan."))


@pages.post(SETUP + "/webhook/{endpoint_id}/hapus")
@stands_for("webhook_endpoints_delete", OWNER)
async def forget(
    endpoint_id: EndpointId, session: Session, caller: CurrentCaller, chosen: ChosenBrand, now: Now
) -> Response:
    """Be told nothing more there."""
    await notice_service.delete_endpoint(
        session, endpoint_id=endpoint_id, now=now, reach=chosen.reach, by=caller.account
    )
    return see(SETUP + chosen.query, later("Alamat webhook dihapus."))


@pages.post(SETUP + "/kiriman/{delivery_id}/ulang")
@stands_for("webhook_deliveries_replay", OWNER)
async def replay(delivery_id: DeliveryId, session: Session, caller: CurrentCaller, chosen: ChosenBrand) -> Response:
    """Deliver it now, whatever became of it before."""
    await notice_service.replay(session, delivery_id=delivery_id, reach=chosen.reach, by=caller.account)
    return see(SETUP + chosen.query, later("Dikirim ulang."))
