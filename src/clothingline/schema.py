"""Every table of the package, for migrations and for teaching the database its machines."""

from clothingline.accounts import models as accounts
from clothingline.aftersales import models as aftersales
from clothingline.brands import models as brands
from clothingline.certification import models as certification
from clothingline.earnings import models as earnings
from clothingline.fulfilment import models as fulfilment
from clothingline.garments import models as garments
from clothingline.joining import models as joining
from clothingline.kit.alarms import Alarm
from clothingline.kit.db import Base
from clothingline.kit.dead_jobs import JobDecision
from clothingline.kit.events import Event
from clothingline.kit.heartbeats import Heartbeat
from clothingline.kit.http.idempotency import IdempotencyKey
from clothingline.kit.jobs import JobFailure
from clothingline.kit.pace import Paced
from clothingline.kit.states import StateTransition
from clothingline.ledger import models as ledger
from clothingline.materials import models as materials
from clothingline.measurements import models as measurements
from clothingline.notices import models as notices
from clothingline.orders import models as orders
from clothingline.papers import models as papers
from clothingline.payments import models as payments
from clothingline.payouts import models as payouts
from clothingline.production import models as production
from clothingline.reconciliation import models as reconciliation
from clothingline.reference import models as reference
from clothingline.routing import models as routing
from clothingline.sentra import models as sentra
from clothingline.suppliers import models as suppliers
from clothingline.tailors import models as tailors
from clothingline.taxes import models as taxes
from clothingline.tracking import models as tracking
from clothingline.wearers import models as wearers

HOUSES = (
    reference,
    accounts,
    certification,
    sentra,
    tailors,
    suppliers,
    brands,
    materials,
    measurements,
    garments,
    orders,
    routing,
    production,
    fulfilment,
    ledger,
    earnings,
    payments,
    notices,
    taxes,
    papers,
    payouts,
    reconciliation,
    joining,
    tracking,
    wearers,
    aftersales,
)
GROUND = (Alarm, Event, Heartbeat, IdempotencyKey, JobDecision, JobFailure, Paced, StateTransition)
METADATA = Base.metadata
