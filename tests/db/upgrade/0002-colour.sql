ALTER TABLE thing ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';
UPDATE thing SET colour = 'blue' WHERE id = 2;
