SELECT greatest(
    (SELECT id FROM orquestrax.instance_r%1$d ORDER BY id DESC LIMIT 1),
    (SELECT instance_id FROM orquestrax.event_r%1$d ORDER BY instance_id DESC LIMIT 1))
