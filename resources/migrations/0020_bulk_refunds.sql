-- Refunds of what a plan cost, and refunds of many calls that somebody asks for at once. What must never be - a batch that nobody
-- else has agreed to, a call in two of them, more than was agreed to - is refused here. Design: README of backend/operators.

-- A refund is of a call or of a period of a plan ------------------------------------------------

ALTER TABLE refunds
  ALTER COLUMN call_id DROP NOT NULL,
  ADD COLUMN plan_period_id bigint REFERENCES plan_periods,
  ADD COLUMN batch_id bigint,                -- null: asked for by itself
  ADD CONSTRAINT of_one_thing CHECK (num_nonnulls(call_id, plan_period_id) = 1),
  ADD CONSTRAINT batches_are_of_calls CHECK (batch_id IS NULL OR (call_id IS NOT NULL AND state = 'done'));
CREATE INDEX refunds_by_period ON refunds (plan_period_id, id) WHERE plan_period_id IS NOT NULL;
CREATE UNIQUE INDEX refunds_once_a_batch ON refunds (batch_id, call_id) WHERE batch_id IS NOT NULL;

-- Many at once ----------------------------------------------------------------------------------

CREATE TABLE refund_batches (
  id bigint PRIMARY KEY,                     -- the inbox row that asked for it
  batch_key text COLLATE "C" NOT NULL CHECK (batch_key ~ '^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$'),
  query jsonb NOT NULL CHECK (jsonb_typeof(query) = 'object'), -- which calls were looked for
  share text NOT NULL CHECK (share IN ('full', 'half', 'amount')),
  each bigint CHECK (each > 0),              -- micro-dollars of each call, where the share is an amount
  reason text NOT NULL, note text NOT NULL DEFAULT '',
  calls int NOT NULL CHECK (calls > 0), total bigint NOT NULL CHECK (total > 0),
  state text NOT NULL CHECK (state IN ('pending_approval', 'approved', 'running', 'done', 'rejected', 'expired', 'cancelled', 'void')),
  needs text NOT NULL CHECK (needs IN ('senior_or_finance', 'finance', 'two_people')), rule text NOT NULL,
  rules_version int NOT NULL REFERENCES refund_rules, preview_hash text NOT NULL CHECK (length(preview_hash) = 64),
  requested_by bigint NOT NULL REFERENCES operators, requested_session bigint NOT NULL REFERENCES operator_sessions,
  requested_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, is_solo boolean NOT NULL DEFAULT false,
  started_at timestamptz, ended_at timestamptz, ended_by bigint REFERENCES operators, decision text NOT NULL DEFAULT '',
  cause_id bigint NOT NULL,
  CONSTRAINT batch_key_once UNIQUE (batch_key),
  CONSTRAINT each_where_amount CHECK ((share = 'amount') = (each IS NOT NULL)),
  CONSTRAINT started_where_run CHECK (CASE WHEN state IN ('running', 'done') THEN started_at IS NOT NULL
    WHEN state = 'cancelled' THEN true ELSE started_at IS NULL END),
  CONSTRAINT started_in_time CHECK (started_at < expires_at),
  CONSTRAINT ended_with_time CHECK ((state IN ('pending_approval', 'approved', 'running')) = (ended_at IS NULL)));
CREATE INDEX refund_batches_by_state ON refund_batches (state, id);
CREATE INDEX refund_batches_running ON refund_batches (requested_by) WHERE state = 'running';
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON refund_batches FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE refunds ADD CONSTRAINT of_a_batch FOREIGN KEY (batch_id) REFERENCES refund_batches;

