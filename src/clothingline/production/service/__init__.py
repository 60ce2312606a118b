"""What makers, brands and inspectors do with runs and jobs."""

from clothingline.production.service.inspecting import judge, plan_inspection
from clothingline.production.service.making import cancel_job, cancel_run, close_run, make_job, make_run
from clothingline.production.service.measuring import confirm_measure, read_measurements
from clothingline.production.service.photographing import add_defect_photo, add_photo
from clothingline.production.service.problems import answer_problem, report_problem
from clothingline.production.service.releasing import release_run
from clothingline.production.service.sewing import hand_over, receive_kit, start_job, submit_job

__all__ = [
    "add_defect_photo",
    "add_photo",
    "answer_problem",
    "cancel_job",
    "cancel_run",
    "close_run",
    "confirm_measure",
    "hand_over",
    "judge",
    "make_job",
    "make_run",
    "plan_inspection",
    "read_measurements",
    "receive_kit",
    "release_run",
    "report_problem",
    "start_job",
    "submit_job",
]
