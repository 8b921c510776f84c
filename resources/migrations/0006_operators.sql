-- Who runs the service, what they may do, and the door through which their consoles ask for it. A console's role has no
-- right on any table: it reads masked views and submits commands, which the server judges. Design: README of backend/operators.

CREATE TABLE operators (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
  passphrase_hash text NOT NULL CHECK (passphrase_hash LIKE '$argon2id$%'),
  roles text[] NOT NULL CHECK (cardinality(roles) > 0 AND roles <@ ARRAY['viewer', 'support', 'senior', 'finance', 'admin']),
  language text NOT NULL DEFAULT 'en',       -- in which previews show what a customer will read
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL, changed_at timestamptz NOT NULL,
  cause_id bigint NOT NULL);                 -- 0: by the command line on the server's own machine
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON operators FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE operator_settings (             -- at most one row
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  sealing_key bytea CHECK (length(sealing_key) = 32), -- passphrases travel sealed to it; only the server can open them
  is_solo boolean NOT NULL DEFAULT false);   -- one operator, so no second person can be asked; void once there are two

CREATE TABLE operator_sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  operator_id bigint NOT NULL REFERENCES operators,
  token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32), -- the token itself is the console's alone
  origin text NOT NULL,                      -- address it came from, or 'local'
  started_at timestamptz NOT NULL, seen_at timestamptz NOT NULL, active_at timestamptz NOT NULL,
  idle_s int NOT NULL CHECK (idle_s > 0), ends_at timestamptz NOT NULL,
  ended_at timestamptz, end_reason text NOT NULL DEFAULT '', cause_id bigint NOT NULL)
  WITH (fillfactor = 60);
CREATE INDEX operator_sessions_open ON operator_sessions (operator_id) WHERE ended_at IS NULL;

CREATE TABLE sign_in_failures (              -- of a name, known or not, and of an address: how long the next try must wait
  what text COLLATE "C" PRIMARY KEY, failures int NOT NULL, last_at timestamptz NOT NULL, not_before timestamptz NOT NULL);

CREATE TABLE operator_preferences (
  operator_id bigint NOT NULL REFERENCES operators, name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  value jsonb NOT NULL CHECK (length(value::text) <= 65536), PRIMARY KEY (operator_id, name));

CREATE TABLE commands (                      -- beside the inbox row of the same id: who asked, until when, what became of it
  inbox_id bigint PRIMARY KEY,
  session_id bigint REFERENCES operator_sessions, operator_id bigint REFERENCES operators, -- null: signing in
  kind text NOT NULL, request_key text COLLATE "C" NOT NULL, body_sha256 bytea NOT NULL, origin text NOT NULL,
  submitted_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'done', 'refused', 'expired')),
  code text NOT NULL DEFAULT '', detail text NOT NULL DEFAULT '', answer jsonb, finished_at timestamptz,
  CONSTRAINT finished_with_time CHECK ((state = 'sent') = (finished_at IS NULL)),
  CONSTRAINT once UNIQUE NULLS NOT DISTINCT (operator_id, request_key));
CREATE INDEX commands_by_key ON commands (request_key); -- "once" serves no IS NOT DISTINCT FROM
CREATE INDEX commands_sent ON commands (operator_id) WHERE state = 'sent';
CREATE TABLE command_secrets (               -- what travels sealed; gone as soon as the command was handled
  inbox_id bigint PRIMARY KEY REFERENCES commands, sealed bytea NOT NULL CHECK (length(sealed) <= 4096));

CREATE FUNCTION command_finishes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'command % is %', OLD.inbox_id, OLD.state USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER finishes_once BEFORE UPDATE ON commands FOR EACH ROW WHEN (OLD.state <> 'sent') EXECUTE FUNCTION command_finishes_once();

CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL,
  operator_id bigint REFERENCES operators, operator_name text NOT NULL, roles text[] NOT NULL, -- as they were then
  action text NOT NULL, object text NOT NULL DEFAULT '',
  result text NOT NULL CHECK (result IN ('done', 'denied', 'failed', 'expired')),
  reason text NOT NULL DEFAULT '', origin text NOT NULL, cause_id bigint NOT NULL);
