"""What taxes refuse."""

from clothingline.kit.errors import Conflict, Gone, NotFound
from clothingline.kit.wording import name_states

name_states(
    {
        "given": "menunggu pemeriksaan",
    }
)


class TaxProfileNotFound(NotFound):
    """Data pajak ini tidak ditemukan. Isi dulu nomor pajak usaha Anda (POST /v1/tax-profiles).

    en: This tax profile was not found. Enter the tax number of your business first (POST /v1/tax-profiles).
    """


class SellerNotFound(NotFound):
    """Usaha ini tidak ditemukan. Sebutkan usaha Anda sendiri.

    en: This business was not found. Name a business of your own.
    """


class TaxProfileUnreadable(Gone):
    """Data pajak ini rusak dan tidak dapat dibaca. Isi kembali nomor pajak dan alamatnya.

    en: This tax profile is damaged and cannot be read. Enter the tax number and the address again.
    """


class TaxDeclarationNotFound(NotFound):
    """Surat pernyataan pajak ini tidak ditemukan. Muat ulang daftarnya.

    en: This tax declaration was not found. Reload the list.
    """


class TaxDeclarationNotWaiting(Conflict):
    """Surat pernyataan ini tidak menunggu pemeriksaan. Keadaannya {state}; muat ulang daftar.

    en: This declaration does not wait for a decision. It is {state}; reload the list.
    """


class OwnTaxDeclaration(Conflict):
    """Surat pernyataan sendiri tidak dapat disahkan sendiri. Minta petugas lain memeriksanya.

    en: Nobody confirms a declaration of their own. Ask another officer to look at it.
    """


class TaxDeclarationOverlaps(Conflict):
    """Sudah ada surat pernyataan yang berlaku pada hari-hari itu. Yang itu sampai {valid_until}; ajukan mulai besoknya.

    en: Another declaration is in force on some of these days. It ends on {valid_until}; declare from the next day.
    """


class OnlyForPersons(Conflict):
    """Batas Rp 500 juta hanya berlaku untuk orang pribadi. Badan usaha memakai SKB.

    en: The limit of Rp 500 million is for natural persons only. A firm needs an SKB.
    """
