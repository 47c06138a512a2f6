#!/usr/bin/env bash
# Feeds the fuzz targets of tests/fuzz with mutated text until RUNS inputs have passed, or one has not:
#   scripts/fuzz.sh [TARGET…]     parse, repair, predict, apply, share; without a name all of them
#   RUNS=2000000                  inputs for each target
#   MAX_LENGTH=8192              longest input in bytes; shorter ones run faster
#   SECONDS_EACH=0                stops earlier, where it is not 0
# Needs the nightly compiler of rustup; cargo-fuzz is installed by scripts/setup.sh fuzz.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$AKOPLAN_ROOT"

RUNS=${RUNS:-2000000}
SECONDS_EACH=${SECONDS_EACH:-0}
TARGETS=("$@")
if ((${#TARGETS[@]} == 0)); then TARGETS=(parse repair predict apply share); fi
WORK=${CARGO_TARGET_DIR:-$AKOPLAN_ROOT/target}/fuzz

# What is known to mean something is the best start: every manifest of the tests and of the examples.
seed() {
  local corpus=$1 commands=$2 file
  mkdir -p "$corpus"
  while IFS= read -r -d '' file; do
    { printf '%s' "$commands"; cat "$file"; } >"$corpus/$(sha1sum "$file" | cut -c1-40)"
  done < <(find tests/conformance static/examples tests/data tests/round_trip -type f -name '*.yaml' -size -16k -print0)
}

for target in "${TARGETS[@]}"; do
  corpus=$WORK/corpus/$target
  artifacts=$WORK/artifacts/$target
  mkdir -p "$artifacts" "$corpus"
  commands=
  if [[ $target == apply ]]; then
    commands=$'0 fix 0\n0 rename new\n1 namespace default red\n0 keep last metadata\n0 set metadata.labels.a b\n1 number spec.listeners[0].port 8443\n2 insert spec.ports 0 x\n0 remove metadata.name\n=\n'
  fi
  # Links are what they are; the target packs every other input by itself.
  if [[ $target == share ]]; then cp tests/share/*.link "$corpus/"; fi
  seed "$corpus" "$commands"
  echo "$target: $RUNS inputs, beginning with $(find "$corpus" -type f | wc -l) known ones"
  # No sanitizer: there is no unsafe code, and without one it runs several times as fast.
  # A hang is an input that takes longer than 20 seconds.
  RUSTUP_TOOLCHAIN=nightly cargo fuzz run --fuzz-dir tests/fuzz --sanitizer none --target-dir "$WORK/build" "$target" "$corpus" -- \
    -runs="$RUNS" -max_total_time="$SECONDS_EACH" -max_len=${MAX_LENGTH:-8192} -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 -print_funcs=0 \
    -dict=tests/fuzz/words.dict -artifact_prefix="$artifacts/" -verbosity=0
done
