-- What pages filter by, and what the work asks for, found without reading a whole table. Postings and queue rows are written
-- far more often than read, so what is added there is small: blocks of times, or an index of the few rows that are rare.

CREATE INDEX inbox_outcomes_dead ON inbox_outcomes (inbox_id) WHERE state = 'dead';
CREATE INDEX outbox_by_age ON outbox USING brin (created_at) WITH (autosummarize = on);
CREATE INDEX transfers_by_age ON transfers USING brin (at) WITH (autosummarize = on);
CREATE INDEX transfers_by_rare_kind ON transfers (kind, id) WHERE kind NOT IN ('deposit', 'hold', 'charge', 'release');

CREATE INDEX scripts_of_customer ON scripts (customer_id);     -- deleted ones included: they count against the pace
CREATE INDEX script_versions_by_name ON script_versions (lower(name) text_pattern_ops);
CREATE INDEX script_versions_by_language ON script_versions (language);

CREATE INDEX calls_by_asked ON calls (asked_at);
CREATE INDEX calls_by_charged ON calls (charged, id);
CREATE INDEX deposits_by_created ON deposits (created_at);
CREATE INDEX deposits_by_requested ON deposits (requested, id);

CREATE INDEX customers_by_language ON customers (language, cause_id);
CREATE INDEX customers_unreachable ON customers (cause_id) WHERE NOT is_reachable;
CREATE INDEX customers_without_terms ON customers (cause_id) WHERE is_reachable AND terms_version IS NULL;
