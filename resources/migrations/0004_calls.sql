-- A call from the wish to the charge, what it costs, and who must not be called. What must never be - dialled twice, charged
-- twice, a state that goes back, an end that leaves its hold behind - is refused here; the C++ is the second line.

CREATE TABLE rate_versions (                 -- an old call is explained by the rates of its day
  id int PRIMARY KEY, starts_at timestamptz NOT NULL,
  recording_fee bigint NOT NULL CHECK (recording_fee >= 0), -- micro-dollars a call, when the customer chose recording
  note text NOT NULL DEFAULT '');
CREATE TABLE rates (                         -- longest prefix counts; '+' is everywhere else
  version int NOT NULL REFERENCES rate_versions, prefix text COLLATE "C" NOT NULL CHECK (prefix ~ '^\+[0-9]{0,9}$'),
  per_minute bigint NOT NULL CHECK (per_minute > 0), -- micro-dollars
  PRIMARY KEY (version, prefix));
INSERT INTO rate_versions (id, starts_at, recording_fee, note) VALUES (1, '-infinity', 20000, 'as shipped');
INSERT INTO rates (version, prefix, per_minute) SELECT 1, '+' || prefix, per_minute FROM (VALUES
  -- United States and Canada; the islands that share +1 follow
  (350000, '1'),
  -- Europe, most of Asia
  (450000, '3 4 7 298 60 62 63 65 66 670 673 84 852 853 855 856 86 880 886 91 92 93 94 95 960 975 976 977 992 993 994 995 996 998'),
  -- Japan, Korea, Australia, New Zealand
  (550000, '81 82 61 64'),
  -- Middle East
  (600000, '90 961 962 963 964 965 966 967 968 970 971 972 973 974 98'),
  -- Latin America and the Caribbean
  (650000, '5 297 1242 1246 1264 1268 1284 1340 1345 1441 1473 1649 1658 1664 1721 1758 1767 1784 1787 1809 1829 1849 1868 1869 1876 1939'),
  -- Africa
  (850000, '2'),
  -- everywhere else
  (700000, ' 299 1670 1671 1684')) AS r (per_minute, prefixes),
  LATERAL regexp_split_to_table(prefixes, ' ') AS p (prefix);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rate_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE policy_switches (               -- read again by every dial; who turns one waits for the dials before it
  name text COLLATE "C" PRIMARY KEY, is_on boolean NOT NULL,
  reason text NOT NULL DEFAULT '', changed_by text NOT NULL DEFAULT '', changed_at timestamptz NOT NULL, cause_id bigint NOT NULL);
INSERT INTO policy_switches (name, is_on, changed_at, cause_id) VALUES ('stop_calls', false, now(), 0);
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON policy_switches FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE do_not_call (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text COLLATE "C" NOT NULL CHECK (number ~ '^\+[1-9][0-9]{1,14}$'),
  kind text NOT NULL CHECK (kind IN ('listed', 'opted_out', 'customer')), -- for all; the callee said so; one customer must not
  customer_id bigint REFERENCES customers,
  reason text NOT NULL DEFAULT '', added_at timestamptz NOT NULL, cause_id bigint NOT NULL,
  CONSTRAINT customer_where_due CHECK ((customer_id IS NOT NULL) = (kind = 'customer')));
CREATE UNIQUE INDEX do_not_call_once ON do_not_call (number, kind, coalesce(customer_id, 0));

