"""What production refuses."""

from clothingline.kit.errors import Conflict, Gone, NotFound, Refusal
from clothingline.kit.wording import name_states

name_states(
    {
        "materials_reserved": "kain disiapkan",
        "in_progress": "dijahit",
        "handed_over": "diserahkan",
        "packed": "dikemas",
        "passed": "lolos periksa",
        "rework": "diperbaiki",
        "submitted": "diajukan untuk diperiksa",
    }
)


class RunUnknown(NotFound):
    """Produksi ini tidak ditemukan. Muat ulang papan produksi.

    en: This run was not found. Reload the production board.
    """


class JobUnknown(NotFound):
    """Pekerjaan ini tidak ditemukan. Muat ulang daftar pekerjaan.

    en: This job was not found. Reload the list of jobs.
    """


class InspectionUnknown(NotFound):
    """Pemeriksaan mutu ini tidak ditemukan. Muat ulang halaman pekerjaan.

    en: This quality check was not found. Reload the page of the job.
    """


class PhotoUnknown(NotFound):
    """Foto ini tidak ditemukan. Muat ulang halaman pekerjaan.

    en: This photo was not found. Reload the page of the job.
    """


class MadeToSizes(NotFound):
    """Pekerjaan ini memakai ukuran standar, bukan ukuran badan. Lihat jumlah per ukuran di kartu pekerjaan.

    en: This job is made to standard sizes, not to a body. See the pieces by size on the job's card.
    """


class MeasurementsClosed(Gone):
    """Ukuran badan sudah ditutup karena pekerjaan ini selesai atau batal. Hubungi merek bila masih perlu.

    en: The body measures are closed because this job has ended. Ask the brand if you still need them.
    """


class MeasuresUnconfirmed(Conflict):
    """Ada ukuran badan yang belum pasti. Yang belum: {measures}. Tanyakan kepada pemesan, lalu isi di halaman
    ukuran badan.

    en: Some body measures are not certain yet. Still open: {measures}. Ask whoever ordered, then enter them on the
    page of the measures.
    """


class OrderNotConfirmed(Conflict):
    """Pesanan belum pasti, jadi kain belum boleh dipotong. Tunggu sampai semua pihak menerima.

    en: The order is not confirmed yet, so the cloth may not be cut. Wait until every party has accepted.
    """


class RunNotWaiting(Conflict):
    """Produksi ini sudah dilepas atau dibatalkan. Muat ulang papan produksi.

    en: This run has already been released or cancelled. Reload the production board.
    """


class RunWithoutJobs(Conflict):
    """Belum ada penjahit yang memegang seluruh potong pesanan ini. Muat ulang beberapa saat lagi.

    en: No makers hold all pieces of this order yet. Reload in a moment.
    """


class KitNotSent(Conflict):
    """Merek belum mengirim kain potong. Tunggu kiriman, lalu hitung isinya.

    en: The brand has not sent the cut cloth yet. Wait for it, then count what is inside.
    """


class JobBlocked(Conflict):
    """Pekerjaan berhenti karena ada masalah yang belum dijawab merek. Tunggu jawaban; tenggat Anda ikut mundur.

    en: The job rests because the brand has not answered a problem yet. Wait for the answer; your due day moves too.
    """


class JobWithdrawn(Conflict):
    """Pekerjaan ini sudah dibatalkan. Tidak ada lagi yang perlu dikerjakan.

    en: This job was cancelled. Nothing more needs to be done.
    """


class StepOutOfOrder(Conflict):
    """Langkah ini tidak cocok dengan tahap pekerjaan sekarang. Tahapnya {state}; lihat langkah berikutnya di kartu
    pekerjaan.

    en: This step does not fit the job's stage. It is {state}; see the next step on the job's card.
    """


class NoOpenProblem(Conflict):
    """Tidak ada masalah yang menunggu jawaban. Muat ulang halaman pekerjaan.

    en: No problem is waiting for an answer. Reload the page of the job.
    """


class InspectionPending(Conflict):
    """Rencana periksa mutu untuk kiriman ini sudah dibuat. Catat hasilnya di sana.

    en: A quality check of this submission is already planned. Record its result there.
    """


class VerdictGiven(Conflict):
    """Hasil pemeriksaan ini sudah dicatat dan tidak bisa diubah. Lihat hasilnya pada pekerjaan ini.

    en: The result of this quality check is recorded and cannot be changed. See the result in the job.
    """


class MoveNotPossible(Conflict):
    """Kartu ini tetap di tempatnya. Belum bisa ke {column}: {cause}.

    en: This card stays where it is. Cannot move to {column} yet: {cause}.
    """


class PictureUnreadable(Refusal):
    """Foto tidak dapat dibaca. Kirim foto JPEG, PNG atau WebP yang utuh.

    en: The photo cannot be read. Send a whole JPEG, PNG or WebP.
    """

    status = 422


class PictureTooLarge(Refusal):
    """Foto terlalu besar. Paling banyak {megapixels} megapiksel; kecilkan, lalu kirim lagi.

    en: The photo is too large. At most {megapixels} megapixels; make it smaller and send it again.
    """

    status = 422
