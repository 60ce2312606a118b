"""The fake provider's pages: paying, the payer's bank, and opening an account to be paid."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape
from typing import Protocol
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from clothingline.integrations.payments.fake import charges, payees
from clothingline.integrations.payments.fake.books import Books
from clothingline.integrations.payments.faults import ObjectUnknown, Refused
from clothingline.integrations.payments.port import Charge
from clothingline.kit.money import rupiah

Said = dict[str, str]
_PAGE = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
{style}</head>
<body>
<main class="practice"><h1>{title}</h1><p>{text}</p>{form}
<p><small>Halaman latihan: tidak ada uang sungguhan.</small></p></main>
</body>
</html>"""
_STYLE = '<link rel="stylesheet" href="{style}">\n'
_CHOICE = '<form method="post" action="{action}"><button name="{name}" value="{value}">{label}</button></form>'
_BACK = '<p><a class="button" href="{back}">Kembali ke toko</a></p>'
_METHODS = {"qris": "QRIS", "transfer": "transfer bank", "card": "kartu"}
_DONE = {
    "processing": "Uang Anda sedang dalam perjalanan. Anda boleh menutup halaman ini.",
    "authorised": "Uang Anda sudah disisihkan. Anda boleh menutup halaman ini.",
    "paid": "Sudah dibayar. Terima kasih; Anda boleh menutup halaman ini.",
    "expired": "Tagihan ini sudah tidak berlaku. Kembali ke toko untuk memesan lagi.",
}


class Counter(Protocol):
    """What the pages need of their provider: the books, the address of a style sheet, and a way to tell the shop."""

    books: Books
    style: str

    async def deliver_waiting(self) -> int:
        """Tell the shop what has happened."""


def pages(provider: Counter) -> Starlette:
    """The sub-application.

    `GET /charges/{id}` shows, `POST …/payment` pays, `GET …/bank` is the page of the payer's bank and `POST …/answer`
    what the payer says there; `GET /payees/{id}` shows, and `POST …/account` opens an account.
    """
    doors = [
        Route("/charges/{id}", _door(provider, show_charge), methods=["GET"]),
        Route("/charges/{id}/payment", _door(provider, pay), methods=["POST"]),
        Route("/charges/{id}/bank", _door(provider, show_bank), methods=["GET"]),
        Route("/charges/{id}/answer", _door(provider, answer_bank), methods=["POST"]),
        Route("/payees/{id}", _door(provider, show_payee), methods=["GET"]),
        Route("/payees/{id}/account", _door(provider, open_account), methods=["POST"]),
    ]
    return Starlette(routes=doors)


@dataclass(frozen=True)
class Page:
    """A page before it is dressed: `text` and `form` are HTML."""

    title: str
    text: str
    form: str = ""
    status: int = 200

    def dressed(self, style: str) -> HTMLResponse:
        """The page with a link to this style sheet, if there is one."""
        link = _STYLE.format(style=escape(style)) if style else ""
        return HTMLResponse(_PAGE.format(title=self.title, text=self.text, form=self.form, style=link), self.status)


Shown = Page | Response


def _door(provider: Counter, page: Callable[[Books, str, Said], Shown]) -> Callable[[Request], Awaitable[Response]]:
    async def opened(request: Request) -> Response:
        said = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        try:
            shown = await asyncio.to_thread(page, provider.books, request.path_params["id"], said)
        except (ObjectUnknown, Refused):
            shown = Page("Tidak ditemukan", "Periksa kembali tautannya.", status=404)
        if request.method == "POST":
            await provider.deliver_waiting()
        return shown.dressed(provider.style) if isinstance(shown, Page) else shown

    return opened


def show_charge(books: Books, charge_id: str, said: Said) -> Shown:
    """What is to be paid, and a button for each way to pay it."""
    with books.reading() as clerk:
        row = charges.row_of(clerk, charge_id)
        charge = charges.charge_of(clerk, row)
    amount = rupiah(charge.amount_idr)
    text = f"{escape(row['description'])}: {amount}. {_state(charge)}"
    open_ = charge.status in charges.PAYABLE
    back = [_BACK.format(back=escape(row["back_url"]))] if row["back_url"] and not open_ else []
    return _page("Pembayaran", text, *(_pay_button(charge, one) for one in charges.methods_of(row) if open_), *back)


def _state(charge: Charge) -> str:
    if charge.redirect_url is not None:
        return f'Menunggu bank Anda: <a href="{escape(charge.redirect_url)}">lanjutkan di halaman bank</a>.'
    return _DONE.get(charge.status, "")


def _pay_button(charge: Charge, method: str) -> str:
    label = f"Bayar {rupiah(charge.amount_idr)} dengan {_METHODS[method]}"
    return _CHOICE.format(action=f"{charge.id}/payment", name="method", value=method, label=label)


def pay(books: Books, charge_id: str, said: Said) -> Response:
    """The button was pressed; then the page of the bank, or this one again."""
    charge = books.pay(charge_id, said.get("method"))
    return _to(charge.redirect_url or f"../{charge.id}")


def show_bank(books: Books, charge_id: str, said: Said) -> Shown:
    """The payer's bank asks whether it is he (3-D Secure)."""
    with books.reading() as clerk:
        charge = charges.get(clerk, charge_id)
    if charge.status != "acting":
        return _to(f"../{charge.id}")
    choices = {"yes": "Ya, ini saya", "no": "Bukan saya"}
    text = f"Bank Anda bertanya: apakah Anda membayar {rupiah(charge.amount_idr)}?"
    buttons = [_CHOICE.format(action="answer", name="agreed", value=value, label=choices[value]) for value in choices]
    return _page("Halaman bank", text, *buttons)


def answer_bank(books: Books, charge_id: str, said: Said) -> Response:
    """The payer has answered the bank."""
    return _to(f"../{books.answer_bank(charge_id, agreed=said.get('agreed') == 'yes').id}")


def show_payee(books: Books, payee_id: str, said: Said) -> Shown:
    """One button that opens the account; on one that is open, one that names another bank account."""
    with books.reading() as clerk:
        owner, back = payees.owner_of(clerk, payee_id)
        account = payees.get(clerk, payee_id)
    if account.can_pay_out:
        text = f'{escape(owner)}: rekening siap (•••• {account.bank_last4}). <a href="{escape(back)}">Kembali</a>.'
        other = _CHOICE.format(action=f"{payee_id}/account", name="agreed", value="other", label="Ganti rekening")
        return _page("Rekening siap", text, other)
    button = _CHOICE.format(action=f"{payee_id}/account", name="agreed", value="yes", label="Buka rekening")
    return _page("Buka rekening", f"{escape(owner)}, penyedia pembayaran membuka rekening untuk Anda.", button)


def open_account(books: Books, payee_id: str, said: Said) -> Response:
    """The button was pressed."""
    account = books.change_bank(payee_id) if said.get("agreed") == "other" else books.allow(payee_id)
    return _to(f"../{account.id}")


def _page(title: str, text: str, *buttons: str) -> Page:
    return Page(title, text, "".join(buttons))


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)
