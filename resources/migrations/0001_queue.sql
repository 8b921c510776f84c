-- What arrives (inbox), what leaves (outbox), what is due (timers). Design: README of backend/queue.

CREATE TABLE migrations (
  name text COLLATE "C" PRIMARY KEY,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now());

CREATE TABLE schema_state (                  -- one row
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  min_code int NOT NULL,                     -- programs older than this leave the database alone
  key_fingerprint bytea,                     -- which installation key file belongs to this database
  CONSTRAINT fingerprint_is_sha256 CHECK (length(key_fingerprint) = 32));
INSERT INTO schema_state (min_code) VALUES (1);

-- The role every connection of the application takes on. It may do only what is granted below.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'speechcad_app') THEN
    BEGIN
      CREATE ROLE speechcad_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this cluster was quicker
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'speechcad_app', 'MEMBER') THEN
    EXECUTE format('GRANT speechcad_app TO %I', current_user);
  END IF;
END $$;

CREATE FUNCTION to_micros(timestamptz) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT (extract(epoch FROM $1) * 1000000)::bigint $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% on % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;

-- Inbox ---------------------------------------------------------------------------------------

CREATE SEQUENCE inbox_id;
CREATE TABLE inbox_keys (                    -- the only uniqueness; not partitioned
  source smallint, external_id text COLLATE "C",
  inbox_id bigint NOT NULL DEFAULT nextval('inbox_id'), body_sha256 bytea NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (source, external_id));

CREATE TABLE inbox (                         -- insert only; partitions of 1,000,000 ids
  id bigint PRIMARY KEY, source smallint NOT NULL, external_id text COLLATE "C" NOT NULL,
  lane text COLLATE "C" NOT NULL, kind text NOT NULL, payload jsonb NOT NULL, raw bytea, headers jsonb,
  route_sha256 bytea,                        -- of the token in the hook's path, where there is one
  received_at timestamptz NOT NULL, cause_id bigint) PARTITION BY RANGE (id);
CREATE INDEX inbox_by_cause ON inbox USING brin (cause_id) WITH (autosummarize = on);
CREATE TABLE inbox_outcomes (
  inbox_id bigint PRIMARY KEY, state text NOT NULL CHECK (state IN ('done', 'dead', 'expired')),
  attempts smallint NOT NULL, handled_at timestamptz NOT NULL,
  error_code text, error_detail text, result jsonb) PARTITION BY RANGE (inbox_id);

