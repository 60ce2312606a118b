"""What the way in refuses."""

from clothingline.kit.errors import Conflict, NotFound


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