CREATE INDEX audit_by_operator ON audit (operator_id, id);
CREATE INDEX audit_by_cause ON audit USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Refunds: one record each, many to one paid thing. The ledger refuses more than was paid.
CREATE TABLE refunds (
  id bigint PRIMARY KEY,                     -- the inbox row that opened it
  call_id bigint NOT NULL REFERENCES calls, customer_id bigint NOT NULL REFERENCES customers,
  paid_transfer_id bigint NOT NULL REFERENCES transfers,
  amount bigint NOT NULL CHECK (amount > 0), -- micro-dollars
  reason text NOT NULL, note text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('draft', 'pending_approval', 'approved', 'executing', 'done', 'failed', 'rejected',
    'expired', 'cancelled', 'void')),
  needs text NOT NULL CHECK (needs IN ('nobody', 'senior_or_finance', 'finance', 'two_people')),
  rule text NOT NULL, preview_hash text NOT NULL DEFAULT '',
  requested_by bigint REFERENCES operators,  -- null: the customer asked for it
  requested_at timestamptz NOT NULL, expires_at timestamptz,
  approved_by bigint REFERENCES operators, is_solo boolean NOT NULL DEFAULT false,
  decided_at timestamptz, decision text NOT NULL DEFAULT '',
  transfer_id bigint UNIQUE REFERENCES transfers, cause_id bigint NOT NULL,
  CONSTRAINT done_by_transfer CHECK ((state = 'done') = (transfer_id IS NOT NULL)),
  CONSTRAINT nobody_approves_their_own CHECK (approved_by IS NULL OR approved_by IS DISTINCT FROM requested_by),
  CONSTRAINT approved_where_needed CHECK (state <> 'done' OR needs = 'nobody' OR is_solo OR approved_by IS NOT NULL));
CREATE INDEX refunds_by_state ON refunds (state, id);
CREATE INDEX refunds_by_customer ON refunds (customer_id, id);
CREATE INDEX refunds_by_call ON refunds (call_id, id);
CREATE INDEX refunds_by_operator ON refunds (requested_by, decided_at) WHERE state = 'done';
CREATE INDEX refunds_by_cause ON refunds USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON refunds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refund_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state IN ('done', 'rejected', 'expired', 'cancelled', 'void')
      OR ROW(OLD.id, OLD.call_id, OLD.customer_id, OLD.paid_transfer_id, OLD.amount, OLD.requested_by)
         IS DISTINCT FROM ROW(NEW.id, NEW.call_id, NEW.customer_id, NEW.paid_transfer_id, NEW.amount, NEW.requested_by)) THEN
    RAISE EXCEPTION 'refund % is settled or another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF NOT EXISTS (SELECT FROM calls c WHERE c.id = NEW.call_id AND c.customer_id = NEW.customer_id
      AND c.charge_transfer_id = NEW.paid_transfer_id) THEN
    RAISE EXCEPTION 'refund % is not of what call % paid', NEW.id, NEW.call_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id AND t.kind = 'refund'
      AND t.refunds_id = NEW.paid_transfer_id AND t.platform_amount = -NEW.amount AND t.request_key = 'refund:' || NEW.id) THEN
    RAISE EXCEPTION 'transfer % is not refund %', NEW.transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION refund_guard();

GRANT SELECT, INSERT, UPDATE ON operators, operator_settings, operator_sessions, refunds TO speechcad_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures TO speechcad_app;
GRANT SELECT, UPDATE ON commands TO speechcad_app;
GRANT SELECT, DELETE ON command_secrets TO speechcad_app;
GRANT SELECT ON operator_preferences TO speechcad_app;
GRANT SELECT, INSERT ON audit TO speechcad_app;

-- The console's side ----------------------------------------------------------------------------

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'speechcad_console') THEN
    BEGIN
      CREATE ROLE speechcad_console NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this cluster was quicker
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'speechcad_console', 'MEMBER') THEN
    EXECUTE format('GRANT speechcad_console TO %I', current_user);
  END IF;
END $$;

-- Functions may be run by everybody unless somebody says otherwise, and some here have their owner's rights: nobody but
-- the application gets as far as their names.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO speechcad_app;
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO speechcad_app', f);
  END LOOP;
END $$;

