-- Another node that fires the same rows is left alone with them.
SELECT namespace, name, version, content_hash, trigger, expression, zone, paused, next_at, state, fired_at, fired_instance,
       fired_count
FROM orquestrax.schedule
WHERE NOT paused AND next_at <= ?
ORDER BY next_at
LIMIT ?
FOR NO KEY UPDATE SKIP LOCKED
