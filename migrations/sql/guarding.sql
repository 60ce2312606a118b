-- How a later migration puts a new table under the guards; only the schema's owner may.

-- A table with `id` and `state`: its rows move only as its machine lists.
CREATE FUNCTION guard_states(name regclass) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER guard_transition BEFORE INSERT OR UPDATE OF state ON %s '
                   'FOR EACH ROW EXECUTE FUNCTION guard_transition()', name);
END $$;
REVOKE EXECUTE ON FUNCTION guard_states(regclass) FROM PUBLIC;

-- A table with `id`: its rows stay as they were written, whoever comes.
CREATE FUNCTION keep_for_ever(name regclass) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER guard_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()', name);
    EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM clothingline_app', name);
END $$;
REVOKE EXECUTE ON FUNCTION keep_for_ever(regclass) FROM PUBLIC;
