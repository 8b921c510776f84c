-- Seconds of a period are there once it is paid: a clock that was set back since must not hide them.
CREATE OR REPLACE FUNCTION allowance_apply() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.used_s IS NOT NULL THEN
      RAISE EXCEPTION 'seconds are held before they are used' USING ERRCODE = 'check_violation'; END IF;
    UPDATE plan_periods p SET held_s = p.held_s + NEW.held_s FROM calls c
      WHERE p.id = NEW.period_id AND c.id = NEW.call_id AND c.customer_id = p.customer_id AND p.closed_at IS NULL
        AND NEW.held_at < p.ends_at;
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
