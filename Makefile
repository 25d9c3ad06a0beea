# accessreview: everything there is to do here. `make` alone lists it.

SWIFT ?= swift
PREFIX ?= /usr/local
PROGRAM = .build/release/accessreview
DEMO = .build/demo
GENERATOR = Sources/CActionCatalogData/Generator
export REPORT_FORMATS

# Homebrew keeps what macOS has an own version of out of the compiler's sight.
ifeq ($(shell uname),Darwin)
BREW := $(shell brew --prefix 2>/dev/null)
KEGS := $(BREW) $(addprefix $(BREW)/opt/,sqlite openssl@3 zlib)
space := $(subst ,, )
export CPATH := $(subst $(space),:,$(addsuffix /include,$(KEGS)))
export LIBRARY_PATH := $(subst $(space),:,$(addsuffix /lib,$(KEGS)))
else
STATIC := --static-swift-stdlib
endif

.DEFAULT_GOAL := help
.PHONY: help setup build demo test lint format catalogue check-catalogue check-managed check-collect reports picture bench truth install clean

help: ## list what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: build ## review the sample organisation; the last line says where the report is
	@.ci/review-samples $(CURDIR)/$(PROGRAM) $(CURDIR)/$(DEMO)
	@echo "Report: $(CURDIR)/$(DEMO)/report.html"

test: setup ## run all tests
	@.ci/setup python shell
	@$(SWIFT) build --build-tests
	@if .ci/packages $(GENERATOR)/requirements.txt .venv/packages; then \
	  $(MAKE) --no-print-directory check-catalogue PROGRAM=.build/debug/accessreview; \
	else \
	  echo "The packages that the catalogue is made from cannot be had, so it was not checked." >&2; \
	fi
	@if .ci/venv Tests/requirements.txt .venv/tests; then \
	  $(MAKE) --no-print-directory check-managed check-collect PROGRAM=.build/debug/accessreview; \
	else \
	  echo "The stand-in for AWS cannot be had, so neither the script that collects nor AWS's managed policies were tried." >&2; \
	fi
	@$(SWIFT) test --disable-xctest

catalogue: build ## make the tables of actions again and compare, resolve all known operations (PACKAGES=folder of wheels)
	@.ci/setup python
	@$(if $(PACKAGES),true,.ci/packages $(GENERATOR)/requirements.txt .venv/packages)
	@$(MAKE) --no-print-directory check-catalogue

check-catalogue:
	@python3 -B $(GENERATOR)/generate.py --packages $(or $(PACKAGES),.venv/packages) --check
	@python3 -B Tests/Support/check_catalogue.py --program $(PROGRAM) --packages $(or $(PACKAGES),.venv/packages)

check-managed:
	@.venv/tests/bin/python -B Tests/Support/check_managed_policies.py --program $(PROGRAM)

check-collect:
	@.venv/tests/bin/python -B Tests/Support/check_collect_script.py --program $(PROGRAM)

setup: ## install missing system packages (Debian) or say what is missing
	@.ci/setup

build: setup ## build the program, optimised: .build/release/accessreview
	@$(SWIFT) build --configuration release --product accessreview

lint: setup ## check format, module walls and the sample trails
	@.ci/setup python
	@$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	@.ci/check-imports
	@python3 -B Tests/Support/make_sample_trails.py --check

format: ## format all Swift files
	@$(SWIFT) format --in-place --recursive Sources Tests Package.swift

reports: build ## write Reports/ anew from SampleTrails
	@REPORT_FORMATS="html json" .ci/review-samples $(CURDIR)/$(PROGRAM) $(CURDIR)/.build/reports
	@mkdir -p Reports
	@cp .build/reports/report.* Reports/
	@git status --short Reports

picture: ## take Reports/report.png, the picture in the README, with Chromium
	@.ci/picture Reports/report.html Reports/report.png

bench: build ## measure import beside DuckDB, and what policies cost (ROUNDS=5, EVENTS=300000)
	@.ci/setup python
	@.ci/venv Benchmarks/requirements.txt .venv/bench
	@.ci/venv Tests/requirements.txt .venv/tests
	@.venv/tests/bin/python -B Benchmarks/policies.py --program $(PROGRAM) --peer .venv/bench/bin/python --rounds $(or $(ROUNDS),5)
	@.venv/bench/bin/python -B Benchmarks/bench.py --program $(PROGRAM) --rounds $(or $(ROUNDS),5) --events $(or $(EVENTS),300000)

truth: build ## compare the store with the truth of large generated organisations (SEEDS="7 11 23", EVENTS=300000)
	@.ci/setup python
	@python3 -B Tests/Support/check_truth.py --program $(PROGRAM) --events $(or $(EVENTS),300000) --seeds $(or $(SEEDS),7 11 23)

install: ## build with the Swift libraries inside, and install to PREFIX (/usr/local)
	@.ci/setup
	@$(SWIFT) build --configuration release --product accessreview $(STATIC) --scratch-path .build/install
	@install -d "$(DESTDIR)$(PREFIX)/bin"
	@install -m 755 .build/install/release/accessreview "$(DESTDIR)$(PREFIX)/bin/accessreview"
	@echo "Installed: $(DESTDIR)$(PREFIX)/bin/accessreview"

clean: ## remove what was built, the demo and the Python environments
	@rm -rf .build .venv
