-- The rows of a batch are handled one after the other and commit together. Each gets a moment of its own, so that the
-- archive says in which order: a history that is replayed gives the same transfers only in that order.
CREATE OR REPLACE FUNCTION complete(p_priorities smallint[], p_lanes text[], p_ids bigint[], p_attempts smallint[], p_at timestamptz)
  RETURNS void LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN                                        -- second line of defence: a row somebody else finished rolls the batch back
  DELETE FROM inbox_waiting w USING unnest(p_priorities, p_lanes, p_ids) u(p, l, i)
    WHERE w.priority = u.p AND w.lane = u.l AND w.inbox_id = u.i;
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n <> cardinality(p_ids) THEN
    RAISE EXCEPTION 'claimed %, found %', cardinality(p_ids), n USING ERRCODE = 'serialization_failure'; END IF;
  INSERT INTO inbox_outcomes (inbox_id, state, attempts, handled_at)
    SELECT i, 'done', a, p_at + (place - 1) * interval '1 microsecond'
    FROM unnest(p_ids, p_attempts) WITH ORDINALITY u(i, a, place);
END $$;
