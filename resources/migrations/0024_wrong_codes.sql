-- Wrong codes of the last quarter of an hour are counted before each new one is looked at.
CREATE INDEX audit_wrong_codes ON audit (operator_id, at) WHERE result = 'failed' AND reason = 'Unauthorized';
