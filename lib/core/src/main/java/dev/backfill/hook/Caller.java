package dev.backfill.hook;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.plan.HookRule;
import dev.backfill.plan.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes one call, within ten seconds. A failure's message names the hook, and never its address. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Caller() {}

    static void call(HookRule.Call call, Message message) throws IOException, InterruptedException {
        if (call instanceof HookRule.Call.Webhook webhook) {
            post(webhook.url(), message);
        } else if (call instanceof HookRule.Call.Command command) {
            run(command.line(), message);
        }
    }

    private static void post(Secret url, Message message) throws IOException, InterruptedException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(url.reveal()))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(CheckpointJson.write(Map.of("text", message.text()))))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException(url.name() + " is not a webhook's address");
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
            throw new IOException("the webhook of " + url.name() + " answered " + status);
        }
    }

    private static void run(String line, Message message) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("BACKFILL_EVENT", message.event().title());
        builder.environment().put("BACKFILL_NAME", message.backfill());
        builder.environment().put("BACKFILL_TEXT", message.text());
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the command was stopped after " + PATIENCE.toSeconds() + " s");
            } else if (process.exitValue() != 0) {
                throw new IOException("the command ended with exit " + process.exitValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
