-- Doors for requests from outside that become events.
CREATE TABLE webhook (
    name          text COLLATE "C" PRIMARY KEY,
    configuration json NOT NULL,
    changed_at    timestamptz NOT NULL,
    changed_by    text NOT NULL
);

COMMENT ON TABLE webhook IS 'Webhooks: how a request is verified, and which event it becomes.';
COMMENT ON COLUMN webhook.name IS 'The last step of its address.';
COMMENT ON COLUMN webhook.configuration IS 'Verification, mapping and limits; the secret by its name, never its value.';
COMMENT ON COLUMN webhook.changed_at IS 'When it was made or last changed.';
COMMENT ON COLUMN webhook.changed_by IS 'Who did.';
