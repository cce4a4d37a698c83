SELECT position, type, envelope, received_at, consumed
FROM orquestrax.cloud_event
WHERE type = ANY (?::text[])
  AND received_at >= ?
ORDER BY position
