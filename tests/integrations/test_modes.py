"""What can be made to go wrong with the provider that ships, beyond what any provider can do."""

import json
import random
import string
from pathlib import Path

import httpx
import pytest

from clothingline.integrations.payments import NotSigned, Wish, signing
from clothingline.integrations.payments.fake import MODES, FakeProvider, Killed
from clothingline.integrations.payments.fake.modes import OF
from clothingline.kit.clock import milliseconds

LETTERS = string.ascii_letters + string.digits


class Shop:
    """The receiving end: the things and what happened to them, in the order in which they were told."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.closed = False

    async def take(self, body: bytes, headers: dict[str, str]) -> None:
        """One notice."""
        if self.closed:
            raise httpx.ConnectError("closed")
        self.taken.append(json.loads(body)["type"])


@pytest.fixture
def shop() -> Shop:
    """A shop that is open."""
    return Shop()


@pytest.fixture
def provider(shop: Shop, tmp_path: Path) -> FakeProvider:
    """A provider that holds a million rupiah of ours."""
    chosen = FakeProvider(shop.take, pages_url="http://bayar.test", path=tmp_path / "books.db")
    chosen.books.top_up(1_000_000)
    return chosen


async def payee(provider: FakeProvider) -> str:
    """Somebody who can be paid."""
    return provider.books.allow((await provider.open_payee("org_1", "Siti")).id).id


@pytest.mark.parametrize(("mode", "done"), [("killed_before", False), ("killed_after", True)])
async def test_who_is_killed_has_asked_or_not_and_never_hears(provider: FakeProvider, mode: str, done: bool) -> None:
    siti = await payee(provider)
    provider.play(mode, on="transfer")
    with pytest.raises(Killed):
        await provider.transfer("out_1", siti, 100)
    assert (await provider.find_transfer("out_1") is not None) is done
    await provider.transfer("out_1", siti, 100)
    assert await provider.balance() == 999_900


async def test_a_mode_is_played_as_often_as_it_was_asked_for_and_then_no_more(provider: FakeProvider) -> None:
    provider.play("busy_before", on="balance", times=2)
    for _ in range(2):
        with pytest.raises(Exception, match="rate_limit"):
            await provider.balance()
    assert await provider.balance() == 1_000_000


@pytest.mark.parametrize(
    ("mode", "act"),
    [("sleep", "transfer"), ("decline", "transfer"), ("busy_before", "fly"), ("compensated_then_retried", "balance")],
)
def test_what_cannot_be_played_is_refused(provider: FakeProvider, mode: str, act: str) -> None:
    with pytest.raises(ValueError, match=mode):
        provider.play(mode, on=act)


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_can_be_played(provider: FakeProvider, mode: str) -> None:
    provider.play(mode, on=None if mode in OF else "transfer")
    with provider.books.reading() as clerk:
        [row] = clerk.rows("SELECT mode, left FROM play")
    assert tuple(row) == (mode, 1)


async def test_what_is_played_happens_in_other_processes_too(provider: FakeProvider, shop: Shop) -> None:
    provider.play("busy_before", on="balance")
    other = FakeProvider(shop.take, pages_url="http://bayar.test", path=provider.books.path)
    with pytest.raises(Exception, match="rate_limit"):
        await other.balance()


async def test_everything_that_happens_is_told_in_its_order(provider: FakeProvider, shop: Shop) -> None:
    charge = await provider.open_charge(Wish("pay_1", 10_000, "Pesanan"))
    await provider.pay(charge.id)
    made = await provider.refund(charge.id, "rfd_1", 1_000)
    await provider.happen(provider.books.end_refund, made.id, arrived=False)
    dispute = await provider.happen(provider.books.open_dispute, charge.id)
    await provider.happen(provider.books.close_dispute, dispute.id, won=True)
    siti = await payee(provider)
    await provider.transfer("out_1", siti, 100)
    payout = await provider.pay_out("out_1", siti, 100)
    await provider.happen(provider.books.confirm_payout, payout.id)
    await provider.happen(provider.books.return_payout, payout.id)
    assert shop.taken == [
        "charge.paid",
        "refund.created",
        "refund.failed",
        "dispute.opened",
        "dispute.won",
        "payee.updated",
        "transfer.created",
        "payout.created",
        "payout.paid",
        "payout.returned",
    ]


async def test_a_notice_may_come_twice(provider: FakeProvider, shop: Shop) -> None:
    provider.play("duplicate")
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    await provider.pay(charge.id)
    assert (shop.taken, await provider.deliver_waiting()) == (["charge.paid"] * 2, 0)


async def test_a_notice_may_come_after_the_next_one(provider: FakeProvider, shop: Shop) -> None:
    provider.play("reorder")
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    await provider.pay(charge.id)
    assert shop.taken == []
    await provider.refund(charge.id, "rfd_1", 1_000)
    await provider.deliver_waiting()
    assert shop.taken == ["refund.created", "charge.paid"]


async def test_a_notice_that_waits_for_no_other_comes_alone_after_an_hour(provider: FakeProvider, shop: Shop) -> None:
    provider.play("reorder")
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    await provider.pay(charge.id)
    provider.books.advance(3600)
    assert (await provider.deliver_waiting(), shop.taken) == (1, ["charge.paid"])


async def test_a_notice_may_come_three_days_late(provider: FakeProvider, shop: Shop) -> None:
    provider.play("late")
    charge = await provider.open_charge(Wish("pay_1", 1_000, "Pesanan"))
    await provider.pay(charge.id)
    provider.books.advance(72 * 3600 - 60)
    assert await provider.deliver_waiting() == 0
    provider.books.advance(61)
    assert (await provider.deliver_waiting(), shop.taken) == (1, ["charge.paid"])


async def test_a_notice_reads_as_what_it_is_about(provider: FakeProvider) -> None:
    siti = await payee(provider)
    [notice] = provider.books.waiting()
    now = milliseconds() // 1000
    said = signing.headers(signing.shared_secret(), notice=notice.id, timestamp=now, body=notice.body)
    told = provider.read_notice({name.title(): value for name, value in said.items()}, notice.body, now)
    assert (told.notice, told.object_kind, told.object, told.account) == (notice.id, "payee", siti, siti)
    assert (told.livemode, told.body["type"]) == (False, "payee.updated")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"type": "charge.paid", "account": "a"}'])
def test_a_signed_notice_of_nothing_is_none(provider: FakeProvider, body: bytes) -> None:
    now = milliseconds() // 1000
    said = signing.headers(signing.shared_secret(), notice="ntc_1", timestamp=now, body=body)
    with pytest.raises(NotSigned):
        provider.read_notice(said, body, now)


def test_a_notice_of_something_unknown_says_so(provider: FakeProvider) -> None:
    body, now = b'{"type": "weather.changed", "account": "acct_fake", "livemode": false}', milliseconds() // 1000
    said = signing.headers(signing.shared_secret(), notice="ntc_1", timestamp=now, body=body)
    assert provider.read_notice(said, body, now).object_kind is None


@pytest.mark.prove
def test_ten_thousand_mutations_of_a_signed_notice_are_all_refused(provider: FakeProvider) -> None:
    seed = random.randrange(2**32)
    print("SEED", seed)
    chance, now = random.Random(seed), 1_780_362_000
    body = b'{"type": "charge.paid", "account": "acct_fake", "livemode": false, "data": {"charge": "chg_1"}}'
    said = signing.headers(signing.shared_secret(), notice="ntc_1", timestamp=now, body=body)
    assert provider.read_notice(said, body, now).object == "chg_1"
    for _ in range(10_000):
        name = chance.choice(["body", *said])
        changed = {**said, "body": body.decode()}
        place, text = chance.randrange(len(changed[name])), changed[name]
        other = chance.choice([letter for letter in LETTERS if letter != text[place]])
        changed[name] = text[:place] + other + text[place + 1 :]
        with pytest.raises(NotSigned):
            provider.read_notice(changed, changed["body"].encode(), now)
