SELECT position, type, envelope, received_at, consumed
FROM orquestrax.cloud_event
WHERE received_at >= ?
ORDER BY position
