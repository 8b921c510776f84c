-- The people at the consoles: a second factor, sessions and roles that an Admin changes, and values that are shown once.

INSERT INTO command_lanes (kind, lane) VALUES
  ('operator.roles', 'people'), ('operator.deactivate', 'people'), ('operator.activate', 'people'),
  ('session.end', 'people'),
  ('second_factor.begin', 'people'), ('second_factor.confirm', 'people'), ('second_factor.clear', 'people'),
  ('reveal.number', 'operator'), ('reveal.transcript', 'operator');

-- Second factor (RFC 6238) ----------------------------------------------------------------------

CREATE TABLE second_factors (
  operator_id bigint PRIMARY KEY REFERENCES operators,
  locked_secret bytea NOT NULL CHECK (length(locked_secret) = 60), -- nonce, 20 bytes, tag; the key is not in the database
  begun_at timestamptz NOT NULL,
  confirmed_at timestamptz,                  -- null: nobody is asked for it yet
  last_step bigint NOT NULL DEFAULT 0,       -- of the newest code that was used; no older one is taken
  cause_id bigint NOT NULL);

CREATE FUNCTION second_factor_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.confirmed_at IS NOT NULL AND ROW(OLD.operator_id, OLD.locked_secret, OLD.confirmed_at)
      IS DISTINCT FROM ROW(NEW.operator_id, NEW.locked_secret, NEW.confirmed_at) THEN
    RAISE EXCEPTION 'the second factor of operator % is in use', OLD.operator_id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.locked_secret = NEW.locked_secret AND NEW.last_step <= OLD.last_step THEN
    RAISE EXCEPTION 'a code of operator % would be used again', OLD.operator_id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON second_factors FOR EACH ROW EXECUTE FUNCTION second_factor_guard();

CREATE TABLE recovery_codes (                -- each instead of a code, once
  operator_id bigint NOT NULL REFERENCES second_factors ON DELETE CASCADE,
  code_mac bytea NOT NULL CHECK (length(code_mac) = 32), -- with a key that is not in the database
  used_at timestamptz,
  PRIMARY KEY (operator_id, code_mac));
CREATE FUNCTION recovery_code_works_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a recovery code of operator % was used already', OLD.operator_id USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER works_once BEFORE UPDATE ON recovery_codes FOR EACH ROW WHEN (OLD.used_at IS NOT NULL)
  EXECUTE FUNCTION recovery_code_works_once();

GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors TO speechcad_app;
GRANT SELECT, INSERT, UPDATE (used_at) ON recovery_codes TO speechcad_app;

-- Roles -----------------------------------------------------------------------------------------

-- Nobody could give anybody a right any more. The lock is for two who take it from each other at once.
CREATE FUNCTION one_admin_remains() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('last admin', 3));
  IF NOT EXISTS (SELECT FROM operators o WHERE o.is_active AND 'admin' = ANY (o.roles)) THEN
    RAISE EXCEPTION 'operator % is the last active Admin', OLD.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER one_admin_remains AFTER UPDATE ON operators FOR EACH ROW
  WHEN (OLD.is_active AND 'admin' = ANY (OLD.roles) AND NOT (NEW.is_active AND 'admin' = ANY (NEW.roles)))
  EXECUTE FUNCTION one_admin_remains();

-- For good: an Admin who could deactivate everybody else would otherwise be their own second person.
CREATE FUNCTION second_operator_ends_solo() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT FROM operators o WHERE o.is_active LIMIT 2) two) = 2 THEN
    UPDATE operator_settings SET is_solo = false WHERE is_solo; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER second_operator_ends_solo AFTER INSERT OR UPDATE OF is_active ON operators FOR EACH ROW
  WHEN (NEW.is_active) EXECUTE FUNCTION second_operator_ends_solo();

-- What is shown once ----------------------------------------------------------------------------

-- Sealed to a key that the console made for this one command, so a copy of the database or of its log shows nothing. Who
-- may read it is the session of the command. The times are PostgreSQL's own: nobody can write another.
CREATE TABLE revealed_values (
  command_id bigint PRIMARY KEY REFERENCES commands,
  sealed bytea NOT NULL CHECK (length(sealed) BETWEEN 49 AND 4194304),
  expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '60 s');
CREATE INDEX revealed_values_by_end ON revealed_values (expires_at);
GRANT INSERT (command_id, sealed), SELECT (command_id, expires_at), DELETE ON revealed_values TO speechcad_app;

-- The value of this session's command, which is gone afterwards. Null: there is none, or no longer.
CREATE FUNCTION console.take_revealed(p_token bytea, p_command bigint) RETURNS bytea LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE s operator_sessions := session_of(p_token); v_sealed bytea;
BEGIN
  DELETE FROM revealed_values r WHERE r.expires_at <= clock_timestamp();
  DELETE FROM revealed_values r USING commands c WHERE r.command_id = p_command AND c.inbox_id = r.command_id
    AND c.session_id = s.id RETURNING r.sealed INTO v_sealed;
  RETURN v_sealed;
END $$;
REVOKE EXECUTE ON FUNCTION console.take_revealed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION console.take_revealed TO speechcad_console;
