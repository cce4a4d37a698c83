ALTER TABLE orquestrax.instance DETACH PARTITION orquestrax.instance_r%1$d;
ALTER TABLE orquestrax.event DETACH PARTITION orquestrax.event_r%1$d;
