"""What goes into measurements and comes out of them.

Answers to writing never repeat labels or values: they are kept for replay, where nothing stands in the clear.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed
from clothingline.measurements.models import MeasurementSet, Person
from clothingline.measurements.plausibility import hard_limits
from clothingline.reference import facts

PersonId = Annotated[UUID, typed("per")]
SetId = Annotated[UUID, typed("mst")]

MeasurementName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Value = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


class MeasurementTypeOut(BaseModel):
    """Something that can be measured."""

    object: Literal["measurement_type"] = Field(
        "measurement_type", description="Kind of object.", examples=["measurement_type"]
    )
    code: str = Field(description="Word for machines.", examples=["chest"])
    label_id: str = Field(description="Label in Indonesian.", examples=["lingkar dada"])
    label_en: str = Field(description="Label in English.", examples=["chest / bust girth"])
    shop_abbreviation: str | None = Field(description="As tailors write it.", examples=["LD"])
    measured_on: str = Field(description="body or garment.", examples=["body"])
    kind: str = Field(description="girth, length, angle or mass.", examples=["girth"])
    unit: str = Field(description="Whole unit of values: mm, tenth_deg or g.", examples=["mm"])
    smallest: int = Field(description="Smaller values are refused.", examples=[400])
    largest: int = Field(description="Larger values are refused.", examples=[1800])

    @classmethod
    def of(cls, known: facts.Measurement) -> "MeasurementTypeOut":
        """Wire form."""
        smallest, largest = hard_limits(known.id)
        return cls(
            code=known.id,
            label_id=known.name_id,
            label_en=known.name_en,
            shop_abbreviation=known.shop_abbreviation,
            measured_on=known.object,
            kind=known.kind,
            unit=known.stored_unit,
            smallest=smallest,
            largest=largest,
        )


class PersonCreate(Input):
    """Somebody whom you measure: yourself or one of the family."""

    label: Line = Field(description="What you call the person; only you can read it.", examples=["Ibu"])
    sex: Literal["female", "male"] = Field(description="Chooses the usual ranges.", examples=["female"])


class PersonAdded(BaseModel):
    """The person was added; the label is in the list of people."""

    id: PersonId = Field(description="Id.")
    object: Literal["person"] = Field("person", description="Kind of object.", examples=["person"])
    sex: str = Field(description="female or male.", examples=["female"])
    created_at: datetime = Field(description="Added at.", examples=["2026-06-02T08:00:00+07:00"])


class PersonOut(PersonAdded):
    """Somebody whom you measure."""

    label: str = Field(description="What you call the person.", examples=["Ibu"])

    @classmethod
    def of(cls, person: Person, label: str) -> "PersonOut":
        """Wire form."""
        return cls(id=person.id, sex=person.sex, created_at=person.created_at, label=label)


class SetCreate(Input):
    """Measures of one person."""

    values: dict[MeasurementName, Value] = Field(
        min_length=1,
        max_length=60,
        description="Value by measurement, in whole millimetres (tenths of a degree, grams).",
        examples=[{"chest": 920, "waist": 760, "seat": 980}],
    )
    method: Literal["self", "tailor", "garment", "size"] = Field(description="How.", examples=["tailor"])
    measurer: Line = Field(description="Who held the tape.", examples=["Ibu Siti"])
    measured_on: date = Field(ge=date(2000, 1, 1), description="When.", examples=["2026-06-01"])
    confirmed: bool = Field(
        False, strict=True, description="True: odd values were measured again and are right.", examples=[False]
    )
    unsure: list[MeasurementName] = Field(
        default=[],
        max_length=60,
        description="Measures that must be confirmed before anything is cut, with or without a value.",
        examples=[[]],
    )


class DoubtOut(BaseModel):
    """Something odd, without its value."""

    code: str = Field(description="unusual_value or out_of_proportion.", examples=["out_of_proportion"])
    measurements: list[str] = Field(description="What to measure again.", examples=[["waist", "seat"]])
    reason_id: str = Field(
        description="Why, in Indonesian.", examples=["Lingkar pinggang dan lingkar panggul tidak serasi."]
    )
    reason_en: str = Field(
        description="Why, in English.", examples=["The waist girth and hip girth do not go together."]
    )
    confirmed: bool = Field(description="Whether it was measured again and is right.", examples=[False])


class SetSummary(BaseModel):
    """One version of a person's measures, without the values."""

    id: SetId = Field(description="Id.")
    object: Literal["measurement_set"] = Field(
        "measurement_set", description="Kind of object.", examples=["measurement_set"]
    )
    person: PersonId = Field(description="Whose.")
    version: int = Field(description="Counts the person's sets.", examples=[1])
    method: str = Field(description="self, tailor, garment or size.", examples=["tailor"])
    measurer: str = Field(description="Who held the tape.", examples=["Ibu Siti"])
    measured_on: date = Field(description="When.", examples=["2026-06-01"])
    has_open_doubts: bool = Field(description="Whether something odd is not confirmed.", examples=[False])
    doubts: list[DoubtOut] = Field(description="What looks odd.")
    unsure: list[str] = Field(description="What had to be confirmed before cutting.", examples=[["chest"]])
    created_at: datetime = Field(description="Stored at.", examples=["2026-06-02T08:00:00+07:00"])

    @classmethod
    def of(cls, row: MeasurementSet) -> "SetSummary":
        """Wire form."""
        return cls(
            id=row.id,
            person=row.person_id,
            version=row.version,
            method=row.method,
            measurer=row.measurer,
            measured_on=row.measured_on,
            has_open_doubts=row.has_open_doubts,
            doubts=[DoubtOut.model_validate(doubt) for doubt in row.doubts],
            unsure=row.unsure,
            created_at=row.created_at,
        )


class SetOut(SetSummary):
    """One version of a person's measures."""

    values: dict[str, int] = Field(
        description="Value by measurement, in whole millimetres (tenths of a degree, grams).",
        examples=[{"chest": 920, "waist": 760, "seat": 980}],
    )
