-- Twenty thousand of everything that grows, as years of work would leave it: what the planner does with an empty table says
-- nothing. Constraints between tables and triggers are off; nothing here is right to the cent.
SET session_replication_role = replica;

INSERT INTO wallets (customer_id, available, seq, at)
  SELECT 1000000 + i, 24708333, 4, now() - interval '1 day' FROM generate_series(1, 20000) i;
INSERT INTO customers (id, name, language, terms_version, terms_accepted_at, is_reachable, created_at, cause_id)
  SELECT 1000000 + i, 'Person ' || md5(i::text), (ARRAY['en', 'hi', 'zh', 'fr'])[1 + i % 4], '1', now(), i % 50 > 0, now(), i
  FROM generate_series(1, 20000) i;
INSERT INTO conversations (customer_id, dialog, updated_at)
  SELECT 1000000 + i, 'menu', now() FROM generate_series(1, 20000) i;
INSERT INTO customer_numbers (customer_id, number, proved_at, cause_id)
  SELECT 1000000 + i, '+1201' || (5000000 + i), now(), i FROM generate_series(1, 20000) i;

INSERT INTO transfers (id, customer_id, seq, at, cause_id, available, held, platform, platform_amount, resolves_id, refunds_id,
    kind, request_key, available_after)
  OVERRIDING SYSTEM VALUE
  SELECT 4 * i - 4 + step, 1000000 + i, step, now() - (20000 - i) * interval '15 minutes', i, available, held, account::platform_account,
    amount, CASE step WHEN 3 THEN 4 * i - 2 END, CASE step WHEN 4 THEN 4 * i - 1 END, kind, kind || ':full:' || i, 24708333
  FROM generate_series(1, 20000) i CROSS JOIN (VALUES
    (1, 'deposit', 25000000, 0, 'dynopay_clearing', -25000000), (2, 'hold', -1750000, 1750000, NULL, 0),
    (3, 'charge', 1166666, -1750000, 'revenue_calls', 583334), (4, 'refund', 291667, 0, 'revenue_calls', -291667))
    AS t (step, kind, available, held, account, amount)
  WHERE step < 4 OR i % 20 = 0;

INSERT INTO webhook_routes (token_sha256, lane)
  SELECT sha256(i::text::bytea), 'customer:' || 1000000 + i FROM generate_series(1, 20000) i;
INSERT INTO deposits (id, customer_id, coin, requested, state, token_sha256, provider_payment_id, created_at, transfer_id,
    credited, cause_id)
  OVERRIDING SYSTEM VALUE
  SELECT i, 1000000 + i, (ARRAY['BTC', 'USDT-TRC20', 'USDT-ERC20'])[1 + i % 3], 25000000 + i, 'credited', sha256(i::text::bytea),
    'pay-' || i, now() - (20000 - i) * interval '15 minutes', 4 * i - 3, 25000000, i FROM generate_series(1, 20000) i;
INSERT INTO deposit_parts (deposit_id, tx_id, least, most, transfer_id, seen_at, cause_id)
  SELECT i, 'tx-' || i, 1, 1, 4 * i - 3, now(), i FROM generate_series(1, 20000) i;
INSERT INTO deposit_events (deposit_id, at, kind, cause_id) SELECT i, now(), 'credited', i FROM generate_series(1, 20000) i;

INSERT INTO scripts (id, customer_id, current_version_id, created_at, cause_id)
  OVERRIDING SYSTEM VALUE SELECT i, 1000000 + i, i, now(), i FROM generate_series(1, 20000) i;
INSERT INTO script_versions (id, script_id, number, name, purpose, language, voice, on_behalf_of, opening, goal, facts, questions,
    stop_when, created_at, cause_id)
  OVERRIDING SYSTEM VALUE
  SELECT i, i, 1, 'Script ' || md5(i::text), 'p', CASE WHEN i % 100 = 0 THEN 'fr' ELSE 'en' END, 'v', 'P', 'Hello.', 'g', '', '[]', '',
    now(), i FROM generate_series(1, 20000) i;
INSERT INTO script_agents (script_version_id, state, opening, engine_id, agent_id, agent_version, changed_at, cause_id)
  SELECT i, 'ready', 'Hello.', 'llm_' || i, 'agent_' || i, 0, now(), i FROM generate_series(1, 20000) i;

