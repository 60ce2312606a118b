"""What measurements refuse."""

from clothingline.kit.errors import Conflict, Gone, NotAllowed, NotFound


class PersonUnknown(NotFound):
    """Orang ini tidak ditemukan di antara orang yang Anda ukur. Muat ulang daftarnya.

    en: This person was not found among those you measure. Reload the list.
    """


class MeasurementSetUnknown(NotFound):
    """Ukuran badan ini tidak ditemukan. Muat ulang daftar ukuran.

    en: This measurement set was not found. Reload the list of sets.
    """


class ConsentNeeded(NotAllowed):
    """Ukuran badan memerlukan persetujuan pemiliknya. Setujui tujuan `measurements` (POST /v1/consents), lalu ulangi.

    en: Body measures need their owner's consent. Consent to the purpose `measurements` (POST /v1/consents), then
    repeat.
    """


class NothingToConfirm(Conflict):
    """Ukuran ini tidak menunggu konfirmasi lagi. Muat ulang halaman ukuran.

    en: This measure does not wait to be confirmed any more. Reload the page of the measures.
    """


class SealBroken(Gone):
    """Ukuran badan ini rusak dan tidak dapat dibaca. Ukur kembali.

    en: This measurement set is damaged and cannot be read. Measure again.
    """
