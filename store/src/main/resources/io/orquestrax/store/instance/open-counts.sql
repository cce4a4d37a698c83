SELECT status, count(*)
FROM orquestrax.instance
WHERE status IN ('pending', 'running', 'waiting', 'suspended')
GROUP BY status
