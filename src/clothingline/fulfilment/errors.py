"""What fulfilment refuses."""

from clothingline.kit.errors import Conflict, NotFound
from clothingline.kit.wording import name_states

name_states(
    {
        "dispatched": "dalam perjalanan",
    }
)


class ShipmentUnknown(NotFound):
    """Kiriman ini tidak ditemukan. Muat ulang halaman pesanan.

    en: This shipment was not found. Reload the order's page.
    """


class NotReady(Conflict):
    """Pesanan belum siap dikirim. Tahapnya {state}; tunggu sampai semua potong lolos periksa dan kembali ke merek.

    en: The order is not ready to ship. Its stage is {state}; wait until every piece has passed and is back.
    """


class BalanceDue(Conflict):
    """Pesanan belum lunas. Kurang {owed_idr}; kirim setelah sisa pembayaran masuk.

    en: The order is not paid in full. {owed_idr} are missing; ship it once the balance has arrived.
    """


class AlreadyShipped(Conflict):
    """Pesanan ini sudah dikirim. Lihat kirimannya di halaman pesanan.

    en: This order has already been shipped. See its shipment on the order's page.
    """


class ShipmentEnded(Conflict):
    """Kiriman ini sudah selesai. Keadaannya {state}; tidak ada lagi yang perlu dicatat.

    en: This shipment has ended. It is {state}; nothing more needs to be recorded.
    """


class NotDelivered(Conflict):
    """Pesanan belum sampai, jadi belum bisa diterima. Tunggu sampai kiriman tiba.

    en: The order has not arrived, so it cannot be accepted yet. Wait for the delivery.
    """


class AlreadyAccepted(Conflict):
    """Pesanan ini sudah diterima. Tidak perlu diulang.

    en: This order has already been accepted. There is no need to repeat it.
    """
