"""Messages to a browser that is closed."""

from clothingline.integrations.push.port import Kept, Pusher, Target, current, use
from clothingline.integrations.push.web_push import WebPusher

__all__ = ["Kept", "Pusher", "Target", "WebPusher", "current", "use"]
