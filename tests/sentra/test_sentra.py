"""Sentra as everybody sees them."""

import httpx

from clothingline.kit import db
from clothingline.reference import facts
from clothingline.reference.service import load_facts
from clothingline.sentra.models import SentraMember
from clothingline.sentra.queries import get_sentra
from clothingline.sentra.service import load_sentra
from tests.parties import make_brand, make_sentra, make_tailor


async def test_the_named_sentra_are_entered_once_with_their_facts(
    client: httpx.AsyncClient, database: db.Database
) -> None:
    async with db.transaction() as session:
        await load_facts(session)
        assert await load_sentra(session) == len(facts.sentra())
        assert await load_sentra(session) == 0
    lobam = (await client.get("/v1/sentra/seri-kuala-lobam")).json()
    assert (lobam["town"], lobam["in_ftz"], lobam["ikm_count"]) == ("Kabupaten Bintan", True, 80)
    ciomas = (await client.get("/v1/sentra/alas-kaki-ciomas")).json()
    assert (ciomas["ikm_count"], ciomas["opened_on"], ciomas["facilities"]) == (None, None, [])


async def test_members_of_a_sentra_are_counted_by_kind_and_never_named(
    client: httpx.AsyncClient, database: db.Database
) -> None:
    async with db.transaction() as session:
        sentra = await make_sentra(session, slug="sentra-konveksi")
        tailors = [await make_tailor(session), await make_tailor(session)]
        parties = [*(one.id for one in tailors), (await make_brand(session)).id]
        session.add_all(SentraMember(sentra_id=sentra.id, organisation_id=one) for one in parties)
    answer = await client.get("/v1/sentra/sentra-konveksi")
    assert answer.json()["members"] == {"tailor": 2, "brand": 1}
    assert "Siti" not in answer.text
    [listed] = (await client.get("/v1/sentra")).json()["data"]
    assert listed == answer.json()


async def test_a_sentra_is_found_by_its_id_and_a_missing_one_is_not(
    client: httpx.AsyncClient, database: db.Database
) -> None:
    async with db.transaction() as session:
        sentra = await make_sentra(session)
        assert (await get_sentra(session, sentra.id)).slug == sentra.slug
    answer = await client.get("/v1/sentra/tidak-ada")
    assert (answer.status_code, answer.json()["code"]) == (404, "sentra_not_found")
