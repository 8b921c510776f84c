-- Whose agreement money that is given back needs: the rules as rows that are only ever added, and each agreement with the
-- figures it was given to. Design: README of backend/operators.

-- Rules -----------------------------------------------------------------------------------------

CREATE TABLE refund_rules (                  -- an old refund is explained by the rules of its day; amounts in micro-dollars
  version int PRIMARY KEY, in_force_from timestamptz NOT NULL,
  small bigint NOT NULL,                     -- up to this nobody else is asked
  middle bigint NOT NULL,                    -- up to this a Senior or Finance
  large bigint NOT NULL,                     -- up to this Finance; above it two people
  -- What one person gives back in a day (UTC) before another is asked, by the most that their roles allow.
  day_support bigint NOT NULL, day_senior bigint NOT NULL, day_finance bigint NOT NULL,
  old_cause_days int NOT NULL,               -- older than this: Finance
  customer_refunds int NOT NULL, customer_days int NOT NULL, -- that many in that many days: the next is for Finance
  waits_hours int NOT NULL,                  -- a request that nobody decides about is void afterwards
  -- What nobody has to ask for: of one thing, to one customer in a day, and to all of them in a day.
  automatic_each bigint NOT NULL, automatic_customer_day bigint NOT NULL, automatic_day bigint NOT NULL,
  changed_by bigint REFERENCES operators,    -- null: as shipped
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 500), cause_id bigint NOT NULL,
  CONSTRAINT limits_in_order CHECK (0 <= small AND small <= middle AND middle <= large),
  CONSTRAINT days_not_negative CHECK (least(day_support, day_senior, day_finance) >= 0),
  CONSTRAINT sane_times CHECK (old_cause_days BETWEEN 1 AND 3650 AND customer_refunds BETWEEN 0 AND 1000
    AND customer_days BETWEEN 1 AND 3650 AND waits_hours BETWEEN 1 AND 720),
  CONSTRAINT automatic_in_order CHECK (0 <= automatic_each AND automatic_each <= automatic_customer_day
    AND automatic_customer_day <= automatic_day));
INSERT INTO refund_rules VALUES (1, '-infinity', 5000000, 50000000, 500000000, 25000000, 25000000, 25000000, 30, 2, 30, 24,
  5000000, 10000000, 100000000, NULL, 'as shipped', 0);

CREATE FUNCTION refund_rules_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.version <> (SELECT max(version) + 1 FROM refund_rules)
     OR NEW.in_force_from < (SELECT max(in_force_from) FROM refund_rules) OR NEW.changed_by IS NULL THEN
    RAISE EXCEPTION 'rules of refunds follow each other and somebody made them' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON refund_rules FOR EACH ROW EXECUTE FUNCTION refund_rules_guard();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refund_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON refund_rules TO speechcad_app;

-- Refunds ---------------------------------------------------------------------------------------

ALTER TABLE refunds
  ADD COLUMN rules_version int REFERENCES refund_rules, -- null: from before there were versions
  ADD COLUMN requested_session bigint REFERENCES operator_sessions,
  ADD COLUMN is_automatic boolean NOT NULL DEFAULT false, -- asked for by nobody: the provider failed
  ADD CONSTRAINT automatic_by_nobody CHECK (NOT is_automatic OR requested_by IS NULL);
CREATE UNIQUE INDEX refunds_automatic_once ON refunds (call_id) WHERE is_automatic;
CREATE INDEX refunds_automatic_by_day ON refunds (decided_at) WHERE is_automatic AND state = 'done';
CREATE INDEX refunds_done_of_customer ON refunds (customer_id, decided_at) WHERE state = 'done';

CREATE TABLE refund_approvals (              -- who agreed, and to which figures
  refund_id bigint NOT NULL REFERENCES refunds, place smallint NOT NULL CHECK (place IN (1, 2)),
  approver_id bigint NOT NULL REFERENCES operators, session_id bigint NOT NULL REFERENCES operator_sessions,
  roles text[] NOT NULL DEFAULT '{}',        -- as they were then; the trigger writes them
  hash text NOT NULL, at timestamptz NOT NULL, cause_id bigint NOT NULL,
  PRIMARY KEY (refund_id, place),
  CONSTRAINT two_different_people UNIQUE (refund_id, approver_id));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refund_approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON refund_approvals TO speechcad_app;

