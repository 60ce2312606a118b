"""The HTTP edge of production."""

from clothingline.production.routes import inspections, jobs, photos, runs
from clothingline.production.routes.street import router

__all__ = ["inspections", "jobs", "photos", "router", "runs"]
