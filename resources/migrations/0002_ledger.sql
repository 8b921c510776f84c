-- Double entry, append-only. A transfer is one row whose legs sum to zero, so it cannot be half there.
-- What must never be is refused here; the C++ is the second line. Design: README of backend/ledger.

CREATE TYPE platform_account AS ENUM ('dynopay_clearing', 'revenue_calls', 'revenue_plans', 'adjust_goodwill',
  'adjust_correction', 'suspense', 'write_off', 'payouts');

CREATE TABLE wallets (                       -- one row a customer; row 0 is the house, for platform-to-platform transfers
  customer_id bigint PRIMARY KEY,
  available bigint NOT NULL DEFAULT 0 CONSTRAINT available_not_negative CHECK (available >= 0),
  held      bigint NOT NULL DEFAULT 0 CONSTRAINT held_not_negative CHECK (held >= 0),
  debt      bigint NOT NULL DEFAULT 0 CONSTRAINT debt_not_positive CHECK (debt <= 0),
  seq bigint, at timestamptz NOT NULL DEFAULT '-infinity', hash bytea NOT NULL DEFAULT sha256(''),
  CONSTRAINT house_is_empty CHECK (customer_id <> 0 OR (available = 0 AND held = 0 AND debt = 0))
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);   -- every update stays HOT: no index holds a changing column

CREATE TABLE transfers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL, seq bigint NOT NULL DEFAULT 0, at timestamptz NOT NULL, cause_id bigint NOT NULL,
  available bigint NOT NULL DEFAULT 0, held bigint NOT NULL DEFAULT 0, debt bigint NOT NULL DEFAULT 0,
  platform_amount bigint NOT NULL DEFAULT 0, other_amount bigint NOT NULL DEFAULT 0,
  available_after bigint NOT NULL DEFAULT 0, held_after bigint NOT NULL DEFAULT 0, debt_after bigint NOT NULL DEFAULT 0,
  resolves_id bigint UNIQUE, refunds_id bigint,
  platform platform_account, other_platform platform_account,
  kind text COLLATE "C" NOT NULL, request_key text COLLATE "C" NOT NULL UNIQUE, hash bytea NOT NULL DEFAULT '',
  CONSTRAINT balanced CHECK (available + held + debt + platform_amount + other_amount = 0),
  CONSTRAINT moves_something CHECK (available <> 0 OR held <> 0 OR debt <> 0 OR platform_amount <> 0),
  CONSTRAINT platform_named CHECK ((platform IS NULL) = (platform_amount = 0) AND (other_platform IS NULL) = (other_amount = 0)),
  CONSTRAINT deposit_shape CHECK (kind <> 'deposit' OR (platform = 'dynopay_clearing' AND platform_amount < 0
    AND available >= 0 AND debt >= 0 AND held = 0 AND other_amount >= 0
    AND (other_platform IS NULL OR other_platform = 'suspense'))),
  CONSTRAINT held_by_hold_only CHECK (held = 0 OR kind IN ('hold', 'charge', 'release')),
  CONSTRAINT hold_shape CHECK (kind <> 'hold' OR (held > 0 AND available < 0 AND debt = 0 AND platform IS NULL)),
  CONSTRAINT resolve_shape CHECK ((resolves_id IS NOT NULL) = (kind IN ('charge', 'release')) AND (resolves_id IS NULL
    OR (held < 0 AND available >= 0 AND debt = 0 AND platform_amount >= 0 AND other_amount >= 0))),   -- captured <= held
  -- A refund that names nothing would have no limit.
  CONSTRAINT refund_shape CHECK ((refunds_id IS NOT NULL) = (kind = 'refund') AND (refunds_id IS NULL
    OR (platform_amount < 0 AND other_platform IS NULL AND held = 0))),
  CONSTRAINT one_place_in_chain UNIQUE (customer_id, seq)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX transfers_by_time ON transfers (customer_id, at, seq) INCLUDE (available_after, held_after, debt_after);
