"""What a person does with an account."""

from clothingline.accounts.service.heeding import end_alarm
from clothingline.accounts.service.opening import found_party, open_account, rename, rename_organisation, set_password
from clothingline.accounts.service.reviving import decide_on_job, find_job
from clothingline.accounts.service.signing_in import (
    check_password,
    count_guess,
    open_session,
    request_code,
    revoke_other_sessions,
    revoke_session,
    use_code,
)
from clothingline.accounts.service.trusting import give_consent, issue_api_token, revoke_api_token, withdraw_consent
from clothingline.accounts.service.unlocking import add_passkey, begin_ceremony, remove_passkey, use_passkey

__all__ = [
    "add_passkey",
    "begin_ceremony",
    "check_password",
    "count_guess",
    "decide_on_job",
    "end_alarm",
    "find_job",
    "found_party",
    "give_consent",
    "issue_api_token",
    "open_account",
    "open_session",
    "remove_passkey",
    "rename",
    "rename_organisation",
    "request_code",
    "revoke_api_token",
    "revoke_other_sessions",
    "revoke_session",
    "set_password",
    "use_code",
    "use_passkey",
    "withdraw_consent",
]
