-- Which step of a deposit may follow which, the reviews that wait for a person, pauses and learned minimums of coins, and
-- the daily comparison with the provider's event log. Design: README of backend/deposits.

-- Steps -----------------------------------------------------------------------------------------

-- The same table as in backend/deposits/deposit_state.cpp; a test compares them.
CREATE VIEW deposit_transitions (from_state, to_state) AS
  SELECT t.from_state, unnest(string_to_array(t.next, ' ')) FROM (VALUES
    ('created', 'create_failed awaiting_payment'),
    ('awaiting_payment', 'detected confirming verifying credited expired underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold'),
    ('detected', 'confirming verifying credited expired underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold'),
    ('confirming', 'verifying credited underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold'),
    ('verifying', 'credited underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold'),
    ('credited', 'overpaid_review reversed'),
    ('expired', 'detected confirming verifying credited underpaid_review overpaid_review late_review mismatch_review settlement_failed_hold written_off'),
    ('underpaid_review', 'verifying credited overpaid_review settlement_failed_hold written_off reversed'),
    ('overpaid_review', 'credited reversed'),
    ('late_review', 'verifying credited underpaid_review overpaid_review written_off reversed'),
    ('mismatch_review', 'verifying credited underpaid_review overpaid_review written_off reversed'),
    ('settlement_failed_hold', 'verifying credited underpaid_review overpaid_review late_review mismatch_review written_off')
  ) AS t (from_state, next);

CREATE FUNCTION deposit_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF ROW(OLD.id, OLD.customer_id, OLD.coin, OLD.requested, OLD.token_sha256, OLD.created_at)
      IS DISTINCT FROM ROW(NEW.id, NEW.customer_id, NEW.coin, NEW.requested, NEW.token_sha256, NEW.created_at) THEN
    RAISE EXCEPTION 'deposit % would be another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.transfer_id IS NOT NULL AND (NEW.transfer_id IS DISTINCT FROM OLD.transfer_id OR NEW.credited < OLD.credited) THEN
    RAISE EXCEPTION 'deposit % is credited already', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.transfer_id IS NULL AND NEW.transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t
      WHERE t.id = NEW.transfer_id AND t.kind = 'deposit' AND t.customer_id = NEW.customer_id
        AND t.available + t.debt = NEW.credited) THEN
    RAISE EXCEPTION 'transfer % is not the credit of deposit %', NEW.transfer_id, OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state <> NEW.state AND NOT EXISTS (SELECT FROM deposit_transitions s
      WHERE s.from_state = OLD.state AND s.to_state = NEW.state) THEN
    RAISE EXCEPTION 'deposit % cannot go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON deposits FOR EACH ROW EXECUTE FUNCTION deposit_guard();

-- What the provider kept for itself, in the coin; null: it has not said. For the margin only.
ALTER TABLE deposits ADD COLUMN provider_fee numeric CHECK (provider_fee >= 0);
-- An event of it was marked as simulated: nothing of it is credited by rule any more.
ALTER TABLE deposits ADD COLUMN is_simulated boolean NOT NULL DEFAULT false;
CREATE INDEX deposits_by_day ON deposits (created_at);
CREATE INDEX deposits_by_transaction ON deposits (tx_id) WHERE tx_id IS NOT NULL;

-- Reviews ---------------------------------------------------------------------------------------

-- What came out of suspense goes to the customer, or back to where it came from.
ALTER TABLE transfers
  ADD CONSTRAINT excess_shape CHECK (kind <> 'deposit_excess' OR (platform = 'suspense' AND platform_amount < 0
    AND available >= 0 AND debt >= 0 AND held = 0 AND other_platform IS NULL)),
  ADD CONSTRAINT excess_refused_shape CHECK (kind <> 'excess_refused' OR (customer_id = 0 AND platform = 'suspense'
    AND platform_amount < 0 AND other_platform = 'dynopay_clearing'));

