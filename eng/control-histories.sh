#!/bin/sh
# Plays random histories of several operators with real processes: ops-manager control on a test runtime that lies, waits and dies.
# Usage: eng/control-histories.sh [N=20] [SEED]
# A history that fails is printed with its seed: eng/control-histories.sh 1 SEED plays that one again. OPS_MANAGER_BIN names another executable.
set -eu
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT
export OPS_MANAGER_HISTORIES="${1:-20}" OPS_MANAGER_HISTORIES_SEED="${2:-}" OPS_MANAGER_HISTORIES_REPORT="$report"
status=0
dotnet run --project tests/OpsManager.EndToEnd -- --filter-class '*ControlHistoriesTests' --progress off --no-ansi || status=$?
cat "$report"
exit "$status"
