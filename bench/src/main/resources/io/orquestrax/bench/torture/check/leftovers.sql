-- Events of instances that are not there, and messages and keys that nobody has taken although nothing runs any more.
SELECT 'event of no instance', instance_id::text
FROM orquestrax.event e
WHERE NOT EXISTS (SELECT FROM orquestrax.instance i WHERE i.id = e.instance_id)
UNION ALL
SELECT 'message that nobody took', m.instance_id::text || ' ' || m.kind
FROM orquestrax.message m
UNION ALL
SELECT 'subscription of a closed instance', s.instance_id::text
FROM orquestrax.subscription s
JOIN orquestrax.instance i ON i.id = s.instance_id
WHERE i.closed_at IS NOT NULL
UNION ALL
SELECT 'key of a closed instance', k.instance_id::text || ' ' || k.key
FROM orquestrax.business_key k
JOIN orquestrax.instance i ON i.id = k.instance_id
WHERE i.closed_at IS NOT NULL
