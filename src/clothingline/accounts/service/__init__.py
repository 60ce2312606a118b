"""What a person does with an account."""

from clothingline.accounts.service.heeding import end_alarm
from clothingline.accounts.service.opening import found_party, open_account, rename, rename_organisation, set_password
from clothingline.accounts.service.signing_in import (
    check_password,
    count_guess,
    open_session,
    request_code,
    revoke_session,
    use_code,
)
from clothingline.accounts.service.trusting import give_consent, issue_api_token, revoke_api_token, withdraw_consent

__all__ = [
    "check_password",
    "count_guess",
    "end_alarm",
    "found_party",
    "give_consent",
    "issue_api_token",
    "open_account",
    "open_session",
    "rename",
    "rename_organisation",
    "request_code",
    "revoke_api_token",
    "revoke_session",
    "set_password",
    "use_code",
    "withdraw_consent",
]
