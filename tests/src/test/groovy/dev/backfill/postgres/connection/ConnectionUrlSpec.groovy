package dev.backfill.postgres.connection

import dev.backfill.plan.Secret
import spock.lang.Specification

class ConnectionUrlSpec extends Specification {
    def "a URL in the form of libpq, Go and JDBC tells how the database is reached"() {
        when:
        def settings = read(url)

        then:
        "$settings.user:${settings.password.reveal()}@$settings.host:$settings.port/$settings.database" == told
        settings.options == options

        where:
        url                                                           | told                           | options
        'postgres://app:secret@db.example.com:6543/shop'              | 'app:secret@db.example.com:6543/shop' | [:]
        'postgresql://app:secret@db/shop?sslmode=require'             | 'app:secret@db:5432/shop'      | [sslmode: 'require']
        'postgres://app:p%40ss+w%2Ford%25@db/shop'                    | 'app:p@ss+w/ord%@db:5432/shop' | [:]
        'postgres://app:p@ss/w#rd@db/shop'                            | 'app:p@ss/w#rd@db:5432/shop'   | [:]
        'postgres://app.tenant@[::1]:5433/my%20shop'                  | 'app.tenant:@[::1]:5433/my shop' | [:]
        'postgres://a:b@db/shop?connect_timeout=3&pgbouncer=true'     | 'a:b@db:5432/shop'             | [connectTimeout: '3']
        'jdbc:postgresql://db:1/shop?user=a&password=b%26c&loginTimeout=4' | 'a:b&c@db:1/shop'         | [loginTimeout: '4']
    }

    def "what is no such URL is refused, without a word of what it holds"() {
        when:
        read(url)

        then:
        def refusal = thrown IllegalArgumentException
        refusal.message.contains(hint)
        !refusal.message.contains('hunter2')

        where:
        url                                              | hint
        'mysql://app:hunter2@db/shop'                    | 'postgres://user:password@host'
        'postgres://app:hunter2@db'                      | 'postgres://user:password@host'
        'postgres://app:hunter2@db,other/shop'           | 'postgres://user:password@host'
        'postgres://app:hunter2%zz@db/shop'              | '%25 for every percent sign'
        'postgres://db/shop'                             | 'with a user'
        'jdbc:postgresql:hunter2'                        | 'jdbc:postgresql://host'
        'postgres://app:hunter2@db/shop?ssl_mode=require' | "'ssl_mode', which is not known here, did you mean 'sslmode'"
        'postgres://app:hunter2@db/shop?connect_timeout=soon' | 'in whole seconds'
    }

    private static ConnectionSettings read(String url) {
        ConnectionUrl.read(new Secret('DATABASE_URL', url))
    }
}
