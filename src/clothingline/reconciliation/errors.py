"""What reconciliation refuses."""

from clothingline.kit.errors import Conflict, NotFound


class ReconciliationUnknown(NotFound):
    """Pencocokan ini tidak ditemukan. Periksa kembali nomornya.

    en: This reconciliation was not found. Check its number.
    """


class DifferenceUnknown(NotFound):
    """Selisih ini tidak ditemukan. Periksa kembali nomornya.

    en: This difference was not found. Check its number.
    """


class ReconciliationRunning(Conflict):
    """Pencocokan sedang berjalan. Tunggu sampai selesai, lalu lihat hasilnya.

    en: A reconciliation is running. Wait until it is done, then look at what it found.
    """


class DifferenceClosed(Conflict):
    """Selisih ini sudah selesai. Muat ulang untuk melihat keadaannya.

    en: This difference is closed. Reload to see how it stands.
    """


class AnotherPersonNeeded(Conflict):
    """Usul ini sudah Anda ajukan. Mintalah orang lain menyetujuinya.

    en: You have proposed this already. Ask another person to agree.
    """


class AnotherProposal(Conflict):
    """Sudah ada usul lain untuk selisih ini. Setujui usul itu ({resolution}), atau bicarakan dengan pengusulnya.

    en: Another resolution was proposed for this difference. Agree to it ({resolution}), or talk to who proposed it.
    """


class NothingToSuspend(Conflict):
    """Hanya uang yang tidak kita kenal di rekening kita sendiri yang dapat ditampung. Jelaskan selisih ini saja.

    en: Only money in our own account that no row of ours knows can be put into suspense. Explain this one instead.
    """
