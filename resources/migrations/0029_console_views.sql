-- What the console's pages read, so that a console needs no right on any table: a view for each table of theirs, under the
-- table's name, with the columns that are shown, masked as they are shown. Its role looks for names in this schema alone, and
-- schema `public` stays closed to it.
--
-- A view here filters no rows: it leaves columns out and masks others, so nothing is to be had by looking around a condition,
-- and no view needs security_barrier. With that a page could not use an index for what is not leakproof, such as LIKE.
-- What is masked has another name than in the table, so that a page's SQL run by another role fails instead of showing it.

DO $$
DECLARE v regclass;
BEGIN
  FOR v IN SELECT oid FROM pg_class WHERE relnamespace = 'console'::regnamespace AND relkind = 'v' LOOP
    EXECUTE format('ALTER VIEW %s RESET (security_barrier)', v);
  END LOOP;
END $$;

-- Functions -------------------------------------------------------------------------------------

CREATE FUNCTION console.to_micros(timestamptz) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT (extract(epoch FROM $1) * 1000000)::bigint $$;

-- +33612345678 is "+33 61 ••• ••78": the calling code, and two digits at each end of the rest.
CREATE OR REPLACE FUNCTION console.masked(p_number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog AS $$
  SELECT CASE WHEN p_number = '' THEN ''
    WHEN length(n.rest) <= 4 THEN n.head || ' ' || repeat('•', length(n.rest))
    ELSE n.head || ' ' || left(n.rest, 2) || ' ' || repeat('•', (length(n.rest) - 3) / 2) || ' '
      || repeat('•', (length(n.rest) - 4) / 2) || right(n.rest, 2) END
  FROM (SELECT h.head, substr(p_number, length(h.head) + 1) AS rest
    FROM (SELECT coalesce(substring(p_number FROM '^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[035789]|9[679])[0-9])'),
      left(p_number, 3)) AS head) h) n $$;

-- Numbers in what people and the bot write; as customers::withoutNumbers.
CREATE FUNCTION console.without_numbers(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog AS $$
  SELECT regexp_replace(p_text, '\+(\d{1,3})[ \d().-]{4,16}(\d{2})(?!\d)', '+\1 •••• ••\2', 'g') $$;

-- A stored body for people to look at: its structure, and the values of members that are words of a protocol, amounts or ids
-- of objects. Everything else - names, numbers, what people wrote - is masked.
CREATE FUNCTION console.masked_body(p_body jsonb, p_is_shown boolean DEFAULT false, p_depth int DEFAULT 64) RETURNS jsonb
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
BEGIN
  RETURN CASE WHEN p_depth = 0 THEN to_jsonb('•••'::text) ELSE CASE jsonb_typeof(p_body)
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(e.key, console.masked_body(e.value, e.key IN ('v', 'event', 'event_type',
        'status', 'type', 'kind', 'amount', 'base_amount', 'currency', 'base_currency', 'coin', 'payment_id', 'update_id',
        'message_id', 'call', 'call_id', 'call_status', 'disconnection_reason', 'duration_ms', 'deposit', 'refund', 'transfer',
        'outbox', 'ok', 'attempt', 'attempt_id', 'period', 'plan', 'confirmations'), p_depth - 1)), '{}')
      FROM jsonb_each(p_body) e)
    WHEN 'array' THEN CASE jsonb_array_length(p_body) WHEN 0 THEN p_body
      ELSE jsonb_build_array(jsonb_array_length(p_body) || ' elements') END
    WHEN 'null' THEN p_body
    WHEN 'boolean' THEN p_body
    ELSE CASE WHEN p_is_shown THEN p_body ELSE to_jsonb('•••'::text) END END END;
END $$;

-- Verifying the books digests every row, which needs all of it; what comes out are counts and digests.
CREATE FUNCTION console.ledger_problems() RETURNS TABLE (problem text, customer bigint, transfer bigint) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT problem, customer, transfer FROM ledger_problems() $$;
CREATE FUNCTION console.sealed_transfers(p_after bigint, p_upto bigint, OUT n bigint, OUT digest bytea) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT s.n, s.digest FROM sealed_transfers(p_after, p_upto) s $$;
CREATE FUNCTION console.sealed_audit(p_after bigint, p_upto bigint, OUT n bigint, OUT digest bytea) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT s.n, s.digest FROM sealed_audit(p_after, p_upto) s $$;

