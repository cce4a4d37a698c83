INSERT INTO orquestrax.subscription_shape (type, shape)
VALUES (?, ?)
ON CONFLICT DO NOTHING
