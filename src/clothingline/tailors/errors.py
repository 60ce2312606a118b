"""What tailors refuse."""

from clothingline.kit.errors import Conflict, NotFound


class TailorNotFound(NotFound):
    """Penjahit ini tidak ditemukan. Periksa kembali tautan atau nomornya.

    en: This tailor was not found. Check the link or the number.
    """


class CapacityTaken(Conflict):
    """Waktu penjahit di minggu {monday} tinggal {free_seconds} detik. Pilih minggu atau penjahit lain.

    en: The tailor has {free_seconds} seconds left in the week of {monday}. Choose another week or another tailor.
    """


class DayIsBooked(Conflict):
    """Hari {day} sudah terisi pekerjaan. Selesaikan atau kembalikan pekerjaan itu dulu, atau pilih hari lain.

    en: Work is booked on {day}. Finish it or give it back first, or choose another day.
    """


class WeekIsBooked(Conflict):
    """Minggu {monday} sudah terisi lebih banyak dari jam kerja yang baru. Pilih jam kerja yang lebih panjang.

    en: More work is booked in the week of {monday} than the new hours hold. Choose longer hours.
    """


class DayOffExists(Conflict):
    """Hari {day} sudah tercatat libur. Tidak ada yang perlu dilakukan.

    en: {day} is a day off already. There is nothing to do.
    """


class DayOffNotFound(NotFound):
    """Hari libur ini tidak ditemukan. Muat ulang kalender.

    en: This day off was not found. Reload the calendar.
    """