-- Customers, money ------------------------------------------------------------------------------

-- Not a join: whoever reads no balance looks into no wallet.
CREATE OR REPLACE VIEW console.customers AS
  SELECT c.id, c.name, c.language, c.is_reachable, c.created_at,
    (SELECT w.available FROM wallets w WHERE w.customer_id = c.id) AS available,
    (SELECT w.held FROM wallets w WHERE w.customer_id = c.id) AS held,
    (SELECT w.debt FROM wallets w WHERE w.customer_id = c.id) AS debt,
    c.terms_version, c.terms_accepted_at, c.cause_id
  FROM customers c;
CREATE VIEW console.wallets AS SELECT customer_id, available, held, debt, seq, at, hash FROM wallets;
CREATE OR REPLACE VIEW console.transfers AS
  SELECT id, customer_id, at, kind, available, held, debt, platform, platform_amount, other_platform, other_amount,
    available_after, held_after, debt_after, resolves_id, refunds_id, request_key, cause_id, seq, hash FROM transfers;
CREATE VIEW console.seals AS SELECT id, at, transfers_upto, audit_upto, body, signature FROM seals;

CREATE OR REPLACE VIEW console.deposits AS
  SELECT id, customer_id, coin, requested, state, expected, received, credited, created_at, transfer_id, note, rules_version,
    is_unsettled, reversal_transfer_id, confirmations, confirmations_required, provider_payment_id, address, expires_at,
    last_webhook_at, last_check_at, cause_id FROM deposits;
CREATE OR REPLACE VIEW console.deposit_events AS SELECT id, deposit_id, at, kind, detail, cause_id FROM deposit_events;
CREATE OR REPLACE VIEW console.deposit_parts AS
  SELECT deposit_id, tx_id, least, most, transfer_id, seen_at, cause_id FROM deposit_parts;
CREATE OR REPLACE VIEW console.deposit_rules AS
  SELECT version, in_force_from, tolerate_from, tolerate_to, excess_up_to, confirmed_up_to, minimums, is_strict, changed_by, reason,
    cause_id FROM deposit_rules;

CREATE VIEW console.plan_versions AS SELECT id, plan, days, price, allowance_s, has_campaigns, valid_from FROM plan_versions;

-- Where a payout goes is masked in `money_requests` already.
CREATE VIEW console.money_requests AS SELECT * FROM money_requests;
CREATE OR REPLACE VIEW console.refunds AS
  SELECT id, call_id, customer_id, amount, reason, state, needs, rule, requested_by, requested_at, approved_by, decided_at,
    transfer_id, rules_version, expires_at, preview_hash, decision, is_solo, is_automatic, plan_period_id, batch_id,
    paid_transfer_id, note, cause_id FROM refunds;
CREATE OR REPLACE VIEW console.refund_batches AS
  SELECT id, batch_key, query, share, each, reason, note, calls, total, state, needs, rule, rules_version, preview_hash, requested_by,
    requested_at, expires_at, is_solo, started_at, ended_at, ended_by, decision, cause_id FROM refund_batches;
CREATE OR REPLACE VIEW console.refund_batch_rows AS
  SELECT batch_id, call_id, customer_id, amount, state, why, refund_id, decided_at, paid_transfer_id, cause_id FROM refund_batch_rows;

-- Calls -----------------------------------------------------------------------------------------

CREATE OR REPLACE VIEW console.calls AS
  SELECT id, customer_id, script_version_id, console.masked(to_number) AS to_number, region, tier, state, asked_at, dialled_at,
    started_at, ended_at, rate_per_minute, recording_fee, longest_s, hold, charged, billed_s, duration_ms, disconnection_reason,
    outcome, hold_transfer_id, charge_transfer_id, stopped_by, stop_reason, console.masked(to_number) AS callee, callee_zone,
    consent, is_final, attempt_id, provider_call_id, verdict, summary, transcript, cause_id
  FROM calls;
