SELECT instance_id, activation, ordinal, partition, type, shape, match, instance_started_at
FROM orquestrax.subscription
WHERE partition = ANY (?::integer[])
  AND NOT looked_back
ORDER BY partition, instance_id
LIMIT ?
