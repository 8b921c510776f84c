-- Plans that were paid at another bot: one period, of no payment of ours, to the end that bot had promised.

ALTER TABLE plan_periods ADD COLUMN is_moved_in boolean NOT NULL DEFAULT false;
ALTER TABLE plan_periods DROP CONSTRAINT paid_where_due;
ALTER TABLE plan_periods ADD CONSTRAINT paid_where_due CHECK ((price > 0) = (transfer_id IS NOT NULL)
  AND (price > 0 OR is_moved_in) = (subscription_id IS NOT NULL) AND (subscription_id IS NULL) = (number IS NULL)
  AND NOT (is_moved_in AND price > 0));

CREATE OR REPLACE FUNCTION plan_period_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v plan_versions; s subscriptions; v_key text;
BEGIN
  SELECT * INTO v FROM plan_versions WHERE id = NEW.plan_version_id;
  IF NEW.held_s <> 0 OR NEW.used_s <> 0 OR NEW.closed_at IS NOT NULL OR NEW.granted_s <> v.allowance_s OR
     (CASE WHEN NEW.is_moved_in THEN NEW.number <> 1 OR NEW.ends_at <= NEW.starts_at OR NEW.ends_at > NEW.starts_at + interval '366 days'
           ELSE NEW.price <> v.price OR NEW.ends_at <> NEW.starts_at + v.days * interval '24 hours' END) THEN
    RAISE EXCEPTION 'a period of plan version % is not like that', v.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.subscription_id IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO s FROM subscriptions WHERE id = NEW.subscription_id;
  IF s.customer_id <> NEW.customer_id OR s.plan <> v.plan OR s.days <> v.days OR s.state = 'ended'
     OR (NEW.number > 1 AND NOT s.renews) OR NEW.is_moved_in <> (NEW.number = 1 AND s.request_key = 'moved-in:' || s.customer_id) THEN
    RAISE EXCEPTION 'subscription % gets no such period', s.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.number > 1 AND NOT EXISTS (SELECT FROM plan_periods p WHERE p.subscription_id = s.id AND p.number = NEW.number - 1
      AND p.ends_at <= NEW.starts_at) THEN
    RAISE EXCEPTION 'periods of subscription % follow each other', s.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.is_moved_in THEN RETURN NEW; END IF;
  v_key := CASE NEW.number WHEN 1 THEN 'plan:' || s.id ELSE 'renewal:' || s.id || ':' || NEW.number END;
  IF NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.transfer_id AND t.kind = 'plan' AND t.customer_id = NEW.customer_id
      AND t.platform = 'revenue_plans' AND t.platform_amount = NEW.price AND t.request_key = v_key) THEN
    RAISE EXCEPTION 'transfer % does not pay period % of subscription %', NEW.transfer_id, NEW.number, s.id
      USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
