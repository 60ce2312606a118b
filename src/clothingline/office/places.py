"""Every place of the office: its words, its path, and the row of the policy that opens it."""

from collections.abc import Callable
from dataclasses import dataclass

from clothingline.web.words import later


@dataclass(frozen=True)
class Spot:
    """A place to go."""

    words: str
    path: str
    operation: str


PLACES = (
    Spot(later("Ringkasan"), "/admin", "tailors_list"),
    Spot(later("Sertifikat"), "/admin/sertifikat", "certificates_list"),
    Spot(later("Pendaftaran"), "/admin/pendaftaran", "tailor_applications_list"),
    Spot(later("Pencocokan"), "/admin/cocok", "plans_certificate"),
    Spot(later("Pesanan"), "/admin/pesanan", "orders_list"),
    Spot(later("Sengketa"), "/admin/sengketa", "refunds_list"),
    Spot(later("Ulasan"), "/admin/ulasan", "reviews_show"),
    Spot(later("Uang"), "/admin/uang", "payouts_list"),
    Spot(later("Selisih"), "/admin/uang/selisih", "differences_list"),
    Spot(later("Koreksi buku"), "/admin/uang/koreksi", "corrections_list"),
    Spot(later("Pajak"), "/admin/uang/pajak", "tax_declarations_list"),
    Spot(later("Neraca saldo"), "/admin/uang/neraca", "trial_balances_show"),
    Spot(later("Buku besar"), "/admin/uang/akun", "ledger_accounts_list"),
    Spot(later("Catatan buku besar"), "/admin/uang/transaksi", "ledger_transactions_list"),
    Spot(later("KPI"), "/admin/kpi", "orders_list"),
    Spot(later("Pengguna"), "/admin/pengguna", "accounts_list"),
    Spot(later("Audit"), "/admin/audit", "ledger_entries_export"),
    Spot(later("Alarm"), "/admin/alarm", "alarms_list"),
    Spot(later("Tugas sistem"), "/admin/pekerjaan", "alarms_list"),
)


def places_of(is_open: Callable[[str], bool]) -> list[Spot]:
    """Those whose row of the policy is open to somebody."""
    return [one for one in PLACES if is_open(one.operation)]