CREATE TABLE inbox_waiting (                 -- the queue: rows still to do, nothing else
  priority smallint NOT NULL CHECK (priority BETWEEN 0 AND 4), lane text COLLATE "C" NOT NULL, inbox_id bigint NOT NULL,
  not_before timestamptz NOT NULL DEFAULT '-infinity', attempts smallint NOT NULL DEFAULT 0,
  error_code text, error_detail text,
  postponed_since timestamptz,               -- when it first lost a race, which is no attempt at first
  PRIMARY KEY (priority, lane, inbox_id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_cost_delay = 0);

CREATE TABLE inbox_conflicts (               -- the same key with another body: kept for a person to look at
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source smallint NOT NULL, external_id text COLLATE "C" NOT NULL,
  first_inbox_id bigint NOT NULL, payload jsonb NOT NULL, received_at timestamptz NOT NULL);

CREATE TABLE webhook_routes (                -- hash of the secret token in a hook's path -> lane
  token_sha256 bytea PRIMARY KEY CHECK (length(token_sha256) = 32), lane text COLLATE "C" NOT NULL,
  stored int NOT NULL DEFAULT 0)             -- deliveries kept so far; after 200 they are only answered
  WITH (fillfactor = 70);

CREATE TABLE webhook_quarantine (            -- refused for its signature though its token is ours: for a person, never handled
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source smallint NOT NULL, reason text NOT NULL,
  route_sha256 bytea NOT NULL, body_sha256 bytea NOT NULL, body bytea NOT NULL CHECK (length(body) <= 65536),
  headers jsonb, received_at timestamptz NOT NULL,
  UNIQUE (route_sha256, body_sha256));
CREATE TABLE webhook_signers (               -- sources that have signed: unsigned, they are worth an alert
  source smallint PRIMARY KEY, since timestamptz NOT NULL);

-- A function of the lane alone: one lane in two priorities would have no order.
CREATE FUNCTION lane_priority(p_lane text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE split_part(p_lane, ':', 1)
    WHEN 'operator' THEN 0 WHEN 'policy' THEN 0
    WHEN 'customer' THEN 1 WHEN 'dial' THEN 1
    WHEN 'retell' THEN 2
    WHEN 'campaign' THEN 4
    ELSE 3 END::smallint $$;

-- Locks up to `p_rows` waiting rows, lane by lane, walking round the lanes from `p_after` (one cursor a
-- priority) so that nobody starves. A lane that failed on its own ("customer:7#99") shares the lock of "customer:7".
CREATE FUNCTION claim(p_after text[], p_rows int, p_quota int, p_now timestamptz,
  OUT priorities smallint[], OUT lanes text[], OUT ids bigint[], OUT tries smallint[], OUT next_after text[]) LANGUAGE plpgsql AS $$
DECLARE p smallint; cur text; started text; wrapped boolean; v_lane text; due timestamptz; got bigint[]; got_tries smallint[];
  n int; room int := p_rows;
BEGIN
  priorities := '{}'; lanes := '{}'; ids := '{}'; tries := '{}'; next_after := p_after;
  FOR p IN 0..4 LOOP
    started := p_after[p + 1]; cur := started; wrapped := (cur = '');
    FOR k IN 1..256 LOOP                     -- the next lane after the cursor: one index probe, however long the lane is
      SELECT lane, not_before INTO v_lane, due FROM inbox_waiting WHERE priority = p AND lane > cur ORDER BY lane, inbox_id LIMIT 1;
      IF NOT FOUND THEN EXIT WHEN wrapped; wrapped := true; cur := ''; CONTINUE; END IF;
      EXIT WHEN wrapped AND started <> '' AND v_lane > started;
      cur := v_lane;
      IF due <= p_now AND pg_try_advisory_xact_lock(hashtextextended(split_part(v_lane, '#', 1), 7)) THEN
        -- A statement of its own, so with a snapshot younger than the lock: else rows are handled twice.
        SELECT array_agg(inbox_id ORDER BY inbox_id), array_agg(attempts ORDER BY inbox_id) INTO got, got_tries
        FROM (SELECT inbox_id, not_before, attempts FROM inbox_waiting WHERE priority = p AND lane = v_lane
          ORDER BY inbox_id LIMIT least(p_quota, room)) x HAVING (array_agg(not_before ORDER BY inbox_id))[1] <= p_now;
        n := coalesce(cardinality(got), 0);
        IF n > 0 THEN ids := ids || got; tries := tries || got_tries; lanes := lanes || array_fill(v_lane, ARRAY[n]);
          priorities := priorities || array_fill(p, ARRAY[n]); room := room - n; END IF;
      END IF;
      EXIT WHEN room <= 0;
    END LOOP;
    next_after[p + 1] := cur;
    EXIT WHEN room <= 0;
  END LOOP;
END $$;

CREATE FUNCTION complete(p_priorities smallint[], p_lanes text[], p_ids bigint[], p_attempts smallint[], p_at timestamptz)
  RETURNS void LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN                                        -- second line of defence: a row somebody else finished rolls the batch back
  DELETE FROM inbox_waiting w USING unnest(p_priorities, p_lanes, p_ids) u(p, l, i)
    WHERE w.priority = u.p AND w.lane = u.l AND w.inbox_id = u.i;
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n <> cardinality(p_ids) THEN
    RAISE EXCEPTION 'claimed %, found %', cardinality(p_ids), n USING ERRCODE = 'serialization_failure'; END IF;
  INSERT INTO inbox_outcomes (inbox_id, state, attempts, handled_at)
    SELECT i, 'done', a, p_at FROM unnest(p_ids, p_attempts) u(i, a);
END $$;

-- Outbox --------------------------------------------------------------------------------------

CREATE SEQUENCE outbox_id;
CREATE TABLE outbox_keys (                   -- the only uniqueness; not partitioned
  request_key text COLLATE "C" PRIMARY KEY, outbox_id bigint NOT NULL DEFAULT nextval('outbox_id'));
CREATE TABLE outbox (                        -- insert only; partitions of 1,000,000 ids
  id bigint PRIMARY KEY, request_key text COLLATE "C" NOT NULL,
  provider smallint NOT NULL, method text NOT NULL, lane text COLLATE "C" NOT NULL, payload jsonb NOT NULL,
  reply_kind text, reply_lane text COLLATE "C", cause_id bigint NOT NULL, created_at timestamptz NOT NULL,
  CONSTRAINT reply_has_lane CHECK ((reply_kind IS NULL) = (reply_lane IS NULL))) PARTITION BY RANGE (id);
CREATE INDEX outbox_by_lane ON outbox (provider, lane, id);
CREATE TABLE outbox_waiting (
  provider smallint, lane text COLLATE "C", outbox_id bigint,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'unknown')),
  not_before timestamptz NOT NULL DEFAULT '-infinity', attempts smallint NOT NULL DEFAULT 0,
  supersede_key text COLLATE "C",
  no_repeat boolean NOT NULL DEFAULT false,  -- taken back while it was under way: what surely did not arrive is not sent again
  PRIMARY KEY (provider, lane, outbox_id))
  WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE TABLE outbox_outcomes (
  outbox_id bigint PRIMARY KEY, state text NOT NULL CHECK (state IN ('sent', 'failed', 'superseded')),
  attempts smallint NOT NULL, finished_at timestamptz NOT NULL, answer jsonb) PARTITION BY RANGE (outbox_id);

