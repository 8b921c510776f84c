INSERT INTO plain (body) VALUES ('plain');
