#!/usr/bin/env bash
# Builds the core for Node as the page builds it for the browser, and compares its answers with the native core's.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$AKOPLAN_ROOT"

# The page's profile, target and features: everything but the last step is there already when the page was built.
scripts/web.sh cargo build --quiet ${CI:+--locked} --profile web --target "$WASM_TARGET" --features web --bin akoplan-truth
rm -rf target/truth
wasm-bindgen --target nodejs --no-typescript --out-dir target/truth \
  "${CARGO_TARGET_DIR:-target}/$WASM_TARGET/web/akoplan-truth.wasm"
# What wasm-bindgen writes for Node is no ES module, as the rest of this package is.
echo '{"type": "commonjs"}' >target/truth/package.json
exec node --test --test-reporter=spec tests/one_truth/one_truth.test.mjs
