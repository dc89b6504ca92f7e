package bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.UUID;

/** Writes users as the tool before did: a statement a row, each in a transaction of its own. */
final class SingleRows {
    private SingleRows() {}

    /** Arguments: the database's URL, and how many rows. */
    public static void main(String... arguments) throws Exception {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                PreparedStatement insert = connection.prepareStatement(
                        "insert into users (id, apple_id) values (?, ?) on conflict (id) do update set apple_id = excluded.apple_id")) {
            for (long n = 1; n <= Long.parseLong(arguments[1]); n++) {
                insert.setObject(1, new UUID(n * 0x9E3779B97F4A7C15L, n));
                insert.setString(2, "apple " + n);
                insert.executeUpdate();
            }
        }
        System.out.println("{\"seconds\":" + (System.nanoTime() - start) / 1e9 + "}");
    }
}
