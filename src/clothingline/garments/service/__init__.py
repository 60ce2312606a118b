"""What brands do with designs and size charts."""

from clothingline.garments.service.charting import add_size_chart
from clothingline.garments.service.designing import Draft, acting_brand, draft_design, publish_design, withdraw_design

__all__ = ["Draft", "acting_brand", "add_size_chart", "draft_design", "publish_design", "withdraw_design"]
