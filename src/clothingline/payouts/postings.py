"""What each step of a payout says to the ledger: one posting each, kept once by its kind."""

from clothingline.ledger import chart
from clothingline.ledger.chart import Account
from clothingline.ledger.service import Posting
from clothingline.payouts.models import Payout


def collect(payout: Payout) -> Posting:
    """What was available stands in a payout."""
    return _posting(payout, "collect", chart.available(payout.payee_id), chart.in_batch(payout.payee_id))


def unbatch(payout: Payout) -> Posting:
    """What stood in a payout is available again."""
    return _posting(payout, "unbatch", chart.in_batch(payout.payee_id), chart.available(payout.payee_id))


def send(payout: Payout) -> Posting:
    """The provider is about to be asked."""
    return _posting(payout, "send", chart.in_batch(payout.payee_id), _transfer(payout))


def transferred(payout: Payout) -> Posting:
    """The money is in the payee's account at the provider, and not yet at the bank."""
    connected = chart.connected(payout.payee_id)
    lines = [*_lines(payout, _transfer(payout), _bank(payout)), *_lines(payout, connected, chart.PROVIDER)]
    return Posting("payout", payout.id, "transfer", tuple(lines))


def left_late(payout: Payout) -> Posting:
    """What was taken for refused has been moved after all: it is in the payee's account at the provider."""
    return _posting(payout, "transfer", chart.connected(payout.payee_id), chart.PROVIDER)


def settle(payout: Payout) -> Posting:
    """The bank has the money."""
    return _posting(payout, "settle", _bank(payout), chart.connected(payout.payee_id))


def void(payout: Payout) -> Posting:
    """The provider never moved anything."""
    return _posting(payout, "void", _transfer(payout), chart.in_batch(payout.payee_id))


def fail(payout: Payout) -> Posting:
    """The bank refused what lies in the payee's account: it is owed again."""
    return _posting(payout, "fail", _bank(payout), chart.available(payout.payee_id))


def come_back(payout: Payout) -> Posting:
    """The bank has sent back what was paid: it lies in the payee's account and is owed again."""
    return _posting(payout, "return", chart.connected(payout.payee_id), chart.available(payout.payee_id))


def take_back(payout: Payout) -> Posting:
    """What lay in the payee's account is ours at the provider again."""
    return _posting(payout, "take_back", chart.PROVIDER, chart.connected(payout.payee_id))


def _posting(payout: Payout, kind: str, debit: Account, credit: Account) -> Posting:
    return Posting("payout", payout.id, kind, tuple(_lines(payout, debit, credit)))


def _lines(payout: Payout, debit: Account, credit: Account) -> list[tuple[Account, int]]:
    return [(debit, payout.amount_idr), (credit, -payout.amount_idr)]


def _transfer(payout: Payout) -> Account:
    return chart.clearing("transfer", payout.id)


def _bank(payout: Payout) -> Account:
    return chart.clearing("payout", payout.id)
