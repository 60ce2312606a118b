"""What accounts refuse."""

from clothingline.kit.errors import Conflict, NotFound, Refusal


class CodeWrong(Refusal):
    """Kode tidak cocok atau sudah tidak berlaku. Periksa pesan terbaru, atau minta kode baru.

    en: The code does not match or is no longer valid. Check the newest message, or ask for a new code.
    """

    status = 401


class PasskeyRefused(Refusal):
    """Kunci ini tidak dikenal atau sudah terlalu lama menunggu. Coba sekali lagi, atau masuk dengan kode.

    en: This passkey is not known or took too long. Try once more, or sign in with a code.
    """

    status = 401


class PasskeyKnown(Conflict):
    """Kunci ini sudah terdaftar. Pakai kunci yang ada, atau hapus dulu di Profil.

    en: This passkey is registered already. Use it, or remove it in your profile first.
    """


class PasskeyUnknown(NotFound):
    """Kunci ini tidak ditemukan. Muat ulang halaman profil.

    en: This passkey was not found. Reload your profile.
    """


class SessionUnknown(NotFound):
    """Perangkat ini tidak ditemukan. Muat ulang daftar perangkat.

    en: This device was not found. Reload the list of devices.
    """


class ApiTokenUnknown(NotFound):
    """Token ini tidak ditemukan. Muat ulang daftar token.

    en: This token was not found. Reload the list of tokens.
    """


class ConsentUnknown(NotFound):
    """Tidak ada persetujuan untuk tujuan ini. Lihat daftar persetujuan Anda.

    en: There is no consent for this purpose. See the list of your consents.
    """


class PhoneTaken(Conflict):
    """Nomor telepon ini sudah terdaftar. Masuk dengan nomor itu.

    en: This phone number is already registered. Sign in with it.
    """


class OrganisationUnknown(NotFound):
    """Organisasi ini tidak ditemukan. Periksa nomornya.

    en: This organisation was not found. Check its id.
    """


class AlarmUnknown(NotFound):
    """Peringatan ini tidak ditemukan. Periksa kembali nomornya.

    en: This alarm was not found. Check its number.
    """


class AlarmOver(Conflict):
    """Peringatan ini sudah selesai. Muat ulang untuk melihat siapa yang menyelesaikannya dan mengapa.

    en: This alarm is over. Reload to see who ended it, and why.
    """


class BackgroundJobUnknown(NotFound):
    """Tugas sistem ini tidak ditemukan. Periksa kembali nomornya.

    en: This background job was not found. Check its number.
    """


class BackgroundJobNotDead(Conflict):
    """Tugas ini tidak lagi menunggu keputusan. Muat ulang untuk melihat keadaannya.

    en: This job does not wait for a decision any more. Reload to see how it stands.
    """
