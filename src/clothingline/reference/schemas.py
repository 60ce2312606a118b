"""What the reference facts look like on the wire."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from clothingline.kit.http.amounts import MoneyOut

RegencyKind = Literal["kabupaten", "kota"]
Level = Literal["I", "II", "III", "S-1", "S-2", "S-3", "S-4"]
Aql = Literal["0.65", "1.0", "1.5", "2.5", "4.0", "6.5"]


class RegencyOut(BaseModel):
    """A kabupaten or kota."""

    code: str = Field(description="Code of the Ministry of Home Affairs; text, for 32.10.", examples=["32.73"])
    name: str = Field(description="Full name.", examples=["Kota Bandung"])
    kind: RegencyKind = Field(description="Kabupaten or kota.", examples=["kota"])
    province_code: str = Field(description="Code of the province.", examples=["32"])
    province: str = Field(description="Name of the province.", examples=["Jawa Barat"])
    timezone: str = Field(description="IANA name of its time zone.", examples=["Asia/Jakarta"])


class RegencyList(BaseModel):
    """Regencies by name."""

    object: Literal["list"] = Field("list", description="Kind of object.", examples=["list"])
    data: list[RegencyOut] = Field(description="The regencies, by name.")
    has_more: bool = Field(description="Whether more regencies match than `limit`.", examples=[False])


class NameOut(BaseModel):
    """A name in both languages."""

    id: str = Field(description="In Bahasa Indonesia.", examples=["Hari Kemerdekaan Republik Indonesia"])
    en: str = Field(description="In English.", examples=["Independence Day"])


class HolidayOut(BaseModel):
    """A day that the state calls off."""

    day: date = Field(description="The day.", examples=["2026-08-17"])
    kind: Literal["national", "cuti_bersama", "decree"] = Field(description="Which kind.", examples=["national"])
    name: NameOut = Field(description="Its name.")
    estimated: bool = Field(description="True until a joint decree has fixed the year.", examples=[False])


class WorkingDaysOut(BaseModel):
    """Working days and holidays of a span, both ends included."""

    object: Literal["calendar"] = Field("calendar", description="Kind of object.", examples=["calendar"])
    since: date = Field(alias="from", description="First day.", examples=["2026-08-15"])
    until: date = Field(description="Last day.", examples=["2026-08-18"])
    working_days: list[date] = Field(
        description="Monday to Saturday without holidays.", examples=[["2026-08-15", "2026-08-18"]]
    )
    holidays: list[HolidayOut] = Field(description="Holidays in order of the day.")
    estimated: bool = Field(description="Whether a holiday of the span is only an estimate.", examples=[False])


class WageOut(BaseModel):
    """A minimum wage and the programme's fair rate that follows from it."""

    object: Literal["wage"] = Field("wage", description="Kind of object.", examples=["wage"])
    regency: RegencyOut = Field(description="Where.")
    year: int = Field(description="The year of the wage; the last one held.", examples=[2026])
    kind: Literal["umk", "ump"] = Field(description="The regency's own UMK, or its province's UMP.", examples=["umk"])
    month: MoneyOut = Field(description="The wage of a month.")
    source: str = Field(description="Where the figure stands.", examples=["Kepgub Jabar 561.7/Kep.862-Kesra/2025"])
    status: Literal["verified", "partial", "assumed"] = Field(description="How sure it is.", examples=["verified"])
    fair_rate_per_minute: MoneyOut = Field(description="The wage over 173 hours of 60 minutes, nearest rupiah.")
    label: Literal["acuan program"] = Field(
        "acuan program",
        description="The fair rate is a policy of the programme; UMK and UMP do not bind micro and small businesses.",
        examples=["acuan program"],
    )


class SamplingPlanOut(BaseModel):
    """How many pieces to inspect for one class of defects, and how many defects pass the lot."""

    code_letter: str = Field(description="Code letter of the lot (table I).", examples=["G"])
    plan_letter: str = Field(description="Letter of the plan after its arrow (table II-A).", examples=["G"])
    sample_size: int = Field(description="Sample size of the table.", examples=[32])
    pieces: int = Field(description="Pieces to take in hand; never more than the lot.", examples=[32])
    accept: int = Field(description="Up to so many defects pass.", examples=[2])
    reject: int = Field(description="From so many defects the lot is refused.", examples=[3])
    inspect_all: bool = Field(description="Whether every piece is inspected.", examples=[False])


class ClothingPlanOut(BaseModel):
    """The sampling plan of a lot of clothes (ISO 2859-1, single sampling, normal inspection)."""

    object: Literal["sampling_plan"] = Field("sampling_plan", description="Kind of object.", examples=["sampling_plan"])
    lot: int = Field(description="Pieces in the lot.", examples=[200])
    level: Level = Field(description="Inspection level.", examples=["II"])
    pieces: int = Field(description="Pieces to take in hand for all classes together.", examples=[32])
    critical: SamplingPlanOut = Field(description="Any critical defect refuses the lot.")
    major: SamplingPlanOut = Field(description="Major defects.")
    minor: SamplingPlanOut = Field(description="Minor defects.")
