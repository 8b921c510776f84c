-- The people at the consoles: a second factor, sessions and roles that an Admin changes, and values that are shown once.

-- Where a kind of command is handled. A new kind is a row here; command_lane() stays for the kinds of before.
CREATE TABLE command_kinds (
  kind text COLLATE "C" PRIMARY KEY CHECK (kind ~ '^[a-z_]+\.[a-z_]+$'),
  lane text NOT NULL CHECK (lane IN ('own', 'people', 'policy', 'customer'))); -- own: of whoever asks
INSERT INTO command_kinds (kind, lane) VALUES
  ('operator.roles', 'people'), ('operator.deactivate', 'people'), ('operator.activate', 'people'),
  ('session.end', 'people'),
  ('second_factor.begin', 'people'), ('second_factor.confirm', 'people'), ('second_factor.clear', 'people'),
  ('reveal.number', 'own'), ('reveal.transcript', 'own');
GRANT SELECT ON command_kinds TO speechcad_app;

-- The lane of a command; null: there is no such kind.
CREATE FUNCTION lane_of_command(p_kind text, p_payload jsonb, p_operator bigint) RETURNS text LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp AS $$
DECLARE v_lane text := (SELECT k.lane FROM command_kinds k WHERE k.kind = p_kind); v_customer bigint;
BEGIN
  CASE v_lane
    WHEN 'own' THEN RETURN 'operator:' || p_operator;
    WHEN 'people' THEN RETURN 'operator:people'; -- one after the other: two Admins cannot remove each other
    WHEN 'policy' THEN RETURN 'policy';
    WHEN 'customer' THEN
      IF p_payload ->> 'customer' ~ '^[0-9]{1,18}$' THEN
        v_customer := (p_payload ->> 'customer')::bigint;
      ELSIF p_payload ->> 'call' ~ '^[0-9]{1,18}$' THEN
        SELECT c.customer_id INTO v_customer FROM calls c WHERE c.id = (p_payload ->> 'call')::bigint;
      END IF;
      RETURN coalesce('customer:' || v_customer, 'operator:' || p_operator);
    ELSE RETURN command_lane(p_kind, p_payload, p_operator);
  END CASE;
END $$;

-- As before, but for the lane.
CREATE OR REPLACE FUNCTION console.submit_command(p_token bytea, p_kind text, p_payload jsonb, p_request_key text,
  OUT id bigint, OUT outcome text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s operator_sessions; v_lane text; v_payload jsonb := p_payload - 'sealed'; v_digest bytea; v_sealed bytea;
  v_now timestamptz := clock_timestamp(); v_origin text := coalesce(host(inet_client_addr()), 'local'); v_signs_in boolean;
BEGIN
  IF jsonb_typeof(p_payload) IS DISTINCT FROM 'object' OR length(p_payload::text) > 16384 OR p_kind IS NULL
      OR coalesce(p_request_key, '') !~ '^[A-Za-z0-9:._-]{1,100}$' THEN
    outcome := 'bad_input'; RETURN; END IF;
  v_signs_in := p_kind = 'session.open';
  IF NOT v_signs_in THEN
    s := session_of(p_token);
    IF s.id IS NULL THEN outcome := 'not_signed_in'; RETURN; END IF;
    UPDATE operator_sessions o SET active_at = v_now, seen_at = v_now WHERE o.id = s.id;
  END IF;
  v_lane := lane_of_command(p_kind, v_payload, s.operator_id);
  IF v_lane IS NULL THEN outcome := 'unknown_kind'; RETURN; END IF;
  IF (SELECT count(*) FROM commands c WHERE c.state = 'sent' AND c.operator_id IS NOT DISTINCT FROM s.operator_id
      AND c.expires_at > v_now) >= (CASE WHEN v_signs_in THEN 20 ELSE 200 END) THEN
    outcome := 'too_many'; RETURN; END IF;

  v_digest := sha256(convert_to(p_kind || chr(1) || v_payload::text, 'UTF8'));
  INSERT INTO commands (inbox_id, session_id, operator_id, kind, request_key, body_sha256, origin, submitted_at, expires_at)
    VALUES (nextval('inbox_id'), s.id, s.operator_id, p_kind, p_request_key, v_digest, v_origin, v_now, v_now + interval '60 s')
    ON CONFLICT ON CONSTRAINT once DO NOTHING RETURNING inbox_id INTO submit_command.id;
  IF submit_command.id IS NULL THEN          -- a statement of its own, which sees who was first
    SELECT c.inbox_id, CASE WHEN c.body_sha256 = v_digest THEN 'repeat' ELSE 'other_body' END
      INTO submit_command.id, submit_command.outcome
      FROM commands c WHERE c.operator_id IS NOT DISTINCT FROM s.operator_id AND c.request_key = p_request_key;
    RETURN;
  END IF;
  IF p_payload ? 'sealed' THEN
    BEGIN
      v_sealed := decode(p_payload ->> 'sealed', 'base64');
    EXCEPTION WHEN OTHERS THEN v_sealed := '';
    END;
    INSERT INTO command_secrets (inbox_id, sealed) VALUES (submit_command.id, substring(v_sealed FROM 1 FOR 4096));
  END IF;
  INSERT INTO inbox_keys (source, external_id, inbox_id, body_sha256, received_at)
    VALUES (4, coalesce(s.id::text, 'sign-in') || ':' || p_request_key, submit_command.id, v_digest, v_now);
  INSERT INTO inbox (id, source, external_id, lane, kind, payload, received_at)
    VALUES (submit_command.id, 4, coalesce(s.id::text, 'sign-in') || ':' || p_request_key, v_lane, 'command.' || p_kind,
      v_payload, v_now);
  INSERT INTO inbox_waiting (priority, lane, inbox_id) VALUES (lane_priority(v_lane), v_lane, submit_command.id);
  PERFORM pg_notify('speechcad', 'console;0:' || submit_command.id);
  outcome := 'recorded';
END $$;

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
