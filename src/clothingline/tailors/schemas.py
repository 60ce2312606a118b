"""What goes into tailors and comes out of them, by audience."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyIn, MoneyOut
from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed
from clothingline.reference.words import FamilyWord, MachineWord

TailorId = Annotated[UUID, typed("tlr")]
DaySeconds = Annotated[int, Field(ge=0, le=57_600, strict=True)]
WORKING_WEEK = [25200, 25200, 25200, 25200, 25200, 25200, 0]


class SkillOut(BaseModel):
    """A skill with a certificate in force."""

    skill: str = Field(description="Skill.", examples=["jahit_mesin"])
    until: date = Field(description="Last day on which the certificate holds.", examples=["2028-06-01"])


class TailorOut(BaseModel):
    """A workshop as brands and sentra see it: no street, no phone."""

    id: TailorId
    name: str = Field(description="Name of the workshop.", examples=["Penjahit Siti"])
    kind: Literal["home", "workshop"] = Field(description="At home, or a workshop.", examples=["home"])
    regency_code: str = Field(description="Code of kabupaten or kota.", examples=["36.71"])
    town: str = Field(description="Its name.", examples=["Kota Tangerang"])
    families: list[str] = Field(description="Families of garments.", examples=[["top", "dress"]])
    machines: list[str] = Field(description="Machines.", examples=[["lockstitch", "overlock"]])
    skills: list[SkillOut] = Field(description="Certified skills.")
    rate: MoneyOut = Field(description="Pay per minute of standard time.")
    rush: bool = Field(description="Takes rush offers.", examples=[False])


class DayOffOut(BaseModel):
    """A day on which the workshop is closed, or works less, by its own wish."""

    day: date = Field(description="The day.", examples=["2027-03-08"])
    reason: str | None = Field(description="For yourself.", examples=["Mudik"])
    left_permille: int = Field(description="How much of the day is worked, ‰; 0 = closed.", examples=[0])


class ContactOut(BaseModel):
    """Somebody who acts for the workshop."""

    name: str = Field(description="Name.", examples=["Siti Rahayu"])
    phone: str = Field(description="E.164.", examples=["+6281234567802"])


class TailorOwn(TailorOut):
    """A workshop as itself and the programme's staff see it."""

    lat_micro: int = Field(description="Latitude in millionths of a degree.", examples=[-6178300])
    lon_micro: int = Field(description="Longitude in millionths of a degree.", examples=[106631900])
    weekday_seconds: list[int] = Field(description="Seconds of work, Monday first.", examples=[WORKING_WEEK])
    reach_m: int = Field(description="Farthest brand, in metres.", examples=[30000])
    efficiency_permille: int = Field(description="Speed against standard time, ‰; measured.", examples=[800])
    defect_ppm: int = Field(description="Defects per million pieces; measured.", examples=[20000])
    days_off: list[DayOffOut] = Field(description="Own days off from today on.")
    contacts: list[ContactOut] = Field(description="Who acts for the workshop.")


class TailorUpdate(Input):
    """Leave out what stays."""

    name: Line | None = Field(None, description="Name of the workshop.", examples=["Penjahit Siti"])
    families: list[FamilyWord] | None = Field(
        None, min_length=1, max_length=7, description="Families of garments.", examples=[["top", "dress"]]
    )
    machines: list[MachineWord] | None = Field(
        None, min_length=1, max_length=14, description="Machines.", examples=[["lockstitch", "overlock"]]
    )
    rate: MoneyIn | None = Field(None, description="Pay per minute of standard time.")
    weekday_seconds: list[DaySeconds] | None = Field(
        None, min_length=7, max_length=7, description="Seconds of work, Monday first.", examples=[WORKING_WEEK]
    )
    reach_m: int | None = Field(
        None, ge=1, le=1_000_000, strict=True, description="Farthest brand, metres.", examples=[30000]
    )
    rush: bool | None = Field(None, description="Take rush offers.", examples=[False])


class DayOffCreate(Input):
    """A day on which the workshop is closed, or works less."""

    day: date = Field(description="From today to two years ahead.", examples=["2027-03-08"])
    reason: Line | None = Field(None, description="For yourself.", examples=["Mudik"])
    left_permille: int = Field(
        0, ge=0, le=900, strict=True, description="How much of the day is worked, ‰.", examples=[0]
    )


class ClosedDayOut(BaseModel):
    """A day without work."""

    day: date = Field(description="The day.", examples=["2027-03-10"])
    name: str = Field(description="Name of the holiday, or the kind of rest.", examples=["Hari Raya Idul Fitri"])


class WeekOut(BaseModel):
    """One week of a workshop, in seconds of work."""

    monday: date = Field(description="Its Monday.", examples=["2027-03-08"])
    declared_seconds: int = Field(description="What the workshop can sew.", examples=[149400])
    held_seconds: int = Field(description="Held behind quotes and offers.", examples=[0])
    booked_seconds: int = Field(description="Booked by accepted work.", examples=[36000])
    free_seconds: int = Field(description="Neither held nor booked.", examples=[113400])
    closed: list[ClosedDayOut] = Field(description="Days without work.")
    estimated: bool = Field(description="A holiday of this week may still be moved by decree.", examples=[False])


class CalendarOut(BaseModel):
    """The weeks of a workshop."""

    tailor: TailorId
    weeks: list[WeekOut] = Field(description="In order.")