CREATE FUNCTION refund_rank(p_needs text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_position(ARRAY['nobody', 'senior_or_finance', 'finance', 'two_people'], p_needs) $$;
-- What the amount alone asks for; age and count can only ask for more.
CREATE FUNCTION refund_least_needs(p_rules refund_rules, p_amount bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_amount > p_rules.large THEN 'two_people' WHEN p_amount > p_rules.middle THEN 'finance'
    WHEN p_amount > p_rules.small THEN 'senior_or_finance' ELSE 'nobody' END $$;

CREATE FUNCTION refund_approval_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE r refunds; v_roles text[];
BEGIN
  SELECT * INTO r FROM refunds WHERE id = NEW.refund_id FOR UPDATE;
  SELECT o.roles INTO v_roles FROM operators o JOIN operator_sessions s ON s.operator_id = o.id
    WHERE o.id = NEW.approver_id AND o.is_active AND s.id = NEW.session_id;
  IF r.state NOT IN ('pending_approval', 'approved') OR r.expires_at <= NEW.at THEN
    RAISE EXCEPTION 'refund % does not wait for anybody', NEW.refund_id USING ERRCODE = 'check_violation'; END IF;
  IF r.requested_by = NEW.approver_id OR r.requested_session = NEW.session_id THEN
    RAISE EXCEPTION 'nobody_approves_their_own: refund %', NEW.refund_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.hash = '' OR NEW.hash <> r.preview_hash THEN
    RAISE EXCEPTION 'refund % has other figures', NEW.refund_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.place <> (SELECT count(*) + 1 FROM refund_approvals a WHERE a.refund_id = NEW.refund_id)
     OR (NEW.place = 2 AND r.needs <> 'two_people') THEN
    RAISE EXCEPTION 'refund % has been agreed to', NEW.refund_id USING ERRCODE = 'check_violation'; END IF;
  IF NOT coalesce(v_roles && ARRAY['senior', 'finance'], false)
     OR ((NEW.place = 2 OR r.needs = 'finance') AND NOT 'finance' = ANY (v_roles)) THEN
    RAISE EXCEPTION 'operator % may not agree to refund %', NEW.approver_id, NEW.refund_id USING ERRCODE = 'check_violation'; END IF;
  NEW.roles := v_roles;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON refund_approvals FOR EACH ROW EXECUTE FUNCTION refund_approval_guard();

-- That a refund which is done was allowed: by its amount and the day of who gave it, or by others.
CREATE FUNCTION refund_allowed(r refunds) RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_rules refund_rules; v_roles text[]; v_day timestamptz;
BEGIN
  SELECT * INTO v_rules FROM refund_rules WHERE version = r.rules_version;
  IF v_rules.version IS NULL OR refund_rank(r.needs) < refund_rank(refund_least_needs(v_rules, r.amount)) THEN RETURN false; END IF;
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
  RETURN r.amount + (SELECT coalesce(sum(x.amount), 0) FROM refunds x WHERE x.state = 'done' AND x.requested_by = r.requested_by
      AND x.decided_at >= v_day AND x.id <> r.id)
    <= greatest(CASE WHEN 'support' = ANY (v_roles) THEN v_rules.day_support END,
                CASE WHEN 'senior' = ANY (v_roles) THEN v_rules.day_senior END,
                CASE WHEN 'finance' = ANY (v_roles) THEN v_rules.day_finance END);
END $$;

CREATE OR REPLACE FUNCTION refund_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state NOT IN ('pending_approval', 'approved')
      OR ROW(OLD.id, OLD.call_id, OLD.customer_id, OLD.paid_transfer_id, OLD.amount, OLD.requested_by, OLD.requested_session,
           OLD.is_automatic)
         IS DISTINCT FROM ROW(NEW.id, NEW.call_id, NEW.customer_id, NEW.paid_transfer_id, NEW.amount, NEW.requested_by,
           NEW.requested_session, NEW.is_automatic)
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
  IF NOT EXISTS (SELECT FROM calls c WHERE c.id = NEW.call_id AND c.customer_id = NEW.customer_id
      AND c.charge_transfer_id = NEW.paid_transfer_id) THEN
    RAISE EXCEPTION 'refund % is not of what call % paid', NEW.id, NEW.call_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'done' AND NOT coalesce(refund_allowed(NEW), false) THEN
    RAISE EXCEPTION 'refund % is not allowed by the rules of version %', NEW.id, NEW.rules_version USING ERRCODE = 'check_violation'; END IF;
  IF NEW.transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id AND t.kind = 'refund'
      AND t.refunds_id = NEW.paid_transfer_id AND t.platform_amount = -NEW.amount AND t.request_key = 'refund:' || NEW.id) THEN
    RAISE EXCEPTION 'transfer % is not refund %', NEW.transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;

-- Adjustments -----------------------------------------------------------------------------------

ALTER TABLE transfers
  ADD CONSTRAINT goodwill_shape CHECK (kind <> 'goodwill' OR (customer_id <> 0 AND platform = 'adjust_goodwill'
    AND platform_amount < 0 AND available >= 0 AND debt >= 0 AND held = 0 AND other_platform IS NULL)),
  ADD CONSTRAINT correction_shape CHECK (kind <> 'correction' OR (customer_id <> 0 AND platform = 'adjust_correction'
    AND held = 0 AND other_platform IS NULL AND (platform_amount > 0) = (available < 0) AND debt >= 0)),
  ADD CONSTRAINT reversal_shape CHECK (kind <> 'refund_reversal' OR (platform IN ('revenue_calls', 'revenue_plans')
    AND platform_amount > 0 AND available < 0 AND held = 0 AND debt = 0 AND other_platform IS NULL));

-- What is given to or taken from a wallet without a paid thing behind it, and refunds that are taken back. Always two people
-- of Finance; of a reversal a Senior may ask.
CREATE TABLE adjustments (
  id bigint PRIMARY KEY,                     -- the inbox row that asked for it
  customer_id bigint NOT NULL REFERENCES customers,
  kind text NOT NULL CHECK (kind IN ('goodwill', 'correction', 'reversal')),
  amount bigint NOT NULL CHECK (amount <> 0), -- micro-dollars, positive: to the customer
  refund_id bigint REFERENCES refunds,
  reason text NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
  state text NOT NULL CHECK (state IN ('pending_approval', 'done', 'rejected', 'expired', 'cancelled', 'void')),
  preview_hash text NOT NULL CHECK (length(preview_hash) = 64),
  requested_by bigint NOT NULL REFERENCES operators, requested_session bigint NOT NULL REFERENCES operator_sessions,
  requested_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  approved_by bigint REFERENCES operators, approved_session bigint REFERENCES operator_sessions, approved_hash text,
  is_solo boolean NOT NULL DEFAULT false, decided_at timestamptz, decision text NOT NULL DEFAULT '',
  transfer_id bigint UNIQUE REFERENCES transfers, cause_id bigint NOT NULL,
  CONSTRAINT nobody_approves_their_own CHECK (is_solo OR (approved_by IS DISTINCT FROM requested_by
    AND approved_session IS DISTINCT FROM requested_session)),
  CONSTRAINT same_figures CHECK (approved_hash IS NULL OR approved_hash = preview_hash),
  CONSTRAINT done_by_transfer CHECK ((state = 'done') = (transfer_id IS NOT NULL)),
  CONSTRAINT done_by_approval CHECK ((state = 'done') = (approved_by IS NOT NULL AND approved_session IS NOT NULL
    AND approved_hash IS NOT NULL)),
  CONSTRAINT decided_with_time CHECK ((state = 'pending_approval') = (decided_at IS NULL)),
  CONSTRAINT decided_in_time CHECK (state <> 'done' OR decided_at < expires_at),
  CONSTRAINT goodwill_is_given CHECK (kind <> 'goodwill' OR amount > 0),
  CONSTRAINT reversal_takes_back CHECK ((kind = 'reversal') = (refund_id IS NOT NULL) AND (kind <> 'reversal' OR amount < 0)));
CREATE UNIQUE INDEX adjustments_reverse_once ON adjustments (refund_id) WHERE state IN ('pending_approval', 'done');
CREATE INDEX adjustments_by_customer ON adjustments (customer_id, id);
CREATE INDEX adjustments_by_state ON adjustments (state, id);
CREATE INDEX adjustments_by_refund ON adjustments (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX adjustments_by_cause ON adjustments USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON adjustments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whether an operator holds one of these roles; in solo mode the Admin holds Finance.
CREATE FUNCTION operator_may(p_operator bigint, p_roles text[]) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT o.is_active AND (o.roles && p_roles OR ('finance' = ANY (p_roles) AND 'admin' = ANY (o.roles)
    AND (SELECT s.is_solo FROM operator_settings s))) FROM operators o WHERE o.id = p_operator), false) $$;

