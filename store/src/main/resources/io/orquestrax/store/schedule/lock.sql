SELECT namespace, name, version, content_hash, trigger, expression, zone, paused, next_at, state, fired_at, fired_instance,
       fired_count
FROM orquestrax.schedule
WHERE namespace = ? AND name = ?
ORDER BY trigger
FOR NO KEY UPDATE