INSERT INTO calls (id, customer_id, request_key, script_version_id, to_number, callee_zone, consent, is_recorded, region, tier, state,
    attempt_id, dial_outbox_id, provider_call_id, rates_version, rate_per_minute, recording_fee, longest_s, hold,
    hold_transfer_id, charge_transfer_id, asked_at, dialled_at, started_at, ended_at, settled_at, duration_ms, billed_s,
    charged, outcome, verdict, told_at, cause_id)
  OVERRIDING SYSTEM VALUE
  SELECT i, 1000000 + i, 'full:' || i, i, '+1201' || (5000000 + i), 'America/New_York', 'own_number', false,
    (ARRAY['US', 'FR', 'IN'])[1 + i % 3], 'regular', 'ended', 'attempt-' || i, i, 'call-' || i, 1, 350000, 0, 300, 1750000,
    4 * i - 2, 4 * i - 1, at, at, at, at, at, 100000, 100, 583334 + i, 'completed', '{}', at, i
  FROM generate_series(1, 20000) i CROSS JOIN LATERAL (SELECT now() - (20000 - i) * interval '15 minutes' AS at) t;
INSERT INTO call_events (call_id, at, kind, cause_id) SELECT i, now(), 'ended', i FROM generate_series(1, 20000) i;
INSERT INTO do_not_call (number, kind, reason, added_at, cause_id)
  SELECT '+1202' || (5000000 + i), 'listed', 'asked', now(), i FROM generate_series(1, 20000) i;

INSERT INTO inbox_keys (source, external_id, inbox_id, body_sha256, received_at)
  SELECT 1, 'full:' || i, i, '', now() FROM generate_series(1, 20000) i;
INSERT INTO inbox (id, source, external_id, lane, kind, payload, received_at)
  SELECT i, 1, 'full:' || i, 'customer:' || 1000000 + i, 'telegram.message', '{"message": {"text": "hello"}}',
    now() - (20000 - i) * interval '15 minutes' FROM generate_series(1, 20000) i;
INSERT INTO inbox_outcomes (inbox_id, state, attempts, handled_at)
  SELECT i, CASE WHEN i % 5000 = 0 THEN 'dead' ELSE 'done' END, 1, now() FROM generate_series(1, 20000) i;
INSERT INTO outbox_keys (request_key, outbox_id) SELECT 'full:' || i, i FROM generate_series(1, 20000) i;
INSERT INTO outbox (id, request_key, provider, method, lane, payload, cause_id, created_at)
  SELECT i, 'full:' || i, 1, 'sendMessage', 'chat:' || 1000000 + i,
    '{"texts": [{"key": "menu.main"}], "parameters": {"text": "hello"}}', i, now() - (20000 - i) * interval '15 minutes'
  FROM generate_series(1, 20000) i;
INSERT INTO outbox_outcomes (outbox_id, state, attempts, finished_at) SELECT i, 'sent', 1, now() FROM generate_series(1, 20000) i;
INSERT INTO inbox_kept SELECT * FROM inbox;
INSERT INTO inbox_outcomes_kept SELECT * FROM inbox_outcomes;
INSERT INTO outbox_kept SELECT * FROM outbox;
INSERT INTO outbox_outcomes_kept SELECT * FROM outbox_outcomes;
INSERT INTO timers (key, due_at, kind, lane, payload, cause_id)
  SELECT 'full:' || i, now() + interval '10 years', 'none', 'none', '{}', i FROM generate_series(1, 20000) i;

INSERT INTO operator_sessions (operator_id, token_sha256, origin, started_at, seen_at, active_at, idle_s, ends_at, ended_at, cause_id)
  SELECT 1, sha256(i::text::bytea), 'local', now(), now(), now(), 60, now(), now(), i FROM generate_series(1, 20000) i;
INSERT INTO commands (inbox_id, session_id, operator_id, kind, request_key, body_sha256, origin, submitted_at, expires_at, state,
    finished_at)
  SELECT -i, 1, 1, 'call.stop', 'full:' || i, '', 'local', now(), now(), 'done', now() FROM generate_series(1, 20000) i;
INSERT INTO audit (at, operator_id, operator_name, roles, action, object, result, origin, cause_id)
  SELECT now() - (20000 - i) * interval '15 minutes', 1 + i % 50, 'maria', '{admin}', -- of fifty people
    CASE WHEN i % 1000 = 0 THEN 'refund.execute' ELSE 'call.stop' END, 'call ' || i,
    CASE WHEN i % 2000 = 0 THEN 'denied' ELSE 'done' END, 'local', i FROM generate_series(1, 20000) i;