-- Whoever has a login could fill the disk with temporary tables and large objects, or take the locks that lanes, leaders
-- and migrations go by. Only a superuser can forbid the functions, and of another's database nothing is ours to forbid.
DO $$
DECLARE f regprocedure;
BEGIN
  IF (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()) THEN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  END IF;
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
        AND proname ~ '^(lo_.*|loread|lowrite|pg_(try_)?advisory_.*)$' LOOP
      EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
    FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
        AND proname ~ '^pg_(try_)?advisory_' LOOP
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO speechcad_app', f);
    END LOOP;
  END IF;
END $$;

CREATE SCHEMA console;
GRANT USAGE ON SCHEMA console TO speechcad_console;

-- The open session of a token; null: none.
CREATE FUNCTION session_of(p_token bytea) RETURNS operator_sessions LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT s FROM operator_sessions s JOIN operators o ON o.id = s.operator_id AND o.is_active
  WHERE s.token_sha256 = sha256(p_token) AND s.ended_at IS NULL AND clock_timestamp() < s.ends_at
    AND clock_timestamp() < s.active_at + make_interval(secs => s.idle_s) $$;

-- Where a command is handled: the lane of what it changes. Null: there is no such command.
CREATE FUNCTION command_lane(p_kind text, p_payload jsonb, p_operator bigint) RETURNS text LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp AS $$
DECLARE v_call bigint; v_customer bigint;
BEGIN
  CASE
    WHEN p_kind = 'session.open' THEN RETURN 'operator:sign-in';
    WHEN p_kind IN ('session.close', 'operator.add') THEN RETURN 'operator:' || p_operator;
    WHEN p_kind IN ('calls.stop_all', 'calls.resume') THEN RETURN 'policy'; -- before every dial that waits
    WHEN p_kind IN ('call.stop', 'refund.preview', 'refund.execute', 'refund.request', 'refund.reject') THEN
      IF p_payload ->> 'call' ~ '^[0-9]{1,18}$' THEN
        SELECT customer_id INTO v_customer FROM calls WHERE id = (p_payload ->> 'call')::bigint;
      ELSIF p_payload ->> 'refund' ~ '^[0-9]{1,18}$' THEN
        SELECT customer_id INTO v_customer FROM refunds WHERE id = (p_payload ->> 'refund')::bigint;
      END IF;
      RETURN coalesce('customer:' || v_customer, 'operator:' || p_operator);
    ELSE RETURN NULL;
  END CASE;
END $$;

