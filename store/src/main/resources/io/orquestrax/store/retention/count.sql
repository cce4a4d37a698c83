-- How many stay and how many go, each counted no further than a limit. The most precise window counts.
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
SELECT (SELECT count(*) FROM (
            SELECT
            FROM orquestrax.instance_r%1$d i
            LEFT JOIN definition USING (namespace, name)
            WHERE i.closed_at IS NULL OR i.closed_at >= coalesce(definition.before, '-infinity')
            LIMIT ?) AS some_that_stay) AS stay,
       (SELECT count(*) FROM (
            SELECT
            FROM orquestrax.instance_r%1$d i
            JOIN definition USING (namespace, name)
            WHERE i.closed_at < definition.before
            LIMIT ?) AS some_that_go) AS go