CREATE VIEW console.call_events AS SELECT id, call_id, at, kind, detail, cause_id FROM call_events;
CREATE VIEW console.live_transcripts AS SELECT call_id, transcript, updated_at FROM live_transcripts;
CREATE VIEW console.script_versions AS SELECT id, script_id, number, name, language FROM script_versions;
CREATE VIEW console.policy_switches AS SELECT name, is_on, reason, changed_by, changed_at FROM policy_switches;

-- What came and what went -----------------------------------------------------------------------

-- `said`: what a customer wrote or tapped. `external_id`: of an answer, whose names the row it answers; other sources' are theirs.
CREATE VIEW console.inbox AS
  SELECT id, source, lane, kind, received_at, cause_id,
    CASE WHEN source = 1 THEN console.without_numbers(coalesce(payload #>> '{message,text}', payload #>> '{callback_query,data}',
      CASE WHEN payload #> '{message,contact}' IS NOT NULL THEN 'shared a phone number' END, '')) END AS said
  FROM inbox;
CREATE VIEW console.inbox_history AS
  SELECT id, source, CASE WHEN source = 6 THEN external_id END AS external_id, lane, kind, received_at, cause_id,
    console.masked_body(payload) AS body
  FROM inbox_history;
CREATE VIEW console.inbox_keys AS SELECT source, inbox_id, received_at FROM inbox_keys;
CREATE VIEW console.inbox_outcomes AS SELECT inbox_id, state, attempts, handled_at FROM inbox_outcomes;
CREATE VIEW console.inbox_outcomes_kept AS SELECT inbox_id, state, attempts, handled_at FROM inbox_outcomes_kept;
CREATE VIEW console.inbox_outcomes_history AS SELECT inbox_id, state, attempts, handled_at FROM inbox_outcomes_history;
CREATE VIEW console.inbox_waiting AS SELECT priority, lane, inbox_id, not_before, attempts FROM inbox_waiting;

-- Of a message to a customer what it says, by its key, as it was sent, and the texts that it can be written from again. What
-- goes to the other providers has keys, scripts and addresses of hooks in it.
CREATE VIEW console.outbox AS
  SELECT id, provider, method, lane, created_at, cause_id,
    CASE WHEN provider = 1 THEN coalesce(payload #>> '{texts,0,key}', '') END AS text_key,
    CASE WHEN provider = 1 THEN console.without_numbers(coalesce(payload #>> '{parameters,text}',
      payload #>> '{parameters,caption}', '')) END AS shown,
    CASE WHEN provider = 1 THEN console.without_numbers((payload -> 'texts')::text) END AS texts
  FROM outbox;
CREATE VIEW console.outbox_history AS SELECT id, provider, method, lane, created_at, cause_id FROM outbox_history;
CREATE VIEW console.outbox_outcomes AS SELECT outbox_id, state, attempts, finished_at FROM outbox_outcomes;
CREATE VIEW console.outbox_waiting AS SELECT provider, lane, outbox_id, state, not_before, attempts FROM outbox_waiting;

-- People ----------------------------------------------------------------------------------------

CREATE OR REPLACE VIEW console.operators AS SELECT id, name, roles, is_active, created_at FROM operators;
CREATE VIEW console.operator_sessions AS
  SELECT id, operator_id, origin, started_at, seen_at, active_at, idle_s, ends_at, ended_at, end_reason FROM operator_sessions;
CREATE VIEW console.second_factors AS SELECT operator_id, begun_at, confirmed_at FROM second_factors;
CREATE VIEW console.recovery_codes AS SELECT operator_id, used_at FROM recovery_codes;
CREATE VIEW console.audit AS
  SELECT id, at, operator_id, operator_name, roles, action, object, result, reason, origin, cause_id FROM audit;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA console FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA console TO speechcad_console;
GRANT SELECT ON ALL TABLES IN SCHEMA console TO speechcad_console;
