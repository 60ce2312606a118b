-- What a transaction says, with its entries and their accounts, after all that was said before it.
CREATE FUNCTION ledger_hash(previous bytea, place bigint, linked_at timestamptz, txn uuid) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
               place, to_char(linked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
               one.id, one.source_type, one.source_id, one.kind, one.step, one.reverses_id, one.by,
               to_char(one.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
               (SELECT jsonb_agg(jsonb_build_array(
                           entry.id, entry.amount, entry.currency, account.id, account.code, account.kind, account.side,
                           account.currency, account.order_id, account.organisation_id) ORDER BY entry.id)
                  FROM ledger_entry AS entry JOIN ledger_account AS account ON account.id = entry.account_id
                 WHERE entry.transaction_id = one.id))::text, 'UTF8'))
      FROM ledger_transaction AS one WHERE one.id = txn
$$;

-- At commit, one writer after the other: the place follows the order of commits and has no gap, and the time does not
-- go back. Nothing else is waited for while the lock is held. Each statement sees what was committed before it began.
CREATE FUNCTION link_ledger_transaction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    newest record;
    place bigint;
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('clothingline.ledger', 0));
    SELECT position, at, hash INTO newest FROM ledger_link ORDER BY position DESC LIMIT 1;
    place := coalesce(newest.position, 0) + 1;
    moment := greatest(newest.at, business_now());
    INSERT INTO ledger_link (position, at, transaction_id, hash)
    VALUES (place, moment, NEW.id, ledger_hash(coalesce(newest.hash, ''), place, moment, NEW.id));
    RETURN NULL;
END $$;

-- Whoever reads a day that is over waits for those who are about to commit in it, and learns the business time. The lock
-- goes with the subtransaction, so that no writer waits for the reading itself.
CREATE FUNCTION await_ledger_links() RETURNS timestamptz
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('clothingline.ledger', 0));
        RAISE EXCEPTION 'waited' USING ERRCODE = 'CL001';
    EXCEPTION WHEN SQLSTATE 'CL001' THEN
        RETURN business_now();
    END;
END $$;

-- Places after `since` up to `until` that do not follow from the place before: whole, `since` = 0.
CREATE FUNCTION ledger_faults(since bigint, until bigint) RETURNS TABLE (place bigint, fault text)
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT position, CASE WHEN position <> before + 1 THEN 'gap' WHEN at < earlier THEN 'time' ELSE 'hash' END
      FROM (SELECT position, at, transaction_id, hash, lag(position, 1, 0::bigint) OVER w AS before,
                   lag(hash, 1, ''::bytea) OVER w AS previous, lag(at) OVER w AS earlier
              FROM ledger_link WHERE position <= until AND (position >= since OR since = 0) WINDOW w AS (ORDER BY position)) AS link
     WHERE (position > since OR position < 1)
       AND (position <> before + 1 OR at < earlier
            OR hash IS DISTINCT FROM ledger_hash(previous, position, at, transaction_id))
$$;

CREATE FUNCTION open_ledger_balance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO ledger_balance (account_id, side) VALUES (NEW.id, NEW.side);
    RETURN NULL;
END $$;

-- Balances are locked by account, so that two writers never wait for each other in a circle.
CREATE FUNCTION keep_ledger_balance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM FROM ledger_balance WHERE account_id IN (SELECT account_id FROM fresh) ORDER BY account_id FOR NO KEY UPDATE;
    UPDATE ledger_balance AS kept SET balance = kept.balance + added.amount
      FROM (SELECT account_id, sum(amount)::bigint AS amount FROM fresh GROUP BY account_id) AS added
     WHERE kept.account_id = added.account_id;
    RETURN NULL;
END $$;

-- What has its place in the chain is complete.
CREATE FUNCTION guard_linked() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh JOIN public.ledger_link AS link ON link.transaction_id = fresh.transaction_id) THEN
        RAISE EXCEPTION 'a ledger transaction that is in the chain takes no more entries'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guard_linked';
    END IF;
    RETURN NULL;
END $$;

-- The balance of a guarded account, locked until the transaction ends; the service itself may not lock what it may not write.
CREATE FUNCTION hold_ledger_balance(wanted text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    found bigint;
BEGIN
    SELECT kept.balance INTO found
      FROM ledger_account AS account JOIN ledger_balance AS kept ON kept.account_id = account.id
     WHERE account.code = wanted FOR NO KEY UPDATE OF kept;
    RETURN coalesce(found, 0);
END $$;
