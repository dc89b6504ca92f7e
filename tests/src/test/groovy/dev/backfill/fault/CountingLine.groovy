package dev.backfill.fault

import groovy.transform.CompileStatic

import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicLong

/** Stands between clients and a PostgreSQL server, and counts the statements that they have it execute. */
@CompileStatic
class CountingLine implements AutoCloseable {
    private static final int ASKS_FOR_TLS = 80_877_103
    private final int target
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.loopbackAddress)
    private final AtomicLong statements = new AtomicLong()

    CountingLine(int target) {
        this.target = target
        Thread.startDaemon { accept() }
    }

    int getPort() {
        entrance.localPort
    }

    /** How many since the last call. */
    long count() {
        statements.getAndSet(0)
    }

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
            if (pass(from, to) == ASKS_FOR_TLS) {
                pass(from, to)
            }
            while (true) {
                int type = from.readUnsignedByte()
                if (type == ('E' as char) || type == ('Q' as char)) {
                    statements.incrementAndGet()
                }
                to.writeByte(type)
                pass(from, to)
            }
        } catch (IOException ignored) {
            // the line is closed
        } finally {
            client.close()
            server.close()
        }
    }

    /** The first four bytes, as a number. */
    private static int pass(DataInputStream from, DataOutputStream to) {
        int length = from.readInt()
        byte[] rest = new byte[length - 4]
        from.readFully(rest)
        to.writeInt(length)
        to.write(rest)
        if (from.available() == 0) {
            to.flush()
        }
        rest.length < 4 ? 0 : ByteBuffer.wrap(rest).int
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
