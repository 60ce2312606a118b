"""What tailors refuse."""

from clothingline.kit.errors import Conflict, NotFound


class TailorNotFound(NotFound):
    """Penjahit ini tidak ditemukan. Periksa kembali tautan atau nomornya.

    en: This tailor was not found. Check the link or the number.
    """


class CapacityTaken(Conflict):
    """Waktu penjahit tidak cukup. Di minggu {monday} tinggal {free_seconds} detik; pilih minggu atau penjahit lain.

    en: The tailor has too little time. {free_seconds} seconds are left in the week of {monday}; choose another
    week or another tailor.
    """


class DayIsBooked(Conflict):
    """Hari ini sudah terisi pekerjaan. Pekerjaan minggu itu tidak muat lagi tanpa {day}: kembalikan dulu, atau pilih
    hari lain.

    en: Work is booked on this day. The week's work does not fit without {day}: give some back first, or choose another
    day.
    """


class WeekIsBooked(Conflict):
    """Pekerjaan yang ada tidak muat di jam kerja yang baru. Minggu {monday} sudah terisi lebih banyak; pilih jam kerja
    yang lebih panjang.

    en: The booked work does not fit into the new hours. The week of {monday} holds more; choose longer hours.
    """


class DayOffExists(Conflict):
    """Hari ini sudah tercatat libur. Untuk {day} tidak ada yang perlu dilakukan.

    en: This is a day off already. There is nothing to do for {day}.
    """


class DayOffNotFound(NotFound):
    """Hari libur ini tidak ditemukan. Muat ulang kalender.

    en: This day off was not found. Reload the calendar.
    """