CREATE TABLE refund_batch_rows (             -- each call of a batch, and what became of it
  batch_id bigint NOT NULL REFERENCES refund_batches, call_id bigint NOT NULL REFERENCES calls,
  customer_id bigint NOT NULL REFERENCES customers, paid_transfer_id bigint NOT NULL REFERENCES transfers,
  amount bigint NOT NULL CHECK (amount > 0),
  state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'done', 'refused', 'left')), -- left: the batch ended before it
  why text NOT NULL DEFAULT '', refund_id bigint UNIQUE REFERENCES refunds, decided_at timestamptz, cause_id bigint NOT NULL,
  PRIMARY KEY (batch_id, call_id),
  CONSTRAINT done_by_refund CHECK ((state = 'done') = (refund_id IS NOT NULL)),
  CONSTRAINT refused_with_reason CHECK (state <> 'refused' OR why <> ''),
  CONSTRAINT decided_with_time CHECK ((state = 'planned') = (decided_at IS NULL)))
  WITH (fillfactor = 70);
CREATE UNIQUE INDEX in_one_open_batch ON refund_batch_rows (call_id) WHERE state = 'planned';
CREATE INDEX refund_batch_rows_planned ON refund_batch_rows (batch_id, customer_id, call_id) WHERE state = 'planned';
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON refund_batch_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE refund_batch_approvals (        -- as refund_approvals: who agreed, and to which figures
  batch_id bigint NOT NULL REFERENCES refund_batches, place smallint NOT NULL CHECK (place IN (1, 2)),
  approver_id bigint NOT NULL REFERENCES operators, session_id bigint NOT NULL REFERENCES operator_sessions,
  roles text[] NOT NULL DEFAULT '{}',        -- as they were then; the trigger writes them
  hash text NOT NULL, at timestamptz NOT NULL, cause_id bigint NOT NULL,
  PRIMARY KEY (batch_id, place),
  CONSTRAINT batch_by_two_different_people UNIQUE (batch_id, approver_id));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refund_batch_approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The rows of a batch are those that were asked for: as many, of as much, none decided about yet.
CREATE FUNCTION refund_batch_is_whole(b refund_batches) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT count(*) = b.calls AND coalesce(sum(x.amount), 0) = b.total AND count(*) FILTER (WHERE x.state <> 'planned') = 0
  FROM refund_batch_rows x WHERE x.batch_id = b.id $$;

CREATE FUNCTION refund_batch_approval_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE b refund_batches; v_roles text[];
BEGIN
  SELECT * INTO b FROM refund_batches WHERE id = NEW.batch_id FOR UPDATE;
  SELECT o.roles INTO v_roles FROM operators o JOIN operator_sessions s ON s.operator_id = o.id
    WHERE o.id = NEW.approver_id AND o.is_active AND s.id = NEW.session_id;
  IF b.state NOT IN ('pending_approval', 'approved') OR b.expires_at <= NEW.at THEN
    RAISE EXCEPTION 'batch % does not wait for anybody', NEW.batch_id USING ERRCODE = 'check_violation'; END IF;
  IF b.requested_by = NEW.approver_id OR b.requested_session = NEW.session_id THEN
    RAISE EXCEPTION 'nobody_approves_their_own: batch %', NEW.batch_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.hash <> b.preview_hash OR NOT refund_batch_is_whole(b) THEN
    RAISE EXCEPTION 'batch % has other figures', NEW.batch_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.place <> (SELECT count(*) + 1 FROM refund_batch_approvals a WHERE a.batch_id = NEW.batch_id)
     OR (NEW.place = 2 AND b.needs <> 'two_people') THEN
    RAISE EXCEPTION 'batch % has been agreed to', NEW.batch_id USING ERRCODE = 'check_violation'; END IF;
  IF NOT coalesce(v_roles && ARRAY['senior', 'finance'], false)
     OR ((NEW.place = 2 OR b.needs = 'finance') AND NOT 'finance' = ANY (v_roles)) THEN
    RAISE EXCEPTION 'operator % may not agree to batch %', NEW.approver_id, NEW.batch_id USING ERRCODE = 'check_violation'; END IF;
  NEW.roles := v_roles;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON refund_batch_approvals FOR EACH ROW EXECUTE FUNCTION refund_batch_approval_guard();

