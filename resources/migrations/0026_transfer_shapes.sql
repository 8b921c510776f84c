-- What a transfer of each kind looks like, in one constraint. PostgreSQL reads the text of every CHECK anew for each statement that
-- writes to its table: fourteen constraints, one a kind, were two fifths of what posting a transfer cost. A function in PL/pgSQL is
-- compiled once a connection, and looks at the rule of one kind only.

-- True: the accounts, the signs and the names are those of that kind. An answer that is not known is a no.
CREATE FUNCTION has_shape_of_its_kind(kind text, customer_id bigint, available bigint, held bigint, debt bigint,
  platform platform_account, platform_amount bigint, other_platform platform_account, other_amount bigint,
  resolves_id bigint, refunds_id bigint, request_key text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF (resolves_id IS NOT NULL) <> (kind IN ('charge', 'release')) OR (refunds_id IS NOT NULL) <> (kind = 'refund') THEN
    RETURN false; END IF;                    -- a refund that names nothing would have no limit
  IF kind = 'hold' THEN
    RETURN held > 0 AND available < 0 AND debt = 0 AND platform IS NULL;
  ELSIF kind IN ('charge', 'release') THEN   -- captured <= held
    RETURN held < 0 AND available >= 0 AND debt = 0 AND platform_amount >= 0 AND other_amount >= 0;
  ELSIF held <> 0 THEN
    RETURN false;
  END IF;
  RETURN (CASE kind
    WHEN 'deposit' THEN platform = 'dynopay_clearing' AND platform_amount < 0 AND available >= 0 AND debt >= 0
      AND other_amount >= 0 AND (other_platform IS NULL OR other_platform = 'suspense')
    WHEN 'refund' THEN platform_amount < 0 AND other_platform IS NULL
    WHEN 'plan' THEN platform = 'revenue_plans' AND platform_amount > 0 AND available < 0 AND debt = 0 AND other_platform IS NULL
    WHEN 'refund_reversal' THEN platform IN ('revenue_calls', 'revenue_plans') AND platform_amount > 0
      AND available < 0 AND debt = 0 AND other_platform IS NULL
    WHEN 'goodwill' THEN customer_id <> 0 AND platform = 'adjust_goodwill' AND platform_amount < 0
      AND available >= 0 AND debt >= 0 AND other_platform IS NULL
    WHEN 'correction' THEN customer_id <> 0 AND platform = 'adjust_correction' AND other_platform IS NULL
      AND (platform_amount > 0) = (available < 0) AND debt >= 0
    WHEN 'payout' THEN customer_id <> 0 AND platform = 'payouts' AND platform_amount > 0
      AND available < 0 AND debt = 0 AND other_platform IS NULL
    WHEN 'payout_returned' THEN customer_id <> 0 AND platform = 'payouts' AND platform_amount < 0
      AND available > 0 AND debt = 0 AND other_platform IS NULL
    WHEN 'deposit_excess' THEN platform = 'suspense' AND platform_amount < 0
      AND available >= 0 AND debt >= 0 AND other_platform IS NULL
    WHEN 'excess_refused' THEN customer_id = 0 AND platform = 'suspense' AND platform_amount < 0
      AND other_platform = 'dynopay_clearing'
    WHEN 'deposit_reversal' THEN customer_id <> 0 AND platform = 'dynopay_clearing' AND platform_amount > 0
      AND available <= 0 AND debt <= 0 AND other_platform IS NULL AND request_key ~ '^deposit_reversal:[0-9]{1,18}$'
    ELSE true END) IS TRUE;
END $$;

ALTER TABLE transfers
  ADD CONSTRAINT shape_of_its_kind CHECK (has_shape_of_its_kind(kind, customer_id, available, held, debt, platform,
    platform_amount, other_platform, other_amount, resolves_id, refunds_id, request_key)),
  DROP CONSTRAINT hold_shape, DROP CONSTRAINT resolve_shape, DROP CONSTRAINT held_by_hold_only, DROP CONSTRAINT deposit_shape,
  DROP CONSTRAINT refund_shape, DROP CONSTRAINT shape_of_plan, DROP CONSTRAINT reversal_shape, DROP CONSTRAINT goodwill_shape,
  DROP CONSTRAINT correction_shape, DROP CONSTRAINT payout_shape, DROP CONSTRAINT payout_returned_shape,
  DROP CONSTRAINT excess_shape, DROP CONSTRAINT excess_refused_shape, DROP CONSTRAINT deposit_reversal_shape;
