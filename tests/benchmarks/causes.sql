-- What came before the transfers of long_ledger.sql, long ago and put away: for each a webhook (3 times its id), the
-- answer that it followed, and the tap that began it.
SET session_replication_role = replica;
INSERT INTO inbox_kept (id, source, external_id, lane, kind, payload, received_at, cause_id)
  SELECT 3 * t.id - 2 + step, (ARRAY[1, 6, 2])[step + 1], 'x' || 3 * t.id - 2 + step, 'customer:' || t.customer_id,
    (ARRAY['telegram.update', 'call.dialled', 'retell.call_ended'])[step + 1],
    jsonb_build_object('call', t.id, 'from_number', '+12015550100', 'transcript', repeat('word ', 40)), t.at,
    CASE step WHEN 0 THEN NULL ELSE 3 * t.id - 3 + step END
  FROM transfers t, generate_series(0, 2) step;
INSERT INTO inbox_outcomes_kept (inbox_id, state, attempts, handled_at)
  SELECT id, 'done', 1, received_at FROM inbox_kept;
SET session_replication_role = origin;
