package bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Passes bytes on to a server so much later, and its answers at once: a server some milliseconds away, of any bandwidth. */
final class DelayingProxy {
    private record Part(byte[] bytes, long due) {}

    private final int target;
    private final long delay;

    private DelayingProxy(int target, long delay) {
        this.target = target;
        this.delay = delay;
    }

    /** Arguments: the server's port, and milliseconds. */
    public static void main(String... arguments) throws IOException {
        DelayingProxy proxy = new DelayingProxy(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]) * 1_000_000);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Child.ready("127.0.0.1:" + server.getLocalPort());
            while (true) {
                proxy.connect(server.accept());
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        BlockingQueue<Part> late = new LinkedBlockingQueue<>();
        start(client, server, () -> read(client.getInputStream(), late));
        start(client, server, () -> write(late, server.getOutputStream()));
        start(client, server, () -> server.getInputStream().transferTo(client.getOutputStream()));
    }

    private void read(InputStream in, BlockingQueue<Part> late) throws IOException {
        byte[] bytes = new byte[65_536];
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            late.add(new Part(java.util.Arrays.copyOf(bytes, length), System.nanoTime() + delay));
        }
        late.add(new Part(new byte[0], System.nanoTime() + delay));
    }

    private static void write(BlockingQueue<Part> late, OutputStream out) throws IOException, InterruptedException {
        for (Part part = late.take(); part.bytes().length > 0; part = late.take()) {
            long wait = part.due() - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            }
            out.write(part.bytes());
        }
        throw new IOException("the client has closed");
    }

    private interface Pump {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Socket client, Socket server, Pump pump) {
        Thread thread = new Thread(() -> {
            try {
                pump.run();
            } catch (IOException | InterruptedException e) {
                close(client);
                close(server);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was closed from the other side.
        }
    }
}
