SELECT sequence, time, activation, attempt, type, task, data
FROM orquestrax.event
WHERE instance_id = ?
ORDER BY sequence
