-- New prices of plans and rates of calls: rows that a command of two people adds. What is there never changes.

ALTER TABLE plan_versions
  ADD COLUMN changed_by bigint REFERENCES operators, -- null: as shipped
  ADD COLUMN cause_id bigint NOT NULL DEFAULT 0;
ALTER TABLE rate_versions
  ADD COLUMN changed_by bigint REFERENCES operators,
  ADD COLUMN cause_id bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT sane_fee CHECK (recording_fee <= 10000000);
ALTER TABLE rates ADD CONSTRAINT sane_rate CHECK (per_minute <= 20000000);
ALTER TABLE plan_versions ADD CONSTRAINT sane_price CHECK (price <= 10000000000 AND allowance_s <= 6000000);

CREATE FUNCTION priced_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN                                        -- what is shipped comes with a migration, by the owner
  IF pg_has_role(current_user, (SELECT c.relowner FROM pg_class c WHERE c.oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF NEW.changed_by IS NULL THEN
    RAISE EXCEPTION 'somebody makes a price' USING ERRCODE = 'check_violation'; END IF;
  PERFORM refuse_without_agreement(TG_ARGV[0], NEW.cause_id);
  RETURN NEW;
END $$;
CREATE TRIGGER two_people BEFORE INSERT ON plan_versions FOR EACH ROW EXECUTE FUNCTION priced_by_two('policy.plan_price');
CREATE TRIGGER two_people BEFORE INSERT ON rate_versions FOR EACH ROW EXECUTE FUNCTION priced_by_two('policy.rates');

CREATE FUNCTION rate_version_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.id <> (SELECT max(id) + 1 FROM rate_versions) OR NEW.starts_at <= (SELECT max(starts_at) FROM rate_versions) THEN
    RAISE EXCEPTION 'rates begin after those before them' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON rate_versions FOR EACH ROW EXECUTE FUNCTION rate_version_guard();

-- All rates of a version come with it, as one statement: whoever adds some later changes what calls were told.
CREATE FUNCTION rates_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT count(DISTINCT version) FROM added) <> 1
      OR EXISTS (SELECT FROM rates r WHERE r.version = (SELECT max(version) FROM added)
        AND NOT EXISTS (SELECT FROM added x WHERE x.prefix = r.prefix))
      OR NOT EXISTS (SELECT FROM added WHERE prefix = '+') THEN
    RAISE EXCEPTION 'all rates of a version come with it, and one of them is of everywhere else' USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER whole AFTER INSERT ON rates REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION rates_guard();

GRANT INSERT ON plan_versions, rate_versions, rates TO speechcad_app;

CREATE VIEW console.rates AS
  SELECT r.version, r.prefix, r.per_minute, v.recording_fee, v.starts_at, v.note, v.changed_by FROM rates r
  JOIN rate_versions v ON v.id = r.version;
CREATE OR REPLACE VIEW console.plans AS
  SELECT id, plan, days, price, allowance_s, has_campaigns, valid_from, note, changed_by FROM plan_versions;
GRANT SELECT ON console.rates TO speechcad_console;

INSERT INTO command_lanes (kind, lane) VALUES ('policy.plan_price', 'policy'), ('policy.rates', 'policy');
