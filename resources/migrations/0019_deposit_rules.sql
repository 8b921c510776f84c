-- The payments that a deposit came in, the rules by which deposits are credited as rows that are only ever added, and deposits
-- that are taken back. Design: README of backend/deposits.

-- Payments ----------------------------------------------------------------------------------------

-- A deposit may be paid in parts. Each transaction that the provider's webhooks name is one; what names none has the empty name
-- and may be a repetition of another. Figures are kept as the lowest and the highest that was told of it.
CREATE TABLE deposit_parts (
  deposit_id bigint NOT NULL REFERENCES deposits, tx_id text COLLATE "C" NOT NULL,
  least numeric NOT NULL CHECK (least > 0), most numeric NOT NULL, -- in the coin
  transfer_id bigint REFERENCES transfers,   -- the credit that it is in; null: in none, or a person decides about it apart
  seen_at timestamptz NOT NULL, cause_id bigint NOT NULL,
  PRIMARY KEY (deposit_id, tx_id),
  CONSTRAINT least_is_least CHECK (least <= most)) WITH (fillfactor = 80);
CREATE INDEX deposit_parts_by_transaction ON deposit_parts (tx_id) WHERE transfer_id IS NOT NULL;
CREATE INDEX deposit_parts_by_cause ON deposit_parts USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON deposit_parts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Before the guard is there, which takes a lock for each.
INSERT INTO deposit_parts (deposit_id, tx_id, least, most, transfer_id, seen_at, cause_id)
  SELECT d.id, d.tx_id, d.received, greatest(d.received, d.reported_most),
    CASE WHEN NOT EXISTS (SELECT FROM transfers t WHERE t.request_key = 'deposit:tx:' || d.tx_id) THEN d.transfer_id END,
    coalesce(d.last_webhook_at, d.created_at), d.cause_id
  FROM deposits d WHERE d.tx_id <> '' AND d.received > 0;

-- A transaction is credited with its deposit or by itself, never both. The two ways do not see each other before they commit,
-- hence the lock.
CREATE FUNCTION deposit_part_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (ROW(OLD.deposit_id, OLD.tx_id, OLD.seen_at, OLD.cause_id)
        IS DISTINCT FROM ROW(NEW.deposit_id, NEW.tx_id, NEW.seen_at, NEW.cause_id)
      OR NEW.least > OLD.least OR NEW.most < OLD.most
      OR (OLD.transfer_id IS NOT NULL AND NEW.transfer_id IS DISTINCT FROM OLD.transfer_id)) THEN
    RAISE EXCEPTION 'a payment of deposit % would be another one', OLD.deposit_id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.transfer_id IS NULL OR (TG_OP = 'UPDATE' AND OLD.transfer_id IS NOT NULL) THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM deposits d WHERE d.id = NEW.deposit_id AND d.transfer_id = NEW.transfer_id) THEN
    RAISE EXCEPTION 'transfer % is not the credit of deposit %', NEW.transfer_id, NEW.deposit_id USING ERRCODE = 'check_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('transaction ' || NEW.tx_id, 5));
  IF EXISTS (SELECT FROM transfers t WHERE t.request_key = 'deposit:tx:' || NEW.tx_id AND t.id <> NEW.transfer_id) THEN
    RAISE EXCEPTION 'transaction % is credited already', NEW.tx_id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON deposit_parts FOR EACH ROW EXECUTE FUNCTION deposit_part_guard();

CREATE FUNCTION transaction_credit_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('transaction ' || substr(NEW.request_key, 12), 5));
  IF EXISTS (SELECT FROM deposit_parts p WHERE p.tx_id = substr(NEW.request_key, 12) AND p.transfer_id IS NOT NULL) THEN
    RAISE EXCEPTION 'transaction % is credited already', substr(NEW.request_key, 12) USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER not_with_its_deposit BEFORE INSERT ON transfers FOR EACH ROW WHEN (NEW.request_key ^@ 'deposit:tx:')
  EXECUTE FUNCTION transaction_credit_guard();

