"""Letters that run from right to left are isolated in the text of a page, and nowhere else."""

import pytest

from clothingline.web.bidi import isolated

NAME = "محمد علي"


def test_a_page_without_such_letters_is_left_as_it_is() -> None:
    page = "<p title='x'>Untuk <b>Siti</b> 5 potong</p>"
    assert isolated(page) is page


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (f"<p>Untuk {NAME} 5 potong</p>", f"<p>Untuk <bdi>{NAME}</bdi> 5 potong</p>"),
        (f"<p>{NAME}, שרה</p>", f"<p><bdi>{NAME}, שרה</bdi></p>"),
        (f"<p>{NAME} → Siti → {NAME}</p>", f"<p><bdi>{NAME}</bdi> → Siti → <bdi>{NAME}</bdi></p>"),
        (f"<p>{NAME}</p><p>Siti</p><b>{NAME}</b>", f"<p><bdi>{NAME}</bdi></p><p>Siti</p><b><bdi>{NAME}</bdi></b>"),
        (f"<p>{NAME} &amp; {NAME}</p>", f"<p><bdi>{NAME}</bdi> &amp; <bdi>{NAME}</bdi></p>"),
    ],
    ids=[
        "in a sentence",
        "two names in a row",
        "not over words of the other direction",
        "each element by itself",
        "not over a reference",
    ],
)
def test_a_run_in_a_text_stands_alone(page: str, shown: str) -> None:
    assert isolated(page) == shown


@pytest.mark.parametrize(
    "page",
    [
        f'<input value="{NAME}">',
        f"<title>{NAME}</title>",
        f"<textarea>{NAME}</textarea>",
        f"<option>{NAME}</option>",
        f"<script>x = '{NAME}'</script>",
        f"<svg><title>x</title><text>{NAME}</text></svg>",
        f"<!-- {NAME} -->",
    ],
)
def test_where_only_text_may_stand_nothing_is_put_in(page: str) -> None:
    assert isolated(page) == page


def test_marks_that_turn_what_follows_are_left_out() -> None:
    assert isolated("<p>\u202eitiS \u2067untuk</p>") == "<p>itiS untuk</p>"
