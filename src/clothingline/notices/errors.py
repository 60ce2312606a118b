"""What notices refuse."""

from clothingline.kit.errors import Conflict, Gone, NotFound


class EndpointNotFound(NotFound):
    """Alamat webhook ini tidak ditemukan. Lihat daftar alamat Anda.

    en: This webhook endpoint was not found. See the list of your endpoints.
    """


class DeliveryNotFound(NotFound):
    """Pengiriman webhook ini tidak ditemukan. Lihat daftar pengiriman Anda.

    en: This webhook delivery was not found. See the list of your deliveries.
    """


class OrganisationNotYours(NotFound):
    """Organisasi ini tidak ditemukan. Sebutkan organisasi Anda sendiri.

    en: This organisation was not found. Name an organisation of your own.
    """


class TooManyEndpoints(Conflict):
    """Alamat webhook organisasi ini sudah terlalu banyak. Paling banyak {most}; hapus yang tidak dipakai dulu.

    en: This organisation has too many webhook endpoints. At most {most}; delete one that is not used first.
    """


class EndpointDeleted(Gone):
    """Alamat webhook pengiriman ini sudah dihapus. Daftarkan alamat baru; peristiwa lama tetap ada di `/v1/events`.

    en: The endpoint of this delivery has been deleted. Add a new one; what happened still stands in `/v1/events`.
    """
