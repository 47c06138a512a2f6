# One command for each goal; `make help` lists them. The work is in scripts/.
SHELL := bash
.DEFAULT_GOAL := help
# Steps print their headings in order, and cargo uses all cores by itself.
.NOTPARALLEL:

PORT ?= 8080
STEP := scripts/step.sh
WEB := scripts/web.sh
WASM := --target wasm32-unknown-unknown --features web --bin akoplan-web --bin akoplan-truth
# In continuous integration the lock file has to fit; at the desk cargo may bring it up to date.
LOCKED := $(if $(CI),--locked)
BROWSER_TESTS ?= $(sort $(wildcard tests/browser/*.test.mjs))

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

# ---- using it

.PHONY: run
run: setup-page page ## build the page and serve it on http://127.0.0.1:8080/ (PORT=… for another)
	@exec node scripts/serve.mjs dist --port $(PORT)

.PHONY: dist
dist: setup-page page ## build dist/, a folder for any static web server, under any path
	@echo "dist/ is ready: copy its content to your web server"

.PHONY: dev
dev: setup-page ## serve a debug build, rebuilt and reloaded at each change of a file
	@$(WEB) trunk serve --port $(PORT) --public-url / --dist target/dev-page

# ---- checking it

.PHONY: test
test: setup-core fmt lint unit setup-browser lint-page page truth browser ## check everything: formatting, lints, core, page, browser
	@echo; echo "everything passed"

.PHONY: fmt
fmt: ## check the formatting (cargo fmt mends it)
	@$(STEP) "Formatting" cargo fmt --all --check

.PHONY: lint
lint: ## clippy on the core, the command line and the tests
	@$(STEP) "Clippy: core, command line, tests" cargo clippy --quiet $(LOCKED) --all-targets -- -D warnings

.PHONY: unit
unit: ## the tests of the core and the command line
	@$(STEP) "Tests: core and command line" cargo test --quiet $(LOCKED)

.PHONY: lint-page
lint-page: ## clippy on the page, as the browser gets it
	@$(STEP) "Clippy: page" $(WEB) cargo clippy --quiet $(LOCKED) $(WASM) -- -D warnings

.PHONY: truth
truth: ## the core in the browser answers as the native one, byte for byte
	@$(STEP) "Tests: one truth, WebAssembly and native" scripts/truth.sh

.PHONY: browser
browser: ## the tests in Chromium on dist/ (BROWSER_TESTS=file for one)
	@$(STEP) "Tests: page in Chromium" node --test --test-concurrency=1 --test-reporter=spec $(BROWSER_TESTS)

.PHONY: fuzz
fuzz: setup-fuzz ## feed the core with mutated text (TARGET=predict for one, RUNS=2000000)
	@scripts/fuzz.sh $(TARGET)

.PHONY: bless
bless: ## accept what the golden tests print now; read the diff
	@$(STEP) "Golden tests: accept" env UPDATE_EXPECT=1 cargo test --quiet $(LOCKED)
	@git status --short -- src tests docs

# ---- looking at it

.PHONY: size
size: setup-page page ## what the first load costs, part by part, against the budget
	@node scripts/size.mjs dist

.PHONY: screenshot
screenshot: setup-browser page ## make the picture of the README
	@$(STEP) "Screenshot" node scripts/screenshot.mjs

.PHONY: clean
clean: ## remove what was built here (the tools stay)
	rm -rf target dist

# ---- the steps behind

.PHONY: setup
setup: setup-all ## install everything that is missing
.PHONY: setup-core setup-page setup-browser setup-fuzz setup-all
setup-core setup-page setup-browser setup-fuzz setup-all: setup-%:
	@$(STEP) "Set-up: $*" scripts/setup.sh $*

# The page is built again when one of its sources is newer than the last build's *start*:
# a file saved while cargo was running counts as not yet built.
PAGE_SOURCES := index.html Trunk.toml Cargo.toml Cargo.lock package-lock.json \
	$(shell find src static docs/rules.md scripts/web.sh scripts/dev-csp.mjs scripts/bundle-editor.mjs -type f)
.PHONY: page force
page: target/page.built
target/page.built: $(PAGE_SOURCES) $(if $(wildcard dist/index.html),,force)
	@mkdir -p target && touch target/page.started
	@rm -rf "$${CARGO_TARGET_DIR:-target}/wasm-bindgen"  # Trunk would copy JavaScript pieces of earlier builds, too
	@$(STEP) "Page: Trunk, release" $(WEB) trunk build --release $(LOCKED)
	@mv target/page.started $@
