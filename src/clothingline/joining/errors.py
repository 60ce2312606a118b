"""What the way in refuses."""

from collections.abc import Iterable

from clothingline.joining.models import Step
from clothingline.joining.wording import STEPS
from clothingline.kit.errors import Conflict, NotFound, message
from clothingline.kit.wording import name_states
from clothingline.web.words import translations

name_states(
    {
        "applied": "menunggu petugas",
        "admitted": "sudah diterima",
    }
)


class ApplicationNotFound(NotFound):
    """Pendaftaran ini tidak ditemukan. Mulai dari halaman daftar.

    en: This application was not found. Begin on the sign-up page.
    """


class SewsAlready(Conflict):
    """Anda sudah terdaftar sebagai penjahit. Buka halaman Hari ini.

    en: You are registered as a tailor already. Open the page Today.
    """


class ApplicationClosed(Conflict):
    """Pendaftaran ini tidak bisa diubah lagi. Keadaannya {state}; lihat halaman Saya.

    en: This application can no longer be changed. It is {state}; see your own page.
    """


class ApplicationIncomplete(Conflict):
    """Pendaftaran belum lengkap. Isi dulu: {missing}.

    en: The application is not complete. Answer first: {missing}.
    """

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = [step for step in Step if step in set(steps)]
        super().__init__(missing=", ".join(self.steps))

    def detail(self, language: str) -> str:
        """The questions by their names, as they stand on the pages."""
        named = ", ".join(translations(language).gettext(STEPS[step]) for step in self.steps)
        return " ".join(message(type(self), language)).format(missing=named)