GRANT SELECT, INSERT ON deposit_parts TO speechcad_app;
GRANT UPDATE (least, most, transfer_id) ON deposit_parts TO speechcad_app;

CREATE VIEW console.deposit_parts WITH (security_barrier) AS
  SELECT deposit_id, tx_id, least, most, transfer_id, seen_at FROM deposit_parts;
GRANT SELECT ON console.deposit_parts TO speechcad_console;

-- Rules -------------------------------------------------------------------------------------------

CREATE FUNCTION are_minimums(p_minimums jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT jsonb_typeof(p_minimums) = 'object' AND NOT EXISTS (SELECT FROM jsonb_each(p_minimums) m
    WHERE CASE WHEN m.value::text ~ '^[0-9]{1,11}$' THEN m.value::text::bigint NOT BETWEEN 1000000 AND 10000000000 ELSE true END) $$;

CREATE TABLE deposit_rules (                 -- an old deposit is explained by the rules of its day; amounts in micro-dollars
  version int PRIMARY KEY, in_force_from timestamptz NOT NULL,
  -- Thousandths of what was asked for: from the one a shortfall is forgiven, up to the other more is no excess.
  tolerate_from int NOT NULL CHECK (tolerate_from BETWEEN 950 AND 1000),
  tolerate_to int NOT NULL CHECK (tolerate_to BETWEEN 1000 AND 1050),
  excess_up_to bigint NOT NULL,              -- an excess up to this is credited by itself; 0: none
  confirmed_up_to bigint NOT NULL,           -- up to this a payment is credited when it is confirmed, before it is settled; 0: none
  minimums jsonb NOT NULL CONSTRAINT minimums_of_coins CHECK (are_minimums(minimums)),
  is_strict boolean NOT NULL,                -- always what was asked for, whatever came
  changed_by bigint REFERENCES operators,    -- null: as shipped
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 500), cause_id bigint NOT NULL,
  CONSTRAINT caps_are_caps CHECK (excess_up_to BETWEEN 0 AND 10000000000 AND confirmed_up_to BETWEEN 0 AND 10000000000));
INSERT INTO deposit_rules VALUES (1, '-infinity', 980, 1020, 0, 0, '{"BTC": 10000000, "ETH": 10000000, "LTC": 10000000,
  "DOGE": 10000000, "BCH": 10000000, "TRX": 10000000, "SOL": 10000000, "XRP": 10000000, "USDT-TRC20": 20000000,
  "USDT-ERC20": 20000000, "USDC-ERC20": 20000000}', false, NULL, 'as shipped', 0);

CREATE FUNCTION deposit_rules_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.version <> (SELECT max(version) + 1 FROM deposit_rules)
     OR NEW.in_force_from < (SELECT max(in_force_from) FROM deposit_rules) OR NEW.changed_by IS NULL THEN
    RAISE EXCEPTION 'rules of deposits follow each other and somebody made them' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON deposit_rules FOR EACH ROW EXECUTE FUNCTION deposit_rules_guard();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deposit_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON deposit_rules TO speechcad_app;
CREATE VIEW console.deposit_rules WITH (security_barrier) AS
  SELECT version, in_force_from, tolerate_from, tolerate_to, excess_up_to, confirmed_up_to, minimums, is_strict, changed_by, reason
  FROM deposit_rules;
GRANT SELECT ON console.deposit_rules TO speechcad_console;

ALTER TABLE deposits
  ADD COLUMN rules_version int REFERENCES deposit_rules, -- that it was credited by; null: from before, or by a person
  ADD COLUMN is_unsettled boolean NOT NULL DEFAULT false; -- credited when it was confirmed; whether it settles is still watched

-- Deposits that are taken back --------------------------------------------------------------------

ALTER TABLE deposits ADD COLUMN reversal_transfer_id bigint UNIQUE REFERENCES transfers;
ALTER TABLE deposits ADD CONSTRAINT reversed_by_transfer CHECK ((state = 'reversed') = (reversal_transfer_id IS NOT NULL));

