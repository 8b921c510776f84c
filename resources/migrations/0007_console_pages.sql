-- What the console's pages ask by, besides what the work itself does: newest customers first, calls and charges of a day.

CREATE INDEX customers_by_age ON customers (cause_id);
CREATE INDEX calls_by_dialled ON calls (dialled_at) WHERE dialled_at IS NOT NULL;
CREATE INDEX calls_by_ended ON calls (ended_at) INCLUDE (charged) WHERE ended_at IS NOT NULL;
CREATE INDEX calls_by_region ON calls (region, id);
