"""What happens to payees and payouts."""

from clothingline.payouts.service.approving import approve, overdue_since, withdraw
from clothingline.payouts.service.asking import sound_doubts, take_payees_to_ask, take_to_ask
from clothingline.payouts.service.collecting import collect, collect_wished
from clothingline.payouts.service.opening import note_payee, open_payee, update_payee
from clothingline.payouts.service.resting import rests_until
from clothingline.payouts.service.sending import Way, doubt, fault_of, mark_sent, record_bank, record_transfer
from clothingline.payouts.service.settling import come_back, fail, record_reversal, settle, weigh

__all__ = [
    "Way",
    "approve",
    "collect",
    "collect_wished",
    "come_back",
    "doubt",
    "fail",
    "fault_of",
    "mark_sent",
    "note_payee",
    "open_payee",
    "overdue_since",
    "record_bank",
    "record_reversal",
    "record_transfer",
    "rests_until",
    "settle",
    "sound_doubts",
    "take_payees_to_ask",
    "take_to_ask",
    "update_payee",
    "weigh",
    "withdraw",
]
