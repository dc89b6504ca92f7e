package bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the server can do alone, with nobody reading a row: the limit. */
record ServerSide(Ground ground) {
    /** Updates by ranges of 1,000 keys, a transaction each; finding where the ranges end is not counted. */
    Reading update() throws Exception {
        String database = ground.database();
        try (Connection connection = ground.postgres().connect(database)) {
            List<String> ends = ends(connection);
            long start = System.nanoTime();
            update(connection, ends);
            double seconds = (System.nanoTime() - start) / 1e9;
            Ground.expect("products without deleted_at", 0,
                    ground.postgres().number(database, "select count(*) from products where deleted_at is null"));
            return new Reading(ground.options().rows(), seconds, seconds, 0, 0);
        }
    }

    private static void update(Connection connection, List<String> ends) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update products set deleted_at = 0 where id > ? and id <= ? and deleted_at is null")) {
            String after = "";
            for (String end : ends) {
                update.setString(1, after);
                update.setString(2, end);
                update.executeUpdate();
                after = end;
            }
        }
    }

    private static List<String> ends(Connection connection) throws SQLException {
        List<String> ends = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from (select id, row_number() over (order by id) as n,"
                        + " count(*) over () as rows from products) one where n % 1000 = 0 or n = rows order by n")) {
            while (rows.next()) {
                ends.add(rows.getString(1));
            }
        }
        return ends;
    }

    /** Copies the products into an empty table in one statement. */
    Reading upsert() throws Exception {
        String database = ground.database();
        ground.postgres().execute(database, Copies.TARGET);
        long start = System.nanoTime();
        ground.postgres().execute(database, Copies.INSIDE);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Reading(ground.options().rows(), seconds, seconds, 0, 0);
    }
}
