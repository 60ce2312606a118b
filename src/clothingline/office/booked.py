"""What was booked, in words for officers, by the source of a transaction and what happened to it."""

from clothingline.web.words import later

BOOKED = {
    "payment.capture": later("Pembayaran pembeli masuk"),
    "payment.settle": later("Pembayaran pembeli tiba di penyedia bayar"),
    "refund.reserve": later("Uang disisihkan untuk dikembalikan"),
    "refund.settle": later("Uang kembali ke pembeli"),
    "refund.come_back": later("Pengembalian tidak sampai; uang masuk lagi"),
    "refund.repay": later("Dana jaminan diganti"),
    "refund.reversal": later("Pengembalian uang dibatalkan"),
    "dispute.open": later("Bank pembeli menarik uang"),
    "dispute.won": later("Sanggahan dimenangkan"),
    "dispute.lost": later("Sanggahan kalah"),
    "dispute.repay": later("Dana jaminan diganti"),
    "earning.expect": later("Bagian dijanjikan"),
    "earning.earn": later("Bagian selesai dikerjakan"),
    "earning.advance": later("Uang muka dari dana jaminan"),
    "earning.release": later("Bagian siap dibayarkan"),
    "earning.reversal": later("Bagian dibatalkan"),
    "advance.repay": later("Uang muka kembali ke dana jaminan"),
    "order.close": later("Pesanan selesai: ongkos kirim, program dan pajak"),
    "debt.owe": later("Utang ke dana jaminan bertambah"),
    "debt.forgive": later("Utang ke dana jaminan berkurang"),
    "payout.collect": later("Pembayaran keluar disiapkan"),
    "payout.unbatch": later("Pembayaran keluar dibatalkan"),
    "payout.send": later("Pembayaran keluar dikirim"),
    "payout.transfer": later("Uang pindah ke saldo penerima"),
    "payout.settle": later("Pembayaran sampai di bank penerima"),
    "payout.void": later("Pembayaran keluar ditarik sebelum dikirim"),
    "payout.fail": later("Pembayaran keluar tidak sampai"),
    "payout.return": later("Pembayaran dikembalikan bank"),
    "payout.take_back": later("Uang ditarik dari saldo penerima"),
    "difference.suspend": later("Uang yang belum jelas dicatat"),
    "correction.book": later("Koreksi buku"),
    "migration.carry_over": later("Saldo pindahan"),
}
"""By source and kind; a transaction without words is shown by both."""
