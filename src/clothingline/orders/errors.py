"""What orders refuse."""

from clothingline.kit.errors import Conflict, NotFound
from clothingline.kit.wording import name_states

name_states(
    {
        "action_required": "menunggu pilihan Anda",
        "pending_payment": "menunggu pembayaran",
        "placed": "menunggu kepastian para pembuat",
        "in_production": "dikerjakan",
        "delivered": "sampai",
        "quoted": "ditawarkan",
        "shipped": "dalam perjalanan",
        "won": "jadi dipesan",
    }
)


class OrderNotFound(NotFound):
    """Pesanan ini tidak ditemukan. Periksa nomor pesanan Anda.

    en: This order was not found. Check the order number.
    """


class OrderStateConflict(Conflict):
    """Pesanan sedang dalam tahap lain. Langkah ini tidak cocok dengan tahap {state}; lihat langkah berikutnya di
    halaman pesanan.

    en: The order is at another stage. This step does not fit the stage {state}; see the next step on the order's page.
    """


class QuoteExpired(Conflict):
    """Penawaran sudah berakhir. Minta penawaran baru; harga dan tanggal bisa berubah.

    en: The quote has ended. Ask for a new one; price and date may differ.
    """


class AlreadyCut(Conflict):
    """Kain sudah dipotong. Pesanan tidak bisa diubah lagi; tulis ke bantuan bila ada yang tidak bisa menunggu.

    en: The cloth has been cut. The order can no longer be changed; write to help if something cannot wait.
    """


class ChangeNeedsNewQuote(Conflict):
    """Perubahan ini mengubah kain, waktu, harga, atau tanggal. Batalkan tanpa biaya selama kain belum dipotong, lalu
    pesan lagi.

    en: This change alters cloth, time, price or day. Cancel free of charge while the cloth is uncut, then order again.
    """


class OrderChangedMeanwhile(Conflict):
    """Pesanan berubah sementara dihitung. Minta penawaran sekali lagi.

    en: The order changed while it was being calculated. Ask for the quote once more.
    """

    retryable = True


class SplitExceedsPrice(Conflict):
    """Upah, kain dan ongkos kirim melebihi harga pesanan. Hubungi petugas program.

    en: Pay, cloth and transport exceed the price of the order. Tell the programme's officer.
    """


class PriceNotFrozen(Conflict):
    """Rincian harga pesanan ini belum dikunci. Selesaikan pemesanan dahulu, lalu coba lagi.

    en: The price of this order has not been frozen in parts. Check the order out first, then try again.
    """


class DraftNotFound(NotFound):
    """Draf ini tidak ada lagi. Draf disimpan 30 hari sejak jawaban terakhir; pilih desainnya lagi di /katalog.

    en: This draft is no longer there. Drafts are kept for 30 days after the last answer; choose the design again at
    /katalog.
    """
