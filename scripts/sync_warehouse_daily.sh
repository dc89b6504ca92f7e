#!/bin/sh
# For cron: downloads and uploads the stock of all warehouses. A second start while one runs ends at once and names the owner
# of the lock. Its output goes to standard output; RELBASE_* and DATABASE_URL come from the environment or from .env here.
set -eu
cd "$(dirname "$0")/.."
lake=${RELBASE_DATA_LAKE:-/tmp/relbase_data_lake}
mkdir -p "$lake"
lock=$lake/sync.lock
if ! (set -C; echo "pid $$ on $(hostname) since $(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$lock") 2>/dev/null; then
    owner=$(cat "$lock" 2>/dev/null || echo unknown)
    pid=$(expr "$owner" : 'pid \([0-9]*\)' || echo 0)
    if [ "$pid" -gt 0 ] && kill -0 "$pid" 2>/dev/null; then
        echo "warehouse-stock is being run already: $owner" >&2
        exit 6
    fi
    echo "the lock of a run that is gone is taken over: $owner" >&2
    echo "pid $$ on $(hostname) since $(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$lock"
fi
trap 'rm -f "$lock"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
./jbang run scripts/warehouse-stock.groovy --output-dir "$lake" --restart --no-wait "$@"
