DROP TABLE orquestrax.instance_r%1$d, orquestrax.event_r%1$d;
