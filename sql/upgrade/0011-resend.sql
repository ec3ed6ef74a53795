-- When the office asked a device to send again what we had refused.
ALTER TABLE device ADD COLUMN resend_at BIGINT NOT NULL DEFAULT 0;
