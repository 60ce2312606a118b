"""Whether measures can be those of one body: hard limits refuse, soft doubts ask to measure again. Pure."""

from clothingline.measurements.plausibility.doubting import Doubt, doubts
from clothingline.measurements.plausibility.limits import check_limit, check_limits, hard_limits, usual_range

__all__ = ["Doubt", "check_limit", "check_limits", "doubts", "hard_limits", "usual_range"]
