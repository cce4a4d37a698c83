-- Only the end of the instance that it started last counts, and that only once.
UPDATE orquestrax.schedule
SET next_at = ?::timestamptz + expression::interval, updated_at = now()
WHERE namespace = ? AND name = ? AND trigger = 'after' AND next_at IS NULL AND fired_instance = ?
