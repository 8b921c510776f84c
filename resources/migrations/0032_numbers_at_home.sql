-- As customers::withoutNumbers.
CREATE OR REPLACE FUNCTION console.without_numbers(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog AS $$
  SELECT regexp_replace(p_text, '\+(\d{1,3})[ \d()./-]{4,16}(\d{2})(?!\d)', '+\1 •••• ••\2', 'g') $$;

-- Customers also write numbers without a plus, and the bot takes them: 06 12 34 56 78, (201) 555-0123, 2015550123.
CREATE FUNCTION console.without_numbers_at_home(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog AS $$
  SELECT regexp_replace(p_text,
    '(?<![0-9A-Za-z_.,+-])(?:\(?0\d|\(\d{3}\)|\d{3}[ .-]\d{3}(?=[ .-])|\d{4}(?=\d{3}))[ \d()./-]{3,14}(\d{2})(?!\d)',
    '•••• ••\1', 'g') $$;

CREATE OR REPLACE VIEW console.inbox AS
  SELECT id, source, lane, kind, received_at, cause_id,
    CASE WHEN source = 1 THEN console.without_numbers_at_home(console.without_numbers(coalesce(payload #>> '{message,text}',
      payload #>> '{callback_query,data}', CASE WHEN payload #> '{message,contact}' IS NOT NULL THEN 'shared a phone number' END,
      ''))) END AS said
  FROM inbox;
