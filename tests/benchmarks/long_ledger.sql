-- A sound ledger, set-wise. The temporary table owner_length (number, length), made before, says who has how many
-- transfers. Each tops up 10 USD (one of a hundred: 250) and makes four calls, a hold and a charge each, again and again. Triggers and
-- foreign keys are off, since they take a row at a time; checks and unique constraints are not, and the chains
-- are complete, so that `ledger verify` finds nothing.
SET session_replication_role = replica;

CREATE AGGREGATE pg_temp.chain (bigint, timestamptz, transfers) (
  SFUNC = public.transfer_digest, STYPE = bytea,
  INITCOND = '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'); -- sha256('')

CREATE TEMPORARY TABLE line (LIKE transfers);
INSERT INTO line (id, customer_id, seq, at, cause_id, available, held, debt, platform_amount, other_amount,
    available_after, held_after, debt_after, resolves_id, platform, kind, request_key, hash)
  WITH owner AS (
    SELECT 1000 + number AS customer_id, length,
      CASE WHEN number % 100 = 7 THEN 250000000 ELSE 10000000 END::bigint AS deposit FROM owner_length),
  posting AS (                               -- 289 days; no two customers in step with each other
    SELECT *, timestamptz '2026-01-01T00:00:00Z' + interval '1 second' * (seq * 25000000 / length)
      + interval '1 second' * (customer_id * 7919 % 277777) AS at, (seq - 1) / 9 AS turn, (seq - 1) % 9 AS step
    FROM owner, generate_series(1::bigint, length) seq),
  numbered AS (
    SELECT *, row_number() OVER (ORDER BY at, customer_id) AS id,
      CASE WHEN step = 0 THEN 'deposit' WHEN step % 2 = 1 THEN 'hold' ELSE 'charge' END AS kind FROM posting),
  paired AS (
    SELECT *, lag(id) OVER (PARTITION BY customer_id ORDER BY seq) AS previous_id FROM numbered)
  SELECT id, customer_id, seq, at, 3 * id,  -- its webhook
    CASE kind WHEN 'deposit' THEN deposit WHEN 'hold' THEN -5000000 ELSE 4000000 END,
    CASE kind WHEN 'deposit' THEN 0 WHEN 'hold' THEN 5000000 ELSE -5000000 END, 0,
    CASE kind WHEN 'deposit' THEN -deposit WHEN 'hold' THEN 0 ELSE 1000000 END, 0,
    deposit * (turn + 1) - 1000000 * (turn * 4 + step / 2) - CASE kind WHEN 'hold' THEN 5000000 ELSE 0 END,
    CASE kind WHEN 'hold' THEN 5000000 ELSE 0 END, 0,
    CASE kind WHEN 'charge' THEN previous_id END,
    CASE kind WHEN 'deposit' THEN 'dynopay_clearing' WHEN 'charge' THEN 'revenue_calls' END::platform_account,
    kind, kind || ':x' || CASE kind WHEN 'charge' THEN previous_id ELSE id END, ''  -- x: of no call
  FROM paired;

INSERT INTO transfers OVERRIDING SYSTEM VALUE
  SELECT id, customer_id, seq, at, cause_id, available, held, debt, platform_amount, other_amount, available_after,
    held_after, debt_after, resolves_id, refunds_id, platform, other_platform, kind, request_key,
    pg_temp.chain(seq, at, ROW(line.*)::transfers) OVER (PARTITION BY customer_id ORDER BY seq ROWS UNBOUNDED PRECEDING)
  FROM line ORDER BY id;
SELECT setval(pg_get_serial_sequence('transfers', 'id'), (SELECT max(id) FROM transfers));

INSERT INTO wallets (customer_id, available, held, debt, seq, at, hash)
  SELECT DISTINCT ON (customer_id) customer_id, available_after, held_after, debt_after, seq, at, hash
  FROM transfers ORDER BY customer_id, seq DESC;
INSERT INTO customers (id, name, language, created_at, cause_id)
  SELECT customer_id, 'Customer ' || customer_id, 'en', '2026-01-01T00:00:00Z', 1 FROM wallets WHERE customer_id > 0;
DROP TABLE line;
SET session_replication_role = origin;
