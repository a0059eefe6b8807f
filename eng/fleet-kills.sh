#!/bin/sh
# Kills the publisher, the NATS server and a reader of a fleet at random moments, while a run writes, and compares what arrived with the log.
# Usage: eng/fleet-kills.sh [N=200] [SEED]
# What fails is printed with its seed: eng/fleet-kills.sh N SEED plays the same moments again. OPS_MANAGER_BIN names another executable.
set -eu
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT
export OPS_MANAGER_FLEET_KILLS="${1:-200}" OPS_MANAGER_FLEET_KILLS_SEED="${2:-}" OPS_MANAGER_FLEET_KILLS_REPORT="$report"
status=0
dotnet run --project tests/OpsManager.EndToEnd -- --filter-class '*FleetKillTests' --progress off --no-ansi || status=$?
cat "$report"
exit "$status"
