SELECT source, id FROM orquestrax.cloud_event
