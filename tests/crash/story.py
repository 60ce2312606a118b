"""The least story in which every kind of job has something to do."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from clothingline.accounts.models import DeviceSession, RoleHeld
from clothingline.cli.demo import making, story
from clothingline.kit import db
from clothingline.kit.access import Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.ids import new_id
from clothingline.notices.models import PushTarget, WebhookEndpoint
from clothingline.notices.service.pushing import POINT_BYTES, SECRET_BYTES
from clothingline.pilot import cast
from clothingline.suppliers.models import Supplier
from tests.crash.scene import CrashStage
from tests.crash.till import Till
from tests.production.camera import shot
from tests.web.aftersales.reading import send_with_photo
from tests.web.desk import desk_of

DESIGN = "kemeja-batik-lengan-panjang"
BY_INSTALMENTS, SMALL = {"M": 12, "L": 12}, {"M": 2, "L": 1}


class Story:
    """Orders of one consumer; `made` is accepted in the end, the others end before anything is cut."""

    def __init__(self, stage: CrashStage) -> None:
        self.stage = stage
        self.made = self.cancelled = ""

    async def tell(self) -> None:
        self.admin = await self.stage.sign_in(cast.ADMIN.phone, cast.ADMIN.name)
        await self.stage.learn_phones(self.admin)
        self.till = Till(self.stage, self.admin)
        self.bayu = await self.stage.sign_in(cast.COORDINATOR.phone, cast.COORDINATOR.name)
        await listen()
        await lose_phones()
        await self._lapsed()
        await self._unpaid()
        self.cancelled = await self._cancelled()
        self.made = await self._made()

    async def _lapsed(self) -> None:
        await self._quoted(SMALL)
        await self.stage.pass_time(days=8)

    async def _unpaid(self) -> None:
        await self._checked_out(SMALL)
        await self.stage.pass_time(minutes=20)

    async def _cancelled(self) -> str:
        """Two tailors decline, a round too many; a later day is chosen, an acceptance undone, and all ended.

        Something has gone back before that, the rest goes back then.
        """
        order = await self._checked_out(SMALL)
        await self.till.by_card(self.bayu, order, "full")
        for _ in range(2):
            [asked] = [one for one in await self._asked(order) if one["kind"] == "tailor"]
            tailor = await self.stage.member_of(asked["organisation"])
            await tailor.do(f"/v1/offers/{asked['id']}/decline", {"reason": "Sedang penuh"})
            await self.stage.settle()
        await self.bayu.do(f"/v1/orders/{order}/choice", {"needed_by": await self._in(50)})
        await self.stage.settle()
        offers = await self._asked(order)
        await making.answer_offers(self.stage, self.admin, order, lambda _offer, _number: None)
        [tailored] = [one for one in offers if one["kind"] == "tailor"]
        tailor = await self.stage.member_of(tailored["organisation"])
        acceptance = f"/v1/offers/{tailored['id']}/acceptance"
        await tailor.ask("DELETE", acceptance)
        await self.stage.settle()
        await tailor.do(acceptance)
        await self.stage.settle()
        await self.till.some_goes_back(order)
        await self.bayu.do(f"/v1/orders/{order}/cancellation")
        await self.stage.settle()
        return order

    async def _made(self) -> str:
        order = await self._paid(BY_INSTALMENTS, "deposit")
        falls = {"tailor": iter(["decline"])}
        answer = making.answer_offers
        await answer(self.stage, self.admin, order, lambda one, _number: next(falls.get(one["kind"], iter(())), None))
        await making.confirm(self.stage, self.bayu, order)
        await self.till.charged_back(order)
        await self.till.enrol_tailors(order)
        brand = await self.stage.member_of((await self.bayu.get(f"/v1/orders/{order}"))["brand"])
        await making.cut(self.stage, brand, order)
        await making.sew(self.stage, self.admin, brand, order)
        await self.till.in_parts(self.bayu, order, "balance")
        await making.send(self.stage, brand, self.bayu, order)
        await self.bayu.do(f"/v1/orders/{order}/acceptance")
        await self._taken_back(order)
        await self.till.pay_out()
        return order

    async def _taken_back(self, order: str) -> None:
        """A review with a picture is written and taken back again."""
        code = (await self.bayu.get(f"/v1/orders/{order}"))["code"]
        desk = desk_of(self.stage.app, self.bayu)
        sent = await send_with_photo(desk, f"/pesanan/{code}/ulasan", shot(), neatness=5, on_time="true")
        assert sent.status_code == 303, sent.text
        [review] = (await self.bayu.get(f"/v1/orders/{order}/reviews"))["data"]
        await self.bayu.ask("DELETE", f"/v1/reviews/{review['id']}")
        await self.stage.settle()

    async def _in(self, days: int) -> str:
        return (local_date(await self.stage.now()) + timedelta(days=days)).isoformat()

    async def _asked(self, order: str) -> list[dict[str, Any]]:
        page = await self.admin.get("/v1/offers", order=order, limit=100)
        return [offer for offer in page["data"] if offer["status"] in ("sent", "seen")]

    async def _quoted(self, sizes: dict[str, int]) -> tuple[str, str]:
        wish = {"design": DESIGN, "sizes": sizes, "needed_by": await self._in(40), "ship_to": story.OFFICE}
        order = (await self.bayu.do("/v1/orders", wish))["id"]
        quote = await self.bayu.do(f"/v1/orders/{order}/quotes")
        await self.stage.settle()
        return order, quote["plans"][0]["id"]

    async def _checked_out(self, sizes: dict[str, int]) -> str:
        order, plan = await self._quoted(sizes)
        await self.bayu.do(f"/v1/orders/{order}/checkout", {"plan": plan})
        await self.stage.settle()
        return order

    async def _paid(self, sizes: dict[str, int], instalment: str) -> str:
        order = await self._checked_out(sizes)
        await self.stage.pay(self.bayu, order, instalment)
        return order


async def listen() -> None:
    """Every seller of cloth is told of everything, where nothing is sent to: a try is one all the same."""
    async with db.transaction() as session:
        for supplier_id in await session.scalars(select(Supplier.id)):
            session.add(WebhookEndpoint(organisation_id=supplier_id, url="http://127.0.0.1:9/", events=["*"]))


async def lose_phones() -> None:
    """Every tailor wanted to be told of offers, on a phone that takes nothing any more."""
    async with db.transaction() as session:
        people = select(RoleHeld.account_id).where(RoleHeld.role == Role.TAILOR.value).distinct()
        ends = await business_now(session) + timedelta(days=3650)
        for account in await session.scalars(people):
            phone = DeviceSession(id=new_id(), account_id=account, token_hash=account.bytes, device="HP")
            phone.expires_at = ends
            session.add(phone)
            await session.flush()
            keys = {"public": bytes(POINT_BYTES), "secret": bytes(SECRET_BYTES)}
            target = {"account_id": account, "session_id": phone.id, "endpoint": f"https://push.example/{account}"}
            session.add(PushTarget(**target, **keys))
