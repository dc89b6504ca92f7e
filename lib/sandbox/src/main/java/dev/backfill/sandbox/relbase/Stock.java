package dev.backfill.sandbox.relbase;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the simulator holds, always the same for the same seed. */
public record Stock(int products, long seed) {
    private static final long FIRST_PRODUCT = 5_001;
    /** Two with the same code, and one whose name has no letter. */
    private static final Map<Long, String> WAREHOUSES = new LinkedHashMap<>();

    static {
        WAREHOUSES.put(1855L, "AMPLIFICA LAS CONDES");
        WAREHOUSES.put(1910L, "AMPLIFICA SANTIAGO CENTRO");
        WAREHOUSES.put(1911L, "Bodega Ñuñoa 1");
        WAREHOUSES.put(1912L, "BODEGA ÑUÑOA 2");
        WAREHOUSES.put(1920L, "2024");
        WAREHOUSES.put(1921L, "Viña del Mar - Reñaca");
        WAREHOUSES.put(1922L, "Concepción");
        WAREHOUSES.put(1923L, "Puerto Montt");
        WAREHOUSES.put(1924L, "La Serena");
        WAREHOUSES.put(1925L, "Antofagasta");
        WAREHOUSES.put(1926L, "Temuco");
        WAREHOUSES.put(1927L, "Valparaíso");
        WAREHOUSES.put(1928L, "MERMA");
    }

    public List<Map<String, Object>> warehouses() {
        return WAREHOUSES.entrySet().stream().map(Stock::warehouse).toList();
    }

    private static Map<String, Object> warehouse(Map.Entry<Long, String> entry) {
        Map<String, Object> warehouse = new LinkedHashMap<>();
        warehouse.put("id", entry.getKey());
        warehouse.put("name", entry.getValue());
        warehouse.put("address", "Calle " + entry.getKey() % 100 + ", Chile");
        warehouse.put("enabled", entry.getKey() != 1928);
        return warehouse;
    }

    public List<Map<String, Object>> allProducts() {
        return IntStream.range(0, products)
                .mapToObj(i -> Map.<String, Object>of("id", FIRST_PRODUCT + i, "code", "BAKC_U" + (FIRST_PRODUCT + i)))
                .toList();
    }

    /** The lots of a product in a warehouse; none for nearly half of all combinations. */
    public List<Map<String, @Nullable Object>> lots(long product, long warehouse) {
        List<Map<String, @Nullable Object>> lots = new ArrayList<>();
        if (product < FIRST_PRODUCT || product >= FIRST_PRODUCT + products || !WAREHOUSES.containsKey(warehouse)) {
            return lots;
        }
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + product * 10_007 + warehouse);
        int count = random.nextInt(100) < 45 ? 0 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Map<String, @Nullable Object> lot = new LinkedHashMap<>();
            lot.put(
                    "lot_serial_number",
                    random.nextInt(30) == 0 && i == 0 ? null : String.valueOf(100 * i + random.nextInt(100)));
            lot.put("stock", random.nextInt(200));
            lot.put(
                    "expiration_date",
                    random.nextInt(10) == 0
                            ? null
                            : LocalDate.of(2026, 1, 1)
                                    .plusDays(random.nextInt(900))
                                    .toString());
            lots.add(lot);
        }
        return lots;
    }
}
