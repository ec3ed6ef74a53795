-- What only PostgreSQL has: how a connection behaves. Run on every connection.
SET client_min_messages = warning;
SET synchronous_commit = on;
SET timezone = 'UTC';
SET bytea_output = 'hex';