CREATE FUNCTION adjustment_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND (NEW.state <> 'pending_approval' OR NOT operator_may(NEW.requested_by,
      CASE NEW.kind WHEN 'reversal' THEN ARRAY['senior', 'finance'] ELSE ARRAY['finance'] END)) THEN
    RAISE EXCEPTION 'operator % may not ask for adjustment %', NEW.requested_by, NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.state <> 'pending_approval'
      OR ROW(OLD.id, OLD.customer_id, OLD.kind, OLD.amount, OLD.refund_id, OLD.reason, OLD.preview_hash, OLD.requested_by,
           OLD.requested_session, OLD.requested_at, OLD.expires_at, OLD.cause_id)
         IS DISTINCT FROM ROW(NEW.id, NEW.customer_id, NEW.kind, NEW.amount, NEW.refund_id, NEW.reason, NEW.preview_hash,
           NEW.requested_by, NEW.requested_session, NEW.requested_at, NEW.expires_at, NEW.cause_id)) THEN
    RAISE EXCEPTION 'adjustment % is settled or another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.refund_id IS NOT NULL AND NOT EXISTS (SELECT FROM refunds r WHERE r.id = NEW.refund_id AND r.state = 'done'
      AND r.customer_id = NEW.customer_id AND r.amount >= -NEW.amount) THEN
    RAISE EXCEPTION 'refund % gave not that much back', NEW.refund_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state <> 'done' THEN RETURN NEW; END IF;
  IF NOT operator_may(NEW.approved_by, ARRAY['finance'])
     OR (NEW.is_solo AND NOT coalesce((SELECT s.is_solo FROM operator_settings s), false)) THEN
    RAISE EXCEPTION 'operator % may not agree to adjustment %', NEW.approved_by, NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id AND t.request_key = 'adjustment:' || NEW.id
      AND t.kind = CASE NEW.kind WHEN 'reversal' THEN 'refund_reversal' ELSE NEW.kind END
      AND t.customer_id = NEW.customer_id AND t.available + t.debt = NEW.amount) THEN
    RAISE EXCEPTION 'transfer % is not adjustment %', NEW.transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON adjustments FOR EACH ROW EXECUTE FUNCTION adjustment_guard();
