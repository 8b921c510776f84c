-- What one person may not do alone and that is no flow of its own: dialling again after a stop, looser rules of refunds, another
-- bot's balances. The first who gives the command asks; the same command of another person within a day does it.

CREATE TABLE agreements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,                        -- of the command: "calls.resume"
  digest bytea NOT NULL CHECK (length(digest) = 32), -- of what would be done: who agrees has to mean the same
  what text NOT NULL CHECK (length(what) BETWEEN 1 AND 500),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'agreed', 'expired')),
  asked_by bigint NOT NULL REFERENCES operators, asked_session bigint NOT NULL REFERENCES operator_sessions,
  asked_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, asked_cause bigint NOT NULL,
  agreed_by bigint REFERENCES operators, agreed_session bigint REFERENCES operator_sessions,
  agreed_at timestamptz, agreed_cause bigint UNIQUE,
  is_solo boolean NOT NULL DEFAULT false,    -- there was nobody else
  CONSTRAINT agreed_by_somebody CHECK ((state = 'agreed') = (agreed_by IS NOT NULL)
    AND num_nulls(agreed_by, agreed_session, agreed_at, agreed_cause) IN (0, 4)),
  CONSTRAINT nobody_agrees_with_themselves CHECK (is_solo OR (agreed_by <> asked_by AND agreed_session <> asked_session)),
  CONSTRAINT agreed_in_time CHECK (asked_at < expires_at AND agreed_at < expires_at)
);
CREATE UNIQUE INDEX agreements_once ON agreements (kind, digest) WHERE state <> 'expired'; -- the same again is no new question

CREATE FUNCTION agreement_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state <> 'waiting' OR (OLD.kind, OLD.digest, OLD.what, OLD.asked_by, OLD.asked_session, OLD.asked_at,
      OLD.expires_at, OLD.asked_cause) IS DISTINCT FROM (NEW.kind, NEW.digest, NEW.what, NEW.asked_by,
      NEW.asked_session, NEW.asked_at, NEW.expires_at, NEW.asked_cause)) THEN
    RAISE EXCEPTION 'agreement % is another one, or is settled', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.is_solo AND NOT coalesce((SELECT s.is_solo AND (SELECT count(*) FROM operators o WHERE o.is_active) = 1
      FROM operator_settings s), false) THEN
    RAISE EXCEPTION 'there are others to ask' USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state <> 'expired' AND NOT EXISTS (SELECT FROM operator_sessions s JOIN operators o ON o.id = s.operator_id AND o.is_active
      WHERE s.id = coalesce(NEW.agreed_session, NEW.asked_session) AND o.id = coalesce(NEW.agreed_by, NEW.asked_by)) THEN
    RAISE EXCEPTION 'this is nobody''s session' USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'agreed' AND NOT EXISTS (SELECT FROM operators o WHERE o.id = NEW.asked_by AND o.is_active) THEN
    RAISE EXCEPTION 'who asked is no operator any more' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON agreements FOR EACH ROW EXECUTE FUNCTION agreement_guard();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON agreements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON agreements TO speechcad_app;
GRANT UPDATE (state, is_solo, agreed_by, agreed_session, agreed_at, agreed_cause) ON agreements TO speechcad_app;

CREATE FUNCTION refuse_without_agreement(p_kind text, p_cause bigint) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM agreements a WHERE a.agreed_cause = p_cause AND a.kind = p_kind) THEN
    RAISE EXCEPTION 'two people have to agree to %', p_kind USING ERRCODE = 'check_violation'; END IF;
END $$;

-- Calls ------------------------------------------------------------------------------------------

CREATE FUNCTION resume_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM refuse_without_agreement('calls.resume', NEW.cause_id);
  RETURN NEW;
END $$;
CREATE TRIGGER dials_again BEFORE UPDATE ON policy_switches FOR EACH ROW
  WHEN (OLD.name = 'stop_calls' AND OLD.is_on AND NOT NEW.is_on) EXECUTE FUNCTION resume_guard();

-- Rules of refunds -------------------------------------------------------------------------------

-- Whether more is given with fewer people than before.
CREATE FUNCTION refund_rules_looser(p_old refund_rules, p_new refund_rules) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_new.small > p_old.small OR p_new.middle > p_old.middle OR p_new.large > p_old.large
    OR p_new.day_support > p_old.day_support OR p_new.day_senior > p_old.day_senior OR p_new.day_finance > p_old.day_finance
    OR p_new.old_cause_days > p_old.old_cause_days OR p_new.customer_refunds > p_old.customer_refunds
    OR p_new.customer_days < p_old.customer_days
    OR p_new.automatic_each > p_old.automatic_each OR p_new.automatic_customer_day > p_old.automatic_customer_day
    OR p_new.automatic_day > p_old.automatic_day $$;

CREATE FUNCTION looser_rules_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_old refund_rules;
BEGIN
  SELECT * INTO v_old FROM refund_rules WHERE version = NEW.version - 1;
  IF refund_rules_looser(v_old, NEW) THEN PERFORM refuse_without_agreement('policy.refund_rules', NEW.cause_id); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_for_looser BEFORE INSERT ON refund_rules FOR EACH ROW EXECUTE FUNCTION looser_rules_guard();

-- What waits for the second, without its digest.
CREATE VIEW console.agreements AS
  SELECT id, kind, what, state, asked_by, asked_at, expires_at, agreed_by, agreed_at FROM agreements;
GRANT SELECT ON console.agreements TO speechcad_console;
