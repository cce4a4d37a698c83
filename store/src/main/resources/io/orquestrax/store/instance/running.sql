SELECT id
FROM orquestrax.instance
WHERE partition = ? AND status IN ('pending', 'running')
ORDER BY id