-- Submits one command. The token, where there is one, names the session; nothing of it is kept. The same key of the same
-- operator is the same command: it gets the first one's id and does nothing. No refusal is raised as an error: the
-- server's log would have the statement.
-- outcome: recorded, repeat, other_body (the key was used for something else), not_signed_in, unknown_kind, bad_input, too_many.
CREATE FUNCTION console.submit_command(p_token bytea, p_kind text, p_payload jsonb, p_request_key text,
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
  v_lane := command_lane(p_kind, v_payload, s.operator_id);
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

-- What became of a command of this token's operator, or with no token of one that signs in. No row: there is none.
-- What nobody has begun within its time is ended here and now, so that "expired" is never followed by "done".
CREATE FUNCTION console.command_result(p_token bytea, p_request_key text)
  RETURNS TABLE (id bigint, state text, code text, detail text, answer jsonb) LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE s operator_sessions; v_id bigint;
BEGIN
  IF p_token IS NOT NULL THEN                -- an ended session may still ask what it did
    SELECT o.* INTO s FROM operator_sessions o WHERE o.token_sha256 = sha256(p_token);
    IF s.id IS NULL THEN RETURN; END IF;
  END IF;
  SELECT c.inbox_id INTO v_id FROM commands c WHERE c.operator_id IS NOT DISTINCT FROM s.operator_id
    AND c.request_key = p_request_key;
  IF EXISTS (SELECT FROM commands c WHERE c.inbox_id = v_id AND c.state = 'sent' AND c.expires_at < clock_timestamp()
      FOR UPDATE SKIP LOCKED) THEN
    UPDATE commands c SET state = 'expired', finished_at = clock_timestamp() WHERE c.inbox_id = v_id AND c.state = 'sent';
    DELETE FROM command_secrets x WHERE x.inbox_id = v_id;
    INSERT INTO audit (at, operator_id, operator_name, roles, action, result, origin, cause_id)
      SELECT clock_timestamp(), c.operator_id, coalesce(o.name, ''), coalesce(o.roles, '{}'), c.kind, 'expired', c.origin, v_id
      FROM commands c LEFT JOIN operators o ON o.id = c.operator_id WHERE c.inbox_id = v_id;
  END IF;
  RETURN QUERY SELECT c.inbox_id, CASE WHEN c.state = 'sent' AND EXISTS (SELECT FROM inbox_waiting w WHERE w.inbox_id = v_id
        AND w.attempts > 0) THEN 'running' ELSE c.state END, c.code, c.detail, c.answer
    FROM commands c WHERE c.inbox_id = v_id;
END $$;

-- Says that the console is there, and with `p_is_active` that its operator did something. No row: the session is over.
CREATE FUNCTION console.heartbeat(p_token bytea, p_is_active boolean)
  RETURNS TABLE (operator_id bigint, name text, roles text[], language text, is_solo boolean, ends_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s operator_sessions := session_of(p_token);
BEGIN
  UPDATE operator_sessions o SET seen_at = clock_timestamp(),
    active_at = CASE WHEN p_is_active THEN clock_timestamp() ELSE o.active_at END WHERE o.id = s.id;
  RETURN QUERY SELECT o.id, o.name, o.roles, o.language,
      coalesce((SELECT x.is_solo FROM operator_settings x), false) AND (SELECT count(*) FROM operators a WHERE a.is_active) = 1,
      s.ends_at
    FROM operators o WHERE o.id = s.operator_id;
END $$;

CREATE FUNCTION console.save_preference(p_token bytea, p_name text, p_value jsonb) RETURNS boolean LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s operator_sessions := session_of(p_token);
BEGIN
  IF s.id IS NULL OR (SELECT count(*) FROM operator_preferences p WHERE p.operator_id = s.operator_id) > 500 THEN
    RETURN false; END IF;
  INSERT INTO operator_preferences (operator_id, name, value) VALUES (s.operator_id, p_name, p_value)
    ON CONFLICT (operator_id, name) DO UPDATE SET value = excluded.value;
  RETURN true;
END $$;

-- What a console may see. A number shows where it is and its last two digits.
CREATE FUNCTION console.masked(p_number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog AS $$ SELECT left(p_number, 3) || repeat('•', greatest(length(p_number) - 5, 0)) || right(p_number, 2) $$;

CREATE VIEW console.settings WITH (security_barrier) AS SELECT sealing_key, is_solo FROM operator_settings;
CREATE VIEW console.operators WITH (security_barrier) AS SELECT id, name, roles, is_active FROM operators;
CREATE VIEW console.customers WITH (security_barrier) AS
  SELECT c.id, c.name, c.language, c.is_reachable, c.created_at, w.available, w.held, w.debt
  FROM customers c JOIN wallets w ON w.customer_id = c.id;
CREATE VIEW console.calls WITH (security_barrier) AS
  SELECT id, customer_id, script_version_id, console.masked(to_number) AS to_number, region, tier, state, asked_at, dialled_at,
    started_at, ended_at, rate_per_minute, recording_fee, longest_s, hold, charged, billed_s, duration_ms, disconnection_reason,
    outcome, hold_transfer_id, charge_transfer_id, stopped_by, stop_reason
  FROM calls;
CREATE VIEW console.deposits WITH (security_barrier) AS
  SELECT id, customer_id, coin, requested, state, expected, received, credited, created_at, transfer_id FROM deposits;
CREATE VIEW console.transfers WITH (security_barrier) AS
  SELECT id, customer_id, at, kind, available, held, debt, platform, platform_amount, other_platform, other_amount,
    available_after, held_after, debt_after, resolves_id, refunds_id, request_key, cause_id FROM transfers;
CREATE VIEW console.refunds WITH (security_barrier) AS
  SELECT id, call_id, customer_id, amount, reason, state, needs, rule, requested_by, requested_at, approved_by, decided_at,
    transfer_id FROM refunds;
CREATE VIEW console.switches WITH (security_barrier) AS SELECT name, is_on, reason, changed_by, changed_at FROM policy_switches;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA console FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA console TO speechcad_console;
GRANT SELECT ON ALL TABLES IN SCHEMA console TO speechcad_console;
