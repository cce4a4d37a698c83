-- Answers what was new.
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
ON CONFLICT (source, id) DO NOTHING
RETURNING source, id
