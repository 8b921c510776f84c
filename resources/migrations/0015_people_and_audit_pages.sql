-- What the console's pages of people and of the audit filter by and sort by, found without reading a whole table. The audit
-- grows by a row a command, so these cost little; of times, blocks are enough.

CREATE INDEX operator_sessions_by_operator ON operator_sessions (operator_id, id);
CREATE INDEX audit_by_action ON audit (action text_pattern_ops, id);
CREATE INDEX audit_by_object ON audit (object, id) WHERE object <> '';
CREATE INDEX audit_not_done ON audit (result, id) WHERE result <> 'done';
CREATE INDEX audit_by_age ON audit USING brin (at) WITH (autosummarize = on);
