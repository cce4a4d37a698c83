UPDATE orquestrax.schedule
SET next_at = NULL, updated_at = ?
WHERE namespace = ? AND name = ? AND trigger = ?
