UPDATE orquestrax.cloud_event
SET consumed = true
WHERE position = ?
  AND NOT consumed
