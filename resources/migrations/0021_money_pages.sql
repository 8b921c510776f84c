-- What the console's page of refunds and approvals lists: refunds, adjustments and payouts together, as one person decides about
-- all of them. Each is named by the inbox row that asked for it, so their numbers never meet and order them by time.

-- Where a payout goes is somebody's address: the coin and the last four characters tell two of them apart; the whole of it is
-- revealed to who says why.
CREATE FUNCTION masked_destination(p_destination text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_destination ~ '^[A-Z]{2,5}(-[A-Z0-9]{2,8})? .{10,}$'
      THEN split_part(p_destination, ' ', 1) || ' •••' || right(p_destination, 4)
    WHEN length(p_destination) >= 10 THEN '•••' || right(p_destination, 4) ELSE '•••' END $$;
CREATE OR REPLACE VIEW console.payouts WITH (security_barrier) AS
  SELECT id, customer_id, amount, masked_destination(destination) AS destination, reason, state, preview_hash, requested_by,
    requested_at, expires_at, first_by, second_by, is_solo, payable_from, transfer_id, settled_by, settled_at, decision, reference,
    returned_transfer_id FROM payouts;
INSERT INTO command_lanes (kind, lane) VALUES ('reveal.destination', 'operator');

-- In the words of the page, which are those of refunds: "approved" is one of two who agreed, "to_send" a payout that both agreed
-- to, "returned" one that could not be sent.
CREATE FUNCTION payout_stage(p_state text, p_first_by bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE p_state WHEN 'requested' THEN CASE WHEN p_first_by IS NULL THEN 'pending_approval' ELSE 'approved' END
    WHEN 'approved' THEN 'to_send' WHEN 'failed' THEN 'returned' ELSE p_state END $$;

CREATE VIEW money_requests AS
  SELECT id, 'refund'::text AS kind, customer_id, amount, reason, note, state, rule, requested_by, requested_at, expires_at,
    approved_by AS first_by, NULL::bigint AS second_by, decided_at, decision, transfer_id, call_id, NULL::bigint AS refund_id,
    ''::text AS destination, NULL::timestamptz AS payable_from, ''::text AS reference, NULL::bigint AS returned_transfer_id
  FROM refunds
  UNION ALL
  SELECT id, kind, customer_id, amount, reason, ''::text, state, ''::text, requested_by, requested_at, expires_at,
    approved_by, NULL::bigint, decided_at, decision, transfer_id, NULL::bigint, refund_id,
    ''::text, NULL::timestamptz, ''::text, NULL::bigint
  FROM adjustments
  UNION ALL
  SELECT id, 'payout'::text, customer_id, amount, reason, ''::text, payout_stage(state, first_by), ''::text, requested_by,
    requested_at, expires_at, first_by, second_by, settled_at, decision, transfer_id, NULL::bigint, NULL::bigint,
    masked_destination(destination), payable_from, reference, returned_transfer_id
  FROM payouts;
GRANT SELECT ON money_requests TO speechcad_app;

CREATE INDEX payouts_by_stage ON payouts (payout_stage(state, first_by), id);
CREATE INDEX adjustments_by_kind ON adjustments (kind, id);
CREATE INDEX refunds_by_requester ON refunds (requested_by, id);
CREATE INDEX adjustments_by_requester ON adjustments (requested_by, id);
CREATE INDEX payouts_by_requester ON payouts (requested_by, id);
