UPDATE orquestrax.schedule
SET state = ?::json, updated_at = ?
WHERE namespace = ? AND name = ? AND trigger = 'on'
