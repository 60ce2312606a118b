"""What goes into quotes, plans and offers, and comes out of them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from clothingline.garments.chosen import ChosenOption
from clothingline.kit.http.amounts import MoneyOut, idr
from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed
from clothingline.orders.models import Quote
from clothingline.orders.schemas import OrderId, QuoteOut, quote_out
from clothingline.routing.models import Offer, Plan, PlanShare

PlanId = Annotated[UUID, typed("pol")]
OfferId = Annotated[UUID, typed("off")]
TailorId = Annotated[UUID, typed("tlr")]
BrandId = Annotated[UUID, typed("brd")]
LotId = Annotated[UUID, typed("lot")]
Overruling = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=20, max_length=500, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$"),
]
OrganisationId = Annotated[UUID, typed("org")]


class PartOut(BaseModel):
    """One part of a price."""

    code: str = Field(description="What it is for.", examples=["sewing_pay"])
    amount: MoneyOut = Field(description="How much.")


class ShareOut(BaseModel):
    """The pieces that one maker sews."""

    tailor: TailorId = Field(description="Who sews.")
    pieces: int = Field(description="How many.", examples=[12])
    sizes: dict[str, int] = Field(description="By size; empty for one measured piece.", examples=[{"M": 5, "L": 7}])
    pay: MoneyOut = Field(description="Sewing pay with set-up.")
    due_on: date = Field(description="Pieces are back at the brand.", examples=["2026-06-09"])


class PlanOut(BaseModel):
    """Brand, cloth lot and makers for an order, with price and promise."""

    id: PlanId = Field(description="Id.")
    object: Literal["plan"] = Field("plan", description="Kind of object.", examples=["plan"])
    label: str = Field(description="balanced, cheapest, soonest or rerouted.", examples=["balanced"])
    status: str = Field(description="proposed, held, adopted, replaced or released.", examples=["held"])
    price: MoneyOut = Field(description="What the consumer pays in all.")
    breakdown: list[PartOut] = Field(description="Parts that add up to the price.")
    promise_on: date = Field(description="Delivered by then at the latest (P90).", examples=["2026-06-12"])
    usual_on: date = Field(description="Usually delivered by then (P50).", examples=["2026-06-10"])
    timeline: dict[str, date] = Field(description="Date by stage.", examples=[{"cut": "2026-06-02"}])
    brand: BrandId = Field(description="Who answers for the order.")
    lot: LotId = Field(description="The cloth.")
    cloth_cm: int = Field(description="Cloth in all.", examples=[2040])
    shares: list[ShareOut] = Field(description="Who sews how much.")
    round: int = Field(description="Counts re-routings.", examples=[0])


class PricedQuote(BaseModel):
    """A quote with its plans."""

    quote: QuoteOut = Field(description="The quote and how long it stands.")
    order: OrderId = Field(description="The order.")
    plans: list[PlanOut] = Field(description="Up to three; the first is held.")


class CheckoutIn(Input):
    """The plan that the consumer takes."""

    plan: PlanId = Field(description="A plan of the live quote.", examples=["pol_01kt08000000000000000000aa"])


class ExplanationOut(BaseModel):
    """Why this plan, why not another, and what would change it."""

    object: Literal["explanation"] = Field("explanation", description="Kind of object.", examples=["explanation"])
    plan: PlanId = Field(description="The plan.")
    decision: str = Field(description="Always selected.", examples=["selected"])
    cost_idr: int = Field(description="What the engine weighed: price and steering parts.", examples=[2847400])
    parts: list[dict[str, Any]] = Field(
        description="Parts that add up to the cost.", examples=[[{"code": "cloth", "amount": 1380000, "paid": True}]]
    )
    runner_up: dict[str, Any] | None = Field(description="The next best plan and the difference.", examples=[None])
    limits: list[dict[str, Any]] = Field(
        description="How many candidates fail which limit.", examples=[[{"code": "certificate", "count": 4}]]
    )
    makers: list[dict[str, Any]] = Field(
        description="For every maker, of very many for the nearest: chosen, the limit, or what it would cost more."
        " Told to the maker itself and to staff, null to others: credit_idr, what was taken off the cost of a chosen"
        " one because it had been offered less than its share of late; lacks, the skills without a certificate;"
        " opens_idr, the pay of its part in a better plan, had it those certificates.",
        examples=[
            [
                {"tailor": "tlr_…", "chosen": True, "limit": None, "extra_idr": 0, "credit_idr": 12000}
                | {"lacks": [], "opens_idr": 0}
            ]
        ],
    )
    of: int | None = Field(None, description="How many makers there are in all.", examples=[30])
    counterfactuals: list[dict[str, Any]] = Field(
        description="What one change would do to the cost.",
        examples=[[{"change": "due_day", "value": 3, "effect_idr": -18000}]],
    )
    summary: dict[str, str] = Field(description="In a sentence.", examples=[{"id": "Dipilih dari 30 penjahit."}])


class CertificateOut(BaseModel):
    """How far this plan is from the best possible, and what checked it."""

    object: Literal["certificate"] = Field("certificate", description="Kind of object.", examples=["certificate"])
    plan: PlanId = Field(description="The plan.")
    problem_digest: str = Field(description="SHA-256 of the question.", examples=["9f86d081"])
    params_digest: str = Field(description="SHA-256 of the weights.", examples=["60303ae2"])
    digest: str = Field(description="Seals the certificate.", examples=["fd61a03a"])
    cost_idr: int = Field(
        description="Cost of this plan as the engine weighed it: without options, with what only steers.",
        examples=[2847400],
    )
    bound_idr: int = Field(description="No plan for this question can cost less.", examples=[2847400])
    gap_idr: int = Field(
        description="Cost of this plan less bound: what a better plan could save at most.", examples=[0]
    )
    best: dict[str, Any] | None = Field(description="Seats of the best plan.", examples=[None])
    findings: list[str] = Field(description="What the verifier found wrong; empty when it holds.", examples=[[]])
    verified: bool = Field(description="Whether the certificate holds.", examples=[True])


class DeclineIn(Input):
    """Why not; never needed, never held against anybody."""

    reason: Line | None = Field(None, description="In a few words.", examples=["Sedang penuh"])


class PassingOver(Input):
    """Why an officer overrules the engine."""

    reason: Overruling = Field(
        description="In at least twenty letters; it is kept with the offer and in the audit trail.",
        examples=["Mesin obras bengkel ini rusak sejak kemarin, kata pendamping"],
    )
    instead: TailorId | None = Field(
        None, description="Whom to ask in the place of a tailor; null = whom the engine chooses.", examples=[None]
    )


class OfferOut(BaseModel):
    """What a party is asked."""

    id: OfferId = Field(description="Id.")
    object: Literal["offer"] = Field("offer", description="Kind of object.", examples=["offer"])
    order: OrderId = Field(description="The order.")
    kind: str = Field(description="brand, supplier or tailor.", examples=["tailor"])
    organisation: OrganisationId = Field(description="Who is asked.")
    status: str = Field(description="sent, seen, accepted, declined, withdrawn or expired.", examples=["sent"])
    garment: str = Field(description="What is made.", examples=["Kemeja batik"])
    brand_name: str = Field(description="Who answers for the order.", examples=["Batik Trusmi Jaya"])
    town: str = Field(description="Where the brand is.", examples=["Kota Bandung"])
    pieces: int = Field(description="How many.", examples=[12])
    sizes: dict[str, int] = Field(description="By size.", examples=[{"M": 5, "L": 7}])
    colour: str = Field(description="Colour of the cloth.", examples=["navy"])
    options: list[ChosenOption] = Field(
        description="What was chosen of the design, free and paid options; not told to suppliers. A text that somebody"
        " wrote is told to the brand, and to a maker with the job."
    )
    pay: MoneyOut = Field(description="What is paid for it.")
    pay_per_hour: MoneyOut | None = Field(description="For tailors: by standard hour.", examples=[None])
    due_on: date = Field(description="Done and back by then.", examples=["2026-06-09"])
    answer_by: datetime = Field(description="The offer ends then.", examples=["2026-06-02T08:00:00+07:00"])
    undo_until: datetime | None = Field(description="An acceptance may be taken back until then.", examples=[None])
    why: str | None = Field(description="Why this party.", examples=["Terpilih: sertifikat aktif, waktu cukup."])


def plan_out(plan: Plan) -> PlanOut:
    """Wire form of a plan; only the parts that somebody pays are shown as the price."""
    return PlanOut(
        id=plan.id,
        label=plan.label,
        status=plan.state,
        price=idr(plan.price_idr),
        breakdown=[PartOut(code=part["code"], amount=idr(part["amount"])) for part in plan.parts if part["paid"]],
        promise_on=plan.promise_on,
        usual_on=plan.usual_on,
        timeline={stage: date.fromisoformat(day) for stage, day in plan.timeline.items()},
        brand=plan.brand_id,
        lot=plan.lot_id,
        cloth_cm=plan.cloth_cm,
        shares=[_share_out(share) for share in plan.shares],
        round=plan.round,
    )


def _share_out(share: PlanShare) -> ShareOut:
    return ShareOut(
        tailor=share.tailor_id, pieces=share.pieces, sizes=share.sizes, pay=idr(share.pay_idr), due_on=share.due_on
    )


def priced(order_id: Any, quote: Quote, plans: list[Plan]) -> PricedQuote:
    """Wire form of a quote with its plans."""
    return PricedQuote(quote=quote_out(quote), order=order_id, plans=[plan_out(plan) for plan in plans])


class Card(BaseModel):
    """What an offer says about its order, read together with it."""

    garment: str
    garment_type: str
    brand_name: str
    town: str
    standard_seconds: int
    colour: str
    options: list[ChosenOption]
    cut_on: date | None
    metres: int | None
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in a row."""
        return " ".join(self.reasons)

    def hourly_idr(self, offer: Offer) -> int:
        """What an hour of the standard sewing time pays, in whole rupiah."""
        return offer.pay_idr * 3600 // (self.standard_seconds * offer.pieces)


def offer_out(offer: Offer, card: Card, undo_until: datetime | None) -> OfferOut:
    """Wire form of an offer."""
    return OfferOut(
        id=offer.id,
        order=offer.order_id,
        kind=offer.kind,
        organisation=offer.organisation_id,
        status=offer.state,
        garment=card.garment,
        brand_name=card.brand_name,
        town=card.town,
        pieces=offer.pieces,
        sizes=offer.sizes,
        colour=card.colour,
        options=card.options,
        pay=idr(offer.pay_idr),
        pay_per_hour=idr(card.hourly_idr(offer)) if offer.kind == "tailor" else None,
        due_on=offer.due_on,
        answer_by=offer.expires_at,
        undo_until=undo_until,
        why=card.why,
    )
