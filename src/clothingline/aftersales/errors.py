"""What is refused about reviews."""

from clothingline.kit.errors import Conflict, NotFound


class ReviewUnknown(NotFound):
    """Ulasan ini tidak ditemukan. Periksa kembali tautannya.

    en: This review was not found. Check the link.
    """


class NotArrived(Conflict):
    """Ulasan bisa diisi setelah pesanan tiba. Buka lagi halaman ini setelah barangnya sampai.

    en: A review can be written once the order has arrived. Open this page again when the goods are there.
    """


class AlreadyReviewed(Conflict):
    """Pesanan ini sudah diulas. Buka ulasannya; selama belum dibaca pembuatnya, isinya masih bisa diubah.

    en: This order has been reviewed already. Open the review; until its makers have read it, it can still be changed.
    """


class ReviewSettled(Conflict):
    """Ulasan ini tidak bisa diubah lagi. Pembuatnya sudah bisa membacanya; tulisan dan foto masih bisa dihapus.

    en: This review can no longer be changed. Its makers can read it by now; text and photo can still be deleted.
    """


class AlreadyRemarked(Conflict):
    """Anda sudah menilai pembeli pesanan ini. Satu penilaian cukup.

    en: You have rated the buyer of this order already. One rating is enough.
    """


class ReviewOpened(Conflict):
    """Ulasan pembeli sudah terbuka. Penilaian ditulis sebelum itu; merek masih bisa menjawab ulasannya.

    en: The buyer's review is open by now. Ratings are written before that; the brand can still answer the review.
    """


class ReviewSealed(Conflict):
    """Ulasan ini belum terbuka. Nilai dulu pembelinya, atau tunggu sampai tujuh hari lewat.

    en: This review is not open yet. Rate the buyer first, or wait until seven days have passed.
    """


class AlreadyAnswered(Conflict):
    """Ulasan ini sudah dijawab. Satu jawaban untuk satu ulasan.

    en: This review has been answered already. There is one answer to a review.
    """


class ReviewTakenBack(Conflict):
    """Pembeli sudah menghapus tulisannya, jadi tidak ada lagi yang dijawab. Jawab ulasan lain.

    en: The buyer has deleted what they wrote, so there is nothing left to answer. Answer another review.
    """


class AlreadyHidden(Conflict):
    """Ulasan ini sudah disembunyikan. Muat ulang daftarnya.

    en: This review is hidden already. Reload the list.
    """


class NotHidden(Conflict):
    """Ulasan ini tidak disembunyikan. Muat ulang daftarnya.

    en: This review is not hidden. Reload the list.
    """