-- What the wallet has no more is owed.
ALTER TABLE transfers
  ADD CONSTRAINT deposit_reversal_shape CHECK (kind <> 'deposit_reversal' OR (customer_id <> 0 AND platform = 'dynopay_clearing'
    AND platform_amount > 0 AND available <= 0 AND debt <= 0 AND held = 0 AND other_platform IS NULL
    AND request_key ~ '^deposit_reversal:[0-9]{1,18}$'));
CREATE FUNCTION deposit_reversal_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM deposits d WHERE NEW.request_key = 'deposit_reversal:' || d.id
      AND d.id = substring(NEW.request_key FROM '^deposit_reversal:([0-9]{1,18})$')::bigint
      AND d.customer_id = NEW.customer_id AND d.transfer_id IS NOT NULL AND d.credited = NEW.platform_amount
      AND d.state IN ('credited', 'overpaid_review')) THEN
    RAISE EXCEPTION '% takes back no credited deposit', NEW.request_key USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER of_a_deposit BEFORE INSERT ON transfers FOR EACH ROW WHEN (NEW.kind = 'deposit_reversal')
  EXECUTE FUNCTION deposit_reversal_guard();

CREATE OR REPLACE FUNCTION deposit_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF ROW(OLD.id, OLD.customer_id, OLD.coin, OLD.requested, OLD.token_sha256, OLD.created_at)
      IS DISTINCT FROM ROW(NEW.id, NEW.customer_id, NEW.coin, NEW.requested, NEW.token_sha256, NEW.created_at) THEN
    RAISE EXCEPTION 'deposit % would be another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.transfer_id IS NOT NULL AND (NEW.transfer_id IS DISTINCT FROM OLD.transfer_id OR NEW.credited < OLD.credited
      OR NEW.rules_version IS DISTINCT FROM OLD.rules_version OR (NEW.is_unsettled AND NOT OLD.is_unsettled)) THEN
    RAISE EXCEPTION 'deposit % is credited already', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.transfer_id IS NULL AND NEW.transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t
      WHERE t.id = NEW.transfer_id AND t.kind = 'deposit' AND t.customer_id = NEW.customer_id
        AND t.available + t.debt = NEW.credited) THEN
    RAISE EXCEPTION 'transfer % is not the credit of deposit %', NEW.transfer_id, OLD.id USING ERRCODE = 'check_violation'; END IF;
  -- Without a person no more than was asked for, but for an excess that the rules allow.
  IF OLD.transfer_id IS NULL AND NEW.transfer_id IS NOT NULL AND (NEW.rules_version IS NOT NULL OR NEW.is_unsettled)
      AND NOT EXISTS (SELECT FROM deposit_rules r WHERE r.version = NEW.rules_version
        AND NEW.credited <= NEW.requested + r.excess_up_to AND (NOT NEW.is_unsettled OR NEW.requested <= r.confirmed_up_to)) THEN
    RAISE EXCEPTION 'deposit % is credited beyond the rules of version %', OLD.id, NEW.rules_version USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state <> NEW.state AND NOT EXISTS (SELECT FROM deposit_transitions s
      WHERE s.from_state = OLD.state AND s.to_state = NEW.state) THEN
    RAISE EXCEPTION 'deposit % cannot go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation'; END IF;
  IF NEW.reversal_transfer_id IS DISTINCT FROM OLD.reversal_transfer_id AND (OLD.reversal_transfer_id IS NOT NULL
      OR NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.reversal_transfer_id AND t.kind = 'deposit_reversal'
        AND t.request_key = 'deposit_reversal:' || NEW.id AND t.platform_amount = NEW.credited)) THEN
    RAISE EXCEPTION 'transfer % does not take back deposit %', NEW.reversal_transfer_id, OLD.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;

