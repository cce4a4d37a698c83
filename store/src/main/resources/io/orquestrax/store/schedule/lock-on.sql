SELECT namespace, name, version, content_hash, trigger, expression, zone, paused, next_at, state, fired_at, fired_instance,
       fired_count
FROM orquestrax.schedule
WHERE namespace = ? AND name = ? AND trigger = 'on'
FOR NO KEY UPDATE
