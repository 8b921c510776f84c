-- Plans: what they cost and give, who has which, and the seconds of calls that a period of one pays for. What must never be -
-- two plans at once, a period charged twice or never, seconds used beyond what was granted - is refused here; the C++ is the
-- second line. Rates are versioned already (0004_calls.sql).

CREATE TABLE plan_versions (                 -- never changed: a dearer plan is a newer version, and an old period keeps its own
  id int PRIMARY KEY, plan text COLLATE "C" NOT NULL CHECK (plan IN ('free', 'prime', 'elite', 'ultra')),
  days int NOT NULL CHECK (days BETWEEN 1 AND 366), price bigint NOT NULL CHECK (price >= 0), -- micro-dollars
  allowance_s int NOT NULL CHECK (allowance_s >= 0), -- seconds of calls to the United States and Canada
  has_campaigns boolean NOT NULL, valid_from timestamptz NOT NULL, note text NOT NULL DEFAULT '',
  CONSTRAINT only_free_is_free CHECK ((plan = 'free') = (price = 0)));
CREATE UNIQUE INDEX plan_versions_by_time ON plan_versions (plan, days, valid_from);

CREATE FUNCTION plan_version_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM plan_versions WHERE plan = NEW.plan AND days = NEW.days AND valid_from >= NEW.valid_from) THEN
    RAISE EXCEPTION 'a version of a plan begins after the one before it' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON plan_versions FOR EACH ROW EXECUTE FUNCTION plan_version_guard();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

INSERT INTO plan_versions (id, plan, days, price, allowance_s, has_campaigns, valid_from, note)
  SELECT n, plan, days, dollars * 1000000, minutes * 60, plan <> 'free', '-infinity', 'as shipped' FROM (VALUES
    (1, 'free', 2, 0, 2),
    (2, 'prime', 1, 10, 100), (3, 'prime', 7, 20, 200), (4, 'prime', 30, 30, 500),
    (5, 'elite', 1, 15, 150), (6, 'elite', 7, 25, 300), (7, 'elite', 30, 35, 600),
    (8, 'ultra', 1, 20, 200), (9, 'ultra', 7, 30, 400), (10, 'ultra', 30, 40, 800)) AS p (n, plan, days, dollars, minutes);

-- Who has which plan. A customer without a live one is on Free.
CREATE TABLE subscriptions (                 -- never deleted: a receipt or a dispute needs the row
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  request_key text COLLATE "C" NOT NULL UNIQUE, -- the same wish twice is one subscription
  plan text COLLATE "C" NOT NULL CHECK (plan IN ('prime', 'elite', 'ultra')), days int NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'grace', 'cancelled', 'ended')),
  renews boolean NOT NULL DEFAULT false,     -- only the customer turns it on
  period int NOT NULL DEFAULT 1 CHECK (period >= 1), -- the newest one
  started_at timestamptz NOT NULL,
  grace_since timestamptz, next_try_at timestamptz, -- the balance was short: since when, and when it is tried again
  ended_at timestamptz, end_reason text CHECK (end_reason IN ('expired', 'cancelled', 'unpaid', 'changed')),
  cause_id bigint NOT NULL,
  CONSTRAINT grace_has_times CHECK ((state = 'grace') = (grace_since IS NOT NULL) AND (state = 'grace') = (next_try_at IS NOT NULL)),
  CONSTRAINT end_has_reason CHECK ((state = 'ended') = (ended_at IS NOT NULL) AND (state = 'ended') = (end_reason IS NOT NULL)),
  CONSTRAINT renews_while_it_runs CHECK (CASE state WHEN 'active' THEN true WHEN 'grace' THEN renews ELSE NOT renews END))
  WITH (fillfactor = 70);
CREATE UNIQUE INDEX one_plan_a_customer ON subscriptions (customer_id) WHERE state <> 'ended';
CREATE INDEX subscriptions_by_customer ON subscriptions (customer_id, id);
CREATE INDEX subscriptions_live ON subscriptions (plan, days, state) WHERE state <> 'ended';

