SELECT DISTINCT k.position, s.namespace, s.name
FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) AS k (position, type, shape, match)
JOIN orquestrax.schedule_subscription s ON s.type = k.type AND s.shape = k.shape AND s.match = k.match
ORDER BY k.position
