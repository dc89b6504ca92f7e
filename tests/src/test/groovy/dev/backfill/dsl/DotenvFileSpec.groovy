package dev.backfill.dsl

import spock.lang.Specification

import java.nio.charset.Charset
import java.nio.charset.StandardCharsets

class DotenvFileSpec extends Specification {
    private static Map<String, String> parse(String text, Charset charset = StandardCharsets.UTF_8) {
        DotenvFile.parse(text.getBytes(charset))
    }

    def "the value of #line is #value"() {
        expect:
        parse(line) == [A: value]

        where:
        line                                | value
        'A=p#ss'                            | 'p#ss'
        'A=#ss'                             | '#ss'
        'A=p ss'                            | 'p ss'
        'A=pass # a comment'                | 'pass'
        'A=pass\t# a comment'               | 'pass'
        'A= # a comment'                    | ''
        'A='                                | ''
        'A'+' = spaced  '                   | 'spaced'
        '  A=indented'                      | 'indented'
        'export A=exported'                 | 'exported'
        'export\tA=exported'                | 'exported'
        "A='p#s \\n \$x \"'"               | 'p#s \\n $x "'
        'A="p#s $x"'                        | 'p#s $x'
        'A="a\\nb\\tc\\"d\\\\e\\f\\$g"'      | 'a\nb\tc"d\\e\\f$g'
        "A='quoted' # a comment"            | 'quoted'
        "A=''"                              | ''
        'A=it\'s'                           | "it's"
        'A=a=b=c=='                         | 'a=b=c=='
        'A=postgres://u:p%40@h/d?x=y#z'     | 'postgres://u:p%40@h/d?x=y#z'
        'A=$HOME/x${Y}'                     | '$HOME/x${Y}'
        'A="first\nsecond"'                 | 'first\nsecond'
        "A='-----BEGIN\n\nEND-----'\r\n"    | '-----BEGIN\n\nEND-----'
        'A=windows\r\n'                     | 'windows'
        '\uFEFFA=after a byte order mark'   | 'after a byte order mark'
        'A=ñandú'                           | 'ñandú'
        'A=first\nA=last'                   | 'last'
    }

    def "names may have digits, dots and hyphens, and comments and empty lines are passed over"() {
        expect:
        parse('# head\n\nA1=x\n   # indented\nB.c-d=y\n_E=z') == [A1: 'x', 'B.c-d': 'y', _E: 'z']
    }

    def "#text is refused with its line, and nothing of it is shown"() {
        when:
        parse(text)

        then:
        def problem = thrown DotenvFile.MalformedException
        problem.message == message

        where:
        text                      | message
        'A=1\ns3cret'             | 'line 2 is not NAME=value'
        '1A=s3cret'               | 'line 1 is not NAME=value'
        'A B=s3cret'              | 'line 1 is not NAME=value'
        'A=1\n\nB="s3cret\nC=2'   | 'line 3 opens a quote that is never closed'
        "A='s3cret'more"          | 'line 1 has something after the closing quote'
    }

    def "a file in another encoding is refused with the line at which that shows"() {
        when:
        parse('A=1\nB=ñ\n', StandardCharsets.ISO_8859_1)

        then:
        def problem = thrown DotenvFile.MalformedException
        problem.message == 'line 2 is not UTF-8; save the file as UTF-8'
    }
}
