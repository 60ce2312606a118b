"""The one table: event → what follows. Beside it, what is tidied by the clock, and what runs all the time."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import InstrumentedAttribute

from clothingline.accounts import tasks as accounts
from clothingline.accounts.events import SignInCodeRequested
from clothingline.aftersales import events as reviewed
from clothingline.aftersales import tasks as aftersales
from clothingline.aftersales.models import FOLDER as REVIEWS
from clothingline.aftersales.models import ReviewPhoto
from clothingline.certification.models import CertificatePhoto
from clothingline.certification.photos import FOLDER as CERTIFICATES
from clothingline.earnings import tasks as earnings
from clothingline.fulfilment import tasks as fulfilment
from clothingline.kit import pace, strays
from clothingline.kit.events import Happening
from clothingline.kit.jobs import Job
from clothingline.notices import tasks as notices
from clothingline.orders import events as ordered
from clothingline.orders import tasks as orders
from clothingline.papers import events as printed
from clothingline.papers import tasks as papers
from clothingline.payments import events as paid
from clothingline.payments import tasks as payments
from clothingline.payouts import events as paid_out
from clothingline.payouts import tasks as payouts
from clothingline.production import events as made
from clothingline.production import tasks as production
from clothingline.production.models import Photo
from clothingline.production.storing import FOLDER as PHOTOS
from clothingline.reconciliation import events as compared
from clothingline.reconciliation import tasks as reconciliation
from clothingline.routing import events as routed
from clothingline.routing import tasks as routing
from clothingline.taxes import tasks as taxes
from clothingline.wearers import tasks as wearers

TABLE: Mapping[type[Happening], Sequence[Job]] = {
    SignInCodeRequested: [accounts.send_code],
    ordered.OrderQuoted: [routing.explain_plans],
    ordered.QuoteExpired: [routing.release_lapsed],
    ordered.OrderChanged: [routing.release_lapsed],
    ordered.OrderCheckedOut: [payments.open_payment],
    ordered.OrderPaid: [routing.adopt],
    ordered.OrderChosen: [routing.reroute_chosen],
    ordered.OrderNeedsChoice: [notices.text_order],
    ordered.OrderConfirmed: [production.make_run, earnings.expect_earnings, notices.text_order],
    ordered.OrderCancelled: [routing.release_cancelled, production.cancel_run, payments.refund_order],
    ordered.CuttingStarted: [earnings.earn_cloth],
    ordered.OrderReady: [payments.open_balance],
    ordered.OrderShipped: [notices.text_order],
    ordered.OrderDelivered: [production.close_run, notices.text_order],
    ordered.OrderAccepted: [earnings.release_earnings, papers.wish_invoice],
    routed.PlanAdopted: [routing.explain_plans],
    routed.OfferSent: [notices.push_offer, notices.text_offer],
    routed.OfferAccepted: [production.make_job],
    routed.OfferUndone: [production.cancel_job],
    routed.OfferWithdrawn: [production.cancel_job],
    routed.OfferDeclined: [routing.reroute],
    routed.OfferExpired: [routing.reroute],
    routed.OfferPassedOver: [routing.reroute],
    made.JobMade: [earnings.follow_job],
    made.JobCancelled: [earnings.follow_job],
    made.JobPassed: [earnings.earn_job],
    reviewed.ReviewForgotten: [aftersales.drop_pictures],
    paid.PaymentNoticed: [payments.settle_notice],
    paid.PaymentWished: [payments.open_part],
    paid.PaymentAuthorised: [payments.capture_charge],
    paid.ChargeAbandoned: [payments.close_charge],
    paid.RefundApproved: [payments.send_refund],
    paid.RefundAsked: [payments.ask_refund],
    paid.PaymentExpired: [routing.release_unpaid],
    # papers
    paid.PaymentCaptured: [papers.wish_receipt, notices.text_payment],
    paid.RefundSettled: [papers.wish_credit_note],
    paid_out.PayoutPaid: [papers.wish_payout_statement, notices.text_payout],
    printed.DocumentWished: [papers.make],
    paid.PayoutNoticed: [payouts.settle_notice],
    paid_out.PayeeOpened: [payouts.open_account],
    paid_out.PayoutApproved: [payouts.pursue],
    paid_out.PayoutFailed: [payouts.pursue],
    paid_out.PayoutReturned: [payouts.pursue],
    compared.ReconciliationAsked: [reconciliation.read_pages],
    compared.DifferenceFound: [reconciliation.settle_difference],
}
# Folders of the file store, by the columns that name their files.
FILES: Mapping[str, InstrumentedAttribute[str]] = {
    CERTIFICATES: CertificatePhoto.path,
    PHOTOS: Photo.path,
    REVIEWS: ReviewPhoto.path,
}
SWEEPS: Sequence[Callable[[], Awaitable[int]]] = (
    orders.lapse_quotes,
    orders.cancel_unanswered,
    orders.drop_stale_drafts,
    wearers.erase_rosters,
    earnings.release_due,
    earnings.lapse_holds,
    payments.ask_again,
    payments.ask_about_refunds,
    payments.ask_about_disputes,
    payments.expire_payments,
    routing.expire_offers,
    routing.confirm_orders,
    routing.open_weeks_ahead,
    routing.take_up_forgotten,
    fulfilment.sweep,
    taxes.count_turnover,
    taxes.end_declarations,
    payouts.collect_due,
    payouts.withdraw_overdue,
    payouts.ask_again,
    payouts.ask_about_payees,
    reconciliation.begin_daily,
    pace.forget_past,
    notices.queue_texts,
    partial(strays.sweep, FILES),
)
# What has a pace of its own and may wait for others; each runs beside the sweeps, again a second after it ended.
LOOPS: Sequence[Callable[[], Awaitable[int]]] = (notices.deliver,)
# What the houses do at intervals (`kit.heartbeats.due`), by name: missed two times, it sounds an alarm.
HEARTBEATS: Mapping[str, timedelta] = {
    "invariants": timedelta(minutes=5),
    "jobs.take_up": timedelta(minutes=5),
    pace.BEAT: pace.EVERY,
    strays.BEAT: strays.EVERY,
    payouts.COLLECTING: payouts.COLLECT_EVERY,
    payouts.ASKING: payouts.ASK_EVERY,
    reconciliation.DAILY: reconciliation.EVERY,
    notices.BEAT: notices.BEAT_EVERY,
    taxes.COUNTING: taxes.COUNT_EVERY,
}
