"""Tables of the fake provider's books. References are what a caller says of a thing; they are not unique."""

CREATE = """
CREATE TABLE IF NOT EXISTS charge (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, amount_idr INTEGER NOT NULL CHECK (amount_idr > 0),
    captured_idr INTEGER NOT NULL DEFAULT 0, currency TEXT NOT NULL DEFAULT 'IDR', status TEXT NOT NULL DEFAULT 'open',
    description TEXT NOT NULL, order_code TEXT NOT NULL, methods TEXT NOT NULL, capture TEXT NOT NULL,
    back_url TEXT NOT NULL, method TEXT, fee_idr INTEGER, account TEXT NOT NULL, livemode INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_charge_reference ON charge (reference);
CREATE TABLE IF NOT EXISTS attempt (
    number INTEGER PRIMARY KEY, charge TEXT NOT NULL REFERENCES charge (id), method TEXT NOT NULL,
    outcome TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS refund (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, charge TEXT NOT NULL REFERENCES charge (id),
    amount_idr INTEGER NOT NULL CHECK (amount_idr > 0), currency TEXT NOT NULL DEFAULT 'IDR',
    status TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_refund_charge ON refund (charge, reference);
CREATE TABLE IF NOT EXISTS dispute (
    id TEXT PRIMARY KEY, charge TEXT NOT NULL REFERENCES charge (id),
    amount_idr INTEGER NOT NULL CHECK (amount_idr > 0), fee_idr INTEGER NOT NULL,
    currency TEXT NOT NULL DEFAULT 'IDR', status TEXT NOT NULL DEFAULT 'open',
    respond_by INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS payee (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    can_receive INTEGER NOT NULL DEFAULT 0, can_pay_out INTEGER NOT NULL DEFAULT 0, bank_last4 TEXT,
    back_url TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS transfer (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, destination TEXT NOT NULL REFERENCES payee (id),
    amount_idr INTEGER NOT NULL CHECK (amount_idr > 0), currency TEXT NOT NULL DEFAULT 'IDR', at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_transfer_reference ON transfer (reference);
CREATE TABLE IF NOT EXISTS reversal (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, transfer TEXT NOT NULL REFERENCES transfer (id),
    amount_idr INTEGER NOT NULL CHECK (amount_idr > 0), at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_reversal_transfer ON reversal (transfer);
CREATE TABLE IF NOT EXISTS payout (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, destination TEXT NOT NULL REFERENCES payee (id),
    amount_idr INTEGER NOT NULL CHECK (amount_idr > 0), currency TEXT NOT NULL DEFAULT 'IDR',
    status TEXT NOT NULL DEFAULT 'pending', failure TEXT, comes_back INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_payout_destination ON payout (destination, reference);
CREATE TABLE IF NOT EXISTS movement (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, kind TEXT NOT NULL,
    object TEXT NOT NULL, reference TEXT, amount_idr INTEGER NOT NULL, fee_idr INTEGER NOT NULL DEFAULT 0,
    currency TEXT NOT NULL DEFAULT 'IDR', livemode INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_movement_account ON movement (account, number);
CREATE INDEX IF NOT EXISTS ix_movement_balance ON movement (account, amount_idr, fee_idr);
CREATE TABLE IF NOT EXISTS notice (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL, copies INTEGER NOT NULL DEFAULT 1,
    due_at INTEGER NOT NULL, after_next INTEGER NOT NULL DEFAULT 0, delivered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS request (
    key TEXT PRIMARY KEY, said TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_request_at ON request (at);
CREATE TABLE IF NOT EXISTS play (
    number INTEGER PRIMARY KEY, mode TEXT NOT NULL, act TEXT NOT NULL, left INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), ahead INTEGER NOT NULL) STRICT;
INSERT INTO clock VALUES (1, 0) ON CONFLICT DO NOTHING;
"""
