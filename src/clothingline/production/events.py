"""What has happened in production."""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.events import Happening


@dataclass(frozen=True)
class JobEvent(Happening):
    """Something about one job."""

    job_id: UUID
    order_id: UUID


class JobMade(JobEvent):
    """A maker's acceptance has become a job."""


class KitReceived(JobEvent):
    """The maker has counted the cut cloth."""


class JobStarted(JobEvent):
    """The maker has begun to sew."""


class JobSubmitted(JobEvent):
    """The maker has handed the pieces to inspection."""


class JobPassed(JobEvent):
    """The pieces have passed inspection."""


class JobReworked(JobEvent):
    """The pieces have failed inspection and go back to the maker."""


class JobHandedOver(JobEvent):
    """The pieces are back at the brand."""


class JobCancelled(JobEvent):
    """The job ended before it began."""


@dataclass(frozen=True)
class ProblemEvent(Happening):
    """Something about what stops a maker."""

    job_id: UUID
    problem_id: UUID


class JobProblemReported(ProblemEvent):
    """The maker cannot go on; the own clock rests."""


class JobProblemAnswered(ProblemEvent):
    """The brand has answered; the job goes on as before."""


@dataclass(frozen=True)
class RunEvent(Happening):
    """Something about one run."""

    run_id: UUID
    order_id: UUID


class RunPlanned(RunEvent):
    """The order is confirmed; its cloth and makers are set aside."""


class RunReleased(RunEvent):
    """The cloth is cut and the kits are on their way."""


class RunPacked(RunEvent):
    """Every job is back at the brand."""


class RunClosed(RunEvent):
    """What the run made has been delivered."""


class RunCancelled(RunEvent):
    """The run ended before its release."""


@dataclass(frozen=True)
class PhotoTaken(Happening):
    """A picture of work was stored."""

    photo_id: UUID
    job_id: UUID


@dataclass(frozen=True)
class InspectionPlanned(Happening):
    """The sampling plan of a submission is frozen."""

    inspection_id: UUID
    job_id: UUID


@dataclass(frozen=True)
class InspectionJudged(Happening):
    """The defects are counted and the verdict is given."""

    inspection_id: UUID
    job_id: UUID


@dataclass(frozen=True)
class MeasurementsRead(Happening):
    """Somebody looked at body measures; without a set at those of a group."""

    job_id: UUID
    measurement_set_id: UUID | None


@dataclass(frozen=True)
class JobMeasureConfirmed(Happening):
    """Who sews or cuts has asked about a measure that was not sure, and knows it now."""

    job_id: UUID
    measurement_set_id: UUID
    measurement: str
