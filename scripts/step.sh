#!/usr/bin/env bash
# Runs a command under a heading and says how long it took: scripts/step.sh "Core tests" cargo test
set -uo pipefail
title=$1
shift
printf '\n==> %s\n' "$title"
start=$SECONDS
"$@"
status=$?
if ((status == 0)); then
  printf '    ok: %s (%d s)\n' "$title" $((SECONDS - start))
else
  printf '    FAILED: %s (%d s, exit %d): %s\n' "$title" $((SECONDS - start)) "$status" "$*" >&2
fi
exit "$status"
