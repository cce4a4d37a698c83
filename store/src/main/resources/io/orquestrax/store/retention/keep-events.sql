INSERT INTO orquestrax.event_r%2$d
SELECT e.*
FROM orquestrax.instance_r%2$d i
JOIN orquestrax.event_r%1$d e ON e.instance_id = i.id
