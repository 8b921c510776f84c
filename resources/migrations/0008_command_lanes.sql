-- Which lane handles which command: a row a kind, so that a new command needs a row and no new function.

CREATE TABLE command_lanes (
  kind text COLLATE "C" PRIMARY KEY,
  -- sign-in, people and policy: one lane for all, so that two Admins cannot remove each other; operator: of whoever asks; customer: of whose call or refund the payload names,
  -- else of whoever asks.
  lane text NOT NULL CHECK (lane IN ('sign-in', 'people', 'policy', 'operator', 'customer')));
GRANT SELECT ON command_lanes TO speechcad_app;

INSERT INTO command_lanes (kind, lane) VALUES
  ('session.open', 'sign-in'), ('session.close', 'operator'), ('operator.add', 'operator'),
  ('calls.stop_all', 'policy'), ('calls.resume', 'policy'),                -- before every dial that waits
  ('call.stop', 'customer'), ('refund.preview', 'customer'), ('refund.execute', 'customer'),
  ('refund.request', 'customer'), ('refund.reject', 'customer'),
  ('import.customers', 'operator');

-- The number under a name of the payload; null: there is none.
CREATE FUNCTION payload_id(p_payload jsonb, p_name text) RETURNS bigint LANGUAGE sql IMMUTABLE
  SET search_path = pg_catalog AS $$
  SELECT CASE WHEN p_payload ->> p_name ~ '^[0-9]{1,18}$' THEN (p_payload ->> p_name)::bigint END $$;

-- Whose command of the lane 'customer' it is.
CREATE FUNCTION payload_customer(p_payload jsonb) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    (SELECT customer_id FROM calls WHERE id = payload_id(p_payload, 'call')),
    (SELECT customer_id FROM refunds WHERE id = payload_id(p_payload, 'refund')),
    (SELECT id FROM customers WHERE id = payload_id(p_payload, 'customer'))) $$;

CREATE OR REPLACE FUNCTION command_lane(p_kind text, p_payload jsonb, p_operator bigint) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE l.lane
      WHEN 'sign-in' THEN 'operator:sign-in'
      WHEN 'people' THEN 'operator:people'
      WHEN 'policy' THEN 'policy'
      WHEN 'customer' THEN coalesce('customer:' || payload_customer(p_payload), 'operator:' || p_operator)
      ELSE 'operator:' || p_operator END
  FROM command_lanes l WHERE l.kind = p_kind $$;
