"""What people of the two worlds send: wishes, designs, cloth, papers."""

from datetime import UTC, datetime

YEAR = datetime.now(UTC).year
DAY_OFF = f"{YEAR + 1}-12-01"
REVIEW = {
    "fit": dict.fromkeys(("chest", "waist", "shoulder", "sleeve", "length"), "right"),
    "neatness": 5,
    "on_time": True,
}
SHIRTS = {"design": "kemeja-batik-lengan-panjang", "sizes": {"M": 6, "L": 6}}
DESIGN = {
    "garment_type": "kemeja",
    "description": "Kemeja lengan panjang untuk bekerja.",
    "colours": ["putih"],
    "made_to_measure": True,
}
LOT = {
    "name": "Katun Jepang",
    "cloth_class": "woven_light",
    "colour": "biru",
    "shade": "A",
    "fibre": "katun 100 %",
    "width_cm": 150,
    "price": {"amount": 42_000, "currency": "IDR"},
    "min_cut_cm": 50,
    "lead_days": 1,
}
CLAIM = {
    "scheme": "blk-sby-lockstitch",
    "holder": "Siti Rahayu",
    "lsp": "LSP BLK Surabaya",
    "skills": ["jahit_mesin"],
    "issued_on": f"{YEAR - 1}-06-02",
    "valid_until": f"{YEAR + 2}-06-01",
}

TAX_NUMBER = {"kind": "person", "taxpayer": "3273014507850001", "address": "Jl. Kenari 3, Cimahi"}
CORRECTION = {
    "reason": "Modal program, bukti transfer 14",
    "lines": [
        {"account": "bank:idr", "side": "debit", "amount": {"amount": 5_000_000}},
        {"account": "capital:programme", "side": "credit", "amount": {"amount": 5_000_000}},
    ],
}
EXEMPT = {
    "kind": "under_500m",
    "valid_from": f"{YEAR}-01-01",
    "valid_until": f"{YEAR}-12-31",
    "evidence": "Surat pernyataan bermeterai",
}