CREATE TABLE deposit_reviews (               -- one row for each thing a person has to decide; never deleted
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  deposit_id bigint REFERENCES deposits,     -- null: of a payment that was never reported to us
  customer_id bigint NOT NULL REFERENCES customers,
  kind text NOT NULL CHECK (kind IN ('underpaid', 'late', 'mismatch', 'provider_problem', 'unverified', 'excess', 'disputed',
    'second_payment', 'stray', 'closed', 'refunded', 'undetected')),
  subject text COLLATE "C" NOT NULL DEFAULT '', -- payment or transaction, where a deposit may have several
  asked bigint NOT NULL DEFAULT 0 CHECK (asked >= 0),
  expected numeric CHECK (expected > 0), received numeric CHECK (received >= 0), -- in the coin
  suggested bigint NOT NULL DEFAULT 0 CHECK (suggested >= 0), -- micro-dollars, what the amount rule would make of it; 0: it cannot say
  in_suspense bigint NOT NULL DEFAULT 0 CHECK (in_suspense >= 0),
  evidence text NOT NULL DEFAULT '',         -- English, for staff
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'pending_approval', 'done', 'refused', 'void')),
  decision text CHECK (decision IN ('accept', 'accept_part', 'credit_excess', 'refuse', 'match')),
  amount bigint NOT NULL DEFAULT 0 CHECK (amount >= 0),
  payee_id bigint REFERENCES customers,      -- of a match: who gets it
  payment text COLLATE "C" NOT NULL DEFAULT '', -- of a match: the provider's payment or the chain's transaction
  reason text NOT NULL DEFAULT '',           -- of a match: where the evidence is
  requested_by bigint REFERENCES operators, approved_by bigint REFERENCES operators, is_solo boolean NOT NULL DEFAULT false,
  opened_at timestamptz NOT NULL, requested_at timestamptz, decided_at timestamptz,
  transfer_id bigint UNIQUE REFERENCES transfers, cause_id bigint NOT NULL,
  CONSTRAINT nobody_approves_their_own CHECK (approved_by IS NULL OR approved_by IS DISTINCT FROM requested_by),
  CONSTRAINT two_people_match CHECK (state <> 'done' OR decision <> 'match' OR is_solo OR approved_by IS NOT NULL),
  CONSTRAINT done_by_transfer CHECK (state <> 'done' OR (transfer_id IS NOT NULL AND amount > 0)),
  CONSTRAINT undecided_moves_nothing CHECK (state IN ('done', 'refused') OR transfer_id IS NULL),
  CONSTRAINT decided_by_somebody CHECK ((state IN ('done', 'refused')) <= (decision IS NOT NULL AND decided_at IS NOT NULL
    AND requested_by IS NOT NULL AND length(reason) > 0)),
  CONSTRAINT pending_is_a_match CHECK (state <> 'pending_approval' OR (decision = 'match' AND requested_by IS NOT NULL
    AND payee_id IS NOT NULL AND amount > 0 AND payment <> '')),
  CONSTRAINT has_a_deposit CHECK ((kind = 'undetected') = (deposit_id IS NULL)))
  WITH (fillfactor = 80);
