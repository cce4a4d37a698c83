package io.orquestrax.server.node;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Sockets of the database's driver that tell what they send; the driver makes it by its name. */
public final class HeardSockets extends DriverSockets {
    private final HeardStatements heard;

    /**
     * @param name of the {@link HeardStatements}
     */
    public HeardSockets(String name) {
        heard = HeardStatements.named(name);
    }

    @Override
    public Socket createSocket() {
        return new HeardSocket(heard.new Ear());
    }

    private static final class HeardSocket extends Socket {
        private final HeardStatements.Ear ear;

        HeardSocket(HeardStatements.Ear ear) {
            this.ear = ear;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int single) throws IOException {
                    write(new byte[] {(byte) single}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    ear.hear(bytes, offset, length);
                    out.write(bytes, offset, length);
                }
            };
        }
    }
}
