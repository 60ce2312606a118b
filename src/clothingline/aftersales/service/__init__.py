"""What people do with reviews: one function for each."""

from clothingline.aftersales.service.answering import answer_review, hide_review, restore_review
from clothingline.aftersales.service.forgetting import drop_pictures, forget_review
from clothingline.aftersales.service.learning import learn, steps_to_learn
from clothingline.aftersales.service.remarking import remark_for_brand, remark_for_tailor
from clothingline.aftersales.service.writing import ARRIVED, Said, change_review, write_review

__all__ = [
    "ARRIVED",
    "Said",
    "answer_review",
    "change_review",
    "drop_pictures",
    "forget_review",
    "hide_review",
    "learn",
    "remark_for_brand",
    "remark_for_tailor",
    "restore_review",
    "steps_to_learn",
    "write_review",
]
