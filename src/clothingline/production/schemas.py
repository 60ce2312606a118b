"""What goes into production and comes out of it."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from clothingline.garments.chosen import ChosenOption
from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.http.plain import Input, Words
from clothingline.kit.ids import typed

RunId = Annotated[UUID, typed("run")]
JobId = Annotated[UUID, typed("job")]
OrderId = Annotated[UUID, typed("ord")]
PhotoId = Annotated[UUID, typed("pho")]
InspectionId = Annotated[UUID, typed("ins")]
BrandId = Annotated[UUID, typed("brd")]
TailorId = Annotated[UUID, typed("tlr")]

JobState = Literal[
    "accepted",
    "ready",
    "in_progress",
    "blocked",
    "submitted",
    "passed",
    "rework",
    "handed_over",
    "cancelled",
]
RunState = Literal["materials_reserved", "released", "packed", "closed", "cancelled"]
ProblemKind = Literal["question", "cloth", "machine", "illness"]
Level = Literal["I", "II", "III", "S-1", "S-2", "S-3", "S-4"]
Note = Annotated[Words, Field(min_length=3, max_length=500)]
Defects = Annotated[int, Field(ge=0, le=10_000, strict=True)]
Count = Annotated[int, Field(ge=0, le=100_000, strict=True)]


def _plausible(instant: datetime) -> datetime:
    if not datetime(2020, 1, 1, tzinfo=UTC) <= instant < datetime(2100, 1, 1, tzinfo=UTC):
        raise ValueError("Jam perangkat tidak masuk akal. (The device's clock is not plausible.)")
    return instant


Captured = Annotated[AwareDatetime, AfterValidator(_plausible)]


class KitReceipt(Input):
    """What the maker counted in the kit."""

    pieces: Count = Field(description="Cut pieces in the kit; fewer than planned is a problem.", examples=[12])


class SubmissionCreate(Input):
    """Pieces that go to inspection."""

    good: Annotated[int, Field(ge=1, le=100_000, strict=True)] = Field(description="Good pieces.", examples=[12])
    faulty: Count = Field(0, description="Pieces that the maker knows to be faulty.", examples=[0])
    photos: list[PhotoId] = Field(
        min_length=1, max_length=20, description="Photos of this job.", examples=[["pho_01kt08000000000000000000aa"]]
    )
    note: Words | None = Field(None, description="What the inspector should know.", examples=["Kancing cadangan ikut."])


class ProblemCreate(Input):
    """What stops the maker."""

    kind: ProblemKind = Field(description="Kind of problem.", examples=["cloth"])
    note: Note = Field(description="What is the matter.", examples=["Kain kurang 40 cm untuk kerah."])


class ProblemAnswer(Input):
    """The brand's answer."""

    answer: Note = Field(description="What to do.", examples=["Pakai kain cadangan di bungkusan biru."])


class InspectionCreate(Input):
    """How closely to look."""

    level: Level = Field("II", description="Inspection level of ISO 2859-1.", examples=["II"])


class Verdict(Input):
    """Defects that were found in the sample, by class."""

    critical: Defects = Field(description="Defects that may hurt somebody.", examples=[0])
    major: Defects = Field(description="Defects that make the garment unfit for use.", examples=[0])
    minor: Defects = Field(description="Small flaws.", examples=[1])
    reason: Note | None = Field(None, description="Needed to fail.", examples=["Jahitan kerah loncat."])


class StepOut(BaseModel):
    """One step of a job."""

    code: str = Field(description="Stable word for machines.", examples=["submit"])
    words_id: str = Field(description="In Indonesian.", examples=["Foto dan kirim untuk diperiksa"])
    words_en: str = Field(description="In English.", examples=["Photograph and hand in for inspection"])


class StepDone(StepOut):
    """One step of a job and whether it is done."""

    done: bool = Field(description="Whether it is done.", examples=[False])


class ProblemOut(BaseModel):
    """A problem that waits for an answer."""

    kind: ProblemKind = Field(description="Kind of problem.", examples=["cloth"])
    note: str = Field(description="What is the matter.", examples=["Kain kurang 40 cm untuk kerah."])
    reported_at: datetime = Field(description="Reported at.", examples=["2026-06-02T08:00:00+07:00"])


class JobOut(BaseModel):
    """A job's card: work, pay and the next step. It never says who ordered."""

    id: JobId = Field(description="Id.")
    object: Literal["job"] = Field("job", description="Kind of object.", examples=["job"])
    run: RunId | None = Field(description="Its run, once the order is confirmed.")
    order_code: str = Field(description="Number to name on the telephone.", examples=["CL-2611-0042"])
    state: JobState = Field(description="Where it stands.", examples=["in_progress"])
    brand: BrandId = Field(description="Whose order it is.")
    brand_name: str = Field(description="Name of the brand.", examples=["Busana Melati"])
    town: str = Field(description="Where the brand is.", examples=["Kota Tangerang"])
    tailor: TailorId = Field(description="The maker.")
    tailor_name: str = Field(description="Who sews.", examples=["Penjahit Siti"])
    garment: str = Field(description="Name of the design.", examples=["Kemeja Kerja"])
    garment_type: str = Field(description="Kind of garment.", examples=["kemeja"])
    made_to_measure: bool = Field(description="Whether it is sewn to a body's measures.", examples=[False])
    pieces: int = Field(description="Pieces to sew.", examples=[12])
    sizes: dict[str, int] = Field(description="Pieces by size.", examples=[{"M": 5, "L": 7}])
    colour: str = Field(description="Colour of the cloth.", examples=["navy"])
    options: list[ChosenOption] = Field(description="What was chosen of the design, free and paid options.")
    pay: MoneyOut = Field(description="Pay for the whole job.")
    due_on: date = Field(description="Last day.", examples=["2026-06-12"])
    kit_sent_at: datetime | None = Field(description="When the brand sent the kit.", examples=[None])
    kit_pieces: int | None = Field(description="Pieces that the maker counted in it.", examples=[None])
    good: int | None = Field(description="Good pieces by the last submission.", examples=[None])
    faulty: int | None = Field(description="Faulty pieces by the last submission.", examples=[None])
    steps: list[StepDone] = Field(description="All steps in order.")
    next: StepOut | None = Field(description="What comes next.")
    problem: ProblemOut | None = Field(description="What it waits for, while blocked.")