GRANT SELECT, INSERT ON adjustments TO speechcad_app;
GRANT UPDATE (state, approved_by, approved_session, approved_hash, is_solo, decided_at, decision, transfer_id) ON adjustments TO speechcad_app;

-- The payout register ---------------------------------------------------------------------------

ALTER TABLE transfers
  ADD CONSTRAINT payout_shape CHECK (kind <> 'payout' OR (customer_id <> 0 AND platform = 'payouts' AND platform_amount > 0
    AND available < 0 AND held = 0 AND debt = 0 AND other_platform IS NULL)),
  ADD CONSTRAINT payout_returned_shape CHECK (kind <> 'payout_returned' OR (customer_id <> 0 AND platform = 'payouts'
    AND platform_amount < 0 AND available > 0 AND held = 0 AND debt = 0 AND other_platform IS NULL));

-- Money that leaves the system is sent by a person with the provider's own tools; here stands who agreed to it, to where, and
-- by which transaction it went. The wallet pays when the second person agrees.
CREATE TABLE payouts (
  id bigint PRIMARY KEY,                     -- the inbox row that asked for it
  customer_id bigint NOT NULL REFERENCES customers,
  amount bigint NOT NULL CHECK (amount > 0), -- micro-dollars
  destination text NOT NULL CHECK (length(destination) BETWEEN 6 AND 200),
  reason text NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
  state text NOT NULL CHECK (state IN ('requested', 'approved', 'paid', 'failed', 'rejected', 'expired', 'cancelled')),
  preview_hash text NOT NULL CHECK (length(preview_hash) = 64),
  requested_by bigint NOT NULL REFERENCES operators, requested_session bigint NOT NULL REFERENCES operator_sessions,
  requested_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  first_by bigint REFERENCES operators, first_session bigint REFERENCES operator_sessions, first_hash text, first_at timestamptz,
  second_by bigint REFERENCES operators, second_session bigint REFERENCES operator_sessions, second_hash text, second_at timestamptz,
  is_solo boolean NOT NULL DEFAULT false,
  payable_from timestamptz,                  -- a day to think it over
  transfer_id bigint UNIQUE REFERENCES transfers,
  settled_by bigint REFERENCES operators, settled_at timestamptz, decision text NOT NULL DEFAULT '',
  reference text COLLATE "C" NOT NULL DEFAULT '', -- the transaction that paid it
  returned_transfer_id bigint UNIQUE REFERENCES transfers, cause_id bigint NOT NULL,
  CONSTRAINT nobody_approves_their_own CHECK (is_solo OR (first_by IS DISTINCT FROM requested_by
    AND second_by IS DISTINCT FROM requested_by AND first_session IS DISTINCT FROM requested_session
    AND second_session IS DISTINCT FROM requested_session)),
  CONSTRAINT two_different_people CHECK (is_solo OR first_by IS NULL OR second_by IS DISTINCT FROM first_by),
  CONSTRAINT first_whole CHECK (num_nulls(first_by, first_session, first_hash, first_at) IN (0, 4)),
  CONSTRAINT second_after_first CHECK (num_nulls(second_by, second_session, second_hash, second_at) IN (0, 4)
    AND (second_by IS NULL OR first_by IS NOT NULL)),
  CONSTRAINT same_figures CHECK (coalesce(first_hash, preview_hash) = preview_hash AND coalesce(second_hash, preview_hash) = preview_hash),
  CONSTRAINT agreed_in_time CHECK (first_at < expires_at AND second_at < expires_at),
  CONSTRAINT approved_by_two CHECK ((state IN ('approved', 'paid', 'failed')) = (second_by IS NOT NULL)),
  CONSTRAINT wallet_has_paid CHECK ((state IN ('approved', 'paid', 'failed')) = (transfer_id IS NOT NULL)
    AND (transfer_id IS NULL) = (payable_from IS NULL) AND payable_from >= second_at + interval '24 hours'),
  CONSTRAINT settled_whole CHECK ((state IN ('paid', 'failed')) = (settled_by IS NOT NULL AND settled_at IS NOT NULL)),
  CONSTRAINT paid_by_transaction CHECK ((state = 'paid') = (length(reference) BETWEEN 6 AND 200)),
  CONSTRAINT not_before_its_time CHECK (state <> 'paid' OR settled_at >= payable_from),
  CONSTRAINT failed_comes_back CHECK ((state = 'failed') = (returned_transfer_id IS NOT NULL)));
