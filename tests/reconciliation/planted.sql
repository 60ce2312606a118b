-- Ten rows each that come to differ. `-- <code> <beginning of the objects' names>` stands before each statement.
-- unknown_object strange_
INSERT INTO movement (id, provider_id, kind, object, amount_idr, fee_idr, currency, account, livemode, at, run_id)
SELECT gen_random_uuid(), 's_' || n, 'other', 'strange_' || n, 9, 0, 'IDR', 'acct_own', false, now(), md5('run')::uuid
  FROM generate_series(1, 10) AS n;
-- missing_object chg_
DELETE FROM movement WHERE object IN (SELECT 'chg_' || n FROM generate_series(101, 110) AS n);
-- amount trf_
UPDATE movement SET amount_idr = amount_idr - 1
 WHERE account = 'acct_own' AND object IN (SELECT 'trf_' || n FROM generate_series(201, 210) AS n);
-- currency rfn_
UPDATE movement SET currency = 'USD' WHERE object IN (SELECT 'rfn_' || n FROM generate_series(301, 310) AS n);
-- account pyt_
UPDATE movement SET account = 'acct_other' WHERE object IN (SELECT 'pyt_' || n FROM generate_series(401, 410) AS n);
-- livemode dsp_
UPDATE movement SET livemode = true WHERE object IN (SELECT 'dsp_' || n FROM generate_series(501, 510) AS n);
-- state chg_
UPDATE payment SET state = 'open', captured_idr = 0
 WHERE charge IN (SELECT 'chg_' || n FROM generate_series(2601, 2610) AS n);
-- state pyt_
INSERT INTO movement (id, provider_id, kind, object, amount_idr, fee_idr, currency, account, livemode, at, run_id)
SELECT gen_random_uuid(), 'r_' || n, 'payout_failed', 'pyt_' || n, 50000 + n, 0, 'IDR', 'acct_tailor', false, now(),
       md5('run')::uuid
  FROM generate_series(901, 910) AS n;
-- twice again_
INSERT INTO movement (id, provider_id, kind, object, reference, subject_type, subject_id, amount_idr, fee_idr, currency,
                      account, livemode, at, run_id)
SELECT gen_random_uuid(), 't_' || n, 'transfer', 'again_' || n, 'out_x:transfer', 'out', md5('payout' || n)::uuid, -9, 0,
       'IDR', 'acct_own', false, now(), md5('run')::uuid
  FROM generate_series(701, 710) AS n;
-- fee chg_
UPDATE movement SET fee_idr = 701 WHERE object IN (SELECT 'chg_' || n FROM generate_series(801, 810) AS n);
