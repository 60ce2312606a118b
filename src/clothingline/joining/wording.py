"""What the questions of the way in are about, in words."""

from collections.abc import Mapping

from clothingline.joining.models import Step
from clothingline.web.words import later

STEPS: Mapping[Step, str] = {
    Step.NAME: later("Nama"),
    Step.PLACE: later("Kota"),
    Step.SKILLS: later("Keahlian"),
    Step.MACHINES: later("Mesin"),
    Step.PIECES: later("Potong per minggu"),
    Step.DAYS: later("Hari kerja"),
    Step.CERTIFICATE: later("Sertifikat"),
    Step.BANK: later("Rekening"),
}
