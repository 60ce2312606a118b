"""The fake provider's pay page: what it costs, and one button."""

from html import escape
from typing import Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from clothingline.integrations.payments.port import Charge, ChargeUnknown
from clothingline.kit.money import rupiah

_PAGE = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
</head>
<body>
<main><h1>{title}</h1><p>{text}</p>{form}<p><small>Halaman latihan: tidak ada uang sungguhan.</small></p></main>
</body>
</html>"""
_FORM = '<form method="post" action="{action}"><button type="submit">Bayar {amount}</button></form>'
_DONE = {
    "paid": "Sudah dibayar. Terima kasih; Anda boleh menutup halaman ini.",
    "expired": "Tagihan ini sudah tidak berlaku. Kembali ke toko untuk memesan lagi.",
    "refunded": "Uang Anda sudah dikembalikan.",
}


class Till(Protocol):
    """What the pay page needs of its provider."""

    async def fetch_charge(self, charge_id: str) -> Charge:
        """How a charge stands. Raises `ChargeUnknown`."""

    async def describe(self, charge_id: str) -> str:
        """What a charge is for."""

    async def pay(self, charge_id: str) -> Charge:
        """Take the money. Raises `ChargeUnknown`."""


def pages(provider: Till) -> Starlette:
    """The sub-application: `GET /charges/{id}` shows, `POST /charges/{id}/payment` pays."""

    async def show(request: Request) -> Response:
        try:
            charge = await provider.fetch_charge(request.path_params["charge_id"])
        except ChargeUnknown:
            return _missing()
        return HTMLResponse(_page(charge, await provider.describe(charge.id)))

    async def pay(request: Request) -> Response:
        try:
            charge = await provider.pay(request.path_params["charge_id"])
        except ChargeUnknown:
            return _missing()
        return RedirectResponse(f"../{charge.id}", status_code=303)

    shown = Route("/charges/{charge_id}", show, methods=["GET"])
    return Starlette(routes=[shown, Route("/charges/{charge_id}/payment", pay, methods=["POST"])])


def _page(charge: Charge, description: str) -> str:
    amount = rupiah(charge.amount_idr)
    text = f"{escape(description)}: {amount}. {_DONE.get(charge.status, '')}"
    form = _FORM.format(action=f"{charge.id}/payment", amount=amount) if charge.status == "open" else ""
    return _PAGE.format(title="Pembayaran", text=text, form=form)


def _missing() -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title="Tidak ditemukan", text="Periksa kembali tautannya.", form=""), 404)