-- That money may move: others have agreed to these figures, or there is nobody else who could be asked.
CREATE FUNCTION refund_batch_agreed(b refund_batches) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN b.is_solo THEN coalesce((SELECT s.is_solo FROM operator_settings s), false)
    ELSE (SELECT count(*) = CASE b.needs WHEN 'two_people' THEN 2 ELSE 1 END
        AND (b.needs = 'senior_or_finance' OR coalesce(bool_or('finance' = ANY (a.roles) AND a.place = CASE b.needs
          WHEN 'two_people' THEN 2 ELSE 1 END), false))
      FROM refund_batch_approvals a WHERE a.batch_id = b.id AND a.hash = b.preview_hash) END $$;

CREATE FUNCTION refund_batch_may_follow(p_from text, p_to text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE p_from
    WHEN 'pending_approval' THEN p_to IN ('pending_approval', 'approved', 'running', 'rejected', 'expired', 'cancelled', 'void')
    WHEN 'approved' THEN p_to IN ('approved', 'running', 'rejected', 'expired', 'cancelled', 'void')
    WHEN 'running' THEN p_to IN ('done', 'cancelled')
    ELSE false END $$;

CREATE FUNCTION refund_batch_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_rules refund_rules;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO v_rules FROM refund_rules WHERE version = NEW.rules_version;
    IF NEW.state <> 'pending_approval' OR NOT operator_may(NEW.requested_by, ARRAY['senior', 'finance'])
       OR refund_rank(NEW.needs) < refund_rank(refund_least_needs(v_rules, NEW.total)) THEN
      RAISE EXCEPTION 'operator % may not ask for batch % like that', NEW.requested_by, NEW.id USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF NOT refund_batch_may_follow(OLD.state, NEW.state) OR refund_rank(NEW.needs) < refund_rank(OLD.needs)
     OR ROW(OLD.id, OLD.batch_key, OLD.query, OLD.share, OLD.each, OLD.reason, OLD.note, OLD.calls, OLD.total, OLD.rules_version,
         OLD.preview_hash, OLD.requested_by, OLD.requested_session, OLD.requested_at, OLD.expires_at, OLD.cause_id)
       IS DISTINCT FROM ROW(NEW.id, NEW.batch_key, NEW.query, NEW.share, NEW.each, NEW.reason, NEW.note, NEW.calls, NEW.total,
         NEW.rules_version, NEW.preview_hash, NEW.requested_by, NEW.requested_session, NEW.requested_at, NEW.expires_at, NEW.cause_id)
     OR (OLD.state = 'running' AND ROW(OLD.needs, OLD.is_solo, OLD.started_at) IS DISTINCT FROM ROW(NEW.needs, NEW.is_solo, NEW.started_at))
     THEN RAISE EXCEPTION 'batch % is settled or another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'approved' AND NOT EXISTS (SELECT FROM refund_batch_approvals a WHERE a.batch_id = NEW.id) THEN
    RAISE EXCEPTION 'nobody has agreed to batch %', NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state <> 'running' AND NEW.state = 'running' AND NOT (refund_batch_agreed(NEW) AND refund_batch_is_whole(NEW)) THEN
    RAISE EXCEPTION 'batch % is not agreed to', NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'cancelled' AND OLD.state <> 'running' AND NEW.started_at IS NOT NULL THEN
    RAISE EXCEPTION 'batch % never began', NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'done' AND EXISTS (SELECT FROM refund_batch_rows x WHERE x.batch_id = NEW.id AND x.state = 'planned') THEN
    RAISE EXCEPTION 'batch % is not through', NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON refund_batches FOR EACH ROW EXECUTE FUNCTION refund_batch_guard();

CREATE FUNCTION refund_batch_row_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_state text;
BEGIN
  SELECT state INTO v_state FROM refund_batches WHERE id = NEW.batch_id;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'planned' OR v_state IS DISTINCT FROM 'pending_approval' OR NOT EXISTS (SELECT FROM calls c
        WHERE c.id = NEW.call_id AND c.customer_id = NEW.customer_id AND c.charge_transfer_id = NEW.paid_transfer_id) THEN
      RAISE EXCEPTION 'call % is no row of batch %', NEW.call_id, NEW.batch_id USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'planned' OR ROW(OLD.batch_id, OLD.call_id, OLD.customer_id, OLD.paid_transfer_id, OLD.amount)
       IS DISTINCT FROM ROW(NEW.batch_id, NEW.call_id, NEW.customer_id, NEW.paid_transfer_id, NEW.amount) THEN
    RAISE EXCEPTION 'call % of batch % is settled or another one', OLD.call_id, OLD.batch_id USING ERRCODE = 'check_violation'; END IF;
  IF (CASE WHEN NEW.state IN ('done', 'refused') THEN v_state <> 'running'
      WHEN NEW.state = 'left' THEN v_state NOT IN ('rejected', 'expired', 'cancelled', 'void') ELSE false END) THEN
    RAISE EXCEPTION 'batch % is %, so call % is not %', NEW.batch_id, v_state, NEW.call_id, NEW.state USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'done' AND NOT EXISTS (SELECT FROM refunds r WHERE r.id = NEW.refund_id AND r.batch_id = NEW.batch_id
      AND r.call_id = NEW.call_id AND r.amount = NEW.amount) THEN
    RAISE EXCEPTION 'refund % is not of call % of batch %', NEW.refund_id, NEW.call_id, NEW.batch_id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON refund_batch_rows FOR EACH ROW EXECUTE FUNCTION refund_batch_row_guard();

GRANT SELECT, INSERT ON refund_batches, refund_batch_rows, refund_batch_approvals TO speechcad_app;
GRANT UPDATE (state, needs, rule, is_solo, started_at, ended_at, ended_by, decision) ON refund_batches TO speechcad_app;
GRANT UPDATE (state, why, refund_id, decided_at, cause_id) ON refund_batch_rows TO speechcad_app;

-- What a refund has to be -----------------------------------------------------------------------

-- What somebody has given back since then, with what is agreed to of their batches and not given yet.
CREATE FUNCTION refund_day_total(p_operator bigint, p_since timestamptz, p_without bigint) RETURNS bigint LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT ((SELECT coalesce(sum(r.amount), 0) FROM refunds r WHERE r.state = 'done' AND r.requested_by = p_operator
      AND r.decided_at >= p_since AND r.id <> p_without)
    + (SELECT coalesce(sum(x.amount), 0) FROM refund_batches b JOIN refund_batch_rows x ON x.batch_id = b.id AND x.state = 'planned'
      WHERE b.requested_by = p_operator AND b.state = 'running'))::bigint $$;

-- As in 0014_refunds.sql, and: one of a batch is what the batch says, and the batch runs.
CREATE OR REPLACE FUNCTION refund_allowed(r refunds) RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_rules refund_rules; v_roles text[]; v_day timestamptz;
BEGIN
  SELECT * INTO v_rules FROM refund_rules WHERE version = r.rules_version;
  IF v_rules.version IS NULL OR refund_rank(r.needs) < refund_rank(refund_least_needs(v_rules, r.amount)) THEN RETURN false; END IF;
  IF r.batch_id IS NOT NULL THEN             -- nobody gets this far unless others have agreed to the whole of it
    RETURN EXISTS (SELECT FROM refund_batches b JOIN refund_batch_rows x ON x.batch_id = b.id AND x.call_id = r.call_id
      WHERE b.id = r.batch_id AND b.state = 'running' AND x.state = 'planned' AND x.amount = r.amount
        AND x.customer_id = r.customer_id AND x.paid_transfer_id = r.paid_transfer_id
        AND ROW(b.requested_by, b.needs, b.rules_version, b.preview_hash, b.is_solo)
          = ROW(r.requested_by, r.needs, r.rules_version, r.preview_hash, r.is_solo));
  END IF;
  IF r.is_solo THEN                          -- there is nobody else who could be asked
    RETURN coalesce((SELECT s.is_solo FROM operator_settings s), false);
  END IF;
  IF r.needs <> 'nobody' THEN                -- each of them was judged when it was given
    RETURN (SELECT count(*) FROM refund_approvals a WHERE a.refund_id = r.id AND a.hash = r.preview_hash)
        = CASE r.needs WHEN 'two_people' THEN 2 ELSE 1 END
      AND (r.needs = 'senior_or_finance' OR EXISTS (SELECT FROM refund_approvals a WHERE a.refund_id = r.id
        AND a.place = CASE r.needs WHEN 'two_people' THEN 2 ELSE 1 END AND 'finance' = ANY (a.roles)));
  END IF;
  v_day := date_trunc('day', r.decided_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
  -- Two at once would not see each other.
  IF r.is_automatic THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('automatic refunds', 3));
    RETURN r.amount <= v_rules.automatic_each
      AND r.amount + (SELECT coalesce(sum(x.amount), 0) FROM refunds x WHERE x.is_automatic AND x.state = 'done' AND x.needs = 'nobody'
        AND x.decided_at >= v_day AND x.customer_id = r.customer_id AND x.id <> r.id) <= v_rules.automatic_customer_day
      AND r.amount + (SELECT coalesce(sum(x.amount), 0) FROM refunds x WHERE x.is_automatic AND x.state = 'done' AND x.needs = 'nobody'
        AND x.decided_at >= v_day AND x.id <> r.id) <= v_rules.automatic_day;
  END IF;
  SELECT o.roles INTO v_roles FROM operators o WHERE o.id = r.requested_by FOR NO KEY UPDATE;
  IF 'admin' = ANY (v_roles) AND (SELECT s.is_solo FROM operator_settings s) THEN v_roles := v_roles || 'finance'::text; END IF;
  RETURN r.amount + refund_day_total(r.requested_by, v_day, r.id)
    <= greatest(CASE WHEN 'support' = ANY (v_roles) THEN v_rules.day_support END,
                CASE WHEN 'senior' = ANY (v_roles) THEN v_rules.day_senior END,
                CASE WHEN 'finance' = ANY (v_roles) THEN v_rules.day_finance END);
END $$;

CREATE OR REPLACE FUNCTION refund_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state NOT IN ('pending_approval', 'approved')
      OR ROW(OLD.id, OLD.call_id, OLD.plan_period_id, OLD.batch_id, OLD.customer_id, OLD.paid_transfer_id, OLD.amount, OLD.requested_by,
           OLD.requested_session, OLD.is_automatic)
         IS DISTINCT FROM ROW(NEW.id, NEW.call_id, NEW.plan_period_id, NEW.batch_id, NEW.customer_id, NEW.paid_transfer_id, NEW.amount,
           NEW.requested_by, NEW.requested_session, NEW.is_automatic)
      OR (OLD.rules_version IS NOT NULL AND ROW(OLD.rules_version, OLD.preview_hash, OLD.expires_at)
         IS DISTINCT FROM ROW(NEW.rules_version, NEW.preview_hash, NEW.expires_at))) THEN
    RAISE EXCEPTION 'refund % is settled or another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF TG_OP = 'INSERT' AND NEW.state NOT IN ('pending_approval', 'done') THEN
    RAISE EXCEPTION 'refund % begins as %', NEW.id, NEW.state USING ERRCODE = 'check_violation'; END IF;
  IF TG_OP = 'UPDATE' AND (refund_rank(NEW.needs) < refund_rank(OLD.needs)
      OR (OLD.state = 'approved' AND NEW.state = 'pending_approval')
      OR NEW.state NOT IN ('pending_approval', 'approved', 'done', 'rejected', 'expired', 'cancelled', 'void')) THEN
    RAISE EXCEPTION 'refund % cannot go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'approved' AND NOT EXISTS (SELECT FROM refund_approvals a WHERE a.refund_id = NEW.id) THEN
    RAISE EXCEPTION 'nobody has agreed to refund %', NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.call_id IS NOT NULL AND NOT EXISTS (SELECT FROM calls c WHERE c.id = NEW.call_id AND c.customer_id = NEW.customer_id
      AND c.charge_transfer_id = NEW.paid_transfer_id) THEN
    RAISE EXCEPTION 'refund % is not of what call % paid', NEW.id, NEW.call_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.plan_period_id IS NOT NULL AND NOT EXISTS (SELECT FROM plan_periods p WHERE p.id = NEW.plan_period_id
      AND p.customer_id = NEW.customer_id AND p.transfer_id = NEW.paid_transfer_id) THEN
    RAISE EXCEPTION 'refund % is not of what period % paid', NEW.id, NEW.plan_period_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'done' AND NOT coalesce(refund_allowed(NEW), false) THEN
    RAISE EXCEPTION 'refund % is not allowed by the rules of version %', NEW.id, NEW.rules_version USING ERRCODE = 'check_violation'; END IF;
  IF NEW.transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id AND t.kind = 'refund'
      AND t.refunds_id = NEW.paid_transfer_id AND t.platform_amount = -NEW.amount
      AND t.request_key = CASE WHEN NEW.batch_id IS NULL THEN 'refund:' || NEW.id ELSE 'refund:' || NEW.batch_id || ':' || NEW.call_id END) THEN
    RAISE EXCEPTION 'transfer % is not refund %', NEW.transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;

