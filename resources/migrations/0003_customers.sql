-- Who the customers are, what the bot talks about with them, and their deposits.

CREATE TABLE customers (
  id bigint PRIMARY KEY CHECK (id > 0),      -- Telegram's user id; a private chat has the same. 0 is the house
  name text NOT NULL, language text NOT NULL,
  terms_version text, terms_accepted_at timestamptz,
  is_reachable boolean NOT NULL DEFAULT true, -- false: blocked the bot
  created_at timestamptz NOT NULL, cause_id bigint NOT NULL,
  CONSTRAINT terms_with_time CHECK ((terms_version IS NULL) = (terms_accepted_at IS NULL)),
  CONSTRAINT wallet FOREIGN KEY (id) REFERENCES wallets (customer_id));

CREATE INDEX customers_by_name ON customers (lower(name) text_pattern_ops);

CREATE TABLE conversations (                 -- where a customer is in a dialog; a restart forgets nothing
  customer_id bigint PRIMARY KEY REFERENCES customers,
  dialog text NOT NULL, data jsonb NOT NULL DEFAULT '{}', updated_at timestamptz NOT NULL)
  WITH (fillfactor = 70);

CREATE TABLE deposits (                      -- never deleted: a late payment or a dispute needs the row
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  coin text NOT NULL, requested bigint NOT NULL CHECK (requested > 0), -- micro-dollars
  state text NOT NULL CHECK (state IN ('created', 'create_failed', 'awaiting_payment', 'detected', 'confirming', 'verifying',
    'credited', 'expired', 'underpaid_review', 'overpaid_review', 'late_review', 'mismatch_review', 'settlement_failed_hold',
    'reversed', 'written_off')),
  token_sha256 bytea NOT NULL UNIQUE REFERENCES webhook_routes,
  provider_payment_id text COLLATE "C" UNIQUE, address text, destination_tag text,
  expected numeric CHECK (expected > 0), -- in the coin, as the next two
  received numeric CHECK (received >= 0),    -- the least that anybody reported: what is credited goes by it
  reported_most numeric CHECK (reported_most >= 0), -- the most that a webhook reported: none of it may go unseen
  exchange_rate numeric CHECK (exchange_rate >= 0), -- USD a coin, as the last webhook told
  tx_id text COLLATE "C", other_tx_id text COLLATE "C", -- the payment's transaction, and one that came besides it
  confirmations int NOT NULL DEFAULT 0, confirmations_required int NOT NULL DEFAULT 0,
  checks int NOT NULL DEFAULT 0,             -- how often a timer asked the provider since the payment was reported
  created_at timestamptz NOT NULL, expires_at timestamptz, last_webhook_at timestamptz, last_check_at timestamptz,
  transfer_id bigint UNIQUE REFERENCES transfers, credited bigint NOT NULL DEFAULT 0 CHECK (credited >= 0),
  status_message_id bigint,                  -- outbox row of the message that shows the address
  note text NOT NULL DEFAULT '', cause_id bigint NOT NULL,
  CONSTRAINT credited_by_transfer CHECK ((state = 'credited') <= (transfer_id IS NOT NULL) AND (credited > 0) = (transfer_id IS NOT NULL)))
  WITH (fillfactor = 70);
CREATE INDEX deposits_by_customer ON deposits (customer_id, id);
CREATE INDEX deposits_by_state ON deposits (state, id);
CREATE INDEX deposits_by_coin ON deposits (coin, id);

CREATE TABLE deposit_events (                -- what happened to a deposit, for people
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, deposit_id bigint NOT NULL REFERENCES deposits,
  at timestamptz NOT NULL, kind text NOT NULL, detail text NOT NULL DEFAULT '', cause_id bigint NOT NULL);
CREATE INDEX deposit_events_by_deposit ON deposit_events (deposit_id, id);
CREATE INDEX deposit_events_by_cause ON deposit_events USING brin (cause_id) WITH (autosummarize = on);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deposit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON deposits FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE ON customers, conversations, deposits TO speechcad_app;
GRANT SELECT, INSERT ON deposit_events TO speechcad_app;
GRANT USAGE, SELECT ON SEQUENCE deposits_id_seq TO speechcad_app;