CREATE INDEX transfers_by_platform ON transfers (platform, id) INCLUDE (platform_amount) WHERE platform IS NOT NULL;
CREATE INDEX transfers_by_other ON transfers (other_platform, id) INCLUDE (other_amount) WHERE other_platform IS NOT NULL;
CREATE INDEX transfers_by_cause ON transfers USING brin (cause_id) WITH (autosummarize = on);
CREATE INDEX transfers_refunds ON transfers (refunds_id) WHERE refunds_id IS NOT NULL;
-- A BEFORE trigger moves the balance even when ON CONFLICT then skips the row; this refuses such a commit.
ALTER TABLE wallets ADD CONSTRAINT newest_transfer_exists FOREIGN KEY (customer_id, seq)
  REFERENCES transfers (customer_id, seq) DEFERRABLE INITIALLY DEFERRED;

-- What a transfer's place in its customer's chain is digested from: fixed-width binary, as concat_ws skips NULLs.
CREATE FUNCTION transfer_digest(p_previous bytea, p_seq bigint, p_at timestamptz, t transfers) RETURNS bytea
  LANGUAGE sql STABLE AS $$
  SELECT sha256(p_previous || int8send(p_seq) || int8send(t.customer_id) || timestamptz_send(p_at)
    || int8send(t.cause_id) || int8send(t.available) || int8send(t.held) || int8send(t.debt)
    || int8send(t.platform_amount) || int8send(t.other_amount)
    || int8send(coalesce(t.resolves_id, 0)) || int8send(coalesce(t.refunds_id, 0))
    || convert_to(concat(t.kind, chr(1), t.platform, chr(1), t.other_platform, chr(1), t.request_key), 'UTF8')) $$;

CREATE FUNCTION transfer_apply() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o_kind text; o_customer bigint; o_held bigint; o_platform platform_account; o_amount bigint; refunded bigint;
BEGIN                                        -- the UPDATE takes the row lock: it is the lock, the balance check and the chain
  UPDATE wallets SET available = available + NEW.available, held = held + NEW.held, debt = debt + NEW.debt,
    seq = coalesce(seq, 0) + 1, at = greatest(at, NEW.at),
    hash = sha256(hash || int8send(coalesce(seq, 0) + 1) || int8send(customer_id) || timestamptz_send(greatest(at, NEW.at))
      || int8send(NEW.cause_id) || int8send(NEW.available) || int8send(NEW.held) || int8send(NEW.debt)
      || int8send(NEW.platform_amount) || int8send(NEW.other_amount)
      || int8send(coalesce(NEW.resolves_id, 0)) || int8send(coalesce(NEW.refunds_id, 0))
      || convert_to(concat(NEW.kind, chr(1), NEW.platform, chr(1), NEW.other_platform, chr(1), NEW.request_key), 'UTF8'))
  WHERE customer_id = NEW.customer_id
  RETURNING seq, at, hash, available, held, debt
  INTO NEW.seq, NEW.at, NEW.hash, NEW.available_after, NEW.held_after, NEW.debt_after;
  IF NOT FOUND THEN RAISE EXCEPTION 'no wallet %', NEW.customer_id USING ERRCODE = 'foreign_key_violation'; END IF;
  IF NEW.resolves_id IS NOT NULL THEN
    SELECT kind, customer_id, held INTO o_kind, o_customer, o_held FROM transfers WHERE id = NEW.resolves_id;
    IF o_kind IS DISTINCT FROM 'hold' OR o_customer <> NEW.customer_id OR o_held <> -NEW.held THEN
      RAISE EXCEPTION 'transfer % is not this hold', NEW.resolves_id USING ERRCODE = 'check_violation'; END IF;
  END IF;
  IF NEW.refunds_id IS NOT NULL THEN         -- the wallet row is locked, so two refunds of one thing wait for each other
    SELECT customer_id, platform, platform_amount INTO o_customer, o_platform, o_amount FROM transfers WHERE id = NEW.refunds_id;
    SELECT coalesce(-sum(platform_amount), 0) INTO refunded FROM transfers WHERE refunds_id = NEW.refunds_id;
    IF o_customer IS DISTINCT FROM NEW.customer_id OR o_platform IS DISTINCT FROM NEW.platform
       OR refunded - NEW.platform_amount > o_amount THEN
      RAISE EXCEPTION 'refunds exceed what transfer % paid', NEW.refunds_id USING ERRCODE = 'check_violation'; END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER apply BEFORE INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION transfer_apply();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON wallets FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_by_transfer BEFORE UPDATE ON wallets FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER starts_empty BEFORE INSERT ON wallets FOR EACH ROW
  WHEN (NEW.available <> 0 OR NEW.held <> 0 OR NEW.debt <> 0 OR NEW.seq IS NOT NULL) EXECUTE FUNCTION refuse_change();
