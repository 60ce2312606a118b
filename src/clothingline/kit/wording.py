"""Facts of a refusal as people read them: rupiah with their dots, a state by its word and not by its name in code."""

from collections.abc import Mapping
from typing import Final

from clothingline.kit.money import rupiah

STATES: Final[Mapping[str, str]] = {
    "accepted": "diterima",
    "action_required": "menunggu pilihan Anda",
    "active": "berlaku",
    "admitted": "sudah diterima",
    "adopted": "dipakai",
    "applied": "menunggu petugas",
    "approved": "disetujui",
    "blocked": "tertahan",
    "booked": "dibukukan",
    "cancelled": "dibatalkan",
    "closed": "ditutup",
    "confirmed": "dipastikan",
    "declined": "ditolak",
    "delivered": "sampai",
    "dispatched": "dalam perjalanan",
    "draft": "rancangan",
    "ended": "berakhir",
    "expired": "lewat waktu",
    "failed": "tidak berhasil",
    "given": "menunggu pemeriksaan",
    "handed_over": "diserahkan",
    "held": "ditahan",
    "in_production": "dikerjakan",
    "in_progress": "dijahit",
    "lost": "hilang",
    "materials_reserved": "kain disiapkan",
    "needs_photo": "menunggu foto",
    "needs_reconciliation": "menunggu kepastian dari penyedia pembayaran",
    "offered": "ditawarkan",
    "packed": "dikemas",
    "passed": "lolos periksa",
    "pending_payment": "menunggu pembayaran",
    "placed": "menunggu kepastian para pembuat",
    "planned": "dijadwalkan",
    "proposed": "menunggu persetujuan",
    "quoted": "ditawarkan",
    "read": "sudah dibaca",
    "ready": "siap",
    "refused": "ditolak",
    "rejected": "ditolak",
    "released": "dilepas",
    "replaced": "diganti",
    "returned": "dikembalikan bank",
    "revoked": "dicabut",
    "rework": "diperbaiki",
    "seen": "sudah dilihat",
    "sent": "dikirim",
    "settled": "selesai",
    "shipped": "dalam perjalanan",
    "submitted": "diajukan untuk diperiksa",
    "superseded": "diganti",
    "uploaded": "menunggu pemeriksaan",
    "waiting": "menunggu pemeriksaan",
    "withdrawn": "ditarik kembali",
    "won": "jadi dipesan",
}
"""Indonesian words of the states that refusals name; in English the name with spaces reads well enough."""


def in_words(facts: Mapping[str, object], language: str) -> dict[str, object]:
    """Whole rupiah of `…_idr` as `Rp 1.131.400`; `state`, and what has two texts, in the reader's language."""
    return {name: _word(name, fact, language) for name, fact in facts.items()}


def _word(name: str, fact: object, language: str) -> object:
    if name.endswith("_idr") and isinstance(fact, int):
        return rupiah(fact)
    if name == "state" and isinstance(fact, str):
        return STATES.get(fact, fact) if language == "id" else fact.replace("_", " ")
    return fact.get(language, fact) if isinstance(fact, Mapping) else fact
