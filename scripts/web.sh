#!/usr/bin/env bash
# Runs a command that builds for the browser: scripts/web.sh trunk build --release
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

if ! toolchain=$(wasm_toolchain); then
  echo "No Rust standard library for $WASM_TARGET. Run: scripts/setup.sh page" >&2
  exit 1
fi
if [[ -n $toolchain ]]; then
  export RUSTUP_TOOLCHAIN=$toolchain
fi

# Panic messages name source files: without this the published page would carry the builder's home folder,
# and the same source would give another file name (its hash) on every machine.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$cargo_home=/cargo"

# Trunk 0.21 reads NO_COLOR as a boolean and refuses the usual "1".
if [[ -n ${NO_COLOR:-} ]]; then
  export NO_COLOR=true
fi

# A failed build shows its cause, not Trunk's own stack.
export RUST_LIB_BACKTRACE=0

exec "$@"