-- Which state may follow which; README of backend/subscriptions has the table.
CREATE FUNCTION subscription_may_follow(p_from text, p_to text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE p_from
    WHEN 'active' THEN p_to IN ('grace', 'cancelled', 'ended')
    WHEN 'grace' THEN p_to IN ('active', 'ended')
    WHEN 'cancelled' THEN p_to IN ('active', 'ended')
    ELSE false END $$;

CREATE FUNCTION subscription_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state <> NEW.state AND NOT subscription_may_follow(OLD.state, NEW.state) THEN
    RAISE EXCEPTION 'subscription % may not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation'; END IF;
  IF ROW(OLD.id, OLD.customer_id, OLD.request_key, OLD.plan, OLD.days, OLD.started_at, OLD.cause_id)
     IS DISTINCT FROM ROW(NEW.id, NEW.customer_id, NEW.request_key, NEW.plan, NEW.days, NEW.started_at, NEW.cause_id) THEN
    RAISE EXCEPTION 'subscription % is another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state = 'ended' THEN
    RAISE EXCEPTION 'subscription % has ended', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.period NOT IN (OLD.period, OLD.period + 1) OR (NEW.period > OLD.period AND NEW.state <> 'active') THEN
    RAISE EXCEPTION 'subscription % may not go from period % to %', OLD.id, OLD.period, NEW.period USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON subscriptions FOR EACH ROW EXECUTE FUNCTION subscription_guard();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON subscriptions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Each period of a plan: what was paid for it and what is left of it. Free is one period a customer, of no subscription.
CREATE TABLE plan_periods (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  subscription_id bigint REFERENCES subscriptions, number int CHECK (number >= 1),
  plan_version_id int NOT NULL REFERENCES plan_versions,
  starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
  price bigint NOT NULL, transfer_id bigint UNIQUE REFERENCES transfers,
  granted_s int NOT NULL,
  held_s int NOT NULL DEFAULT 0, used_s int NOT NULL DEFAULT 0, -- moved by allowance_holds alone
  closed_at timestamptz,                     -- a change of plan ended it before its time
  cause_id bigint NOT NULL,
  CONSTRAINT never_more_than_granted CHECK (held_s >= 0 AND used_s >= 0 AND held_s + used_s <= granted_s),
  CONSTRAINT paid_where_due CHECK ((price > 0) = (transfer_id IS NOT NULL) AND (price > 0) = (subscription_id IS NOT NULL)
    AND (subscription_id IS NULL) = (number IS NULL)),
  CONSTRAINT closed_within CHECK (closed_at >= starts_at AND closed_at <= ends_at),
  CONSTRAINT one_period UNIQUE (subscription_id, number))
  WITH (fillfactor = 70);
CREATE UNIQUE INDEX free_once_a_customer ON plan_periods (customer_id) WHERE subscription_id IS NULL;
CREATE INDEX plan_periods_by_customer ON plan_periods (customer_id, ends_at);
ALTER TABLE subscriptions ADD CONSTRAINT newest_period_exists FOREIGN KEY (id, period)
  REFERENCES plan_periods (subscription_id, number) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION plan_period_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v plan_versions; s subscriptions; v_key text;
BEGIN
  SELECT * INTO v FROM plan_versions WHERE id = NEW.plan_version_id;
  IF NEW.price <> v.price OR NEW.granted_s <> v.allowance_s OR NEW.held_s <> 0 OR NEW.used_s <> 0 OR NEW.closed_at IS NOT NULL
     OR NEW.ends_at <> NEW.starts_at + v.days * interval '24 hours' THEN
    RAISE EXCEPTION 'a period of plan version % is not like that', v.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.subscription_id IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO s FROM subscriptions WHERE id = NEW.subscription_id;
  IF s.customer_id <> NEW.customer_id OR s.plan <> v.plan OR s.days <> v.days OR s.state = 'ended'
     OR (NEW.number > 1 AND NOT s.renews) THEN
    RAISE EXCEPTION 'subscription % gets no such period', s.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.number > 1 AND NOT EXISTS (SELECT FROM plan_periods p WHERE p.subscription_id = s.id AND p.number = NEW.number - 1
      AND p.ends_at <= NEW.starts_at) THEN
    RAISE EXCEPTION 'periods of subscription % follow each other', s.id USING ERRCODE = 'check_violation'; END IF;
  v_key := CASE NEW.number WHEN 1 THEN 'plan:' || s.id ELSE 'renewal:' || s.id || ':' || NEW.number END;
  IF NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id AND t.kind = 'plan' AND t.customer_id = NEW.customer_id
      AND t.platform = 'revenue_plans' AND t.platform_amount = NEW.price AND t.request_key = v_key) THEN
    RAISE EXCEPTION 'transfer % does not pay period % of subscription %', NEW.transfer_id, NEW.number, s.id
      USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON plan_periods FOR EACH ROW EXECUTE FUNCTION plan_period_guard();

