///usr/bin/env jbang "$0" "$@" ; exit $?
//GROOVY 4.0.30
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-dsl, dev.backfill:backfill-sandbox
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

// Runs the sandbox that the first argument names: the file of that name next to this one.
import dev.backfill.dsl.Launch
import dev.backfill.sandbox.cli.Home
import dev.backfill.sandbox.cli.Sandboxes
import groovy.transform.Field
import groovy.transform.SourceURI
import java.nio.file.Path

@SourceURI @Field URI source

def variables = System.getenv()
def home = Home.find(variables, Path.of('')).orElseGet { new Home(Path.of(source).parent.parent.parent) }
def sandboxes = new Sandboxes(home, System.out, { script, arguments -> Launch.run(script, arguments, variables) })
System.exit(sandboxes.run(args as List))
