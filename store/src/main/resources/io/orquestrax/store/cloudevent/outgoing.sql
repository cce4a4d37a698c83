SELECT position, partition, instance_id, envelope
FROM orquestrax.outgoing_event
WHERE sink = ?
  AND partition = ANY (?::integer[])
ORDER BY position
LIMIT ?
