-- The first page of each definition and status, put together: each is a range of instance_by_definition.
-- As ranges, for the reason that list-by-status.sql gives.
-- With only one of namespace and name the pairs come from the deployed definitions, which are few.
WITH filter AS (
    SELECT ?::text COLLATE "C" AS namespace, ?::text COLLATE "C" AS name
),
wanted AS MATERIALIZED (
    SELECT namespace, name
    FROM filter
    WHERE namespace IS NOT NULL AND name IS NOT NULL
    UNION
    SELECT d.namespace, d.name
    FROM filter
    JOIN orquestrax.definition d
      ON (filter.namespace IS NULL OR d.namespace = filter.namespace)
     AND (filter.name IS NULL OR d.name = filter.name)
    WHERE filter.namespace IS NULL OR filter.name IS NULL
)
SELECT i.id, i.partition, i.namespace, i.name, i.version, i.content_hash, i.key, i.status,
       i.started_at, i.updated_at, i.closed_at, i.wake_at, NULL AS input, NULL AS output, i.error, i.tags,
       i.parent_id, i.parent_activation, i.trigger
FROM wanted
CROSS JOIN unnest(?::text[]) AS phase (status)
CROSS JOIN LATERAL (
    SELECT *
    FROM orquestrax.instance one
    WHERE (one.namespace, one.name, one.status) >= (wanted.namespace, wanted.name, phase.status COLLATE "C")
      AND (one.namespace, one.name, one.status, one.id)
        < (wanted.namespace, wanted.name, phase.status COLLATE "C", ?)
    ORDER BY one.namespace DESC, one.name DESC, one.status DESC, one.id DESC
    LIMIT ?
) AS i
ORDER BY i.id DESC
LIMIT ?
