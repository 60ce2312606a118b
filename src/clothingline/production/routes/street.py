"""The one router of production."""

from clothingline.kit.http.route import api_router

router = api_router()
