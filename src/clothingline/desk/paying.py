"""How often money leaves to whoever is paid, as it is chosen on a page of settings."""

from typing import Annotated, Literal

from pydantic import Field

from clothingline.web.forms import PageForm
from clothingline.web.words import later

DAYS = {
    1: later("Senin"),
    2: later("Selasa"),
    3: later("Rabu"),
    4: later("Kamis"),
    5: later("Jumat"),
    6: later("Sabtu"),
    7: later("Minggu"),
}
Cadence = Literal["daily", "weekly", "on_demand"]


class Paying(PageForm):
    """How often money is to leave."""

    cadence: Cadence = "weekly"
    weekday: Annotated[int, Field(ge=1, le=7)] = 5
