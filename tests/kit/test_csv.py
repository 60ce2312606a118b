"""What leaves as a table for bookkeeping: no text of anybody's is a formula there, and numbers are numbers."""

import csv
import io

import pytest

from clothingline.kit.http.csv import line, table

FORMULAS = (
    '=HYPERLINK("https://evil.example","klik")',
    "+62812",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_in_a_name_is_text_in_the_csv(name: str) -> None:
    assert read(line([name, 1])) == [["'" + name, "1"]]


def test_a_negative_amount_is_a_number_and_no_text() -> None:
    assert line([-731_400, 0, None]) == "-731400,0,\r\n"


def test_an_ordinary_name_is_left_as_it_is_and_a_comma_divides_no_cell() -> None:
    assert read(line(["Bu Siti, Cimahi", 'kain "batik"'])) == [["Bu Siti, Cimahi", 'kain "batik"']]


def test_a_table_begins_with_its_header() -> None:
    assert table(["akun", "rupiah"], [["escrow:CL-2611-0001", -5]]) == "akun,rupiah\r\nescrow:CL-2611-0001,-5\r\n"
