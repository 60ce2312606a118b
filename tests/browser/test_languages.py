"""Every page speaks the language of its reader: no word of the other one stands on it unmarked."""

import pytest

from tests.browser import visits
from tests.browser.rounds import Round
from tests.browser.visits import Visit
from tests.web.wording import strangers

PAGES = visits.of_pages()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("visit", PAGES, ids=str)
async def test_a_page_speaks_one_language(the_round: Round, visit: Visit, language: str) -> None:
    page = await the_round.read(visit, language)
    assert f'<html lang="{language}"' in page
    assert strangers(page, language) == []
