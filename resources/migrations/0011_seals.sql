-- Seals: each minute what is newly committed in the ledger and in the audit is digested, chained to the seal before and signed
-- with a key that is not in the database. Whoever changes a sealed row afterwards, the owner of the database too, is found.
-- Design: README of backend/seals.

CREATE TABLE seals (
  id bigint PRIMARY KEY,                     -- 1, 2, 3, ...: a gap is a seal that somebody took away
  at timestamptz NOT NULL, transfers_upto bigint NOT NULL, audit_upto bigint NOT NULL, -- as in the body
  body text COLLATE "C" NOT NULL,            -- JSON, exactly as it was signed
  signature bytea NOT NULL CHECK (length(signature) = 64));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION seal_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE last seals; said json := NEW.body::json;
BEGIN
  SELECT * INTO last FROM seals ORDER BY id DESC LIMIT 1;
  IF NEW.id <> coalesce(last.id, 0) + 1 OR NEW.at < last.at
     OR (said ->> 'seal')::bigint IS DISTINCT FROM NEW.id
     OR said ->> 'previous' IS DISTINCT FROM coalesce(encode(sha256(convert_to(last.body, 'UTF8')), 'hex'), '')
     OR (said #>> '{transfers,after}')::bigint IS DISTINCT FROM coalesce(last.transfers_upto, 0)
     OR (said #>> '{audit,after}')::bigint IS DISTINCT FROM coalesce(last.audit_upto, 0)
     OR (said #>> '{transfers,upto}')::bigint IS DISTINCT FROM NEW.transfers_upto OR NEW.transfers_upto < last.transfers_upto
     OR (said #>> '{audit,upto}')::bigint IS DISTINCT FROM NEW.audit_upto OR NEW.audit_upto < last.audit_upto THEN
    RAISE EXCEPTION 'seal % does not follow the one before', NEW.id USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follows BEFORE INSERT ON seals FOR EACH ROW EXECUTE FUNCTION seal_follows();

-- A row as it is sealed and as `ledger export` writes it. A column that is added to `transfers` is sealed by a new version of
-- the seals' format only, since this text must never change for a row that is sealed; tst_seals finds a column that is missing.
CREATE FUNCTION sealed_line(t transfers) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT json_build_array(t.id, t.customer_id, t.seq, t.at, t.cause_id, t.available, t.held, t.debt, t.platform_amount,
    t.other_amount, t.available_after, t.held_after, t.debt_after, t.resolves_id, t.refunds_id, t.platform, t.other_platform,
    t.kind, t.request_key, encode(t.hash, 'hex'))::text $$;
-- The columns that are not null, so one that is added later, if rows of before have null in it, changes no sealed row's text.
CREATE FUNCTION sealed_line(a audit) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT '{' || string_agg(to_json(key)::text || ':' || value::text, ',' ORDER BY place) || '}'
  FROM json_each(row_to_json(a)) WITH ORDINALITY AS e (key, value, place) WHERE json_typeof(value) <> 'null' $$;

CREATE FUNCTION sealed_transfers(p_after bigint, p_upto bigint, OUT n bigint, OUT digest bytea) LANGUAGE sql STABLE AS $$
  SELECT count(*), sha256(coalesce(string_agg(sha256(convert_to(sealed_line(t), 'UTF8')), ''::bytea ORDER BY t.id), ''))
  FROM transfers t WHERE t.id > p_after AND t.id <= p_upto $$;
CREATE FUNCTION sealed_audit(p_after bigint, p_upto bigint, OUT n bigint, OUT digest bytea) LANGUAGE sql STABLE AS $$
  SELECT count(*), sha256(coalesce(string_agg(sha256(convert_to(sealed_line(a), 'UTF8')), ''::bytea ORDER BY a.id), ''))
  FROM audit a WHERE a.id > p_after AND a.id <= p_upto $$;

-- Up to which id nothing can be added any more: ids commit out of order, and the lock waits for those under way. It needs the
-- owner's rights; it must be the only statement of its transaction, as others wait behind it.
CREATE FUNCTION seal_point(p_table text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE newest bigint;
BEGIN
  IF p_table = 'transfers' THEN
    LOCK TABLE transfers IN SHARE MODE;
    SELECT coalesce(max(id), 0) INTO newest FROM transfers;
  ELSE
    LOCK TABLE audit IN SHARE MODE;
    SELECT coalesce(max(id), 0) INTO newest FROM audit;
  END IF;
  RETURN newest;
END $$;
REVOKE ALL ON FUNCTION seal_point FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_point TO speechcad_app;
GRANT SELECT, INSERT ON seals TO speechcad_app;

-- Every contradiction in the ledger, none when it is sound: as before, and the holds and charges of calls, the wallets of
-- customers, and what of a wallet is no balance.
CREATE OR REPLACE FUNCTION ledger_problems() RETURNS TABLE (problem text, customer bigint, transfer bigint) LANGUAGE sql STABLE AS $$
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
    WHERE (w.seq IS NULL AND (w.available <> 0 OR w.held <> 0 OR w.debt <> 0 OR w.at <> '-infinity' OR w.hash <> sha256('')
             OR EXISTS (SELECT FROM transfers o WHERE o.customer_id = w.customer_id)))
       OR (w.seq IS NOT NULL AND (t.id IS NULL OR w.hash <> t.hash OR w.at <> t.at OR w.available <> t.available_after
             OR w.held <> t.held_after OR w.debt <> t.debt_after
             OR EXISTS (SELECT FROM transfers o WHERE o.customer_id = w.customer_id AND o.seq > w.seq)))
  UNION ALL SELECT 'transfer without a wallet', t.customer_id, t.id FROM transfers t
    WHERE NOT EXISTS (SELECT FROM wallets w WHERE w.customer_id = t.customer_id)
  UNION ALL SELECT 'wallet without its customer', w.customer_id, NULL FROM wallets w
    WHERE w.customer_id <> 0 AND NOT EXISTS (SELECT FROM customers c WHERE c.id = w.customer_id)
  UNION ALL SELECT 'customer without a wallet', c.id, NULL FROM customers c
    WHERE NOT EXISTS (SELECT FROM wallets w WHERE w.customer_id = c.id)
  UNION ALL SELECT 'the house has no wallet', 0, NULL WHERE NOT EXISTS (SELECT FROM wallets WHERE customer_id = 0)
  UNION ALL SELECT 'hold of call ' || c.id || ' differs from its transfer', c.customer_id, c.hold_transfer_id
    FROM calls c LEFT JOIN transfers t ON t.id = c.hold_transfer_id
    WHERE (c.hold <> 0 OR c.hold_transfer_id IS NOT NULL) AND (t.id IS NULL OR t.kind <> 'hold' OR t.held <> c.hold
      OR t.customer_id <> c.customer_id OR t.request_key <> 'hold:' || c.id)
  UNION ALL SELECT 'charge of call ' || c.id || ' differs from its transfer', c.customer_id, c.charge_transfer_id
    FROM calls c LEFT JOIN transfers t ON t.id = c.charge_transfer_id
    WHERE (c.charged <> 0 OR c.charge_transfer_id IS NOT NULL) AND (t.id IS NULL OR t.kind <> 'charge'
      OR t.platform_amount <> c.charged OR t.resolves_id IS DISTINCT FROM c.hold_transfer_id OR t.request_key <> 'charge:' || c.id)
  UNION ALL SELECT 'release of call ' || c.id || ' differs from its transfer', c.customer_id, c.release_transfer_id
    FROM calls c LEFT JOIN transfers t ON t.id = c.release_transfer_id
    WHERE c.release_transfer_id IS NOT NULL AND (t.id IS NULL OR t.kind <> 'release'
      OR t.resolves_id IS DISTINCT FROM c.hold_transfer_id OR t.request_key <> 'release:' || c.id)
  UNION ALL SELECT t.kind || ' without its call', t.customer_id, t.id FROM transfers t
    WHERE (t.kind = 'hold' AND t.request_key ~ '^hold:[0-9]+$' AND NOT EXISTS (SELECT FROM calls c WHERE c.hold_transfer_id = t.id))
       OR (t.kind = 'charge' AND t.request_key ~ '^charge:[0-9]+$' AND NOT EXISTS (SELECT FROM calls c WHERE c.charge_transfer_id = t.id))
       OR (t.kind = 'release' AND t.request_key ~ '^release:[0-9]+$' AND NOT EXISTS (SELECT FROM calls c WHERE c.release_transfer_id = t.id)) $$;
