SELECT instance_id, sequence, time, activation, attempt, type, task, data
FROM orquestrax.event
WHERE instance_id = ? AND sequence > ?
ORDER BY sequence
LIMIT ?
