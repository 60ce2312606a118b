"""The fake provider's books, and what in the world outside writes into them: payers, banks, owners, time."""

from clothingline.integrations.payments.fake import charges, modes, movements, notices, payees, payouts, refunds
from clothingline.integrations.payments.fake.clerk import File
from clothingline.integrations.payments.port import BankPayout, Charge, Dispute, MoneyBack, Payee


class Books(File):
    """All methods happen by hand, and block; the notices of what happened wait to be delivered afterwards."""

    def play(self, mode: str, on: str | None = None, times: int = 1) -> None:
        """Let something go wrong the next `times` times: see `modes`. Raises `ValueError` for what does not exist."""
        with self.writing() as clerk:
            modes.play(clerk, mode, on, times)

    def advance(self, seconds: int) -> None:
        """Move the provider's own clock."""
        with self.writing() as clerk:
            clerk.write("UPDATE clock SET ahead = ahead + ?", seconds)

    def top_up(self, amount_idr: int) -> None:
        """Put money of our own into our account at the provider."""
        with self.writing() as clerk:
            movements.top_up(clerk, amount_idr)

    def pay(self, charge_id: str, method: str | None = None) -> Charge:
        """The payer pays; what comes of it is played (decline, needs_action, pending), or the money comes."""
        with self.writing() as clerk:
            return charges.pay(clerk, charge_id, method)

    def answer_bank(self, charge_id: str, *, agreed: bool = True) -> Charge:
        """The payer answers the page of the bank (3-D Secure)."""
        with self.writing() as clerk:
            return charges.answer_bank(clerk, charge_id, agreed=agreed)

    def arrive(self, charge_id: str, *, agreed: bool = True) -> Charge:
        """Money that was under way arrives, or does not."""
        with self.writing() as clerk:
            return charges.arrive(clerk, charge_id, agreed=agreed)

    def end_refund(self, refund_id: str, *, arrived: bool = True) -> MoneyBack:
        """A refund reaches the payer, or comes back to us, also after it had arrived."""
        with self.writing() as clerk:
            return refunds.end(clerk, refund_id, arrived=arrived)

    def open_dispute(self, charge_id: str, amount_idr: int | None = None) -> Dispute:
        """The payer's bank takes back all that is left of a charge, or a part."""
        with self.writing() as clerk:
            return refunds.open_dispute(clerk, charge_id, amount_idr)

    def close_dispute(self, dispute_id: str, *, won: bool, fee_comes_back: bool = False) -> Dispute:
        """The bank decides for us, or for the payer."""
        with self.writing() as clerk:
            return refunds.close_dispute(clerk, dispute_id, won=won, fee_comes_back=fee_comes_back)

    def allow(self, payee_id: str, *, receive: bool = True, pay_out: bool = True) -> Payee:
        """The owner has been on the page of an account; with False the provider restricts it."""
        with self.writing() as clerk:
            return payees.allow(clerk, payee_id, receive=receive, pay_out=pay_out)

    def change_bank(self, payee_id: str) -> Payee:
        """The owner has named another bank account on the page of an account."""
        with self.writing() as clerk:
            return payees.change_bank(clerk, payee_id)

    def confirm_payout(self, payout_id: str) -> BankPayout:
        """The bank says that the money of a pending payout is there."""
        with self.writing() as clerk:
            return payouts.confirm(clerk, payout_id)

    def fail_payout(self, payout_id: str, failure: str = "account_closed") -> BankPayout:
        """The bank refuses a pending payout."""
        with self.writing() as clerk:
            return payouts.fail(clerk, payout_id, failure)

    def return_payout(self, payout_id: str, failure: str = "account_closed") -> BankPayout:
        """The bank sends a paid payout back."""
        with self.writing() as clerk:
            return payouts.send_back(clerk, payout_id, failure)

    def bank_day(self) -> int:
        """A day of the bank: pending payouts are paid, or what was played for them happens. Returns how many moved."""
        with self.writing() as clerk:
            return payouts.bank_day(clerk)

    def waiting(self) -> list[notices.Notice]:
        """Notices that are due and not acknowledged, in the order in which they are delivered."""
        with self.reading() as clerk:
            return notices.waiting(clerk)

    def acknowledge(self, notice_id: str) -> None:
        """The receiver has the notice."""
        with self.writing() as clerk:
            notices.acknowledge(clerk, notice_id)
