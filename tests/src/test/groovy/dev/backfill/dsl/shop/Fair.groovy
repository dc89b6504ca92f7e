package dev.backfill.dsl.shop

import dev.backfill.plan.Entry

import java.util.function.Consumer

/** What the root word of the shop gives: its exit code is the number of its stalls. */
class Fair implements Entry, ShopWords.FairBlock {
    final String name
    int stalls

    Fair(String name) { this.name = name }

    Entry open(Object body) {
        ((Consumer) body).accept(this)
        this
    }

    @Override
    void stalls(Integer count) { stalls = count }

    @Override
    int run(List<String> arguments) { stalls + arguments.size() }
}
