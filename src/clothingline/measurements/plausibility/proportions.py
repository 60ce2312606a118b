"""Pairs of measures that grow together: the first in thousandths of the second, from least to most.

The bounds are the ratios of the model bodies of `measurements.csv` and of common body proportions, widened so that a
thin, a heavy and a child's body stay inside (working assumptions, "asumsi"; no value of an Indonesian table is held).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Proportion:
    """`part` must be between `least` and `most` thousandths of `whole`."""

    part: str
    whole: str
    least: int
    most: int

    def fits(self, part: int, whole: int) -> bool:
        """Whether the two can belong to one body."""
        return self.least * whole <= 1000 * part <= self.most * whole


PROPORTIONS: Final = (
    Proportion("waist", "seat", 550, 1150),
    Proportion("waist", "chest", 580, 1200),
    Proportion("underbust", "chest", 700, 1090),
    Proportion("high_bust", "chest", 820, 1130),
    Proportion("bust_front", "chest", 400, 660),
    Proportion("high_bust_front", "high_bust", 380, 680),
    Proportion("hips", "seat", 650, 1100),
    Proportion("seat_back", "seat", 420, 640),
    Proportion("waist_back", "waist", 400, 620),
    Proportion("seat", "chest", 700, 1500),
    Proportion("neck", "chest", 280, 520),
    Proportion("shoulder_to_shoulder", "chest", 310, 600),
    Proportion("back_width", "chest", 270, 520),
    Proportion("bust_span", "chest", 130, 270),
    Proportion("biceps", "chest", 210, 450),
    Proportion("wrist", "biceps", 380, 950),
    Proportion("armscye", "chest", 330, 620),
    Proportion("upper_leg", "seat", 430, 740),
    Proportion("knee", "upper_leg", 480, 880),
    Proportion("ankle", "knee", 420, 900),
    Proportion("heel", "ankle", 950, 1900),
    Proportion("shoulder_to_elbow", "shoulder_to_wrist", 480, 700),
    Proportion("hps_to_bust", "hps_to_waist_front", 450, 850),
    Proportion("hps_to_waist_front", "hps_to_waist_back", 850, 1250),
    Proportion("waist_to_underbust", "hps_to_waist_front", 80, 320),
    Proportion("waist_to_armpit", "hps_to_waist_back", 300, 580),
    Proportion("bust_point_to_underbust", "hps_to_waist_front", 70, 360),
    Proportion("waist_to_hips", "waist_to_seat", 330, 800),
    Proportion("waist_to_seat", "waist_to_floor", 170, 320),
    Proportion("waist_to_knee", "waist_to_floor", 450, 680),
    Proportion("waist_to_upper_leg", "waist_to_floor", 190, 380),
    Proportion("crotch_depth", "waist_to_floor", 190, 380),
    Proportion("inseam", "waist_to_floor", 580, 850),
    Proportion("cross_seam", "seat", 550, 1050),
    Proportion("cross_seam_front", "cross_seam", 380, 600),
    Proportion("shoulder_to_wrist", "height", 280, 410),
    Proportion("shoulder_to_shoulder", "height", 190, 330),
    Proportion("hps_to_waist_back", "height", 200, 330),
    Proportion("inseam", "height", 350, 530),
    Proportion("waist_to_floor", "height", 540, 720),
    Proportion("head", "height", 270, 700),
    Proportion("foot_length", "height", 120, 190),
    Proportion("foot_ball_girth", "foot_length", 750, 1250),
    Proportion("garment_length", "height", 250, 950),
    Proportion("trouser_length", "height", 200, 720),
    Proportion("skirt_length", "height", 150, 720),
)
