"""What an explanation tells to whom."""

from uuid import uuid4

from clothingline.kit.access import Reach, Role
from clothingline.kit.ids import show
from clothingline.routing.reasons import said_to


def test_how_far_a_maker_was_behind_its_share_is_told_to_it_and_to_staff_alone() -> None:
    siti, other = uuid4(), uuid4()
    said = {"makers": [{"tailor": show("tlr", one), "chosen": True, "credit_idr": 900} for one in (siti, other)]}
    told = {
        "siti": Reach(organisations={Role.TAILOR: frozenset({siti})}),
        "brand": Reach(organisations={Role.BRAND_OWNER: frozenset({siti})}),
        "consumer": Reach(account=uuid4()),
        "staff": Reach(everything=True),
    }
    read = {who: [one["credit_idr"] for one in said_to(said, reach)["makers"]] for who, reach in told.items()}
    assert read == {"siti": [900, None], "brand": [None, None], "consumer": [None, None], "staff": [900, 900]}
    assert [one["credit_idr"] for one in said["makers"]] == [900, 900]


def test_which_certificates_a_maker_lacks_and_what_they_would_have_opened_is_told_to_it_and_to_staff_alone() -> None:
    siti, other = uuid4(), uuid4()
    fact = {"limit": "certificate", "lacks": ["batik"], "opens_idr": 84_000}
    said = {"makers": [{"tailor": show("tlr", one), **fact} for one in (siti, other)]}
    told = {
        "siti": Reach(organisations={Role.TAILOR: frozenset({siti})}),
        "brand": Reach(organisations={Role.BRAND_OWNER: frozenset({siti})}),
        "consumer": Reach(account=uuid4()),
        "staff": Reach(everything=True),
    }
    read = {
        who: [(one["lacks"], one["opens_idr"]) for one in said_to(said, reach)["makers"]] for who, reach in told.items()
    }
    known, hidden = (["batik"], 84_000), (None, None)
    assert read == {
        "siti": [known, hidden],
        "brand": [hidden, hidden],
        "consumer": [hidden, hidden],
        "staff": [known, known],
    }
    assert all(one["limit"] == "certificate" for one in said_to(said, told["consumer"])["makers"])
