-- The calls that take a line at the provider. The lane `dial` alone writes here: a dial sees every dial and every end that
-- was handled before it, and nothing of a transaction that is under way. So caps are exact, and a history that is handled
-- once more in the order it was handled dials the same calls.
CREATE TABLE dial_lines (
  call_id bigint PRIMARY KEY REFERENCES calls,
  customer_id bigint NOT NULL REFERENCES customers,
  region text NOT NULL,
  tier text NOT NULL,
  taken_at timestamptz NOT NULL);
INSERT INTO dial_lines SELECT id, customer_id, region, tier, dialled_at FROM calls
  WHERE state IN ('dialling', 'unknown', 'talking', 'ending');
GRANT SELECT, INSERT, DELETE ON dial_lines TO speechcad_app;
