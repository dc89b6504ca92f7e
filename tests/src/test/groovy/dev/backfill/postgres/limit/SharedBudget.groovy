package dev.backfill.postgres.limit

import dev.backfill.connector.Budget

/**
 * Has processes spend from one budget as fast as it lets them, in virtual time: reserving takes up to 3 ms, a wait ends up to
 * 1 ms late, a call is on its way for 1 to 10 ms.
 */
class SharedBudget {
    private final VirtualDatabaseTime time
    private final List<Budget> budgets
    private final Random random

    SharedBudget(VirtualDatabaseTime time, List<Budget> budgets, Random random) {
        this.time = time
        this.budgets = budgets
        this.random = random
    }

    /** What arrives in so many seconds. */
    Calls calls(int seconds) {
        def start = time.now()
        def end = start + seconds * 1_000_000L
        def turns = budgets.collect { start }
        List<List<Long>> calls = []
        while (turns.min() < end) {
            def who = turns.indexOf(turns.min())
            time.reach(turns[who])
            def wait = budgets[who].reserve(1)
            def now = time.now() + random.nextInt(3_000)
            if (wait.zero) {
                calls << [who as long, now + 1_000 + random.nextInt(9_000)]
            }
            turns[who] = now + (wait.zero ? 0 : wait.toNanos().intdiv(1_000) + random.nextInt(1_000))
        }
        new Calls(calls.findAll { it[1] < end })
    }
}
