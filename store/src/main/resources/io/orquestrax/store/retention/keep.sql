-- What stays, as count.sql has it; its events come after it.
WITH cutoff AS MATERIALIZED (
    SELECT c.namespace COLLATE "C" AS namespace,
           c.name COLLATE "C" AS name,
           coalesce(timestamptz 'epoch' + c.micros * interval '1 microsecond', '-infinity') AS before
    FROM unnest(?::text[], ?::text[], ?::bigint[]) AS c (namespace, name, micros)
),
definition AS MATERIALIZED (
    SELECT d.namespace, d.name, (
        SELECT cutoff.before
        FROM cutoff
        WHERE cutoff.namespace IN ('', d.namespace) AND cutoff.name IN ('', d.name)
        ORDER BY cutoff.namespace DESC, cutoff.name DESC
        LIMIT 1) AS before
    FROM (SELECT DISTINCT namespace, name FROM orquestrax.definition) AS d
)
INSERT INTO orquestrax.instance_r%2$d
SELECT i.*
FROM orquestrax.instance_r%1$d i
LEFT JOIN definition ON definition.namespace = i.namespace AND definition.name = i.name
WHERE i.closed_at IS NULL OR i.closed_at >= coalesce(definition.before, '-infinity')
