"""What goes into garments and comes out of them."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Query
from pydantic import BaseModel, Field

from clothingline.garments.models import Design, SizeChart
from clothingline.garments.options import Option, read
from clothingline.kit.http.plain import Input, Line, Words
from clothingline.kit.ids import typed
from clothingline.materials.schemas import ClothClass
from clothingline.reference import facts

DesignId = Annotated[UUID, typed("dsg")]
SizeChartId = Annotated[UUID, typed("szc")]
BrandId = Annotated[UUID, typed("brd")]

SLUG = r"^[a-z0-9][a-z0-9_-]{0,79}$"
DesignRef = Annotated[str, Path(pattern=SLUG, description="Id or slug of the design.", examples=["kemeja-kerja"])]
BrandRef = Annotated[
    str | None, Query(pattern=SLUG, description="Only of this brand: its id or slug.", examples=["batik-sari"])
]


class Label(BaseModel):
    """A word of the trade with its labels."""

    code: str = Field(description="Word for machines.", examples=["obras"])
    label_id: str = Field(description="Label in Indonesian.", examples=["Mengobras"])
    label_en: str = Field(description="Label in English.", examples=["Overlocking"])


class GarmentTypeOut(BaseModel):
    """A kind of garment: what it takes, and how far each figure can be trusted."""

    object: Literal["garment_type"] = Field("garment_type", description="Kind of object.", examples=["garment_type"])
    code: str = Field(description="Word for machines.", examples=["kemeja"])
    label_id: str = Field(description="Label in Indonesian.", examples=["Kemeja"])
    label_en: str = Field(description="Label in English.", examples=["Shirt"])
    family: Label = Field(description="Family of garments.")
    cloth_class: Label = Field(description="Usual kind of cloth.")
    cloth_cm: int | None = Field(description="Cloth of one piece at 150 cm, without waste.", examples=[160])
    cloth_status: str | None = Field(description="verified, partial or assumed.", examples=["partial"])
    standard_seconds: int = Field(description="Standard time in series.", examples=[1320])
    standard_status: str = Field(description="verified, partial or assumed.", examples=["verified"])
    skills: list[Label] = Field(description="Skills that must be certified.")
    optional_skills: list[Label] = Field(description="Skills that a design may ask for.")
    machines: list[Label] = Field(description="Machines that are needed.")
    measurements: list[Label] = Field(description="Measures that a maker needs.")

    @classmethod
    def of(cls, kind: facts.GarmentType) -> "GarmentTypeOut":
        """Wire form."""
        return cls(
            code=kind.slug,
            label_id=kind.name_id,
            label_en=kind.name_en,
            family=_word(facts.FAMILY_WORDS[kind.family]),
            cloth_class=_word(facts.FABRIC_CLASS_WORDS[kind.fabric_class]),
            cloth_cm=kind.consumption_at_150_cm,
            cloth_status=kind.consumption_status,
            standard_seconds=kind.standard_seconds,
            standard_status=kind.smv_status,
            skills=[_skill(code) for code in kind.skills],
            optional_skills=[_skill(code) for code in kind.optional_skills],
            machines=[_word(facts.MACHINE_WORDS[code]) for code in kind.machines],
            measurements=[_measure(code) for code in kind.measurements],
        )


def _word(word: facts.Word) -> Label:
    return Label(code=word.slug, label_id=word.name_id, label_en=word.name_en)


def _skill(code: str) -> Label:
    skill = facts.skills()[code]
    return Label(code=code, label_id=skill.title_id, label_en=skill.title_en)


def _measure(code: str) -> Label:
    measure = facts.measurements()[code]
    return Label(code=code, label_id=measure.name_id, label_en=measure.name_en)


class SizeRow(BaseModel):
    """One measure of one size."""

    size: str = Field(description="Size.", examples=["M"])
    measurement: str = Field(description="Which measure.", examples=["chest"])
    min_mm: int = Field(description="From, in millimetres.", examples=[900])
    max_mm: int = Field(description="To, in millimetres.", examples=[960])


class SizeChartOut(BaseModel):
    """A chart of sizes of one brand; sizes differ from brand to brand."""

    id: SizeChartId = Field(description="Id.")
    object: Literal["size_chart"] = Field("size_chart", description="Kind of object.", examples=["size_chart"])
    brand: BrandId | None = Field(description="Whose; null for an example.", examples=[None])
    slug: str = Field(description="Its name in addresses.", examples=["busana-melati-dewasa"])
    name: str = Field(description="Its name.", examples=["Ukuran dewasa"])
    sex: str = Field(description="F, M or U (for all).", examples=["F"])
    basis: str = Field(description="Measures of the body or of the garment.", examples=["body"])
    sizes: list[str] = Field(description="From small to large.", examples=[["S", "M", "L"]])
    rows: list[SizeRow] = Field(description="Measures by size.")
    source: str = Field(description="Where the figures come from.", examples=["busana-melati.example"])

    @classmethod
    def of(cls, chart: SizeChart) -> "SizeChartOut":
        """Wire form."""
        return cls(
            id=chart.id,
            brand=chart.brand_id,
            slug=chart.slug,
            name=chart.name,
            sex=chart.sex,
            basis=chart.basis,
            sizes=chart.sizes,
            rows=[SizeRow.model_validate(row) for row in chart.rows],
            source=chart.source,
        )


@dataclass(frozen=True)
class DesignFilter:
    """What a list of designs may be narrowed to."""

    garment_type: Annotated[
        str | None, Query(pattern=SLUG, description="Only this kind of garment.", examples=["kemeja"])
    ] = None
    brand: BrandRef = None
    text: Annotated[Line | None, Query(description="Words in name or description.", examples=["batik"])] = None


class DesignCreate(Input):
    """A design; what is left out is taken from the garment type."""

    brand: BrandId | None = Field(
        None, description="Whose; needed only by who acts for several brands.", examples=[None]
    )
    name: Line = Field(description="Its name.", examples=["Kemeja Kerja Melati"])
    slug: str | None = Field(None, pattern=SLUG, description="Its name in addresses; null makes one.", examples=[None])
    description: Words = Field("", description="What it is like.", examples=["Kemeja lengan panjang untuk bekerja."])
    garment_type: str = Field(pattern=SLUG, description="Kind of garment.", examples=["kemeja"])
    cloth_class: ClothClass | None = Field(None, description="Kind of cloth.", examples=["woven_light"])
    cloth_width_cm: int = Field(150, ge=50, le=400, strict=True, description="Width of the cloth.", examples=[150])
    cloth_cm: int | None = Field(
        None, ge=1, le=5_000, strict=True, description="Cloth of one piece, without waste.", examples=[160]
    )
    standard_seconds: int | None = Field(
        None, ge=1, le=360_000, strict=True, description="Standard time in series.", examples=[1320]
    )
    colours: list[Line] = Field(
        default=[], max_length=30, description="Colours on offer; empty = any.", examples=[["putih", "navy"]]
    )
    options: list[Option] = Field(default=[], max_length=20, description="What may be chosen.")
    size_chart: SizeChartId | None = Field(None, description="Sizes on sale.", examples=[None])
    made_to_measure: bool = Field(True, strict=True, description="Whether sold by body measures.", examples=[True])
    open_to_brands: bool = Field(False, strict=True, description="Whether other brands may make it.", examples=[False])


class DesignOut(BaseModel):
    """A design."""

    id: DesignId = Field(description="Id.")
    object: Literal["design"] = Field("design", description="Kind of object.", examples=["design"])
    brand: BrandId = Field(description="Whose.")
    slug: str = Field(description="Its name in addresses.", examples=["kemeja-kerja-melati"])
    status: str = Field(description="draft, published or withdrawn.", examples=["published"])
    version: int = Field(description="Grows with every change.", examples=[1])
    name: str = Field(description="Its name.", examples=["Kemeja Kerja Melati"])
    description: str = Field(description="What it is like.", examples=["Kemeja lengan panjang untuk bekerja."])
    garment_type: str = Field(description="Kind of garment.", examples=["kemeja"])
    cloth_class: str = Field(description="Kind of cloth.", examples=["woven_light"])
    cloth_width_cm: int = Field(description="Width of the cloth.", examples=[150])
    cloth_cm: int = Field(description="Cloth of one piece, without waste.", examples=[160])
    standard_seconds: int = Field(description="Standard time in series.", examples=[1320])
    colours: list[str] = Field(description="Colours on offer; empty = any.", examples=[["putih", "navy"]])
    options: list[Option] = Field(description="What may be chosen.")
    size_chart: SizeChartId | None = Field(description="Sizes on sale.", examples=[None])
    made_to_measure: bool = Field(description="Whether sold by body measures.", examples=[True])
    open_to_brands: bool = Field(description="Whether other brands may make it.", examples=[False])

    @classmethod
    def of(cls, design: Design) -> "DesignOut":
        """Wire form."""
        return cls(
            id=design.id,
            brand=design.brand_id,
            slug=design.slug,
            status=design.state,
            version=design.version,
            name=design.name,
            description=design.description,
            garment_type=design.garment_type,
            cloth_class=design.cloth_class,
            cloth_width_cm=design.cloth_width_cm,
            cloth_cm=design.cloth_cm,
            standard_seconds=design.standard_seconds,
            colours=design.colours,
            options=read(design.options),
            size_chart=design.size_chart_id,
            made_to_measure=design.made_to_measure,
            open_to_brands=design.open_to_brands,
        )
