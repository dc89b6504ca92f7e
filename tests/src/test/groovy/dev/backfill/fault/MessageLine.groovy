package dev.backfill.fault

import groovy.transform.CompileStatic

import java.nio.ByteBuffer

/** Stands between clients and a PostgreSQL server, and sees each message that they send. */
@CompileStatic
abstract class MessageLine implements AutoCloseable {
    private static final int ASKS_FOR_TLS = 80_877_103
    private final int target
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.loopbackAddress)

    MessageLine(int target) {
        this.target = target
        Thread.startDaemon { accept() }
    }

    int getPort() {
        entrance.localPort
    }

    /** What goes on to the server instead of this body. */
    protected abstract byte[] request(int type, byte[] body)

    @Override
    void close() {
        entrance.close()
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept()
                Socket server = new Socket(InetAddress.loopbackAddress, target)
                [client, server].each { it.tcpNoDelay = true }
                Thread.startDaemon { requests(client, server) }
                Thread.startDaemon { answers(server, client) }
            }
        } catch (SocketException ignored) {
            // closed
        }
    }

    /** A first message without a type, then messages with one; every message tells its length. */
    private void requests(Socket client, Socket server) {
        try {
            DataInputStream from = new DataInputStream(new BufferedInputStream(client.inputStream, 65_536))
            DataOutputStream to = new DataOutputStream(new BufferedOutputStream(server.outputStream, 65_536))
            byte[] first = body(from)
            send(from, to, first)
            if (ByteBuffer.wrap(first).int == ASKS_FOR_TLS) {
                send(from, to, body(from))
            }
            while (true) {
                int type = from.readUnsignedByte()
                to.writeByte(type)
                send(from, to, request(type, body(from)))
            }
        } catch (IOException ignored) {
            // the line is closed
        } finally {
            client.close()
            server.close()
        }
    }

    private static byte[] body(DataInputStream from) {
        byte[] body = new byte[from.readInt() - 4]
        from.readFully(body)
        body
    }

    private static void send(DataInputStream from, DataOutputStream to, byte[] body) {
        to.writeInt(body.length + 4)
        to.write(body)
        if (from.available() == 0) {
            to.flush()
        }
    }

    private static void answers(Socket from, Socket to) {
        byte[] buffer = new byte[65_536]
        try {
            int length = from.inputStream.read(buffer)
            while (length >= 0) {
                to.outputStream.write(buffer, 0, length)
                length = from.inputStream.read(buffer)
            }
        } catch (IOException ignored) {
            // the line is closed
        } finally {
            from.close()
            to.close()
        }
    }
}
