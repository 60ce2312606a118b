-- Run once in a clone of a template: from then on `pristine.restore()` puts every row and every sequence back to what the
-- template had, and `pristine.alterations` has been called when the schema was altered, which nothing puts back.

CREATE SCHEMA pristine;
CREATE SEQUENCE pristine.alterations;
GRANT USAGE ON SCHEMA pristine TO PUBLIC;
GRANT USAGE ON SEQUENCE pristine.alterations TO PUBLIC;

CREATE TABLE pristine.kept AS
SELECT class.oid::regclass AS name, format('pristine.of_%s', class.oid) AS copy, columns, 0::bigint AS rows
  FROM pg_class AS class
  JOIN LATERAL (
       SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
        WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS _ ON true
 WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'jobs'::regnamespace);

CREATE TABLE pristine.drawn AS
SELECT format('%I.%I', schemaname, sequencename)::regclass AS name, start_value, last_value
  FROM pg_sequences WHERE schemaname IN ('public', 'jobs');

-- Rows of a later transaction are not the template's.
CREATE TABLE pristine.since AS SELECT pg_current_xact_id()::xid AS transaction;

DO $$
DECLARE
    one record;
    found bigint;
    arms text[] := '{}';
BEGIN
    FOR one IN SELECT * FROM pristine.kept LOOP
        EXECUTE format('SELECT count(*) FROM %s', one.name) INTO found;
        IF found = 0 THEN
            arms := arms || format('SELECT %L::regclass AS name WHERE EXISTS (SELECT FROM %s)', one.name, one.name);
        ELSE
            EXECUTE format('CREATE TABLE %s AS SELECT %s FROM %s', one.copy, one.columns, one.name);
            UPDATE pristine.kept SET rows = found WHERE name = one.name;
            arms := arms || format(
                'SELECT %L::regclass WHERE (SELECT count(*) <> %s OR bool_or(age(xmin) < '
                '(SELECT age(transaction) FROM pristine.since)) FROM %s)', one.name, found, one.name);
        END IF;
    END LOOP;
    EXECUTE 'CREATE VIEW pristine.touched AS ' || array_to_string(arms, ' UNION ALL ');
END $$;

-- Returns the bytes of the tables that it put back: many dead rows make a database slow.
CREATE FUNCTION pristine.restore() RETURNS bigint LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE
    one record;
    bytes bigint := 0;
BEGIN
    FOR one IN SELECT kept.* FROM pristine.touched JOIN pristine.kept USING (name) LOOP
        bytes := bytes + pg_relation_size(one.name);
        EXECUTE format('DELETE FROM %s', one.name);
        IF one.rows > 0 THEN
            EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s',
                           one.name, one.columns, one.columns, one.copy);
        END IF;
    END LOOP;
    PERFORM setval(drawn.name, coalesce(drawn.last_value, drawn.start_value), drawn.last_value IS NOT NULL)
       FROM pristine.drawn JOIN pg_sequences AS now ON format('%I.%I', schemaname, sequencename)::regclass = drawn.name
      WHERE now.last_value IS DISTINCT FROM drawn.last_value;
    UPDATE pristine.since SET transaction = pg_current_xact_id()::xid;
    RETURN bytes;
END $$;

CREATE FUNCTION pristine.note_alteration() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM nextval('pristine.alterations');
END $$;
CREATE EVENT TRIGGER alteration ON ddl_command_end EXECUTE FUNCTION pristine.note_alteration();
ALTER EVENT TRIGGER alteration ENABLE ALWAYS;
SELECT setval('pristine.alterations', 1, false);