CREATE UNIQUE INDEX payouts_reference_once ON payouts (reference) WHERE state = 'paid';
CREATE INDEX payouts_by_customer ON payouts (customer_id, id);
CREATE INDEX payouts_by_state ON payouts (state, id);
CREATE INDEX payouts_by_cause ON payouts USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON payouts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION payout_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND (NEW.state <> 'requested' OR NEW.first_by IS NOT NULL
      OR NOT operator_may(NEW.requested_by, ARRAY['senior', 'finance'])) THEN
    RAISE EXCEPTION 'operator % may not ask for payout %', NEW.requested_by, NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF TG_OP = 'UPDATE' AND (ROW(OLD.id, OLD.customer_id, OLD.amount, OLD.destination, OLD.reason, OLD.preview_hash,
           OLD.requested_by, OLD.requested_session, OLD.requested_at, OLD.expires_at, OLD.cause_id)
         IS DISTINCT FROM ROW(NEW.id, NEW.customer_id, NEW.amount, NEW.destination, NEW.reason, NEW.preview_hash,
           NEW.requested_by, NEW.requested_session, NEW.requested_at, NEW.expires_at, NEW.cause_id)
      OR (OLD.first_by IS NOT NULL AND ROW(OLD.first_by, OLD.first_session, OLD.first_hash, OLD.first_at)
         IS DISTINCT FROM ROW(NEW.first_by, NEW.first_session, NEW.first_hash, NEW.first_at))
      OR (OLD.second_by IS NOT NULL AND ROW(OLD.second_by, OLD.second_session, OLD.second_hash, OLD.second_at, OLD.is_solo,
           OLD.payable_from, OLD.transfer_id)
         IS DISTINCT FROM ROW(NEW.second_by, NEW.second_session, NEW.second_hash, NEW.second_at, NEW.is_solo, NEW.payable_from,
           NEW.transfer_id))
      OR CASE OLD.state WHEN 'requested' THEN NEW.state IN ('paid', 'failed')
         WHEN 'approved' THEN NEW.state NOT IN ('approved', 'paid', 'failed') ELSE true END) THEN
    RAISE EXCEPTION 'payout % is settled or another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF (NEW.first_by IS NOT NULL AND TG_OP = 'UPDATE' AND OLD.first_by IS NULL
       AND NOT operator_may(NEW.first_by, ARRAY['senior', 'finance']))
     OR (NEW.second_by IS NOT NULL AND OLD.second_by IS NULL AND NOT operator_may(NEW.second_by, ARRAY['finance']))
     OR (NEW.settled_by IS NOT NULL AND NOT operator_may(NEW.settled_by, ARRAY['finance']))
     OR (NEW.is_solo AND TG_OP = 'UPDATE' AND NOT OLD.is_solo
       AND NOT coalesce((SELECT s.is_solo FROM operator_settings s), false)) THEN
    RAISE EXCEPTION 'payout % needs a Senior or Finance, then Finance', NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF (NEW.transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id AND t.kind = 'payout'
        AND t.request_key = 'payout:' || NEW.id AND t.customer_id = NEW.customer_id AND t.platform_amount = NEW.amount))
     OR (NEW.returned_transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.returned_transfer_id
        AND t.kind = 'payout_returned' AND t.request_key = 'payout_returned:' || NEW.id AND t.customer_id = NEW.customer_id
        AND t.platform_amount = -NEW.amount)) THEN
    RAISE EXCEPTION 'transfer is not that of payout %', NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON payouts FOR EACH ROW EXECUTE FUNCTION payout_guard();
