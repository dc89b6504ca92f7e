#!/bin/sh
# For cron: downloads and uploads the stock of all warehouses, from the beginning. If another run is still working, it
# exits with code 6 at once and names that run. Variables come from the environment or from .env in the folder above this one.
# It is replaced by Java, so the pid that cron starts is the pid to kill.
set -eu
cd "$(dirname "$0")/.."
exec ./jbang run scripts/warehouse-stock.groovy --restart --no-wait "$@"
