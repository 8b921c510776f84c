-- Whether agreeing to money takes a second factor of everybody, not only of those who have one.
ALTER TABLE operator_settings ADD COLUMN needs_second_factor boolean NOT NULL DEFAULT false;
INSERT INTO command_lanes (kind, lane) VALUES ('policy.second_factor', 'people');
