"""The money of one order under everything that can happen to it, in any order (M1).

Every rule is what some party, the provider or time does. After each one the invariants of the database hold; at the end
the provider has told everything, and its books, the ledger and what the rules have seen happen say the same.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clothingline.earnings import tasks as earnings
from clothingline.integrations.payments.port import Dispute
from clothingline.kit.events import Happening
from clothingline.orders.events import CuttingStarted, OrderAccepted, OrderCancelled, OrderConfirmed, OrderReady
from clothingline.payments import tasks as payments
from clothingline.payments.models import Payment
from clothingline.payouts import tasks as payouts
from clothingline.production.events import JobPassed
from clothingline.settings import settings
from tests.money import acts, quiet
from tests.money.scenery import World, hours_until_six, pass_time, payments_of, refunds_of
from tests.payments.stage import Scene, bring, checked_out, tell
from tests.payouts.stage import enrol

PRICE, PAYS, TRANSPORT = 1_131_400, (400_000, 150_000), 27_000
CANCELLABLE = ("pending_payment", "placed", "confirmed")
NEXT = {"placed": "all_accept", "confirmed": "cut", "in_production": "finish", "ready": "deliver_and_accept"}
ANSWERS = st.sampled_from(["plain", "plain", "plain", "apply_then_drop", "error_after", "busy_before"])
PAYMENTS = st.sampled_from(["plain", "plain", "plain", "decline", "needs_action", "pending"])
NOTICES = st.sampled_from(["plain", "plain", "duplicate", "reorder", "late"])
AMOUNTS = st.integers(1, PRICE)


class Money(RuleBasedStateMachine):
    """One order with its consumer, brand, supplier and two tailors."""

    open_world: ClassVar[Callable[[], AbstractContextManager[World]]]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.callback(
            setattr, settings().orders, "platform_fee_permille", settings().orders.platform_fee_permille
        )
        self.world = self.stack.enter_context(type(self).open_world())
        self.state = ""
        self.passed: set[int] = set()
        self.waited: set[int] = set()
        self.disputes: list[Dispute] = []
        self.reasons = 0

    @initialize(deposit=st.sampled_from([None, 400_000, 100_000]), fee=st.sampled_from([0, 30]))
    def check_out(self, deposit: int | None, fee: int) -> None:
        self.it: Scene = self.world.run(
            checked_out(price=PRICE, deposit=deposit, pays=PAYS, transport=TRANSPORT, fee_permille=fee)
        )
        self.world.run(acts.ask_for_money(self.it))
        self.state = "pending_payment"

    # The consumer pays.

    @rule(how=PAYMENTS, notices=NOTICES, agreed=st.booleans())
    @precondition(lambda self: self.state in ("pending_payment", "ready"))
    def pay(self, how: str, notices: str, agreed: bool) -> None:
        for payment in self.world.run(payments_of(self.it, "open", "acting", "processing"))[:1]:
            acts.pay(self.world, str(payment.charge), how, notices, agreed=agreed)
        self._look()

    @rule(notices=NOTICES)
    @precondition(lambda self: self.state == "pending_payment")
    def pay_too_late(self, notices: str) -> None:
        waiting = self.world.run(payments_of(self.it, "open"))
        self.world.run(pass_time(minutes=16))
        self.world.run(payments.expire_payments())
        for payment in waiting[:1]:
            acts.pay(self.world, str(payment.charge), "plain", notices, agreed=True)
        self.world.run(acts.ask_for_money(self.it))
        self._look()

    # The order goes its way.

    @rule()
    @precondition(lambda self: self.state == "placed")
    def all_accept(self) -> None:
        self._go("all_accepted", OrderConfirmed(self.it.order))

    @rule()
    @precondition(lambda self: self.state == "confirmed")
    def cut(self) -> None:
        self._go("first_cut", CuttingStarted(self.it.order))

    @rule(number=st.integers(0, 1))
    @precondition(lambda self: self.state in ("confirmed", "in_production"))
    def pass_inspection(self, number: int) -> None:
        self.world.run(tell(JobPassed(self.it.jobs[number], self.it.order)))
        self.passed.add(number)

    @rule()
    @precondition(lambda self: self.state == "in_production" and self.passed == {0, 1})
    def finish(self) -> None:
        self._go("all_packed", OrderReady(self.it.order))

    @rule()
    @precondition(lambda self: self.state == "ready")
    def deliver_and_accept(self) -> None:
        if self._paid():
            self._go("last_dispatch")
            self._go("last_delivered")
            self._go("accept", OrderAccepted(self.it.order))

    @rule()
    @precondition(lambda self: self.state in CANCELLABLE and not self.passed)
    def cancel(self) -> None:
        self._go("cancel", OrderCancelled(self.it.order))

    @rule(how=PAYMENTS)
    def go_on(self, how: str) -> None:
        """The next step of an order with which nothing goes wrong: most stories get that far only with a push."""
        if self.state == "in_production" and len(self.passed) < len(PAYS):
            self.pass_inspection(number=len(self.passed) if self.passed != {1} else 0)
        elif self.state == "pending_payment" or (self.state == "ready" and not self._paid()):
            self.pay(how=how, notices="plain", agreed=True)
        elif self.state in NEXT:
            getattr(self, NEXT[self.state])()

    @rule(how=PAYMENTS, turns=st.integers(1, 5))
    def go_on_for_a_while(self, how: str, turns: int) -> None:
        for _ in range(turns):
            self.go_on(how=how)

    # Money goes back.

    @rule(amount=AMOUNTS, answer=ANSWERS, slow=st.booleans(), approve=st.booleans())
    def refund(self, amount: int, answer: str, approve: bool, slow: bool = False) -> None:
        for payment in self.world.run(payments_of(self.it, "captured", "captured_late"))[:1]:
            self.reasons += 1
            self.world.play(answer, "refund")
            self.world.play("slow_refund" if slow else "plain", "refunding")
            acts.refund(self.world, payment, amount, f"case {self.reasons}", approve=approve)

    @rule(number=st.integers(0, 9), arrived=st.booleans())
    def the_bank_answers(self, number: int, arrived: bool) -> None:
        """Any refund arrives or comes back, also one that had arrived, and whatever has become of the order."""
        if sent := acts.refunds_sent(self.world):
            self.world.provider.books.end_refund(sent[number % len(sent)], arrived=arrived)
            self.world.deliver()

    @rule(answer=ANSWERS)
    def send_again(self, answer: str) -> None:
        for failed in self.world.run(refunds_of(self.it, "failed"))[:1]:
            self.world.play(answer, "refund")
            acts.send_again(self.world, failed)

    @rule(amount=AMOUNTS)
    @precondition(lambda self: not self.disputes)
    def charge_back(self, amount: int) -> None:
        for payment in self.world.run(payments_of(self.it, "captured", "captured_late"))[:1]:
            self._charge_back(payment, amount)

    def _charge_back(self, payment: Payment, amount: int) -> None:
        left = payment.left_idr
        if left:
            self.disputes.append(self.world.provider.books.open_dispute(str(payment.charge), min(amount, left)))
            self.world.deliver()

    @rule(won=st.booleans(), fee_comes_back=st.booleans())
    @precondition(lambda self: self.disputes)
    def judge(self, won: bool, fee_comes_back: bool) -> None:
        dispute = self.disputes.pop()
        self.world.provider.books.close_dispute(dispute.id, won=won, fee_comes_back=won and fee_comes_back)
        self.world.deliver()

    # Parties are paid.

    @rule(party=st.sampled_from(["tailor", "brand", "supplier"]))
    def open_an_account(self, party: str) -> None:
        self.world.tried(enrol(self.world.provider, [self._party(party)], self.world.drain))

    @rule(answer=ANSWERS, act=st.sampled_from(["transfer", "pay_out"]))
    def make_payouts(self, answer: str, act: str) -> None:
        self.world.play(answer, act)
        self._wait(hours=self.world.run(hours_until_six()))
        self.world.run(payouts.collect_due())

    @rule(mode=st.sampled_from(["plain", "plain", "bank_refuses", "returned_after_paid"]))
    def a_day_at_the_bank(self, mode: str) -> None:
        self.world.play(mode, "bank")
        self.world.provider.books.bank_day()
        self.world.deliver()

    # Time passes, rates change, officers look.

    @rule(days=st.integers(0, 6), minutes=st.integers(1, 1400))
    def wait(self, days: int, minutes: int) -> None:
        self._wait(hours=24 * days, minutes=minutes)

    def _wait(self, **step: float) -> None:
        self.world.run(pass_time(**step))
        self.world.run(earnings.release_due())
        quiet.ask_about_everything(self.world)

    @rule(permille=st.sampled_from([0, 10, 30, 500]))
    def change_the_fee(self, permille: int) -> None:
        settings().orders.platform_fee_permille = permille

    @rule()
    def reconcile(self) -> None:
        quiet.compare(self.world)

    # What must be true.

    @invariant()
    def nothing_is_what_must_never_be(self) -> None:
        assert (wrong := self.world.wrong()) == {}, wrong

    def teardown(self) -> None:
        """Let everything that is under way end, and compare three accounts of the same money."""
        with self.stack:
            if self.state:
                quiet.settle(self.world)
                quiet.three_accounts_agree(self.world, open_disputes=bool(self.disputes))
                quiet.tailors_were_paid_for_what_passed(self.world, self.it, PAYS, self.passed)

    def _paid(self) -> bool:
        _, paid, price = self.world.order(self.it)
        return paid == price

    def _go(self, step: str, *happenings: Happening) -> None:
        self.world.run(bring(self.it, step, *happenings))
        self._look()

    def _look(self) -> None:
        self.state, _, _ = self.world.order(self.it)

    def _party(self, name: str) -> UUID:
        return {"tailor": self.it.tailors[0], "brand": self.it.brand, "supplier": self.it.supplier}[name]