CREATE FUNCTION plan_period_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF ROW(OLD.id, OLD.customer_id, OLD.subscription_id, OLD.number, OLD.plan_version_id, OLD.starts_at, OLD.ends_at, OLD.price,
       OLD.transfer_id, OLD.granted_s, OLD.cause_id)
     IS DISTINCT FROM ROW(NEW.id, NEW.customer_id, NEW.subscription_id, NEW.number, NEW.plan_version_id, NEW.starts_at, NEW.ends_at,
       NEW.price, NEW.transfer_id, NEW.granted_s, NEW.cause_id)
     OR (OLD.closed_at IS NOT NULL AND OLD.closed_at IS DISTINCT FROM NEW.closed_at) THEN
    RAISE EXCEPTION 'period % of a plan does not change', OLD.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON plan_periods FOR EACH ROW EXECUTE FUNCTION plan_period_stays();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON plan_periods FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Seconds of a period that a call may use: held when it is dialled, used or given back when it ends, once.
CREATE TABLE allowance_holds (
  call_id bigint NOT NULL REFERENCES calls, period_id bigint NOT NULL REFERENCES plan_periods,
  held_s int NOT NULL CHECK (held_s > 0),
  used_s int CHECK (used_s BETWEEN 0 AND held_s), -- null: the call is not over; the rest went back
  held_at timestamptz NOT NULL, resolved_at timestamptz, cause_id bigint NOT NULL,
  CONSTRAINT resolved_with_time CHECK ((used_s IS NULL) = (resolved_at IS NULL)),
  PRIMARY KEY (call_id, period_id));
CREATE INDEX allowance_holds_by_period ON allowance_holds (period_id, call_id);

-- With the owner's rights: nobody else moves the counters.
CREATE FUNCTION allowance_apply() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.used_s IS NOT NULL THEN
      RAISE EXCEPTION 'seconds are held before they are used' USING ERRCODE = 'check_violation'; END IF;
    UPDATE plan_periods p SET held_s = p.held_s + NEW.held_s FROM calls c
      WHERE p.id = NEW.period_id AND c.id = NEW.call_id AND c.customer_id = p.customer_id AND p.closed_at IS NULL
        AND NEW.held_at >= p.starts_at AND NEW.held_at < p.ends_at;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'period % has no seconds for call %', NEW.period_id, NEW.call_id USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.used_s IS NOT NULL OR NEW.used_s IS NULL OR ROW(OLD.call_id, OLD.period_id, OLD.held_s, OLD.held_at, OLD.cause_id)
     IS DISTINCT FROM ROW(NEW.call_id, NEW.period_id, NEW.held_s, NEW.held_at, NEW.cause_id) THEN
    RAISE EXCEPTION 'seconds of call % were resolved already', OLD.call_id USING ERRCODE = 'check_violation'; END IF;
  UPDATE plan_periods SET held_s = held_s - OLD.held_s, used_s = used_s + NEW.used_s WHERE id = OLD.period_id;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION allowance_apply() FROM PUBLIC;
