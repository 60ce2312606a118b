"""Short messages to a phone."""

from clothingline.integrations.messaging.port import ConsoleMessenger, GatewayMessenger, Messenger, current, use

__all__ = ["ConsoleMessenger", "GatewayMessenger", "Messenger", "current", "use"]
