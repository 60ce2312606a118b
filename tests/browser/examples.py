"""What stands in the place of each `{value}` in the paths of pages, and who looks at them.

A page of a new kind needs a line here; until then `test_every_page_has_an_example` fails and names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clothingline.kit.access import Role
from clothingline.wearers.sealing import word_of
from clothingline.web.gallery import SURFACES
from tests.story_fixture import DRAFT, DRAFTED, GROUP_DRAFT, ROSTER, WEARER


@dataclass(frozen=True)
class Of:
    """A row of the story that its visitor may see, by the prefix of its ids (tests/api/world.py).

    `shown` is what the path shows of it: the id, or an attribute; `where` are attributes that it must have,
    a tuple for one of several.
    """

    prefix: str
    shown: str = "id"
    where: Mapping[str, Any] = field(default_factory=dict, hash=False)


Example = str | Of
MADE_TO_MEASURE: Mapping[str, Any] = {"sizes": {}}

# By the name of a value, whatever the page.
VALUES: Mapping[str, Example] = {
    "run_id": Of("run"),
    "certificate_id": Of("crt"),
    "metric": "on_time",
    "payment_id": Of("pay", where={"state": "captured"}),
    "account_id": Of("lac", where={"kind": "escrow"}),
    "transaction_id": Of("txn"),
    "shown_id": "shc_01kt0800000000000000000000",
    "tag": "orders",
    "surface": "offer",
    "offer_id": Of("off", where={"kind": "tailor", "state": ("sent", "seen")}),
    "job_id": Of("job"),
    "number": "1",
    "day": "2026-12-24",
    "step": "nama",
    "draft": DRAFT,
    "slug": DRAFTED,
    "label": "balanced",
    "own": word_of(WEARER),
    "place": "1",
}
# By the path of a page, where the same name means something else there.
OF_PAGE: Mapping[str, Mapping[str, Example]] = {
    "/api/masalah/{slug}": {"slug": "not-found"},
    "/t/kerja/{job_id}/ukuran": {"job_id": Of("job", where=MADE_TO_MEASURE)},
    "/merek/produksi/{run_id}/pekerjaan/{job_id}/ukuran": {"job_id": Of("job", where=MADE_TO_MEASURE)},
    "/merek/permintaan/{offer_id}": {"offer_id": Of("off", where={"kind": "brand"})},
    "/pemasok/permintaan/{offer_id}": {"offer_id": Of("off", where={"kind": "supplier"})},
    "/t/uang/{payout_id}": {"payout_id": "out_01kt08000000000000000000aa"},
    "/ikm/{slug}": {"slug": "wastra-curug"},
    "/pesan/{draft}/ukuran/{code}": {"code": "neck"},
    "/pesan/{code}/bayar": {"code": Of("ord", shown="code", where={"state": "quoted"})},
    "/pesan/{code}/selesai": {"code": Of("ord", shown="code", where={"state": "placed"})},
    "/admin/cocok/{order}": {"order": Of("ord", shown="code", where={"state": "placed"})},
    "/admin/cocok/{order}/alihkan": {"order": Of("ord", shown="code", where={"state": "placed"})},
    "/pesanan/{code}/tanggal": {"code": Of("ord", shown="code", where={"state": "in_production"})},
    "/admin/pesanan/{order}": {"order": Of("ord", shown="code", where={"state": "placed"})},
    "/dokumen/{token}": {"token": Of("doc", shown="token")},
    "/pesanan/{code}": {"code": Of("ord", shown="code", where={"state": "in_production"})},
    "/pesanan/{code}/terima": {"code": Of("ord", shown="code", where={"state": "in_production"})},
    "/pesanan/{code}/batalkan": {"code": Of("ord", shown="code", where={"state": "placed"})},
    "/pesanan/{code}/alamat": {"code": Of("ord", shown="code", where={"state": "placed"})},
    "/pesanan/{code}/ulasan": {"code": Of("ord", shown="code", where={"state": "accepted"})},
    "/merek/ulasan/pesanan/{code}": {"code": Of("ord", shown="code", where={"state": "accepted"})},
    "/lacak/{token}": {"token": "abcdefghijklmnopqrstuv"},
    "/k/{token}": {"token": word_of(ROSTER)},
    "/k/saya/{own}/ukuran/{code}": {"code": "chest"},
    "/pesan/{draft}/kelompok": {"draft": GROUP_DRAFT},
    "/pesan/{draft}/kelompok/{place}": {"draft": GROUP_DRAFT},
    "/ukuran-saya/{set_id}": {"set_id": Of("mst")},
    "/ukuran-saya/hapus/{person_id}": {"person_id": Of("per")},
}
# Cookies without which a page leads elsewhere.
COOKIES: Mapping[str, Mapping[str, str]] = {
    "/masuk/kode": {"nomor": "+6281234567801"},
}
# Pages besides those of the routes: the same in another state, as `(path with its query, role or None)`.
BESIDES: tuple[tuple[str, Role | None], ...] = (
    ("/masuk?nomor=0812-3456-7801&lanjut=/t", None),
    ("/bantuan?pesanan=CL-2606-0042", None),
    *((f"/gaya/{surface}", None) for surface in SURFACES if surface != "offer"),
)
# The only garment made to measure of the story was delivered: nobody sees its sizes any more. No money has left yet,
# no certificate was photographed, and nobody has shared an order: tests/browser/test_following.py looks at one.
ANSWERS: Mapping[str, int] = {
    "/admin/sertifikat/foto/{shown_id}": 404,
    "/lacak/{token}": 404,
    "/t/uang/{payout_id}": 404,
    "/t/kerja/{job_id}/ukuran": 410,
    "/merek/produksi/{run_id}/pekerjaan/{job_id}/ukuran": 410,
}
# Who is led elsewhere by a page: a tailor has signed up.
ELSEWHERE: Mapping[str, frozenset[Role]] = {"/t/daftar/{step}": frozenset({Role.TAILOR})}
# What answers with something else than a page: a choice that leads back, a picture, a file.
NO_PAGES = frozenset(
    {
        "/admin/audit/unduh",
        "/admin/uang/transaksi/unduh",
        "/bahasa/{language}",
        "/data/unduh",
        "/tema/{theme}",
        "/t/simpan",
        "/t/kabar",
        "/t/sw.js",
        "/t/manifest.webmanifest",
        "/ping",
        "/favicon.ico",
        "/foto/{photo_id}",
        "/pesanan/{code}/foto/{photo_id}",
        "/surat/{document_id}",
        "/peristiwa",
        "/t/saya/sertifikat/foto/{photo_id}",
        "/merek/uang/penghasilan.csv",
        "/pemasok/uang/penghasilan.csv",
        "/pemasok/stok/impor/contoh.csv",
        "/pesan/baru",
        "/k/saya/{own}",
        "/ulasan/{review_id}/foto",
        # Everybody reads the review of the story, so it leads back: tests/browser/test_reviewing.py changes another.
        "/pesanan/{code}/ulasan/ubah",
        # Each leads to the first question without an answer: tests/browser/test_joining.py answers them.
        "/t/daftar",
        "/t/daftar/sertifikat",
        "/t/daftar/selesai",
    }
)


def of(path: str, name: str) -> Example | None:
    """What stands for a value in a path."""
    return OF_PAGE.get(path, {}).get(name, VALUES.get(name))
