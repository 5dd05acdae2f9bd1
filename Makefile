# Everything that is done to the house more than once. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

GO        ?= go
PACKAGES  ?= ./...
FUZZTIME  ?= 1000000x
VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
GO_FILES  := $(shell git ls-files -co --exclude-standard '*.go' 2>/dev/null)

.PHONY: all
all: check test build ## check, test, build

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

.PHONY: build
build: ## make bin/tengyun
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/ ./cmd/tengyun

.PHONY: check
check: tidy-check bin/staticcheck ## gofmt, vet, staticcheck
	@unformatted="$$(gofmt -s -l $(GO_FILES))"; \
	if [ -n "$$unformatted" ]; then echo "not formatted (make fmt):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	bin/staticcheck ./...

.PHONY: fmt
fmt: ## format the Go files
	gofmt -s -w $(GO_FILES)

.PHONY: lint
lint: bin/golangci-lint ## golangci-lint, by .golangci.yml
	bin/golangci-lint run ./...

.PHONY: tidy-check
tidy-check: ## fail if go.mod or go.sum is not what the sources need
	$(GO) mod tidy -diff
	cd tools && $(GO) mod verify

.PHONY: test
test: cc node packer ## every test, with the race detector, the npm clients and packer
	E2E_CLIENTS=all $(GO) test -race -shuffle=on $(PACKAGES)

.PHONY: e2e
e2e: node packer ## only the clients against a running emulator
	E2E_CLIENTS=all $(GO) test -count=1 ./e2e

.PHONY: update
update: ## rewrite what the scenarios expect; read the diff
	$(GO) test ./scenario -update

.PHONY: generate
generate: ## rewrite README's tables and the lists of gaps; read the diff
	$(GO) test . -run 'TestGenerated' -update

.PHONY: fuzz
fuzz: ## each fuzz test for FUZZTIME (1000000x: executions; or 30s)
	@grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u | while read -r dir; do \
	  grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$$dir"/*_test.go | cut -c6- | while read -r target; do \
	    echo "== $$dir $$target"; \
	    $(GO) test "$$dir" -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME); \
	  done; \
	done

.PHONY: bench
bench: ## the speed of the house, as ratios of one run
	$(GO) run ./e2e/bench

.PHONY: cover
cover: ## coverage of the tests, in coverage.html
	$(GO) test -coverpkg=./... -coverprofile=coverage.out $(PACKAGES)
	$(GO) tool cover -func=coverage.out | tail -1
	$(GO) tool cover -html=coverage.out -o coverage.html

.PHONY: catalog-check
catalog-check: npm ## fail if the catalog is not what the pinned packages say
	$(MAKE) -C tools/catalog check

.PHONY: clean
clean: ## remove what the other targets made
	rm -rf bin coverage.* e2e/node/node_modules tools/catalog/node_modules

# The race detector is linked by a C compiler.
.PHONY: cc
cc:
	@command -v "$${CC:-gcc}" >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev; \
	  else echo "the race detector needs gcc: install it, or run 'go test ./...', which does without" >&2; exit 1; fi; }

# Debian's packer, a program of others with CVM and VPC clients of its own.
.PHONY: packer
packer:
	@command -v packer >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends packer; \
	  else echo "one test needs packer: install it, or run 'go test ./...', which leaves that test out" >&2; exit 1; fi; }

# The npm clients, from their lockfile.
.PHONY: node
node: e2e/node/node_modules/.package-lock.json

e2e/node/node_modules/.package-lock.json: e2e/node/package.json e2e/node/package-lock.json | npm
	cd e2e/node && npm ci --no-audit --no-fund

# Node comes from Debian where there is none and we may install it.
.PHONY: npm
npm:
	@command -v npm >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm; \
	  else echo "this needs Node.js 18 or newer and npm: install them, or run 'go test ./...', which does without" >&2; exit 1; fi; }

# The tools, at the versions of tools/go.mod.
bin/staticcheck: tools/go.mod
	cd tools && $(GO) build -o ../bin/ honnef.co/go/tools/cmd/staticcheck
	@touch $@

bin/golangci-lint: tools/go.mod
	cd tools && $(GO) build -o ../bin/ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@
