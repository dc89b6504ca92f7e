package dev.backfill.fault

import groovy.transform.CompileStatic

import java.nio.charset.StandardCharsets
import java.util.concurrent.ConcurrentLinkedQueue

/**
 * Stands between a client and a server on this machine and passes every byte on, until it is told to lose an answer,
 * to lose a request, or to let nothing through.
 */
@CompileStatic
class FaultyLine implements AutoCloseable {
    private final int target
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.loopbackAddress)
    private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>()
    private final Collection<Loss> losses = new ConcurrentLinkedQueue<>()
    private volatile boolean cut

    FaultyLine(int target) {
        this.target = target
        Thread.startDaemon { accept() }
    }

    int getPort() {
        entrance.localPort
    }

    /** The next request with this text reaches the server; its answer does not come back, the connection is lost. */
    void loseAnswerTo(String text, boolean thenCut = false) {
        losses << new Loss(text, true, thenCut)
    }

    /** The next request with this text does not reach the server, the connection is lost. */
    void loseRequest(String text) {
        losses << new Loss(text, false, false)
    }

    boolean isLossPending() {
        !losses.empty
    }

    /** Loses all connections and lets no new ones come about. */
    void cut() {
        cut = true
        sockets*.close()
    }

    void mend() {
        cut = false
    }

    @Override
    void close() {
        entrance.close()
        cut()
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept()
                sockets << client
                if (cut) {
                    client.close()
                } else {
                    connect(client)
                }
            }
        } catch (SocketException ignored) {
            // closed
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket(InetAddress.loopbackAddress, target)
        sockets << server
        Connection connection = new Connection(client, server)
        Thread.startDaemon { connection.pass(client, server) { byte[] bytes -> request(connection, bytes) } }
        Thread.startDaemon { connection.pass(server, client) { byte[] bytes -> answer(connection) } }
    }

    /** True if the bytes go on. */
    private boolean request(Connection connection, byte[] bytes) {
        Loss loss = losses.find { Loss each -> connection.ends(each.text, bytes) }
        connection.remember(bytes)
        if (loss == null) {
            return true
        }
        losses.remove(loss)
        connection.losing = loss
        return loss.answer
    }

    private boolean answer(Connection connection) {
        if (connection.losing == null) {
            return true
        }
        if (connection.losing.thenCut) {
            cut()
        }
        return false
    }

    private static class Loss {
        final String text
        final boolean answer
        final boolean thenCut

        Loss(String text, boolean answer, boolean thenCut) {
            this.text = text
            this.answer = answer
            this.thenCut = thenCut
        }
    }

    private static class Connection {
        private static final int REMEMBERED = 200
        private final Socket client
        private final Socket server
        private String tail = ''
        volatile Loss losing

        Connection(Socket client, Socket server) {
            this.client = client
            this.server = server
        }

        /** True if the text ends in these bytes, which may only be the rest of a message. */
        boolean ends(String text, byte[] bytes) {
            String before = tail.substring(Math.max(0, tail.length() - text.length() + 1))
            (before + latin(bytes)).contains(text)
        }

        void remember(byte[] bytes) {
            String text = tail + latin(bytes)
            tail = text.substring(Math.max(0, text.length() - REMEMBERED))
        }

        private static String latin(byte[] bytes) {
            new String(bytes, StandardCharsets.ISO_8859_1)
        }

        void pass(Socket from, Socket to, Closure<Boolean> goesOn) {
            byte[] buffer = new byte[65_536]
            try {
                int length = from.inputStream.read(buffer)
                while (length >= 0 && goesOn.call(Arrays.copyOf(buffer, length))) {
                    to.outputStream.write(buffer, 0, length)
                    length = from.inputStream.read(buffer)
                }
            } catch (IOException ignored) {
                // the line is lost
            } finally {
                client.close()
                server.close()
            }
        }
    }
}
