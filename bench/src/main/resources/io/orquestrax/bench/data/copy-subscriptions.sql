INSERT INTO orquestrax.subscription
    (instance_id, activation, ordinal, partition, type, shape, match, instance_started_at, looked_back)
SELECT copy.id, t.activation, t.ordinal, copy.partition, t.type, t.shape, t.match,
       t.instance_started_at + copy.later, t.looked_back
FROM copy
CROSS JOIN orquestrax.subscription t
WHERE t.instance_id = ?
ORDER BY copy.id
