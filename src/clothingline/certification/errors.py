"""What certification refuses."""

from clothingline.kit.errors import Conflict, NotFound
from clothingline.kit.wording import name_states

name_states(
    {
        "needs_photo": "menunggu foto",
        "uploaded": "menunggu pemeriksaan",
        "waiting": "menunggu pemeriksaan",
    }
)


class CertificateNotFound(NotFound):
    """Sertifikat ini tidak ditemukan. Periksa kembali tautan atau nomornya.

    en: This certificate was not found. Check the link or the number.
    """


class WorkshopNotFound(NotFound):
    """Bengkel ini tidak ditemukan. Sebutkan bengkel Anda sendiri.

    en: This workshop was not found. Name a workshop of your own.
    """


class NumberTaken(Conflict):
    """Nomor sertifikat ini sudah diajukan. Periksa {number}, atau hubungi petugas bila nomor ini milik Anda.

    en: This certificate number has been claimed already. Check {number}, or tell an officer if it is yours.
    """


class CertificateNotWaiting(Conflict):
    """Sertifikat ini tidak menunggu pemeriksaan. Keadaannya {state}; muat ulang daftar.

    en: This certificate does not wait for verification. It is {state}; reload the list.
    """


class CertificateNotActive(Conflict):
    """Sertifikat ini tidak sedang berlaku. Keadaannya {state}; muat ulang daftar.

    en: This certificate is not in force. It is {state}; reload the list.
    """


class CertificateOver(Conflict):
    """Masa berlaku sertifikat ini sudah lewat. Hari terakhirnya {valid_until}; tolak, dan minta yang baru.

    en: This certificate has ended. Its last day was {valid_until}; refuse it and ask for a new one.
    """


class LongerCertificateActive(Conflict):
    """Sertifikat lain untuk skema ini berlaku sama lama atau lebih. Yang itu sampai {valid_until}; tolak yang ini.

    en: Another certificate of this scheme holds as long or longer. That one ends on {valid_until}; refuse this one.
    """


class ShownNotFound(NotFound):
    """Foto sertifikat ini tidak ditemukan. Periksa kembali tautan atau nomornya.

    en: This photo of a certificate was not found. Check the link or the number.
    """


class ShownNotWaiting(Conflict):
    """Foto sertifikat ini sudah dijawab. Keadaannya {state}; muat ulang daftar.

    en: These photos of a certificate have been answered. They are {state}; reload the list.
    """
