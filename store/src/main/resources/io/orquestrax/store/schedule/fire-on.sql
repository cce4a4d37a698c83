UPDATE orquestrax.schedule
SET state = ?::json, updated_at = ?, fired_at = ?, fired_instance = ?, fired_count = fired_count + 1
WHERE namespace = ? AND name = ? AND trigger = 'on'
