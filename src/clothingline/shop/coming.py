"""What happens next with an order that is paid, with the day of each step."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.clock import local_date
from clothingline.orders.models import Order
from clothingline.routing import queries as routes
from clothingline.web.words import later

STEPS = (
    ("cut", later("Kain dipotong, setelah merek, pemasok, dan penjahit menyanggupi.")),
    ("sewn", later("Selesai dijahit dan diperiksa mutunya.")),
    ("promised", later("Sampai di alamat Anda, paling lambat hari ini.")),
)


async def coming(session: AsyncSession, order: Order) -> list[tuple[date, str]]:
    """Day and words of what comes; only the promise where no plan stands at the moment."""
    plan = await routes.find_adopted_plan(session, order.id) or await routes.find_held_plan(session, order.id)
    if plan is None:
        return [(order.promise_on or local_date(order.created_at), STEPS[-1][1])]
    return [(date.fromisoformat(plan.timeline[stage]), words) for stage, words in STEPS]