-- The due heads of a provider's lanes, walking round from `p_after`; marks nothing.
CREATE FUNCTION outbox_heads(p_provider smallint, p_after text, p_rows int, p_now timestamptz,
  OUT ids bigint[], OUT next_after text) LANGUAGE plpgsql AS $$
DECLARE cur text := p_after; wrapped boolean := (p_after = ''); v_lane text; v_id bigint; due timestamptz;
BEGIN
  ids := '{}';
  FOR k IN 1..1024 LOOP
    SELECT lane, outbox_id, not_before INTO v_lane, v_id, due FROM outbox_waiting
      WHERE provider = p_provider AND lane > cur ORDER BY lane, outbox_id LIMIT 1;
    IF NOT FOUND THEN EXIT WHEN wrapped; wrapped := true; cur := ''; CONTINUE; END IF;
    EXIT WHEN wrapped AND p_after <> '' AND v_lane > p_after;
    cur := v_lane;
    IF due <= p_now THEN ids := ids || v_id; END IF;
    EXIT WHEN cardinality(ids) >= p_rows;
  END LOOP;
  next_after := cur;
END $$;

-- Timers --------------------------------------------------------------------------------------

CREATE TABLE timers (
  key text COLLATE "C" PRIMARY KEY, due_at timestamptz NOT NULL, kind text NOT NULL,
  lane text COLLATE "C" NOT NULL, payload jsonb NOT NULL, cause_id bigint NOT NULL);
CREATE INDEX timers_due ON timers (due_at);

-- The archive: partitions ahead, and old ones out ------------------------------------------------

-- What is kept of a partition that is dropped (archive_retire says what), and the two together.
CREATE TABLE inbox_kept (LIKE inbox INCLUDING ALL);
CREATE TABLE inbox_outcomes_kept (LIKE inbox_outcomes INCLUDING ALL);
CREATE TABLE outbox_kept (LIKE outbox INCLUDING ALL);
CREATE TABLE outbox_outcomes_kept (LIKE outbox_outcomes INCLUDING ALL);
CREATE VIEW inbox_history AS SELECT * FROM inbox UNION ALL SELECT * FROM inbox_kept;
CREATE VIEW inbox_outcomes_history AS SELECT * FROM inbox_outcomes UNION ALL SELECT * FROM inbox_outcomes_kept;
CREATE VIEW outbox_history AS SELECT * FROM outbox UNION ALL SELECT * FROM outbox_kept;
CREATE VIEW outbox_outcomes_history AS SELECT * FROM outbox_outcomes UNION ALL SELECT * FROM outbox_outcomes_kept;

