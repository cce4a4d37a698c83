-- Those whose lock is gone, that are silent for long, and that own nothing any more.
DELETE FROM orquestrax.node
WHERE heartbeat_at < clock_timestamp() - ? * interval '1 millisecond'
  AND lock_key NOT IN (SELECT key FROM held)
  AND NOT EXISTS (SELECT FROM orquestrax.partition WHERE partition.owner = node.id)
