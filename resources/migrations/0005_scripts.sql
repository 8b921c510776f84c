-- What the voices say: scripts, their versions, and the provider's agent of each version. Design: README of backend/calls.

CREATE TABLE scripts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  current_version_id bigint,                 -- the newest; null only inside the transaction that makes the script
  created_at timestamptz NOT NULL,
  deleted_at timestamptz,                    -- no longer offered; calls made with it still show what was said
  cause_id bigint NOT NULL)
  WITH (fillfactor = 70);
CREATE INDEX scripts_by_customer ON scripts (customer_id, id) WHERE deleted_at IS NULL;

CREATE TABLE script_versions (               -- never changes: a call is explained by what was said in it
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  script_id bigint NOT NULL REFERENCES scripts,
  number int NOT NULL CHECK (number > 0),    -- 1, 2, ... of this script
  name text NOT NULL, purpose text NOT NULL,
  language text NOT NULL,                    -- of the callee: a tag of the bot's catalogue
  voice text NOT NULL,                       -- the provider's id
  on_behalf_of text NOT NULL,                -- named in the sentence that every call begins with
  opening text NOT NULL, goal text NOT NULL, facts text NOT NULL,
  questions jsonb NOT NULL,                  -- [{"key", "name", "words"}]: each answer is a named result
  stop_when text NOT NULL,
  created_at timestamptz NOT NULL, cause_id bigint NOT NULL,
  CONSTRAINT lengths CHECK (length(name) BETWEEN 1 AND 60 AND length(purpose) BETWEEN 1 AND 300
    AND length(on_behalf_of) BETWEEN 1 AND 100 AND length(opening) BETWEEN 1 AND 500 AND length(goal) BETWEEN 1 AND 1000
    AND length(facts) <= 3000 AND length(stop_when) <= 500),
  CONSTRAINT questions_are_few CHECK (jsonb_typeof(questions) = 'array' AND jsonb_array_length(questions) <= 10),
  CONSTRAINT one_number_each UNIQUE (script_id, number));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON script_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE scripts ADD CONSTRAINT current_version FOREIGN KEY (current_version_id) REFERENCES script_versions;
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON scripts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE script_agents (                 -- the provider's agent of a version
  script_version_id bigint PRIMARY KEY REFERENCES script_versions,
  state text NOT NULL CHECK (state IN ('making', 'ready', 'failed')),
  opening text NOT NULL,                     -- what the voice says first, with the disclosure
  engine_id text COLLATE "C" UNIQUE, agent_id text COLLATE "C" UNIQUE, agent_version bigint,
  round int NOT NULL DEFAULT 1 CHECK (round > 0), -- counts the times it was begun: an answer to an earlier round is late
  tries int NOT NULL DEFAULT 0 CHECK (tries >= 0), -- failed requests of this round
  note text NOT NULL DEFAULT '',             -- why it failed, in English
  changed_at timestamptz NOT NULL, cause_id bigint NOT NULL,
  CONSTRAINT ready_is_complete CHECK (state <> 'ready' OR (agent_id IS NOT NULL AND engine_id IS NOT NULL AND agent_version IS NOT NULL)))
  WITH (fillfactor = 70);
CREATE INDEX script_agents_by_state ON script_agents (state) WHERE state <> 'ready';

CREATE TABLE customer_numbers (              -- a customer's own number, proved by Telegram's contact button
  customer_id bigint NOT NULL REFERENCES customers,
  number text COLLATE "C" NOT NULL CHECK (number ~ '^\+[1-9][0-9]{6,14}$'),
  proved_at timestamptz NOT NULL, cause_id bigint NOT NULL,
  PRIMARY KEY (customer_id, number));

-- A New customer's first call goes to a number of their own, so that they hear what the callee will hear.
INSERT INTO policy_switches (name, is_on, changed_at, cause_id) VALUES ('first_call_to_self', true, now(), 0);

GRANT SELECT, INSERT, UPDATE ON scripts, script_agents TO speechcad_app;
GRANT SELECT, INSERT ON script_versions, customer_numbers TO speechcad_app;
GRANT USAGE, SELECT ON SEQUENCE scripts_id_seq, script_versions_id_seq TO speechcad_app;
