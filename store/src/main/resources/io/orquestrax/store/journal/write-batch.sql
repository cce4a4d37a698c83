-- One batch of the journal: proves the epochs, then writes; without the proof nothing is written.
-- FOR SHARE makes a claim wait for this batch, and this batch for a claim that was first; after such a wait the row is
-- judged again as the claim left it, so a raised epoch is seen although the statement began before it.
-- Arrays become rows in the select list: in FROM, each array would first be kept as a table, and the tables then read
-- side by side.
-- Answers the partitions whose epoch holds.
WITH expected AS (
    SELECT claim.id, claim.epoch
    FROM unnest(?::integer[], ?::bigint[]) AS claim (id, epoch)
),
held AS MATERIALIZED (
    SELECT p.id
    FROM expected
    JOIN orquestrax.partition p ON p.id = expected.id AND p.epoch = expected.epoch
    ORDER BY p.id
    FOR SHARE OF p
),
proof AS MATERIALIZED (
    SELECT (SELECT count(*) FROM held) = (SELECT count(*) FROM expected) AS holds
),
new_events AS (
    INSERT INTO orquestrax.event (instance_id, sequence, time, activation, attempt, type, task, data)
    SELECT e.instance_id::uuid,
           e.sequence,
           timestamptz 'epoch' + e.time_micros * interval '1 microsecond',
           e.activation,
           e.attempt,
           e.type,
           e.task,
           e.data::json
    FROM (
        SELECT unnest(?::text[]) AS instance_id,
               unnest(?::bigint[]) AS sequence,
               unnest(?::bigint[]) AS time_micros,
               unnest(?::bigint[]) AS activation,
               unnest(?::integer[]) AS attempt,
               unnest(?::text[]) AS type,
               unnest(?::text[]) AS task,
               unnest(?::text[]) AS data
    ) AS e
    WHERE (SELECT holds FROM proof)
),
rows AS MATERIALIZED (
    SELECT r.id::uuid AS id,
           r.partition,
           r.namespace,
           r.name,
           r.version,
           r.content_hash,
           r.key,
           r.status,
           timestamptz 'epoch' + r.started_micros * interval '1 microsecond' AS started_at,
           timestamptz 'epoch' + r.updated_micros * interval '1 microsecond' AS updated_at,
           timestamptz 'epoch' + r.closed_micros * interval '1 microsecond' AS closed_at,
           timestamptz 'epoch' + r.wake_micros * interval '1 microsecond' AS wake_at,
           r.input::json AS input,
           r.output::json AS output,
           r.error::json AS error,
           r.tags::jsonb AS tags,
           r.parent_id::uuid AS parent_id,
           r.parent_activation,
           r.trigger
    FROM (
        SELECT unnest(?::text[]) AS id,
               unnest(?::integer[]) AS partition,
               unnest(?::text[]) AS namespace,
               unnest(?::text[]) AS name,
               unnest(?::text[]) AS version,
               unnest(?::text[]) AS content_hash,
               unnest(?::text[]) AS key,
               unnest(?::text[]) AS status,
               unnest(?::bigint[]) AS started_micros,
               unnest(?::bigint[]) AS updated_micros,
               unnest(?::bigint[]) AS closed_micros,
               unnest(?::bigint[]) AS wake_micros,
               unnest(?::text[]) AS input,
               unnest(?::text[]) AS output,
               unnest(?::text[]) AS error,
               unnest(?::text[]) AS tags,
               unnest(?::text[]) AS parent_id,
               unnest(?::bigint[]) AS parent_activation,
               unnest(?::text[]) AS trigger
    ) AS r
    WHERE (SELECT holds FROM proof)
),
instances AS (
    INSERT INTO orquestrax.instance AS stored
        (id, partition, namespace, name, version, content_hash, key, status,
         started_at, updated_at, closed_at, wake_at, input, output, error, tags,
         parent_id, parent_activation, trigger)
    SELECT id, partition, namespace, name, version, content_hash, key, status,
           started_at, updated_at, closed_at, wake_at, input, output, error, tags,
           parent_id, parent_activation, trigger
    FROM rows
    ON CONFLICT (id) DO UPDATE
        SET status = excluded.status,
            updated_at = excluded.updated_at,
            closed_at = excluded.closed_at,
            wake_at = excluded.wake_at,
            output = excluded.output,
            error = excluded.error
),
released AS (
    DELETE FROM orquestrax.business_key held_key
    USING rows
    WHERE rows.closed_at IS NOT NULL
      AND rows.key IS NOT NULL
      AND held_key.namespace = rows.namespace
      AND held_key.name = rows.name
      AND held_key.key = rows.key
      AND held_key.instance_id = rows.id
)
SELECT id FROM held
