"""Documents that are made from the code are those of the code."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from clothingline.cli.documents import documents
from clothingline.cli.exits import Stop
from clothingline.kit.settings_page import MARK, as_environment, as_markdown, sections
from clothingline.kit.states import Machine, Transition, machines
from clothingline.kit.states_page import as_markdown as states_as_markdown
from clothingline.settings import Settings
from tests.conftest import ROOT

MADE = documents(ROOT)


class Loom(BaseModel):
    """How it weaves."""

    threads: int = Field(40, description="Threads to the centimetre")
    key: SecretStr = Field(SecretStr("never-shown"), description="Opens it")


class Mill(BaseSettings):
    """A mill."""

    model_config = SettingsConfigDict(env_prefix="MILL_", env_nested_delimiter="__")
    town: str = Field("", description="Where it stands")
    loom: Loom = Field(default_factory=Loom)


@pytest.mark.parametrize("path", MADE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_made_document_is_up_to_date(path: Path) -> None:
    assert path.read_text() == MADE[path], "run `make openapi`"


def test_every_machine_has_its_diagram_and_a_line_for_each_move() -> None:
    page = (ROOT / "docs" / "states.md").read_text()
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE) == sorted(one.name for one in machines())
    assert page.count("stateDiagram-v2") == len(machines())
    assert len(re.findall(r"^\| `\w+` \|", page, re.MULTILINE)) == sum(len(one.transitions) for one in machines())


def test_a_bar_in_a_guard_does_not_break_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clothingline.kit.states._machines", {})
    machine = Machine("cut", ("whole",), (Transition("cut", ("whole",), "cut", "brand", "1 | 2", "2 wd", "new cloth"),))
    assert "| `cut` | whole | cut | brand | 1 \\| 2 | 2 wd | new cloth |\n" in states_as_markdown([machine])


def test_every_setting_is_described() -> None:
    settings = [one for section in sections(Settings) for one in section.settings]
    assert len(settings) > 30
    assert [one.variable for one in settings if not one.description] == []
    assert [section.title for section in sections(Settings) if not section.about] == []


def test_a_variable_is_read_under_the_name_that_the_page_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = [one.variable for section in sections(Mill) for one in section.settings]
    assert variables == ["MILL_TOWN", "MILL_LOOM__THREADS", "MILL_LOOM__KEY"]
    for name, value in zip(variables, ("Solo", "60", "x"), strict=True):
        monkeypatch.setenv(name, value)
    read = Mill()
    assert (read.town, read.loom.threads, read.loom.key.get_secret_value()) == ("Solo", 60, "x")


def test_what_a_secret_is_set_to_is_shown_nowhere() -> None:
    assert "| `MILL_LOOM__KEY` | secret | Opens it |" in as_markdown(Mill)
    assert "#MILL_LOOM__KEY=\n" in as_environment(Mill, "")
    assert "never-shown" not in as_markdown(Mill) + as_environment(Mill, "")


def test_the_example_names_every_setting_once_and_keeps_what_was_written_by_hand() -> None:
    example = (ROOT / ".env.example").read_text()
    named = re.findall(r"^#?(\w+)=", example, re.MULTILINE)
    settings = {one.variable for section in sections(Settings) for one in section.settings}
    assert len(named) == len(set(named))
    assert set(named) - settings == {"POSTGRES_PASSWORD", "PORT"}
    assert settings <= set(named)
    first = as_environment(Mill, "# by hand\nMILL_TOWN=Solo\n")
    assert first.startswith(f"# by hand\nMILL_TOWN=Solo\n\n{MARK}\n")
    assert as_environment(Mill, first) == first
    assert "#MILL_TOWN" not in first


def test_outside_of_the_repository_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="run it at the root of the repository"):
        documents(tmp_path)