-- A partition is made beside its table and attached, since CREATE ... PARTITION OF would lock out all traffic.
CREATE FUNCTION archive_add(p_table text, p_number bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', p_table || '_' || p_number, p_table);
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                 p_table, p_table || '_' || p_number, p_number * 1000000, (p_number + 1) * 1000000);
END $$;

-- Partitions up to `p_ahead` ids beyond the newest one. The owner's rights: the application cannot make tables.
CREATE FUNCTION archive_ensure(p_ahead bigint) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE v_archive text; newest bigint; made int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('partitions', 1));
  FOREACH v_archive IN ARRAY ARRAY['inbox', 'outbox'] LOOP
    EXECUTE format('SELECT last_value FROM %I', v_archive || '_id') INTO newest;
    FOR n IN newest / 1000000 .. (newest + p_ahead) / 1000000 LOOP
      CONTINUE WHEN to_regclass(v_archive || '_' || n) IS NOT NULL;
      PERFORM archive_add(v_archive, n), archive_add(v_archive || '_outcomes', n);
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
SELECT archive_ensure(1500000);

-- The oldest partition whose newest row is from before `p_before` and of whose rows none waits; null: none.
CREATE FUNCTION archive_oldest(p_archive text, p_before timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint; last bigint; newest timestamptz; is_waiting boolean;
BEGIN
  EXECUTE format('SELECT last_value FROM %I', p_archive || '_id') INTO last;
  FOR n IN SELECT substring(c.relname FROM '[0-9]+$')::bigint FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = p_archive::regclass ORDER BY 1 LOOP
    EXIT WHEN n >= last / 1000000;           -- still being filled
    EXECUTE format('SELECT %I FROM %I ORDER BY id DESC LIMIT 1',
      CASE p_archive WHEN 'inbox' THEN 'received_at' ELSE 'created_at' END, p_archive || '_' || n) INTO newest;
    EXIT WHEN newest >= p_before;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I >= $1 AND %2$I < $2)', p_archive || '_waiting', p_archive || '_id')
      INTO is_waiting USING n * 1000000, (n + 1) * 1000000;
    IF NOT is_waiting THEN RETURN n; END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- One SELECT of all causes from $1 up to $2 that a domain's row names. Found by the column's name, so that a
-- table made later cannot be forgotten.
CREATE FUNCTION archive_named_causes() RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(format('SELECT cause_id FROM %s WHERE cause_id >= $1 AND cause_id < $2', c.oid::regclass), ' UNION ')
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE a.attname = 'cause_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relnamespace = 'public'::regnamespace
    AND c.relname NOT IN ('inbox', 'inbox_kept', 'outbox', 'outbox_kept') $$;

