-- People's names, which pages show in place of logins.
ALTER TABLE staff ADD COLUMN name TEXT NOT NULL DEFAULT '';
