-- The condition on the time refuses a second firing even of a row that nobody locked.
UPDATE orquestrax.schedule
SET next_at = ?, fired_at = ?, fired_instance = ?, fired_count = fired_count + 1, updated_at = ?
WHERE namespace = ? AND name = ? AND trigger = ? AND next_at = ?