CREATE UNIQUE INDEX deposit_reviews_once ON deposit_reviews (deposit_id, kind, subject) WHERE state IN ('open', 'pending_approval');
CREATE INDEX deposit_reviews_by_deposit ON deposit_reviews (deposit_id, id);
CREATE INDEX deposit_reviews_by_state ON deposit_reviews (state, id);
CREATE INDEX deposit_reviews_by_cause ON deposit_reviews USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON deposit_reviews FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION deposit_review_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE t transfers;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state IN ('done', 'refused', 'void')
      OR ROW(OLD.id, OLD.deposit_id, OLD.customer_id, OLD.kind, OLD.subject, OLD.in_suspense)
         IS DISTINCT FROM ROW(NEW.id, NEW.deposit_id, NEW.customer_id, NEW.kind, NEW.subject, NEW.in_suspense)
      OR (OLD.state = 'pending_approval' AND NEW.state IN ('pending_approval', 'done')
          AND ROW(OLD.amount, OLD.payee_id, OLD.payment, OLD.requested_by, OLD.decision)
            IS DISTINCT FROM ROW(NEW.amount, NEW.payee_id, NEW.payment, NEW.requested_by, NEW.decision))) THEN
    RAISE EXCEPTION 'deposit review % is settled or another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.deposit_id IS NOT NULL AND NOT EXISTS (SELECT FROM deposits d WHERE d.id = NEW.deposit_id AND d.customer_id = NEW.customer_id) THEN
    RAISE EXCEPTION 'review of deposit % names another customer', NEW.deposit_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.in_suspense > 0 AND TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM deposits d JOIN transfers x ON x.id = d.transfer_id
      WHERE d.id = NEW.deposit_id AND x.other_platform = 'suspense' AND x.other_amount = NEW.in_suspense) THEN
    RAISE EXCEPTION 'deposit % has not that much in suspense', NEW.deposit_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.transfer_id IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO t FROM transfers x WHERE x.id = NEW.transfer_id;
  IF (NEW.state = 'done' AND (t.kind NOT IN ('deposit', 'deposit_excess') OR t.available + t.debt <> NEW.amount
        OR t.customer_id <> CASE NEW.decision WHEN 'match' THEN NEW.payee_id ELSE NEW.customer_id END))
      OR (NEW.state = 'refused' AND (t.kind <> 'excess_refused' OR t.other_amount <> NEW.in_suspense))
      OR (NEW.kind = 'excess' AND (t.request_key <> 'excess:' || NEW.id OR t.platform_amount <> -NEW.in_suspense)) THEN
    RAISE EXCEPTION 'transfer % is not what review % decided', NEW.transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON deposit_reviews FOR EACH ROW EXECUTE FUNCTION deposit_review_guard();

-- Coins -----------------------------------------------------------------------------------------

CREATE TABLE coin_switches (                 -- a coin without a row is on offer; '*' is all of them
  coin text COLLATE "C" PRIMARY KEY,
  is_paused boolean NOT NULL DEFAULT false, reason text NOT NULL DEFAULT '',
  changed_by text NOT NULL DEFAULT '', changed_at timestamptz,
  provider_minimum bigint CHECK (provider_minimum > 0), minimum_until timestamptz, -- micro-dollars, as a refusal told it
  unavailable_until timestamptz,             -- the provider said that it has no wallet for it
  cause_id bigint NOT NULL,
  CONSTRAINT paused_with_reason CHECK (NOT is_paused OR (length(reason) > 0 AND changed_at IS NOT NULL)),
  CONSTRAINT minimum_with_end CHECK ((provider_minimum IS NULL) = (minimum_until IS NULL)));
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON coin_switches FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The provider's event log ------------------------------------------------------------------------

CREATE TABLE deposit_comparisons (           -- each day's look at what the provider says it sent
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, started_at timestamptz NOT NULL, finished_at timestamptz,
  state text NOT NULL DEFAULT 'asking' CHECK (state IN ('asking', 'done', 'not_supported', 'failed')),
  pages int NOT NULL DEFAULT 0, events int NOT NULL DEFAULT 0, -- of the last day
  ours int NOT NULL DEFAULT 0,               -- of them, those whose hook is a deposit's of ours
  missed int NOT NULL DEFAULT 0,             -- of those, the ones that had not come
  cause_id bigint NOT NULL,
  CONSTRAINT finished_with_time CHECK ((state = 'asking') = (finished_at IS NULL)));

GRANT SELECT ON deposit_transitions TO speechcad_app;
GRANT SELECT, INSERT, UPDATE ON deposit_reviews, coin_switches, deposit_comparisons TO speechcad_app;

-- Commands --------------------------------------------------------------------------------------