class DefectClass(BaseModel):
    """Numbers of one class of defects, frozen before anybody counted."""

    defect: Literal["critical", "major", "minor"] = Field(description="Class.", examples=["major"])
    aql: str = Field(description="Acceptance quality limit.", examples=["2.5"])
    sample_size: int = Field(description="Pieces to look at for this class.", examples=[32])
    accept: int = Field(description="Up to so many defects pass.", examples=[2])
    reject: int = Field(description="From so many defects on the lot fails.", examples=[3])


class InspectionOut(BaseModel):
    """A check and, once it is judged, its verdict."""

    id: InspectionId = Field(description="Id.")
    object: Literal["inspection"] = Field("inspection", description="Kind of object.", examples=["inspection"])
    job: JobId = Field(description="Its job.")
    state: Literal["planned", "passed", "failed"] = Field(description="Verdict.", examples=["planned"])
    lot_size: int = Field(description="Pieces in the lot.", examples=[240])
    level: str = Field(description="Inspection level.", examples=["II"])
    sample_size: int = Field(description="Pieces to take in hand.", examples=[32])
    inspect_all: bool = Field(description="Whether that is the whole lot.", examples=[False])
    classes: list[DefectClass] = Field(description="Numbers by class of defects.")
    found: dict[str, int] | None = Field(description="Defects found by class.", examples=[None])
    reason: str | None = Field(description="Why it failed.", examples=[None])
    created_at: datetime = Field(description="Planned at.", examples=["2026-06-02T08:00:00+07:00"])
    judged_at: datetime | None = Field(description="Judged at.", examples=[None])


class JobDetail(JobOut):
    """A job with its photos and checks."""

    photos: list[PhotoId] = Field(description="Photos, oldest first.")
    inspections: list[InspectionOut] = Field(description="Checks, newest first.")


class MeasureOut(BaseModel):
    """One measure."""

    measurement: str = Field(description="Which one.", examples=["chest"])
    name_id: str = Field(description="In Indonesian.", examples=["Lingkar dada"])
    name_en: str = Field(description="In English.", examples=["Chest"])
    value: int | None = Field(description="In whole units; null: not known yet.", examples=[940])
    unit: Literal["mm", "tenth_deg", "g"] = Field(description="Unit of the value.", examples=["mm"])
    unconfirmed: bool = Field(description="Whether it must be asked about before the cut.", examples=[False])


class MeasureConfirm(Input):
    """A measure that was not sure, after asking."""

    measurement: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Which one.", examples=["chest"])
    value: int | None = Field(
        None, ge=0, le=1_000_000, strict=True, description="In whole units; null: as it stands.", examples=[940]
    )


class BodyOut(BaseModel):
    """The measures of one body."""

    pseudonym: str = Field(description="What to call the person.", examples=["Nomor 7"])
    erased: bool = Field(description="Whether the person has had the measures erased.", examples=[False])
    measures: list[MeasureOut] = Field(description="In the order of the garment's pattern.")


class JobMeasurements(BaseModel):
    """The measures that this garment needs, under a name that says nothing; of each body that the job is sewn for."""

    job: JobId = Field(description="The job.")
    pseudonym: str | None = Field(description="What to call the only person.", examples=["Pemesan 7F3K"])
    garment_type: str | None = Field(description="Kind of garment.", examples=["kemeja"])
    measures: list[MeasureOut] = Field(description="Those of the only person, in the order of the garment's pattern.")
    bodies: list[BodyOut] = Field(description="Everybody whose body counts; several in the order of a group.")


class PhotoOut(BaseModel):
    """A stored photo; its bytes are at `/v1/photos/{id}`."""

    id: PhotoId = Field(description="Id.")
    object: Literal["photo"] = Field("photo", description="Kind of object.", examples=["photo"])
    job: JobId = Field(description="Its job.")
    width: int = Field(description="Pixels.", examples=[1200])
    height: int = Field(description="Pixels.", examples=[1600])
    size: int = Field(description="Bytes.", examples=[148000])
    created_at: datetime = Field(description="Stored at.", examples=["2026-06-02T08:00:00+07:00"])


class RunOut(BaseModel):
    """A brand's production of one order."""

    id: RunId = Field(description="Id.")
    object: Literal["run"] = Field("run", description="Kind of object.", examples=["run"])
    order: OrderId = Field(description="Its order.")
    order_code: str = Field(description="Number of the order.", examples=["CL-2611-0042"])
    state: RunState = Field(description="Where it stands.", examples=["released"])
    pieces: int = Field(description="Pieces of the order.", examples=[12])
    released_at: datetime | None = Field(description="When the cloth was cut.", examples=[None])
    created_at: datetime = Field(description="Since.", examples=["2026-06-02T08:00:00+07:00"])


class RunDetail(RunOut):
    """A run with its jobs and the dates that the plan promised."""

    jobs: list[JobOut] = Field(description="Jobs of the makers.")
    timeline: dict[str, object] = Field(description="Dates by stage.", examples=[{"cut": "2026-06-03"}])