CREATE TABLE calls (                         -- never deleted: a dispute or a late event needs the row
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  request_key text COLLATE "C" NOT NULL UNIQUE, -- the same wish twice is one call
  script_version_id bigint NOT NULL, campaign_id bigint,
  to_number text COLLATE "C" NOT NULL CHECK (to_number ~ '^\+[1-9][0-9]{1,14}$'),
  callee_zone text NOT NULL DEFAULT '', consent text NOT NULL CHECK (consent IN ('own_number', 'relationship', 'written')),
  is_recorded boolean NOT NULL, asked_longest_s int CHECK (asked_longest_s > 0),
  region text NOT NULL DEFAULT '', tier text NOT NULL CHECK (tier IN ('new', 'regular', 'business')),
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'queued', 'dialling', 'unknown', 'talking', 'ending',
    'ended', 'not_connected', 'failed', 'refused', 'cancelled')),
  is_live boolean NOT NULL GENERATED ALWAYS AS (state IN ('dialling', 'unknown', 'talking', 'ending')) STORED, -- has a line
  is_final boolean NOT NULL GENERATED ALWAYS AS (state IN ('ended', 'not_connected', 'failed', 'refused', 'cancelled')) STORED,
  queued_until timestamptz,
  attempt_id text COLLATE "C" UNIQUE,        -- ours, in Retell's metadata: an event that comes before the answer is known by it
  dial_outbox_id bigint UNIQUE, provider_call_id text COLLATE "C" UNIQUE,
  rates_version int REFERENCES rate_versions, rate_per_minute bigint CHECK (rate_per_minute > 0),
  recording_fee bigint CHECK (recording_fee >= 0),
  longest_s int CHECK (longest_s > 0), allowance_s int NOT NULL DEFAULT 0 CHECK (allowance_s >= 0),
  hold bigint NOT NULL DEFAULT 0 CHECK (hold >= 0), -- micro-dollars
  hold_transfer_id bigint UNIQUE REFERENCES transfers,
  charge_transfer_id bigint UNIQUE REFERENCES transfers, release_transfer_id bigint UNIQUE REFERENCES transfers,
  asked_at timestamptz NOT NULL, dialled_at timestamptz,
  unknown_at timestamptz,                    -- since when it is not known whether the provider dials
  started_at timestamptz, ended_at timestamptz, settled_at timestamptz,
  duration_ms bigint CHECK (duration_ms >= 0), billed_s int CHECK (billed_s >= 0),
  charged bigint NOT NULL DEFAULT 0,         -- micro-dollars, not more than the hold
  uncovered bigint NOT NULL DEFAULT 0 CHECK (uncovered >= 0), -- what the call was worth beyond the hold: ours
  provider_cost numeric CHECK (provider_cost >= 0), -- US cents, exactly as the provider said
  disconnection_reason text, outcome text,
  summary text, transcript jsonb, analysis jsonb, recording_url text,
  verdict jsonb, request jsonb, facts jsonb, -- what the guards said, and of what: a verdict can be judged again
  stop_requested_at timestamptz, stop_reason text, stopped_by text,
  live_message_id bigint,                    -- outbox row of the message that shows the call
  live_edit_at timestamptz,                  -- when it was last edited: at most once in three seconds
  told_at timestamptz,                       -- when the customer was told how it ended
  note text NOT NULL DEFAULT '', cause_id bigint NOT NULL,
  CONSTRAINT dialled_by_attempt CHECK ((attempt_id IS NOT NULL) = (dialled_at IS NOT NULL)
    AND (attempt_id IS NOT NULL) = (dial_outbox_id IS NOT NULL) AND (provider_call_id IS NULL OR attempt_id IS NOT NULL)),
  CONSTRAINT never_without_verdict CHECK (attempt_id IS NULL OR (verdict IS NOT NULL AND longest_s IS NOT NULL
    AND rate_per_minute IS NOT NULL AND recording_fee IS NOT NULL AND rates_version IS NOT NULL)),
  CONSTRAINT dialled_where_live CHECK (state NOT IN ('dialling', 'unknown', 'talking', 'ending', 'ended', 'not_connected') OR attempt_id IS NOT NULL),
  CONSTRAINT undialled_where_early CHECK (state NOT IN ('asked', 'queued', 'refused') OR attempt_id IS NULL),
  CONSTRAINT held_where_dialled CHECK ((hold_transfer_id IS NOT NULL) = (hold > 0) AND (hold = 0 OR attempt_id IS NOT NULL)),
  CONSTRAINT hold_ends_with_call CHECK (hold_transfer_id IS NULL
    OR (state IN ('ended', 'not_connected', 'failed', 'refused', 'cancelled')) = (charge_transfer_id IS NOT NULL OR release_transfer_id IS NOT NULL)),
  CONSTRAINT charged_or_released CHECK (charge_transfer_id IS NULL OR release_transfer_id IS NULL),
  CONSTRAINT charged_within_hold CHECK (charged BETWEEN 0 AND hold AND (charged > 0) = (charge_transfer_id IS NOT NULL)),
  CONSTRAINT charged_where_ended CHECK (charged = 0 OR state = 'ended'))
  WITH (fillfactor = 60);
CREATE INDEX calls_by_customer ON calls (customer_id, id);
CREATE INDEX calls_by_state ON calls (state, id);
CREATE INDEX calls_live ON calls (id) WHERE state IN ('asked', 'queued', 'dialling', 'unknown', 'talking', 'ending');
CREATE INDEX calls_to_number ON calls (to_number, dialled_at) WHERE dialled_at IS NOT NULL;
CREATE INDEX calls_of_customer_dialled ON calls (customer_id, dialled_at) WHERE dialled_at IS NOT NULL;
CREATE INDEX calls_of_customer_to_number ON calls (customer_id, to_number, dialled_at) WHERE dialled_at IS NOT NULL;
CREATE INDEX calls_by_script ON calls (script_version_id, id);

