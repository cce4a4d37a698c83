UPDATE orquestrax.function SET retired_at = ? WHERE name = ? AND version = ? AND retired_at IS NULL
