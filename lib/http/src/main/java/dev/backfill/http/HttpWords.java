package dev.backfill.http;

import dev.backfill.plan.Secret;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Reads;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** The words that HTTP services add to the language. */
@Noun("HTTP words")
public interface HttpWords {
    @Word(
            value = "An HTTP service that answers in JSON; a block says its headers, its limits and how it pages.",
            example = "http('https://api.example.com') { throttle { rate 6 } }")
    Http http(String address);

    Http http(String address, Consumer<ServiceBlock> settings);

    @Word(
            value = "The same with a name, by which files that are made of its records call their source; else its"
                    + " host.",
            example = "http('shop', env('SHOP_URL', 'https://api.example.com')) { throttle { rate 6 } }")
    Http http(String name, String address, Consumer<ServiceBlock> settings);

    /** States how to speak to a service. */
    @Noun(value = "http", block = true)
    interface ServiceBlock {
        @Word(
                value = "A header of every request.",
                example = "header 'authorization', secret('API_TOKEN')",
                repeats = true)
        void header(String name, Secret value);

        void header(String name, String value);

        @Word(value = "How fast requests may follow each other.", example = "throttle { rate 6 }")
        void throttle(Consumer<RateBlock> limits);

        @Word(value = "How lists are cut into pages; else they come whole.", example = "pages { byPage 50 }")
        void pages(Consumer<PagesBlock> form);

        @Word(value = "Waits at most so many seconds for a whole answer; else 30.", example = "timeout 10")
        void timeout(Number seconds);

        @Word(value = "The largest answer that is taken; else 32 MB.", example = "largest '64 MB'")
        void largest(String size);

        @Word(
                value = "Makes each call of forEach(…) at most so many times before its record is a dead letter; else"
                        + " 5. A call that failed is tried again after the other calls of its batch.",
                example = "attempts 2")
        void attempts(Integer calls);

        @Word(
                value = "A file of certificates (PEM) to trust instead of Java's own.",
                example = "certificates env('API_CA_FILE', 'ca.pem')")
        void certificates(String file);
    }

    /** Limits the requests to a service; all limits hold together. */
    @Noun(value = "throttle", block = true)
    interface RateBlock {
        @Word(
                value = "At most so many requests in any second, or in the time that per: names, the first ones"
                        + " included.",
                example = "rate 6")
        void rate(Number requests);

        void rate(
                @Keys(value = "per", types = String.class) @OneOf({"second", "minute", "hour", "day"})
                        Map<String, Object> named,
                Number requests);

        @Word(value = "At most so many requests under way at the same time; else 4.", example = "concurrency 8")
        void concurrency(Integer requests);

        @Word(
                value = "All processes of this machine that name this file share the rate.",
                example = "sharedVia '/var/tmp/example-api.rate'")
        void sharedVia(String file);
    }

    /** States how lists are cut into pages. */
    @Noun(value = "pages", block = true)
    interface PagesBlock {
        @Word(
                value = "Where the response has the next page: its address, or its number or cursor for the parameter"
                        + " as: (page). optional: true if a list of one page has no such place.",
                example = "byNext 'meta.next_page'")
        void byNext(String part);

        void byNext(
                @Keys(
                                value = {"as", "optional"},
                                types = {String.class, Boolean.class})
                        Map<String, Object> named,
                String part);

        @Word(
                value = "So many items a page, by the parameters number: (page) from 1 and size: (limit), until a page"
                        + " is empty. total: is where an answer has the number of all items; the run ends if it"
                        + " changes.",
                example = "byPage 50")
        void byPage(Integer items);

        void byPage(
                @Keys(
                                value = {"number", "size", "total"},
                                types = {String.class, String.class, String.class})
                        Map<String, Object> named,
                Integer items);

        @Word(
                value = "So many items a page, by the parameters offset: (offset) and size: (limit), until a page is"
                        + " empty; upTo: is the last offset that the service gives; total: is where an answer has"
                        + " the number of all items, and the run ends if it changes; overlap: asks for so many"
                        + " items again with the next page, so that none is missed when others vanish.",
                example = "byOffset 100, upTo: 12_000")
        void byOffset(Integer items);

        void byOffset(
                @Keys(
                                value = {"offset", "size", "upTo", "overlap", "total"},
                                types = {String.class, String.class, Number.class, Number.class, String.class})
                        Map<String, Object> named,
                Integer items);

        @Word(value = "The response's Link header has the next page.", example = "byLink()")
        void byLink();
    }

    /** What a service offers. */
    @Noun("service")
    interface Http {
        @Word(
                value = "Asks for this path; {product.id} is the id of the product that it is asked for.",
                example = "relbase.get('/api/v1/products')")
        Request get(String path);
    }

    /** What a request offers. */
    @Noun("request")
    interface Request {
        @Word(
                value = "Each item of the list at this place of the answer, page by page.",
                example = "relbase.get('/api/v1/products').items('data.products')")
        SourceDefinition items(String part);

        @Word(
                value = "Asks once for each combination of these records.",
                example = "relbase.get('/stock/{product.id}/{warehouse.id}').forEach(product: products, warehouse:"
                        + " warehouses)")
        Combined forEach(@Keys(value = "*", types = SourceDefinition.class, fields = true) Map<String, Object> sources);
    }

    /** What a request for each combination offers. */
    @Noun("request")
    interface Combined {
        @Word(
                value = "One record for each combination: its records, and under this name the part at this place of"
                        + " the answer; a call that fails on all its attempts (5) is a dead letter.",
                example = "relbase.get('/stock/{product.id}').forEach(product: products).response('lots', 'data.lots')")
        Answered response(@Reads String name, String part);
    }

    /** What the answers for each combination offer. */
    @Noun("answers")
    interface Answered extends SourceDefinition {
        @Word(
                value = "An answer with this status means that there is nothing: an empty list.",
                example = "stock.response('lots', 'data.lots').emptyOn(404)")
        Answered emptyOn(Integer... status);
    }
}
