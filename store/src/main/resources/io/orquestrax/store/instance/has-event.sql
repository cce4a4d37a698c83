SELECT EXISTS (
    SELECT
    FROM orquestrax.event
    WHERE instance_id = ? AND activation = ? AND attempt = ? AND type = ANY (?::text[])
)
