SELECT id, partition, instance_id, kind, position, data
FROM orquestrax.message
WHERE partition = ? AND id > ?
ORDER BY id
LIMIT ?
