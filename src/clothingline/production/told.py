"""What has happened to an order, in words for its brand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clothingline.kit.events import Event
from clothingline.web.words import later

EVENT_WORDS = {
    "OrderDrafted": later("Keinginan pembeli dicatat"),
    "OrderQuoted": later("Harga dan janji dihitung"),
    "OrderCheckedOut": later("Pembeli memilih rencana"),
    "OrderPaid": later("Pembayaran masuk"),
    "PlanAdopted": later("Semua pihak ditanya"),
    "OfferAccepted": later("Tawaran diterima"),
    "OfferUndone": later("Penerimaan diurungkan"),
    "OfferDeclined": later("Tawaran tidak diambil"),
    "OfferExpired": later("Waktu tawaran habis"),
    "OfferPassedOver": later("Petugas mengalihkan tawaran ke pihak lain"),
    "OrderConfirmed": later("Semua pihak menerima"),
    "OrderChanged": later("Pesanan diubah sebelum dipotong"),
    "RunPlanned": later("Produksi direncanakan"),
    "RunReleased": later("Kain dipotong, kit dikirim"),
    "KitReceived": later("Penjahit menghitung kit"),
    "JobStarted": later("Mulai dijahit"),
    "JobProblemReported": later("Penjahit melaporkan masalah"),
    "JobProblemAnswered": later("Masalah dijawab"),
    "JobSubmitted": later("Dikirim untuk diperiksa"),
    "JobPassed": later("Lolos periksa mutu"),
    "JobReworked": later("Kembali untuk perbaikan"),
    "JobHandedOver": later("Diserahkan ke merek"),
    "RunPacked": later("Semua potong kembali dan dikemas"),
    "OrderReady": later("Siap dikirim"),
    "OrderShipped": later("Dikirim ke pembeli"),
    "OrderDelivered": later("Tiba di pembeli"),
    "OrderAccepted": later("Diterima pembeli"),
    "OrderCancelled": later("Pesanan dibatalkan"),
}


@dataclass(frozen=True)
class Told:
    """One thing that happened."""

    words: str
    at: datetime


def told(events: Iterable[Event]) -> list[Told]:
    """What concerns people, newest first."""
    return [Told(EVENT_WORDS[one.name], one.at) for one in reversed(list(events)) if one.name in EVENT_WORDS]
