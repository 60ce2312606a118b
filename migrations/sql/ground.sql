-- Business time: the real clock plus an offset that only a database which is not production's may move, and only forward.
CREATE TABLE clock_offset (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    ahead interval NOT NULL DEFAULT '0' CHECK (ahead >= '0'),
    movable boolean NOT NULL DEFAULT false
);
INSERT INTO clock_offset DEFAULT VALUES;

CREATE FUNCTION business_now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT clock_timestamp() + (SELECT ahead FROM public.clock_offset) $$;

CREATE FUNCTION advance_business_now(step interval) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
AS $$
BEGIN
    IF step < '0' THEN
        RAISE EXCEPTION 'business time never goes back' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE clock_offset SET ahead = ahead + step WHERE movable;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'business time is fixed in production' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN business_now();
END $$;

CREATE FUNCTION guard_transition() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    was text := '';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        was := OLD.state;
        IF was = NEW.state THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM public.state_transition
         WHERE machine = TG_TABLE_NAME AND source = was AND target = NEW.state
    ) THEN
        RAISE EXCEPTION '% may not go from "%" to "%"', TG_TABLE_NAME, was, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guard_transition';
    END IF;
    RETURN NEW;
END $$;

-- Double entry: at commit, the entries of each transaction sum to zero in each currency.
CREATE FUNCTION guard_zero_sum() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM public.ledger_entry
         WHERE transaction_id = NEW.transaction_id
         GROUP BY currency HAVING sum(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'ledger transaction % does not sum to zero', NEW.transaction_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guard_zero_sum';
    END IF;
    RETURN NULL;
END $$;

-- What is written once stays: audit trail, ledger, stock movements.
CREATE FUNCTION guard_append_only() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only; correct it with a new row', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- Tell the open streams which event has just committed; they read the row themselves.
CREATE FUNCTION tell_of_event() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM pg_notify('event', NEW.id::text);
    RETURN NULL;
END $$;