CREATE TRIGGER apply BEFORE INSERT OR UPDATE ON allowance_holds FOR EACH ROW EXECUTE FUNCTION allowance_apply();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON allowance_holds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A call and its held seconds agree when the transaction ends: all that the call says is held, nothing is resolved before the
-- call is over, nothing is left held after it, and the minutes of a plan are used before money.
CREATE FUNCTION allowance_check(p_call bigint) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE c record; h record;
BEGIN
  SELECT allowance_s, is_final, coalesce(billed_s, 0) AS billed INTO c FROM calls WHERE id = p_call;
  SELECT coalesce(sum(held_s), 0) AS held, coalesce(sum(used_s), 0) AS used, count(*) FILTER (WHERE used_s IS NULL) AS open,
    count(used_s) AS resolved INTO h FROM allowance_holds WHERE call_id = p_call;
  IF h.held <> c.allowance_s OR (c.is_final AND h.open > 0) OR (NOT c.is_final AND h.resolved > 0)
     OR (c.is_final AND h.used <> least(c.billed, c.allowance_s)) THEN
    RAISE EXCEPTION 'seconds of call % do not agree with it', p_call USING ERRCODE = 'check_violation'; END IF;
END $$;
CREATE FUNCTION allowance_of_call() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN PERFORM allowance_check(NEW.id); RETURN NULL; END $$;
CREATE FUNCTION allowance_of_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN PERFORM allowance_check(NEW.call_id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER allowance_agrees AFTER UPDATE ON calls DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.allowance_s > 0) EXECUTE FUNCTION allowance_of_call();
CREATE CONSTRAINT TRIGGER allowance_agrees AFTER INSERT OR UPDATE ON allowance_holds DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION allowance_of_hold();
ALTER TABLE calls ADD CONSTRAINT allowance_is_domestic CHECK (allowance_s = 0 OR region IN ('US', 'CA'));

CREATE TABLE subscription_events (           -- what happened to a subscription, for people
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subscription_id bigint NOT NULL REFERENCES subscriptions,
  at timestamptz NOT NULL, kind text NOT NULL, detail text NOT NULL DEFAULT '', cause_id bigint NOT NULL);
CREATE INDEX subscription_events_by_subscription ON subscription_events (subscription_id, id);
CREATE INDEX subscription_events_by_cause ON subscription_events USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subscription_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A plan is paid from the wallet to one account and nowhere else.
ALTER TABLE transfers ADD CONSTRAINT shape_of_plan CHECK (kind <> 'plan' OR (platform = 'revenue_plans' AND platform_amount > 0
  AND available < 0 AND held = 0 AND debt = 0 AND other_platform IS NULL));

CREATE VIEW console.plans WITH (security_barrier) AS
  SELECT id, plan, days, price, allowance_s, has_campaigns, valid_from FROM plan_versions;
CREATE VIEW console.subscriptions WITH (security_barrier) AS
  SELECT id, customer_id, plan, days, state, renews, period, started_at, grace_since, next_try_at, ended_at, end_reason FROM subscriptions;
CREATE VIEW console.plan_periods WITH (security_barrier) AS
  SELECT id, customer_id, subscription_id, number, plan_version_id, starts_at, ends_at, price, transfer_id, granted_s, held_s, used_s,
    closed_at FROM plan_periods;
GRANT SELECT ON console.plans, console.subscriptions, console.plan_periods TO speechcad_console;

GRANT SELECT ON plan_versions TO speechcad_app;
GRANT SELECT, INSERT, UPDATE ON subscriptions TO speechcad_app;
GRANT SELECT, INSERT ON plan_periods, allowance_holds, subscription_events TO speechcad_app;
GRANT UPDATE (closed_at) ON plan_periods TO speechcad_app;
GRANT UPDATE (used_s, resolved_at) ON allowance_holds TO speechcad_app;
