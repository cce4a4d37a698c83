DELETE FROM orquestrax.schedule_subscription
WHERE namespace = ? AND name = ?
