UPDATE bench.instance AS stored
SET status = t.status, updated_at = t.updated_at, closed_at = t.closed_at, output = t.output, error = t.error
FROM unnest(?::text[]) AS new (id)
CROSS JOIN orquestrax.instance t
WHERE stored.id = new.id::uuid AND t.id = ?
