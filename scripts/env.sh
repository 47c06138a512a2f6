# Sourced by the other scripts: where the tools are, and which Rust builds for the browser.

AKOPLAN_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Kept outside the checkout: building these tools takes minutes, and they outlive `make clean`.
AKOPLAN_TOOLS=${AKOPLAN_TOOLS:-$HOME/.cache/akoplan/tools}
PATH="$AKOPLAN_TOOLS/bin:$AKOPLAN_ROOT/node_modules/.bin:$PATH"
export AKOPLAN_ROOT AKOPLAN_TOOLS PATH

WASM_TARGET=wasm32-unknown-unknown
# Debian's Rust for the web, linked into rustup under this name, where rustup cannot download the target.
DEBIAN_TOOLCHAIN=debian-web

# The version of a crate in Cargo.lock.
locked_version() {
  awk -v want="name = \"$1\"" '$0 == want { getline; split($0, part, "\""); print part[2]; exit }' "$AKOPLAN_ROOT/Cargo.lock"
}

# Whether the toolchain in use has the standard library for the browser.
has_wasm_std() {
  local dir
  dir=$(rustc --print target-libdir --target "$WASM_TARGET" 2>/dev/null) && compgen -G "$dir/libcore-*.rlib" >/dev/null
}

# Prints the toolchain that builds the page, nothing for the usual one; fails if there is none.
# AKOPLAN_WASM=debian skips the usual one.
wasm_toolchain() {
  if [[ ${AKOPLAN_WASM:-} != debian ]] && has_wasm_std; then
    return 0
  fi
  RUSTUP_TOOLCHAIN=$DEBIAN_TOOLCHAIN has_wasm_std && echo "$DEBIAN_TOOLCHAIN"
}