INSERT INTO refunds (id, call_id, customer_id, paid_transfer_id, amount, reason, state, needs, rule, requested_by, requested_at,
    is_solo, decided_at, transfer_id, cause_id)
  SELECT i, i, 1000000 + i, 4 * i - 1, 291667, 'bad_audio', CASE WHEN i % 20 = 0 THEN 'done' ELSE 'rejected' END, 'nobody', 'small',
    1 + i % 50, now(), true, now(), CASE WHEN i % 20 = 0 THEN 4 * i END, i FROM generate_series(1, 20000) i;

INSERT INTO call_problems (call_id, customer_id, reason, reported_at, cause_id)
  SELECT i, 1000000 + i, 'bad_audio', now(), i FROM generate_series(1, 20000) i;
INSERT INTO refund_approvals (refund_id, place, approver_id, session_id, roles, hash, at, cause_id)
  SELECT i, 1, 1, 1, '{finance}', 'full', now(), i FROM generate_series(1, 20000) i;
INSERT INTO refund_batch_rows (batch_id, call_id, customer_id, paid_transfer_id, amount, state, decided_at, cause_id)
  SELECT 1 + i % 200, i, 1000000 + i, 4 * i - 1, 291667, 'left', now(), i FROM generate_series(1, 20000) i;
INSERT INTO adjustments (id, customer_id, kind, amount, reason, state, preview_hash, requested_by, requested_session, requested_at,
    expires_at, decided_at, cause_id)
  SELECT i, 1000000 + i, 'goodwill', 1000000, 'full tables', 'rejected', repeat('0', 64), 1 + i % 50, 1, now(),
    now() + interval '1 day', now(), i FROM generate_series(1, 20000) i;
INSERT INTO payouts (id, customer_id, amount, destination, reason, state, preview_hash, requested_by, requested_session, requested_at,
    expires_at, cause_id)
  SELECT i, 1000000 + i, 1000000, 'full tables', 'full tables', 'rejected', repeat('0', 64), 1 + i % 50, 1,
    now(), now() + interval '1 day', i FROM generate_series(1, 20000) i;

INSERT INTO subscriptions (id, customer_id, request_key, plan, days, state, started_at, ended_at, end_reason, cause_id)
  OVERRIDING SYSTEM VALUE
  SELECT i, 1000000 + i, 'full:' || i, 'prime', 30, 'ended', now(), now(), 'expired', i FROM generate_series(1, 20000) i;
INSERT INTO subscription_events (subscription_id, at, kind, cause_id) SELECT i, now(), 'ended', i FROM generate_series(1, 20000) i;
INSERT INTO plan_periods (id, customer_id, plan_version_id, starts_at, ends_at, price, granted_s, cause_id)
  OVERRIDING SYSTEM VALUE
  SELECT i, 1000000 + i, 1, now() - interval '3 days', now() - interval '1 day', 0, 120, i FROM generate_series(1, 20000) i;
INSERT INTO allowance_holds (call_id, period_id, held_s, used_s, held_at, resolved_at, cause_id)
  SELECT i, i, 60, 60, now(), now(), i FROM generate_series(1, 20000) i;
INSERT INTO deposit_reviews (deposit_id, customer_id, kind, asked, state, opened_at, decided_at, cause_id)
  SELECT i, 1000000 + i, 'late', 25000000, 'void', now(), now(), i FROM generate_series(1, 20000) i;
INSERT INTO seals (id, at, transfers_upto, audit_upto, body, signature)
  SELECT i, now() - (20000 - i) * interval '1 minute', 0, 0, '{}', decode(repeat('00', 64), 'hex') FROM generate_series(1, 20000) i;

-- Whatever is made from now on comes after.
SELECT setval('inbox_id', 30000), setval('outbox_id', 30000), setval('transfers_id_seq', 80000), setval('calls_id_seq', 20000),
  setval('subscriptions_id_seq', 20000), setval('plan_periods_id_seq', 20000), setval('deposits_id_seq', 20000), setval('scripts_id_seq', 20000), setval('script_versions_id_seq', 20000);
-- A request has the database's time, but the servers' clock may be a week ahead of it here: one that waits for another person
-- the usual 24 hours would be void at once.
UPDATE refund_rules SET waits_hours = 720;
SET session_replication_role = origin;
ANALYZE;
