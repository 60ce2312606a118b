"""What has happened, in words for officers: those of an order's production, and the rest."""

from clothingline.production.told import EVENT_WORDS as OF_PRODUCTION
from clothingline.web.words import later

EVENT_WORDS = {
    **OF_PRODUCTION,
    "OfferSent": later("Tawaran dikirim"),
    "OfferSeen": later("Tawaran dibuka"),
    "OfferExtended": later("Waktu tawaran diperpanjang"),
    "OfferWithdrawn": later("Tawaran ditarik"),
    "RefundApproved": later("Pengembalian uang disetujui"),
    "RefundSettled": later("Uang kembali ke pembeli"),
    "PaymentCaptured": later("Uang diterima"),
    "PaymentExpired": later("Waktu bayar habis"),
    "CertificateClaimed": later("Sertifikat diajukan"),
    "CertificateVerified": later("Sertifikat dinyatakan sah"),
    "CertificateRefused": later("Sertifikat ditolak"),
    "CertificateRevoked": later("Sertifikat dicabut"),
    "PayoutApproved": later("Pembayaran disetujui"),
    "PayoutPaid": later("Pembayaran sampai"),
    "DifferenceResolved": later("Selisih diselesaikan"),
    "AlarmEnded": later("Alarm diakhiri"),
    "DeadJobRetried": later("Tugas sistem dicoba lagi"),
    "DeadJobDropped": later("Tugas sistem dihentikan"),
    "OrderNeedsChoice": later("Tidak ada rencana: pembeli harus memilih"),
    "OrderChosen": later("Pembeli memilih tanggal lain"),
    "PaymentOpened": later("Halaman bayar dibuka"),
    "RefundRequested": later("Pengembalian uang diminta"),
    "RefundRejected": later("Pengembalian uang ditolak"),
    "RefundFailed": later("Pengembalian uang tidak sampai"),
    "DisputeOpened": later("Pembeli menyanggah di bank"),
    "ShipmentDispatched": later("Paket diserahkan ke kurir"),
    "ShipmentDelivered": later("Paket tiba"),
    "MeasurementsRead": later("Ukuran badan dilihat"),
    "MeasurementSetRead": later("Ukuran badan dilihat"),
    "CorrectionBooked": later("Koreksi buku dicatat"),
    "SignedIn": later("Masuk"),
}
"""By the name of the event; one without words is shown by its name."""
