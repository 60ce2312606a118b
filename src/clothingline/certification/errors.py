"""What certification refuses."""

from clothingline.kit.errors import Conflict, NotFound


class CertificateNotFound(NotFound):
    """Sertifikat ini tidak ditemukan. Periksa kembali tautan atau nomornya.

    en: This certificate was not found. Check the link or the number.
    """


class WorkshopNotFound(NotFound):
    """Bengkel ini tidak ditemukan. Sebutkan bengkel Anda sendiri.

    en: This workshop was not found. Name a workshop of your own.
    """


class NumberTaken(Conflict):
    """Nomor sertifikat {number} sudah diajukan. Periksa nomornya, atau hubungi petugas bila nomor ini milik Anda.

    en: The certificate number {number} has been claimed already. Check it, or tell an officer if it is yours.
    """


class CertificateNotWaiting(Conflict):
    """Sertifikat ini tidak menunggu pemeriksaan; keadaannya {state}. Muat ulang daftar.

    en: This certificate does not wait for verification; it is {state}. Reload the list.
    """


class CertificateNotActive(Conflict):
    """Sertifikat ini tidak sedang berlaku; keadaannya {state}. Muat ulang daftar.

    en: This certificate is not in force; it is {state}. Reload the list.
    """


class CertificateOver(Conflict):
    """Masa berlaku sertifikat ini sudah lewat pada {valid_until}. Tolak, dan minta sertifikat yang baru.

    en: This certificate ended on {valid_until}. Refuse it and ask for a new one.
    """


class LongerCertificateActive(Conflict):
    """Sertifikat lain untuk skema ini berlaku lebih lama, sampai {valid_until}. Tolak yang ini.

    en: Another certificate of this scheme holds longer, until {valid_until}. Refuse this one.
    """