INSERT INTO wallets (customer_id) VALUES (0);

-- FOR UPDATE needs the right to update, which the application does not have.
CREATE FUNCTION lock_wallet(p_customer bigint) RETURNS wallets LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM wallets WHERE customer_id = p_customer FOR UPDATE $$;

CREATE VIEW entries AS                       -- debits negative, credits positive
  SELECT t.id AS transfer_id, t.customer_id, t.at, e.account, e.is_customers, e.amount, e.balance_after
  FROM transfers t CROSS JOIN LATERAL (VALUES
    ('available', true, t.available, t.available_after),
    ('held', true, t.held, t.held_after),
    ('debt', true, t.debt, t.debt_after),
    (t.platform::text, false, t.platform_amount, NULL),
    (t.other_platform::text, false, t.other_amount, NULL)) AS e (account, is_customers, amount, balance_after)
  WHERE e.amount <> 0;

-- Every contradiction in the ledger, none when it is sound.
CREATE FUNCTION ledger_problems() RETURNS TABLE (problem text, customer bigint, transfer bigint) LANGUAGE sql STABLE AS $$
  WITH chain AS (
    SELECT t AS content, t.id, t.customer_id, t.seq, t.at, t.hash, t.available_after, t.held_after, t.debt_after,
      row_number() OVER w AS place, lag(t.hash, 1, sha256('')) OVER w AS previous,
      sum(t.available) OVER w AS available, sum(t.held) OVER w AS held, sum(t.debt) OVER w AS debt
    FROM transfers t WINDOW w AS (PARTITION BY t.customer_id ORDER BY t.seq))
  SELECT 'gap in the chain', customer_id, id FROM chain WHERE seq <> place
  UNION ALL SELECT 'balance after differs from the sum of entries', customer_id, id FROM chain
    WHERE available_after <> available OR held_after <> held OR debt_after <> debt
  UNION ALL SELECT 'hash differs from the content', customer_id, id FROM chain
    WHERE hash <> transfer_digest(previous, seq, at, content)
  UNION ALL SELECT 'entries do not sum to zero', customer_id, id FROM transfers
    WHERE available + held + debt + platform_amount + other_amount <> 0
  UNION ALL SELECT 'wallet differs from its newest transfer', w.customer_id, t.id
    FROM wallets w LEFT JOIN transfers t ON t.customer_id = w.customer_id AND t.seq = w.seq
    WHERE (w.seq IS NULL AND (w.available <> 0 OR w.held <> 0 OR w.debt <> 0
             OR EXISTS (SELECT FROM transfers o WHERE o.customer_id = w.customer_id)))
       OR (w.seq IS NOT NULL AND (t.id IS NULL OR w.hash <> t.hash OR w.available <> t.available_after
             OR w.held <> t.held_after OR w.debt <> t.debt_after
             OR EXISTS (SELECT FROM transfers o WHERE o.customer_id = w.customer_id AND o.seq > w.seq)))
  UNION ALL SELECT 'transfer without a wallet', t.customer_id, t.id FROM transfers t
    WHERE NOT EXISTS (SELECT FROM wallets w WHERE w.customer_id = t.customer_id) $$;

GRANT SELECT ON wallets, transfers, entries TO speechcad_app;
GRANT INSERT (customer_id) ON wallets TO speechcad_app;
GRANT INSERT (customer_id, at, cause_id, available, held, debt, platform_amount, other_amount, resolves_id, refunds_id,
  platform, other_platform, kind, request_key) ON transfers TO speechcad_app;
