-- What else a batch writes: goes on where write-batch.sql ends, under the same proof. All of it may be written twice.
handled AS (
    DELETE FROM orquestrax.message
    USING unnest(?::text[]) AS h (id)
    WHERE message.id = h.id::uuid
      AND (SELECT holds FROM proof)
),
sent AS (
    INSERT INTO orquestrax.message (id, partition, instance_id, kind, position, data)
    SELECT m.id::uuid, m.partition, m.instance_id::uuid, m.kind, m.position, m.data::json
    FROM unnest(?::text[], ?::integer[], ?::text[], ?::text[], ?::bigint[], ?::text[])
        AS m (id, partition, instance_id, kind, position, data)
    WHERE (SELECT holds FROM proof)
    ON CONFLICT (id) DO NOTHING
),
emitted AS (
    INSERT INTO orquestrax.cloud_event (source, id, type, subject, envelope, origin, received_at)
    SELECT e.source,
           e.id,
           e.type,
           e.subject,
           e.envelope::json,
           e.origin::uuid,
           timestamptz 'epoch' + e.received_micros * interval '1 microsecond'
    FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
        AS e (source, id, type, subject, envelope, origin, received_micros)
    WHERE (SELECT holds FROM proof)
    ON CONFLICT (source, id) DO NOTHING
),
-- Those that listen for less than before; the rows that stay are replaced below.
unsubscribed AS (
    DELETE FROM orquestrax.subscription
    USING unnest(?::text[], ?::bigint[], ?::integer[]) AS l (instance_id, activation, kept)
    WHERE subscription.instance_id = l.instance_id::uuid
      AND subscription.activation = l.activation
      AND subscription.ordinal >= l.kept
      AND (SELECT holds FROM proof)
),
wanted AS MATERIALIZED (
    SELECT s.instance_id::uuid AS instance_id,
           s.activation,
           s.ordinal,
           s.partition,
           s.type,
           s.shape,
           s.match,
           timestamptz 'epoch' + s.started_micros * interval '1 microsecond' AS instance_started_at
    FROM unnest(?::text[], ?::bigint[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::bigint[])
        AS s (instance_id, activation, ordinal, partition, type, shape, match, started_micros)
    WHERE (SELECT holds FROM proof)
),
subscribed AS (
    INSERT INTO orquestrax.subscription
        (instance_id, activation, ordinal, partition, type, shape, match, instance_started_at)
    SELECT instance_id, activation, ordinal, partition, type, shape, match, instance_started_at
    FROM wanted
    ON CONFLICT (instance_id, activation, ordinal) DO UPDATE
        SET type = excluded.type,
            shape = excluded.shape,
            match = excluded.match,
            looked_back = false
),
-- In order, so that two batches do not wait for each other.
shapes AS (
    INSERT INTO orquestrax.subscription_shape (type, shape)
    SELECT DISTINCT wanted.type, wanted.shape
    FROM wanted
    WHERE wanted.shape <> ''
      AND NOT EXISTS (
          SELECT 1
          FROM orquestrax.subscription_shape known
          WHERE known.type = wanted.type AND known.shape = wanted.shape)
    ORDER BY wanted.type, wanted.shape
    ON CONFLICT (type, shape) DO NOTHING
),
consumed AS (
    UPDATE orquestrax.cloud_event
    SET consumed = true
    FROM unnest(?::bigint[]) AS c (position)
    WHERE cloud_event.position = c.position
      AND NOT cloud_event.consumed
      AND (SELECT holds FROM proof)
),
taken AS (
    INSERT INTO orquestrax.cloud_event_taker (position, instance_id)
    SELECT t.position, t.instance_id::uuid
    FROM unnest(?::bigint[], ?::text[]) AS t (position, instance_id)
    JOIN orquestrax.cloud_event kept ON kept.position = t.position
    WHERE (SELECT holds FROM proof)
    ON CONFLICT (position, instance_id) DO NOTHING
),
outgoing AS (
    INSERT INTO orquestrax.outgoing_event (partition, instance_id, sink, envelope)
    SELECT o.partition, o.instance_id::uuid, o.sink, o.envelope::json
    FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[]) AS o (partition, instance_id, sink, envelope)
    WHERE (SELECT holds FROM proof)
),
reported AS (
    UPDATE orquestrax.schedule
    SET next_at = timestamptz 'epoch' + r.closed_micros * interval '1 microsecond' + schedule.expression::interval,
        updated_at = now()
    FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
        AS r (namespace, name, trigger, instance_id, closed_micros)
    WHERE schedule.namespace = r.namespace
      AND schedule.name = r.name
      AND schedule.trigger = r.trigger
      AND schedule.trigger = 'after'
      AND schedule.fired_instance = r.instance_id::uuid
      AND (SELECT holds FROM proof)
),
snapshots AS (
    INSERT INTO orquestrax.snapshot (instance_id, sequence, version, state)
    SELECT s.instance_id::uuid, s.sequence, s.version, s.state::json
    FROM unnest(?::text[], ?::bigint[], ?::integer[], ?::text[]) AS s (instance_id, sequence, version, state)
    WHERE (SELECT holds FROM proof)
    ON CONFLICT (instance_id) DO UPDATE
        SET sequence = excluded.sequence,
            version = excluded.version,
            taken_at = excluded.taken_at,
            state = excluded.state
),
forgotten AS (
    DELETE FROM orquestrax.snapshot
    USING unnest(?::text[]) AS f (instance_id)
    WHERE snapshot.instance_id = f.instance_id::uuid
      AND (SELECT holds FROM proof)
)
SELECT id FROM held
