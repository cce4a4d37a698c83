INSERT INTO orquestrax.cluster (name)
VALUES (?)
ON CONFLICT (singleton) DO NOTHING
