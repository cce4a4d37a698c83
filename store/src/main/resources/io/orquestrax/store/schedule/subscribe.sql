INSERT INTO orquestrax.schedule_subscription (namespace, name, ordinal, type, shape, match)
VALUES (?, ?, ?, ?, ?, ?)