-- On the lane of the customer whose deposit or payment it is, so that it waits its turn behind what the provider says.
INSERT INTO command_lanes (kind, lane) VALUES
  ('deposits.pause', 'policy'), ('deposits.resume', 'policy'), ('deposit.preview', 'customer'), ('deposit.accept', 'customer'),
  ('deposit.accept_part', 'customer'), ('deposit.credit_excess', 'customer'), ('deposit.refuse', 'customer'),
  ('deposit.match', 'customer');
CREATE OR REPLACE FUNCTION payload_customer(p_payload jsonb) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    (SELECT customer_id FROM calls WHERE id = payload_id(p_payload, 'call')),
    (SELECT customer_id FROM refunds WHERE id = payload_id(p_payload, 'refund')),
    (SELECT customer_id FROM deposit_reviews WHERE id = payload_id(p_payload, 'review')),
    (SELECT id FROM customers WHERE id = payload_id(p_payload, 'customer'))) $$;

-- What a console may see --------------------------------------------------------------------------

CREATE OR REPLACE VIEW console.deposits WITH (security_barrier) AS
  SELECT id, customer_id, coin, requested, state, expected, received, credited, created_at, transfer_id, note FROM deposits;
CREATE VIEW console.deposit_events WITH (security_barrier) AS SELECT id, deposit_id, at, kind, detail FROM deposit_events;
CREATE VIEW console.deposit_reviews WITH (security_barrier) AS
  SELECT r.id, r.deposit_id, r.customer_id, r.kind, r.subject, d.coin, r.asked, r.expected, r.received, r.suggested, r.in_suspense,
    r.evidence, r.state, r.decision, r.amount, r.payee_id, r.payment, r.reason, r.requested_by, r.approved_by, r.opened_at,
    r.decided_at, r.transfer_id
  FROM deposit_reviews r LEFT JOIN deposits d ON d.id = r.deposit_id;
CREATE VIEW console.coin_switches WITH (security_barrier) AS
  SELECT coin, is_paused, reason, changed_by, changed_at, provider_minimum, minimum_until, unavailable_until FROM coin_switches;
CREATE VIEW console.deposit_comparisons WITH (security_barrier) AS
  SELECT id, started_at, finished_at, state, pages, events, ours, missed FROM deposit_comparisons;

-- Per day (UTC) and coin: what was asked for, what came of it by the provider's own figures, what was credited, and what the
-- provider kept where it said so. In micro-dollars; a crypto amount counts as its share of what was asked for, so no price
-- is needed. `fees_known` of the `paid` deposits told their fee.
CREATE FUNCTION console.deposit_margin(p_from date, p_to date)
  RETURNS TABLE (day date, coin text, deposits bigint, paid bigint, asked bigint, received bigint, credited bigint, suspense bigint,
    fees bigint, fees_known bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (d.created_at AT TIME ZONE 'UTC')::date, d.coin, count(*), count(*) FILTER (WHERE d.received IS NOT NULL),
    sum(d.requested)::bigint, coalesce(sum(trunc(d.requested * coalesce(d.reported_most, d.received) / d.expected)), 0)::bigint,
    sum(d.credited)::bigint, coalesce(sum(t.other_amount), 0)::bigint,
    coalesce(sum(trunc(d.requested * d.provider_fee / d.expected)), 0)::bigint, count(d.provider_fee)
  FROM deposits d LEFT JOIN transfers t ON t.id = d.transfer_id
  WHERE d.created_at >= p_from::timestamp AT TIME ZONE 'UTC' AND d.created_at < (p_to + 1)::timestamp AT TIME ZONE 'UTC'
  GROUP BY 1, 2 ORDER BY 1, 2 $$;

REVOKE EXECUTE ON FUNCTION console.deposit_margin FROM PUBLIC;
GRANT EXECUTE ON FUNCTION console.deposit_margin TO speechcad_console;
GRANT SELECT ON console.deposit_events, console.deposit_reviews, console.coin_switches, console.deposit_comparisons TO speechcad_console;