-- Copies what must outlive inbox partition `p_number`: dead rows, whatever a domain, a timer, an unsent message or a
-- younger row names as its cause, and the causes of all these in turn, so that a chain never ends in nothing.
CREATE FUNCTION inbox_keep(p_number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE lo bigint := p_number * 1000000; hi bigint := (p_number + 1) * 1000000;
BEGIN
  EXECUTE format($q$
    WITH RECURSIVE named (id) AS (
      %s
      UNION SELECT cause_id FROM inbox WHERE id >= $2 AND cause_id >= $1 AND cause_id < $2
      UNION SELECT o.cause_id FROM outbox_waiting w JOIN outbox o ON o.id = w.outbox_id WHERE o.cause_id >= $1 AND o.cause_id < $2
      UNION SELECT i.id FROM %2$I i LEFT JOIN %3$I d ON d.inbox_id = i.id WHERE d.state IS DISTINCT FROM 'done'),
    kept (id) AS (
      SELECT id FROM named
      UNION SELECT i.cause_id FROM kept k JOIN %2$I i ON i.id = k.id WHERE i.cause_id >= $1)
    INSERT INTO inbox_kept SELECT i.* FROM %2$I i WHERE i.id IN (SELECT id FROM kept)$q$,
    archive_named_causes(), 'inbox_' || p_number, 'inbox_outcomes_' || p_number) USING lo, hi;
  EXECUTE format('INSERT INTO inbox_outcomes_kept SELECT o.* FROM %I o JOIN inbox_kept k ON k.id = o.inbox_id WHERE k.id >= $1 AND k.id < $2',
                 'inbox_outcomes_' || p_number) USING lo, hi;
END $$;

-- The same for the outbox: what was said because of an event that a domain's row names.
CREATE FUNCTION outbox_keep(p_number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE lo bigint; hi bigint;
BEGIN
  EXECUTE format('SELECT min(cause_id), max(cause_id) + 1 FROM %I', 'outbox_' || p_number) INTO lo, hi;
  EXECUTE format('INSERT INTO outbox_kept SELECT o.* FROM %I o WHERE o.cause_id IN (%s)', 'outbox_' || p_number, archive_named_causes())
    USING lo, hi;
  EXECUTE format('INSERT INTO outbox_outcomes_kept SELECT d.* FROM %I d JOIN outbox_kept k ON k.id = d.outbox_id WHERE k.id >= $1 AND k.id < $2',
                 'outbox_outcomes_' || p_number) USING p_number * 1000000, (p_number + 1) * 1000000;
END $$;

-- Drops one partition of 'inbox' or 'outbox' that is past its age, if there is one, and says whether. Its keys stay for
-- good: what was done once is never done again. While it waits for the table, others wait behind it: so not long.
CREATE FUNCTION archive_retire(p_archive text, p_before timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET lock_timeout = '50ms' AS $$
DECLARE n bigint;
BEGIN
  IF p_archive NOT IN ('inbox', 'outbox') OR p_before > now() - interval '7 days' THEN
    RAISE EXCEPTION 'not an archive, or too young' USING ERRCODE = 'restrict_violation'; END IF;
  n := archive_oldest(p_archive, p_before);
  IF n IS NULL THEN RETURN false; END IF;
  -- Blocks nobody but a vacuum, which would hold up the DROP: so that shows before the work and not after it.
  EXECUTE format('LOCK TABLE %I, %I IN SHARE UPDATE EXCLUSIVE MODE', p_archive || '_' || n, p_archive || '_outcomes_' || n);
  IF p_archive = 'inbox' THEN PERFORM inbox_keep(n); ELSE PERFORM outbox_keep(n); END IF;
  EXECUTE format('DROP TABLE %I', p_archive || '_' || n);
  EXECUTE format('DROP TABLE %I', p_archive || '_outcomes_' || n);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION archive_retire FROM PUBLIC;
GRANT EXECUTE ON FUNCTION archive_retire TO speechcad_app;

GRANT SELECT ON migrations, schema_state TO speechcad_app;
GRANT UPDATE (key_fingerprint) ON schema_state TO speechcad_app;
GRANT USAGE, SELECT ON SEQUENCE inbox_id, outbox_id TO speechcad_app;
GRANT SELECT, INSERT ON inbox_keys, inbox, inbox_outcomes, inbox_conflicts, outbox_keys, outbox, outbox_outcomes TO speechcad_app;
GRANT SELECT ON inbox_kept, inbox_outcomes_kept, outbox_kept, outbox_outcomes_kept,
  inbox_history, inbox_outcomes_history, outbox_history, outbox_outcomes_history TO speechcad_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON inbox_waiting, outbox_waiting, timers TO speechcad_app;
GRANT SELECT, INSERT ON webhook_routes, webhook_signers TO speechcad_app;
GRANT SELECT, INSERT, DELETE ON webhook_quarantine TO speechcad_app;
GRANT UPDATE (stored) ON webhook_routes TO speechcad_app;
