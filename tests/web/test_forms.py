"""Every form of every page, sent empty and with garbage: the page comes back and says what to correct, field by field.

`SEED=… pytest tests/web/test_forms.py` sends the garbage of an earlier run.
"""

import os
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic.fields import FieldInfo

from clothingline import pages
from clothingline.integrations import payments
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.web.forms import PageForm
from clothingline.web.route import PageRoute
from tests.api.world import look_round
from tests.browser import examples, visits
from tests.browser.addresses import Address, find_all
from tests.browser.rounds import cookies_of
from tests.browser.visits import VALUE, Visit
from tests.pilot_fixture import pilot_template
from tests.story_fixture import database_name, story_template
from tests.web.filling import GARBAGE, Control, Reading, Shown, shapes, summary, title
from tests.web.wording import BANNED, against, foreign_words

__all__ = ["database_name", "pilot_template", "story_template"]

TURNED = {0: "\ufffd", **dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])}
OWN = {"sec-fetch-site": "same-origin", "accept": "text/html"}
SEED = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
GARBLED, TRIES = 2, 6
PAGES = [one for one in visits.once_each() if not one.route.startswith(("/gaya", "/api"))]
# Forms in which nothing needs to be filled, and what an empty one means.
MAY_BE_EMPTY = {
    "/pesan/…/anggaran": "no limit",
    "/t/tawaran/…/tolak": "no reason given",
    "/t/uang/surat": "the usual months",
    "/merek/setelan/penerima": "everything stays",
    "/pemasok/setelan/penerima": "everything stays",
    "/pesanan/…/ulasan/ukuran": "the saved sizes stay",
}


class Sender:
    """The one who makes a visit, with a browser."""

    def __init__(self, client: httpx.AsyncClient, path: str) -> None:
        self.client, self.path = client, path

    async def forms(self) -> list[Shown]:
        """What can be filled on the page; nothing where the story shows none."""
        answer = await self.client.get(self.path)
        return list(shapes(answer.text)) if answer.status_code == 200 else []

    async def send(self, form: Shown, filled: dict[str, str], photo: bytes = b"") -> httpx.Response:
        """Press its button; once more would be another act."""
        filled["kunci"] = secrets.token_hex(10)
        return await self.client.post(form.action, data=filled, files=form.files(photo))


@pytest.fixture
def provider(tmp_path: Path) -> FakeProvider:
    """Takes payments, and tells nobody."""

    async def keep(_body: bytes, _headers: dict[str, str]) -> None:
        """No notice is of interest here."""

    chosen = FakeProvider(keep, pages_url="http://bayar.test", path=tmp_path / "books.db")
    payments.use(chosen)
    return chosen


@pytest.fixture
async def sender(app: FastAPI, visit: Visit, provider: FakeProvider) -> AsyncIterator[Sender]:
    """Who makes the visit of a test."""
    address = (await find_all([visit]))[visit]
    assert isinstance(address, Address)
    cookies = cookies_of(visit, address, "id")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=OWN, cookies=cookies
    ) as client:
        yield Sender(client, address.path)


@pytest.mark.parametrize("visit", PAGES, ids=str)
async def test_a_form_that_is_empty_or_full_of_garbage_comes_back_and_says_what_to_correct(
    sender: Sender, visit: Visit
) -> None:
    print(f"SEED={SEED}")
    chance = Random(f"{SEED} {visit}")
    for form in await sender.forms():
        answer = await sender.send(form, filled := form.empty())
        if _without_values(form.action, visit) not in MAY_BE_EMPTY:
            assert answer.status_code == 422, f"{form.action} takes nothing for an answer: {answer.status_code}"
            assert all(target for target, _ in summary(answer.text)), summary(answer.text)
        _check(form, filled, answer)
        for _ in range(GARBLED):
            answer = await sender.send(form, filled := form.garbage(chance), b"no picture")
            _check(form, filled, answer)


def _without_values(action: str, visit: Visit) -> str:
    named = re.sub(r"[a-z]{3}_\w{26}|CL-\d{4}-\d{4}", "…", action)
    return named.replace(str(examples.VALUES["draft"]), "…")


