INSERT INTO orquestrax.webhook (name, configuration, changed_at, changed_by)
VALUES (?, ?::json, ?, ?)
ON CONFLICT (name) DO UPDATE
SET configuration = excluded.configuration, changed_at = excluded.changed_at, changed_by = excluded.changed_by
RETURNING (xmax = 0) AS is_new
