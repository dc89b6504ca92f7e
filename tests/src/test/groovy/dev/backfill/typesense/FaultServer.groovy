package dev.backfill.typesense

import java.util.concurrent.CopyOnWriteArrayList

/** A server that answers its requests with these bytes, one after the other, and closes each connection. */
class FaultServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.loopbackAddress)
    final List<String> requests = new CopyOnWriteArrayList<>()

    /**
     * @param answers the last one is repeated; null for an answer that never comes, one that ends with … for one that stalls
     */
    FaultServer(String... answers) {
        Thread.startDaemon('fault-server') {
            try {
                for (int i = 0; ; i++) {
                    respond(socket.accept(), answers[Math.min(i, answers.length - 1)])
                }
            } catch (SocketException ignored) {
                // closed: the spec is over
            }
        }
    }

    static FaultServer answering(int status, String body, String... headers) {
        new FaultServer(answer(status, body, headers))
    }

    static String answer(int status, String body, String... headers) {
        def head = (["HTTP/1.1 $status X", "Content-Length: ${body.bytes.length}"] + headers.toList()).join('\r\n')
        "$head\r\n\r\n$body"
    }

    int getPort() {
        socket.localPort
    }

    private void respond(Socket connection, String answer) {
        requests << request(connection.inputStream)
        if (answer != null) {
            connection.outputStream << answer.replace('…', '')
            connection.outputStream.flush()
            if (!answer.endsWith('…')) {
                connection.close()
            }
        }
    }

    /** The first line, when all of the request is there. */
    private static String request(InputStream stream) {
        def reader = new DataInputStream(stream)
        def first = reader.readLine()
        int length = 0
        for (def line = reader.readLine(); line; line = reader.readLine()) {
            if (line.toLowerCase().startsWith('content-length:')) {
                length = line.split(':')[1].trim() as int
            }
        }
        reader.readFully(new byte[length])
        first
    }

    @Override
    void close() {
        socket.close()
    }
}
