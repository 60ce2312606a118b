-- Ten thousand rows that the provider sees as we do, on the one order and the one tailor that are there.
INSERT INTO reconciliation (id, since, until, state)
VALUES (md5('run')::uuid, now() - interval '1 day', now(), 'done');

INSERT INTO payee (id, provider_account, state) SELECT id, 'acct_tailor', 'active' FROM organisation WHERE kind = 'tailor';

INSERT INTO instalment (id, order_id, number, kind, amount_idr, state)
SELECT md5('instalment')::uuid, id, 1, 'full', 1, 'met' FROM orders;

INSERT INTO payment (id, order_id, instalment_id, instalment, part, amount_idr, captured_idr, fee_idr, charge, state,
                     captured_at, account, livemode)
SELECT md5('payment' || n)::uuid, orders.id, md5('instalment')::uuid, 'full', n, 100000 + n, 100000 + n, 700, 'chg_' || n,
       'captured', business_now() - interval '2 hours', 'acct_own', false
  FROM orders, generate_series(1, 3000) AS n;

INSERT INTO refund (id, payment_id, amount_idr, reason, state, state_at, provider_id, from_escrow_idr)
SELECT md5('refund' || n)::uuid, md5('payment' || n)::uuid, 1000, 'late', 'settled', business_now() - interval '2 hours',
       'rfn_' || n, 1000
  FROM generate_series(1, 1000) AS n;

INSERT INTO dispute (id, payment_id, provider_id, amount_idr, fee_idr, held_idr, state, created_at)
SELECT md5('dispute' || n)::uuid, md5('payment' || n)::uuid, 'dsp_' || n, 500, 100, 500, 'open',
       business_now() - interval '2 hours'
  FROM generate_series(1, 1000) AS n;

INSERT INTO payout (id, payee_id, amount_idr, key, state, sent_at, transfer, bank, state_at)
SELECT md5('payout' || n)::uuid, payee.id, 50000 + n, sha256(n::text::bytea), 'settled',
       business_now() - interval '2 hours', 'trf_' || n, 'pyt_' || n, business_now() - interval '2 hours'
  FROM payee, generate_series(1, 5000) AS n;

INSERT INTO movement (id, provider_id, kind, object, amount_idr, fee_idr, currency, account, livemode, at, run_id)
SELECT gen_random_uuid(), concat_ws('_', kind, object, account), kind, object, amount, fee, 'IDR', account, false, now(),
       md5('run')::uuid
  FROM (SELECT 'charge' AS kind, charge AS object, captured_idr AS amount, fee_idr AS fee, 'acct_own' AS account FROM payment
        UNION ALL SELECT 'refund', provider_id, -amount_idr, 0, 'acct_own' FROM refund
        UNION ALL SELECT 'dispute', provider_id, -amount_idr, fee_idr, 'acct_own' FROM dispute
        UNION ALL SELECT 'transfer', transfer, -amount_idr, 0, 'acct_own' FROM payout
        UNION ALL SELECT 'transfer', transfer, amount_idr, 0, 'acct_tailor' FROM payout
        UNION ALL SELECT 'payout', bank, -amount_idr, 0, 'acct_tailor' FROM payout) AS one;