GRANT SELECT, INSERT ON payouts TO speechcad_app;
GRANT UPDATE (state, first_by, first_session, first_hash, first_at, second_by, second_session, second_hash, second_at, is_solo,
  payable_from, transfer_id, settled_by, settled_at, decision, reference, returned_transfer_id) ON payouts TO speechcad_app;

-- Commands --------------------------------------------------------------------------------------

INSERT INTO command_lanes (kind, lane) VALUES
  ('policy.refund_rules', 'policy'), ('refund.approve', 'customer'), ('refund.reverse', 'customer'),
  ('adjustment.preview', 'customer'), ('adjustment.request', 'customer'), ('adjustment.approve', 'customer'),
  ('adjustment.reject', 'customer'),
  ('payout.preview', 'customer'), ('payout.request', 'customer'), ('payout.approve', 'customer'), ('payout.reject', 'customer'),
  ('payout.paid', 'customer'), ('payout.failed', 'customer');
CREATE OR REPLACE FUNCTION payload_customer(p_payload jsonb) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    (SELECT customer_id FROM calls WHERE id = payload_id(p_payload, 'call')),
    (SELECT customer_id FROM refunds WHERE id = payload_id(p_payload, 'refund')),
    (SELECT customer_id FROM deposit_reviews WHERE id = payload_id(p_payload, 'review')),
    (SELECT customer_id FROM adjustments WHERE id = payload_id(p_payload, 'adjustment')),
    (SELECT customer_id FROM payouts WHERE id = payload_id(p_payload, 'payout')),
    (SELECT id FROM customers WHERE id = payload_id(p_payload, 'customer'))) $$;

-- What a console may see ------------------------------------------------------------------------

CREATE VIEW console.refund_rules WITH (security_barrier) AS
  SELECT version, in_force_from, small, middle, large, day_support, day_senior, day_finance, old_cause_days, customer_refunds,
    customer_days, waits_hours, automatic_each, automatic_customer_day, automatic_day, changed_by, reason FROM refund_rules;
CREATE VIEW console.refund_approvals WITH (security_barrier) AS
  SELECT refund_id, place, approver_id, roles, hash, at FROM refund_approvals;
CREATE OR REPLACE VIEW console.refunds WITH (security_barrier) AS
  SELECT id, call_id, customer_id, amount, reason, state, needs, rule, requested_by, requested_at, approved_by, decided_at,
    transfer_id, rules_version, expires_at, preview_hash, decision, is_solo, is_automatic FROM refunds;
CREATE VIEW console.adjustments WITH (security_barrier) AS
  SELECT id, customer_id, kind, amount, refund_id, reason, state, preview_hash, requested_by, requested_at, expires_at, approved_by,
    is_solo, decided_at, decision, transfer_id FROM adjustments;
CREATE VIEW console.payouts WITH (security_barrier) AS
  SELECT id, customer_id, amount, destination, reason, state, preview_hash, requested_by, requested_at, expires_at, first_by,
    second_by, is_solo, payable_from, transfer_id, settled_by, settled_at, decision, reference, returned_transfer_id FROM payouts;
GRANT SELECT ON console.refund_rules, console.refund_approvals, console.adjustments, console.payouts TO speechcad_console;
