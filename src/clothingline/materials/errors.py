"""What materials refuse."""

from clothingline.kit.errors import Conflict, NotFound


class LotUnknown(NotFound):
    """Lot kain ini tidak ditemukan. Muat ulang daftar kain.

    en: This lot of cloth was not found. Reload the list of cloth.
    """


class SupplierUnknown(NotFound):
    """Pemasok ini tidak ditemukan di antara pemasok Anda. Periksa nomornya.

    en: This supplier is not one of yours. Check its id.
    """


class LotWithdrawn(Conflict):
    """Lot kain ini sudah tidak dijual. Pilih lot lain.

    en: This lot of cloth is no longer sold. Choose another lot.
    """


class LotFull(Conflict):
    """Kain sebanyak ini tidak muat dalam satu lot. Paling banyak {most_cm} cm; catat sisanya sebagai lot baru.

    en: One lot does not hold so much cloth. At most {most_cm} cm; enter the rest as a new lot.
    """


class ClothShort(Conflict):
    """Kain di lot ini tidak cukup. Tersisa {free_cm} cm, diperlukan {needed_cm} cm; pilih lot lain atau kurangi jumlah.

    en: There is not enough cloth in this lot. {free_cm} cm are free, {needed_cm} cm are needed; choose another lot or
    fewer pieces.
    """


class ReservationUnknown(NotFound):
    """Pemesanan bahan ini tidak ditemukan. Muat ulang daftar pemesanan bahan.

    en: This reservation of cloth was not found. Reload the list of reservations.
    """


class ClothNotRequested(Conflict):
    """Pesanan untuk kain ini belum dibayar. Tunggu permintaan dari merek.

    en: The order for this cloth is not paid yet. Wait for the brand's request.
    """


class ClothNotConfirmed(Conflict):
    """Pemasok belum menyanggupi kain ini. Tunggu jawaban pemasok.

    en: The supplier has not confirmed this cloth yet. Wait for the supplier's answer.
    """


class ClothAlreadyConfirmed(Conflict):
    """Kain ini sudah Anda sanggupi. Batalkan dulu kesanggupan itu bila masih dalam waktunya.

    en: You have confirmed this cloth already. Undo that first while there is time.
    """


class ClothAlreadyCut(Conflict):
    """Kain ini sudah dipotong. Catat kekurangan sebagai pemesanan baru.

    en: This cloth has been cut already. Enter what is missing as a new reservation.
    """


class ClothLetGo(Conflict):
    """Pemesanan bahan ini sudah dilepas atau ditolak. Pesan bahan kembali.

    en: This reservation of cloth was released or refused. Reserve cloth again.
    """


class CountedTooLittle(Conflict):
    """Hitungan ini kurang dari yang sudah disisihkan. Untuk pesanan sudah disisihkan {set_aside_m} m; hitung lagi, atau
    jawab permintaannya tidak bisa.

    en: This count is below what is set aside. {set_aside_m} m are set aside for orders; count again, or answer their
    requests that you cannot.
    """
