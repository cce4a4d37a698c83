INSERT INTO bench.event (instance_id, sequence, time, activation, attempt, type, task, data)
SELECT e.instance_id::uuid, e.sequence, e.time::timestamptz, e.activation, e.attempt, e.type, e.task, e.data::json
FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[])
    AS e (instance_id, sequence, time, activation, attempt, type, task, data)
