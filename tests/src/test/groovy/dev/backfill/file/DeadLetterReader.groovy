package dev.backfill.file

import groovy.transform.CompileStatic

import java.nio.file.Path
import java.time.Clock

/** A process of its own that walks all dead letters of a file, then counts them, and prints what it found. */
@CompileStatic
class DeadLetterReader {
    static void main(String[] arguments) {
        FileStore store = new FileStore(Path.of(arguments[0]), Clock.systemUTC())
        long seen = 0
        String first = ''
        String last = ''
        for (List page = store.deadLetters(0, 1_000); !page.empty; page = store.deadLetters(seen, 1_000)) {
            first = first ?: page.first()['key']
            last = page.last()['key']
            seen += page.size()
        }
        def lease = store.acquire(store.read().holder().get().owner(), dev.backfill.checkpoint.AcquireCondition.from(store.read().epoch()))
        store.removeDeadLetters(lease, store.deadLetters(0, 10))
        println "$seen ${store.letterCounts()*.letters().sum() as long + 10} $first $last ${store.countDeadLetters()}"
    }
}
