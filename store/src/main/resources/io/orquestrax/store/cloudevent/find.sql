SELECT position, envelope, received_at
FROM orquestrax.cloud_event
WHERE position = ?
