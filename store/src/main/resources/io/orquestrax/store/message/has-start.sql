SELECT 1
FROM orquestrax.message
WHERE partition = ? AND instance_id = ? AND kind = 'start'
LIMIT 1
