-- What customers report about a call they paid for: once a call, and what comes of it is a refund like any other.
CREATE TABLE call_problems (
  call_id bigint PRIMARY KEY REFERENCES calls,
  customer_id bigint NOT NULL REFERENCES customers,
  reason text NOT NULL CHECK (reason IN ('bad_audio', 'ai_malfunction', 'not_answered_but_charged', 'overcharged', 'other')),
  words text NOT NULL DEFAULT '' CHECK (length(words) <= 500),
  reported_at timestamptz NOT NULL,
  cause_id bigint NOT NULL,
  CONSTRAINT other_is_said CHECK (reason <> 'other' OR words <> ''));
CREATE INDEX call_problems_by_customer ON call_problems (customer_id, call_id);
CREATE INDEX call_problems_by_cause ON call_problems USING brin (cause_id) WITH (autosummarize = on);

CREATE FUNCTION call_problem_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM calls c WHERE c.id = NEW.call_id AND c.customer_id = NEW.customer_id AND c.charged > 0
      AND NEW.reported_at <= c.ended_at + interval '7 days') THEN
    RAISE EXCEPTION 'call % is not one that its customer may report', NEW.call_id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON call_problems FOR EACH ROW EXECUTE FUNCTION call_problem_guard();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON call_problems FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON call_problems TO speechcad_app;
