-- The time that a wait is for stands in its event too.
INSERT INTO orquestrax.event (instance_id, sequence, time, activation, attempt, type, task, data)
SELECT copy.id, t.sequence, t.time + copy.later, t.activation, t.attempt, t.type, t.task,
       CASE WHEN copy.due_later IS NULL OR t.data ->> 'due' IS NULL THEN t.data
            ELSE jsonb_set(
                t.data::jsonb,
                '{due}',
                to_jsonb(to_char(
                    ((t.data ->> 'due')::timestamptz + copy.due_later) AT TIME ZONE 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::json
       END
FROM copy
CROSS JOIN orquestrax.event t
WHERE t.instance_id = ?
ORDER BY copy.id, t.sequence