-- Commands --------------------------------------------------------------------------------------

-- A batch is of many customers: who asks waits for nobody, and its row is locked.
INSERT INTO command_lanes (kind, lane) VALUES
  ('refund.bulk.preview', 'operator'), ('refund.bulk.request', 'operator'), ('refund.bulk.approve', 'operator'),
  ('refund.bulk.cancel', 'operator');
CREATE OR REPLACE FUNCTION payload_customer(p_payload jsonb) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    (SELECT customer_id FROM calls WHERE id = payload_id(p_payload, 'call')),
    (SELECT customer_id FROM transfers WHERE id = payload_id(p_payload, 'payment') AND kind = 'plan'),
    (SELECT customer_id FROM refunds WHERE id = payload_id(p_payload, 'refund')),
    (SELECT customer_id FROM deposit_reviews WHERE id = payload_id(p_payload, 'review')),
    (SELECT customer_id FROM deposits WHERE id = payload_id(p_payload, 'deposit')),
    (SELECT customer_id FROM adjustments WHERE id = payload_id(p_payload, 'adjustment')),
    (SELECT customer_id FROM payouts WHERE id = payload_id(p_payload, 'payout')),
    (SELECT id FROM customers WHERE id = payload_id(p_payload, 'customer'))) $$;

-- What a console may see ------------------------------------------------------------------------

CREATE OR REPLACE VIEW console.refunds WITH (security_barrier) AS
  SELECT id, call_id, customer_id, amount, reason, state, needs, rule, requested_by, requested_at, approved_by, decided_at,
    transfer_id, rules_version, expires_at, preview_hash, decision, is_solo, is_automatic, plan_period_id, batch_id,
    paid_transfer_id FROM refunds;
CREATE VIEW console.refund_batches WITH (security_barrier) AS
  SELECT id, batch_key, query, share, each, reason, note, calls, total, state, needs, rule, rules_version, preview_hash, requested_by,
    requested_at, expires_at, is_solo, started_at, ended_at, ended_by, decision FROM refund_batches;
CREATE VIEW console.refund_batch_rows WITH (security_barrier) AS
  SELECT batch_id, call_id, customer_id, amount, state, why, refund_id, decided_at FROM refund_batch_rows;
CREATE VIEW console.refund_batch_approvals WITH (security_barrier) AS
  SELECT batch_id, place, approver_id, roles, hash, at FROM refund_batch_approvals;
GRANT SELECT ON console.refund_batches, console.refund_batch_rows, console.refund_batch_approvals TO speechcad_console;