def _check(form: Shown, filled: dict[str, str], answer: httpx.Response) -> None:
    """Taken, or back again with what is wrong, where it is, and what was typed."""
    if answer.status_code == 303:
        return
    about = f"{form.action}, {filled}, {answer.status_code}"
    page, asked = Reading(answer.text), summary(answer.text)
    assert 400 <= answer.status_code < 500, about
    assert title(answer.text).startswith("Perlu diperbaiki: "), about
    assert asked, about
    for target, words in asked:
        assert not target or target in page.ids, f"{about}: #{target} is nowhere"
        assert not target or _names(words, page.labels.get(target, "")), f"{about}: {words!r} names no field"
        assert not against(words, BANNED), about
        assert not foreign_words(words, "id"), f"{about}: {words}"
    _keeps(page, form, filled, about)


def _names(words: str, label: str) -> bool:
    """Whether an error says how the page calls the field."""
    name = re.sub(r"\(boleh dikosongkan\)", "", label).strip().rstrip("?:. ")
    return bool(name) and name.casefold() in words.casefold()


def _keeps(page: Reading, form: Shown, filled: dict[str, str], about: str) -> None:
    """What was typed stands in the form again, without NUL, which no browser sends, and what turns lines round."""
    [again] = [one for one in page.forms if one.action == form.action][:1] or [Shown(form.action)]
    for one in again.controls:
        if one.is_typed and one.name in filled:
            assert _plain(one) == filled[one.name].translate(TURNED).strip(), f"{about}: {one.name} is lost"


def _plain(one: Control) -> str:
    return one.value.replace("\0", "\ufffd").strip()


def _acts() -> list[PageRoute]:
    return [one for one in pages.every() if "POST" in (one.methods or ()) and one.dependant.body_params]


@pytest.mark.parametrize("act", _acts(), ids=lambda act: act.path)
async def test_nothing_that_is_sent_to_a_form_makes_it_fall_over(
    app: FastAPI, provider: FakeProvider, act: PageRoute
) -> None:
    """Also where the story shows the form to nobody: each field with every garbage, by somebody who may send it."""
    print(f"SEED={SEED}")
    chance = Random(f"{SEED} {act.path}")
    visit = Visit(act.path, visits.roles_of(act)[0])
    address = (await find_all([visit]))[visit]
    path = address.path if isinstance(address, Address) else VALUE.sub(lambda one: _nobodys(act, one[1]), act.path)
    account = address.account if isinstance(address, Address) else await _somebody(visit)
    cookies = cookies_of(visit, Address(path, account), "id")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://clothingline.test", headers=OWN, cookies=cookies
    ) as client:
        for _ in range(TRIES):
            filled = {name: chance.choice(("", *GARBAGE)) for name in _fields(act)}
            answer = await client.post(path, data={**filled, "kunci": secrets.token_hex(10)})
            assert answer.status_code < 500, (path, filled)
            assert not [words for _, words in summary(answer.text) if foreign_words(words, "id")], (path, filled)


def _fields(act: PageRoute) -> list[str]:
    [form] = act.dependant.body_params
    fields: dict[str, FieldInfo] = form.field_info.annotation.model_fields  # type: ignore[union-attr]  # a PageForm
    return [said.alias or name for name, said in fields.items()]


def _nobodys(act: PageRoute, name: str) -> str:
    """An id of the kind that stands in the path, of no row."""
    [marks] = [one.field_info.metadata for one in act.dependant.path_params if one.name == name]
    prefix = getattr(marks[0], "prefix", None)
    return f"{prefix}_01kt08000000000000000000zz" if prefix else "CL-2606-9999"


async def _somebody(visit: Visit) -> UUID:
    async with db.transaction() as session:
        world = await look_round(session)
    return next(account for account, role, _ in world.roles if role is visit.role)


class Note(PageForm):
    """Any form with a text, and with several."""

    words: str
    several: list[str]


def test_no_form_hands_on_what_a_text_of_the_database_cannot_hold() -> None:
    note = Note.model_validate({"words": "satu\r\nd\x00ua", "several": ["\x00tiga", "empat"]})
    assert (note.words, note.several) == ("satu\ndua", ["tiga", "empat"])
