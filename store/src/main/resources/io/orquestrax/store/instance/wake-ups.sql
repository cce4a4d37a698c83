SELECT id, wake_at
FROM orquestrax.instance
WHERE partition = ? AND status = 'waiting' AND wake_at IS NOT NULL AND wake_at < ?
ORDER BY wake_at, id
LIMIT ?
