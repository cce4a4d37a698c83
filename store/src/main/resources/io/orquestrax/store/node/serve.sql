UPDATE orquestrax.node
SET state = CASE state WHEN 'joining' THEN 'serving' ELSE state END, peer_address = ?, api_address = ?
WHERE id = ?
