package bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a client as a process of its own, and looks at what it takes until it ends. */
record ClientProcess(List<String> command, Map<String, String> variables) {
    private static final Pattern SECONDS = Pattern.compile("\"seconds\" ?: ?([0-9.]+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final double TICKS = 100;

    /** The client must end with one of these codes, and tell its own seconds as JSON. */
    Reading measure(long rows, int... codes) throws Exception {
        File log = File.createTempFile("backfill-bench-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(variables);
        long start = System.nanoTime();
        Process process = builder.start();
        Sample sample = watch(process);
        double wall = (System.nanoTime() - start) / 1e9;
        String output = Files.readString(log.toPath());
        if (java.util.Arrays.stream(codes).noneMatch(code -> code == process.exitValue())) {
            throw new IllegalStateException("exit " + process.exitValue() + ", its output is in " + log + ": " + end(output));
        }
        Files.delete(log.toPath());
        return new Reading(rows, wall, seconds(output, wall), sample.cpu, sample.rss);
    }

    private static String end(String output) {
        return output.substring(Math.max(0, output.length() - 600)).strip();
    }

    private static double seconds(String output, double otherwise) {
        Matcher found = SECONDS.matcher(output);
        double seconds = otherwise;
        while (found.find()) {
            seconds = Double.parseDouble(found.group(1));
        }
        return seconds;
    }

    private record Sample(double cpu, double rss) {}

    // The last look is at most 5 ms older than the end: nothing of a process can be seen after it.
    private static Sample watch(Process process) throws InterruptedException {
        Sample sample = new Sample(0, 0);
        try {
            do {
                sample = look(process.pid(), sample);
            } while (!process.waitFor(5, TimeUnit.MILLISECONDS));
            return sample;
        } finally {
            process.destroy();
        }
    }

    private static Sample look(long pid, Sample last) {
        try {
            Path of = Path.of("/proc", Long.toString(pid));
            String stat = Files.readString(of.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
            Matcher peak = PEAK.matcher(Files.readString(of.resolve("status")));
            return peak.find() ? new Sample(cpu, Long.parseLong(peak.group(1)) / 1024.0) : last;
        } catch (IOException e) {
            return last;
        }
    }
}
