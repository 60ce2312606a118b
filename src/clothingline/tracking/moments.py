"""What has happened to an order, in sentences for its consumer: when, who, what, with the pictures of the work."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from clothingline.fulfilment.models import Shipment
from clothingline.kit.events import Event
from clothingline.production.models import Inspection, Submission
from clothingline.tracking.queries import House, Maker
from clothingline.web.words import later

SILENT = later("Dianggap diterima, karena sampai batas waktunya tidak ada keluhan.")
# By the name of the event: the step under which it is told, and the sentence.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "OrderPaid": ("paid", later("Pembayaran Anda diterima.")),
    "OrderConfirmed": ("prepared", later("%(house)s, pemasok kain, dan penjahit menyanggupi.")),
    "OrderNeedsChoice": ("prepared", later("Tanggal semula tidak tercapai. Kami menunggu jawaban Anda.")),
    "OrderChosen": ("prepared", later("Anda menerima tanggal baru; penjahit dicari lagi.")),
    "OrderChanged": ("prepared", later("Pesanan diubah sebelum dipotong.")),
    "CuttingStarted": ("prepared", later("%(house)s memotong kain dan mengirimnya ke penjahit.")),
    "JobStarted": ("sewn", later("%(maker)s mulai menjahit %(n)s potong.")),
    "JobSubmitted": ("sewn", later("%(maker)s selesai menjahit %(n)s potong.")),
    "JobPassed": ("checked", later("Jahitan %(maker)s lolos periksa mutu: %(sample)s dari %(n)s potong dilihat.")),
    "JobReworked": ("checked", later("Jahitan %(maker)s belum lolos periksa mutu. Diperbaiki dulu, tanpa biaya.")),
    "OrderReady": ("sent", later("Semua potong selesai dan dikemas.")),
    "OrderShipped": ("sent", later("Diserahkan ke %(carrier)s, nomor resi %(tracking)s.")),
    "OrderDelivered": ("done", later("Tiba. Diterima oleh %(receiver)s.")),
    "OrderAccepted": ("done", later("Anda menerima barangnya.")),
}
VERDICTS = ("JobPassed", "JobReworked")


@dataclass(frozen=True)
class Moment:
    """One thing that happened: `words` with their `values`, and the pictures that belong to it."""

    step: str
    at: datetime
    words: str
    values: Mapping[str, Any] = field(default_factory=dict)
    photos: Sequence[UUID] = ()


@dataclass(frozen=True)
class Witnesses:
    """Everything that sentences are made of besides the events."""

    house: House | None
    makers: Sequence[Maker]
    submissions: Sequence[Submission]
    verdicts: Sequence[Inspection]
    shipment: Shipment | None


def tell(events: Sequence[Event], seen: Witnesses) -> list[Moment]:
    """The moments of an order, oldest first."""
    return list(_tell(events, seen))


def _tell(events: Sequence[Event], seen: Witnesses) -> Iterator[Moment]:
    handed_in, judged = _by_job(seen.submissions), _by_job(seen.verdicts)
    makers = {str(one.job.id): one for one in seen.makers}
    for event in events:
        if event.name not in SENTENCES:
            continue
        job = event.facts.get("job_id")
        if job is None:
            yield _of_order(event, seen)
        elif job in makers:
            yield _of_job(event, makers[job], seen, handed_in[job], judged[job])


def _of_order(event: Event, seen: Witnesses) -> Moment:
    step, words = SENTENCES[event.name]
    silent = event.name == "OrderAccepted" and event.actor is None
    return Moment(step, event.at, SILENT if silent else words, _common(seen))


def _of_job(
    event: Event, maker: Maker, seen: Witnesses, handed_in: list[Submission], judged: list[Inspection]
) -> Moment:
    """What a maker did, with the pictures of that submission, or the size of that check: they come in their order."""
    step, words = SENTENCES[event.name]
    photos = handed_in.pop(0).photo_ids if event.name == "JobSubmitted" and handed_in else ()
    sample = judged.pop(0).sample_size if event.name in VERDICTS and judged else maker.job.pieces
    values = {**_common(seen), "maker": maker.first_name, "n": maker.job.pieces, "sample": sample}
    return Moment(step, event.at, words, values, photos)


def _by_job(rows: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[str(row.job_id)].append(row)
    return found


def _common(seen: Witnesses) -> dict[str, Any]:
    parcel = seen.shipment
    return {
        "house": seen.house.name if seen.house else "",
        "carrier": parcel.carrier if parcel else "",
        "tracking": parcel.tracking if parcel else "",
        "receiver": parcel.received_by if parcel else "",
    }
