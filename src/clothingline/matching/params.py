"""The weights of the engine: a named, versioned set of whole numbers."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Params:
    """Weights and rules; every number is whole and not negative (ValueError otherwise).

    Promise: the days of a plan already hold the slack of each stage, so the delivery day is the P90 day (what is
    promised, never after the due day); the P50 day is the delivery day without the slack.
    Lateness: an order that is delivered fewer than `cushion_days` before its due day pays, for each piece and each
    missing day, `lateness_idr_per_day`. It only steers.
    """

    name: str = "pilot-2"
    set_up_idr: int = 12_000
    """Paid to each maker of a plan for setting up, in rupiah."""
    transport_base_idr: int = 5_000
    """Each leg, in rupiah; a maker's share has two legs (kits out, pieces back)."""
    transport_idr_per_km: int = 400
    """Each kilometre of road on a leg, in rupiah."""
    detour_permille: int = 1_300
    """Road metres for 1,000 straight metres."""
    transit_per_day_m: int = 150_000
    """Road metres that a parcel travels in a day; every leg takes 1 + metres // this days."""
    defect_cost_idr: int = 60_000
    """Expected cost of one defective piece, in rupiah."""
    lateness_idr_per_day: int = 1_000
    """For each piece and each day by which the cushion is missed, in rupiah."""
    cushion_days: int = 3
    """Days before the due day at which lateness begins to be a risk."""
    fairness_permille: int = 500
    """The credit of a maker that is wholly behind its share: this part of its sewing pay (decision 18)."""
    slack_cut_days: int = 0
    slack_sew_days: int = 1
    slack_ship_days: int = 1
    """Days of slack inside the timeline after cutting, after sewing, and before delivery."""
    cut_wait_weeks: int = 1
    """A brand that is full may hold the cloth for this many weeks before it cuts."""
    seed: int = 20_260_101
    """Seed of the local search of `route`."""

    def __post_init__(self) -> None:
        """Raise ValueError when a weight is not a whole number that is zero or more."""
        for name, value in asdict(self).items():
            if name != "name" and (type(value) is not int or value < 0):
                raise ValueError(f"params.{name}: must be a whole number of zero or more, is {value!r}")
        if self.fairness_permille > 1_000 or self.transit_per_day_m < 1:
            raise ValueError("params: fairness_permille is at most 1,000 and transit_per_day_m at least 1")

    @property
    def weights(self) -> tuple[int, ...]:
        """What the cost and the days of a plan depend on, in the order in which a question holds it."""
        return (
            self.set_up_idr,
            self.transport_base_idr,
            self.transport_idr_per_km,
            self.detour_permille,
            self.transit_per_day_m,
            self.defect_cost_idr,
            self.lateness_idr_per_day,
            self.cushion_days,
            self.fairness_permille,
            self.slack_cut_days,
            self.slack_sew_days,
            self.slack_ship_days,
            self.cut_wait_weeks,
        )

    @property
    def slack_days(self) -> int:
        """All slack of a timeline: the distance from the P50 day to the P90 day."""
        return self.slack_cut_days + self.slack_sew_days + self.slack_ship_days

    def digest(self) -> str:
        """The sha256 of all weights by name, in hexadecimal."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()