-- Which state may follow which; README of backend/calls has the table. What was seen of the end always wins.
CREATE FUNCTION call_may_follow(p_from text, p_to text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE p_from
    WHEN 'asked' THEN p_to IN ('queued', 'dialling', 'refused', 'cancelled')
    WHEN 'queued' THEN p_to IN ('dialling', 'refused', 'cancelled')
    WHEN 'dialling' THEN p_to IN ('unknown', 'talking', 'ending', 'ended', 'not_connected', 'failed', 'cancelled')
    WHEN 'unknown' THEN p_to IN ('dialling', 'talking', 'ending', 'ended', 'not_connected', 'failed')
    WHEN 'talking' THEN p_to IN ('ending', 'ended', 'not_connected', 'failed')
    WHEN 'ending' THEN p_to IN ('ended', 'not_connected', 'failed')
    ELSE false END $$;

CREATE FUNCTION call_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state <> NEW.state AND NOT call_may_follow(OLD.state, NEW.state) THEN
    RAISE EXCEPTION 'call % may not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation'; END IF;
  IF OLD.id <> NEW.id OR OLD.customer_id <> NEW.customer_id OR OLD.to_number <> NEW.to_number OR OLD.request_key <> NEW.request_key
     OR OLD.asked_at <> NEW.asked_at OR OLD.script_version_id <> NEW.script_version_id THEN
    RAISE EXCEPTION 'call % is another one', OLD.id USING ERRCODE = 'check_violation'; END IF;
  -- Once dialled, never again, and never as another call; its price and its hold are settled.
  IF OLD.attempt_id IS NOT NULL AND ROW(OLD.attempt_id, OLD.dial_outbox_id, OLD.dialled_at, OLD.rate_per_minute, OLD.recording_fee,
       OLD.rates_version, OLD.longest_s, OLD.allowance_s, OLD.hold, OLD.hold_transfer_id, OLD.verdict, OLD.facts, OLD.request)
     IS DISTINCT FROM ROW(NEW.attempt_id, NEW.dial_outbox_id, NEW.dialled_at, NEW.rate_per_minute, NEW.recording_fee,
       NEW.rates_version, NEW.longest_s, NEW.allowance_s, NEW.hold, NEW.hold_transfer_id, NEW.verdict, NEW.facts, NEW.request) THEN
    RAISE EXCEPTION 'call % was dialled already', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF OLD.provider_call_id IS NOT NULL AND OLD.provider_call_id IS DISTINCT FROM NEW.provider_call_id THEN
    RAISE EXCEPTION 'call % has a provider call already', OLD.id USING ERRCODE = 'check_violation'; END IF;
  IF (OLD.charge_transfer_id IS NOT NULL OR OLD.release_transfer_id IS NOT NULL)
     AND ROW(OLD.charge_transfer_id, OLD.release_transfer_id, OLD.charged, OLD.billed_s)
     IS DISTINCT FROM ROW(NEW.charge_transfer_id, NEW.release_transfer_id, NEW.charged, NEW.billed_s) THEN
    RAISE EXCEPTION 'call % was settled already', OLD.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION call_guard();

-- The transfers a call names are its own: its hold, and the charge or release that ends that hold and nothing else.
CREATE FUNCTION call_transfers() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.hold_transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.hold_transfer_id AND t.kind = 'hold'
      AND t.customer_id = NEW.customer_id AND t.held = NEW.hold AND t.request_key = 'hold:' || NEW.id) THEN
    RAISE EXCEPTION 'transfer % is not the hold of call %', NEW.hold_transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.charge_transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.charge_transfer_id AND t.kind = 'charge'
      AND t.resolves_id = NEW.hold_transfer_id AND t.platform = 'revenue_calls' AND t.platform_amount = NEW.charged
      AND t.request_key = 'charge:' || NEW.id) THEN
    RAISE EXCEPTION 'transfer % is not the charge of call %', NEW.charge_transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  IF NEW.release_transfer_id IS NOT NULL AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = NEW.release_transfer_id AND t.kind = 'release'
      AND t.resolves_id = NEW.hold_transfer_id AND t.request_key = 'release:' || NEW.id) THEN
    RAISE EXCEPTION 'transfer % is not the release of call %', NEW.release_transfer_id, NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER transfers_are_its_own BEFORE INSERT OR UPDATE OF hold_transfer_id, charge_transfer_id, release_transfer_id ON calls
  FOR EACH ROW WHEN (NEW.hold_transfer_id IS NOT NULL OR NEW.charge_transfer_id IS NOT NULL OR NEW.release_transfer_id IS NOT NULL)
  EXECUTE FUNCTION call_transfers();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON calls FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE call_events (                   -- what happened to a call, for people
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, call_id bigint NOT NULL REFERENCES calls,
  at timestamptz NOT NULL, kind text NOT NULL, detail text NOT NULL DEFAULT '', cause_id bigint NOT NULL);
CREATE INDEX call_events_by_call ON call_events (call_id, id);
CREATE INDEX call_events_by_cause ON call_events USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON call_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The newest masked transcript of a live call. Written by intake while the call's own row is busy, so it has no foreign key;
-- the end of the call takes it away.
CREATE TABLE live_transcripts (
  call_id bigint PRIMARY KEY, attempt_id text COLLATE "C" NOT NULL, turns int NOT NULL,
  transcript jsonb NOT NULL,                 -- [{"role", "content"}]
  updated_at timestamptz NOT NULL) WITH (fillfactor = 50);

GRANT SELECT ON rates, rate_versions TO speechcad_app;
GRANT SELECT, UPDATE ON policy_switches TO speechcad_app;
GRANT SELECT, INSERT, DELETE ON do_not_call TO speechcad_app;
GRANT SELECT, INSERT, UPDATE ON calls TO speechcad_app;
GRANT SELECT, INSERT ON call_events TO speechcad_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON live_transcripts TO speechcad_app;
GRANT USAGE, SELECT ON SEQUENCE calls_id_seq TO speechcad_app;