-- Asked for by a Senior or Finance, agreed to by another person of Finance, as other reversals.
ALTER TABLE adjustments
  ADD COLUMN deposit_id bigint REFERENCES deposits,
  DROP CONSTRAINT adjustments_kind_check,
  ADD CONSTRAINT adjustments_kind_check CHECK (kind IN ('goodwill', 'correction', 'reversal', 'deposit_reversal')),
  ADD CONSTRAINT deposit_reversal_takes_back CHECK ((kind = 'deposit_reversal') = (deposit_id IS NOT NULL)
    AND (kind <> 'deposit_reversal' OR amount < 0));
CREATE UNIQUE INDEX adjustments_reverse_deposit_once ON adjustments (deposit_id) WHERE state IN ('pending_approval', 'done');
CREATE INDEX adjustments_by_deposit ON adjustments (deposit_id) WHERE deposit_id IS NOT NULL;

-- Beside the guard that all adjustments have.
CREATE FUNCTION deposit_adjustment_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.deposit_id IS DISTINCT FROM OLD.deposit_id THEN
    RAISE EXCEPTION 'adjustment % is settled or another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.deposit_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.state = 'done') AND NOT EXISTS (SELECT FROM deposits d WHERE d.id = NEW.deposit_id
      AND d.customer_id = NEW.customer_id AND d.credited = -NEW.amount
      AND (NEW.state <> 'done' OR d.reversal_transfer_id = NEW.transfer_id)) THEN
    RAISE EXCEPTION 'adjustment % does not take back deposit %', NEW.id, NEW.deposit_id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_of_deposits BEFORE INSERT OR UPDATE ON adjustments FOR EACH ROW EXECUTE FUNCTION deposit_adjustment_guard();

CREATE OR REPLACE FUNCTION adjustment_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND (NEW.state <> 'pending_approval' OR NOT operator_may(NEW.requested_by,
      CASE WHEN NEW.kind IN ('reversal', 'deposit_reversal') THEN ARRAY['senior', 'finance'] ELSE ARRAY['finance'] END)) THEN
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
  IF NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id
      AND t.request_key = CASE NEW.kind WHEN 'deposit_reversal' THEN 'deposit_reversal:' || NEW.deposit_id ELSE 'adjustment:' || NEW.id END
      AND t.kind = CASE NEW.kind WHEN 'reversal' THEN 'refund_reversal' ELSE NEW.kind END
      AND t.customer_id = NEW.customer_id AND t.available + t.debt = NEW.amount) THEN
    RAISE EXCEPTION 'transfer % is not adjustment %', NEW.transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE VIEW console.adjustments WITH (security_barrier) AS
  SELECT id, customer_id, kind, amount, refund_id, reason, state, preview_hash, requested_by, requested_at, expires_at, approved_by,
    is_solo, decided_at, decision, transfer_id, deposit_id FROM adjustments;
CREATE OR REPLACE VIEW console.deposits WITH (security_barrier) AS
  SELECT id, customer_id, coin, requested, state, expected, received, credited, created_at, transfer_id, note, rules_version,
    is_unsettled, reversal_transfer_id FROM deposits;

-- Commands --------------------------------------------------------------------------------------

INSERT INTO command_lanes (kind, lane) VALUES ('policy.deposit_rules', 'policy'), ('deposit.reverse', 'customer');
CREATE OR REPLACE FUNCTION payload_customer(p_payload jsonb) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    (SELECT customer_id FROM calls WHERE id = payload_id(p_payload, 'call')),
    (SELECT customer_id FROM refunds WHERE id = payload_id(p_payload, 'refund')),
    (SELECT customer_id FROM deposit_reviews WHERE id = payload_id(p_payload, 'review')),
    (SELECT customer_id FROM deposits WHERE id = payload_id(p_payload, 'deposit')),
    (SELECT customer_id FROM adjustments WHERE id = payload_id(p_payload, 'adjustment')),
    (SELECT customer_id FROM payouts WHERE id = payload_id(p_payload, 'payout')),
    (SELECT id FROM customers WHERE id = payload_id(p_payload, 'customer'))) $$;
