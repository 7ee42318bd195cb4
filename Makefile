# `make help` lists what can be asked for. Everything sets itself up; nothing is built twice.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Where the compiler works.
BUILD ?= .build
# How many tests run at once. Without a limit all of them begin together, and each waits between two steps of its own
# until hundreds of others have had a turn: minutes on a slow machine, in which leases end and clients give up.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 4
# A customer file for `make demo`; without one, the simulated bank.
DATA ?=
# Its yes/no column; without one, it is found by its name.
TARGET ?=

# Without the lines that only a debugger reads: what is given away is stripped of them.
lean = -debug-info-format none
swift_build = swift build --scratch-path "$(BUILD)" $(lean) --product retain
# By name: all tests together with all of the dependencies' programs would take ten minutes more.
swift_tests = swift build --scratch-path "$(BUILD)" $(lean) -c release --product retainPackageTests
# The measuring programs are a package of their own, compiled with what `make build` compiled. SwiftPM would take one
# package's plan for the other's, so each begins with none.
plan = $(BUILD)/release/description.json
swift_benchmark = trap 'rm -f "$(plan)"' EXIT; rm -f "$(plan)"; \
	swift build --package-path Benchmarks --scratch-path "$(abspath $(BUILD))" $(lean) -c release --product
release = $(BUILD)/release/retain
debug = $(BUILD)/debug/retain
sources = Sources Tests $(wildcard Benchmarks) Package.swift

.PHONY: help setup demo build test lint format determinism main-job interop python-test spark-test spark-cost desk-test desk-load load load-picture replicas fuzz bench bench-serving bench-reasons bench-forms bench-trees bench-python quality drift-study decision-study fixtures clean \
	image image-test bare-debian dist wheel bare-wheel checksums check-version check-size check-delivery kubernetes check-docs docs reference picture requirements pipeline step-data step-drift step-train step-gate step-summary

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## install missing system packages, check the Swift toolchain
	@Scripts/setup.sh

demo: setup ## the main job from nothing on simulated customers; DATA=file.csv [TARGET=column] for your own
	@if [[ -n "$(DATA)" && ! -r "$(DATA)" ]]; then echo "DATA=$(DATA): no such file" >&2; exit 1; fi
	@$(swift_build) -c release
	@"$(release)" demo --output retain-demo $(if $(DATA),--data "$(DATA)") $(if $(TARGET),--target "$(TARGET)")

build: setup ## build the release program
	@$(swift_build) -c release
	@echo "built $(release)"

test: setup lint ## lint, then all tests, optimised
	@$(swift_tests)
	@Scripts/run-tests.sh "$(BUILD)"

lint: ## check the format, strictly, and the rules of CONTRIBUTING.md that a script can check
	@swift format lint --strict -r $(sources)
	@python3 Scripts/check-rules.py
	@python3 Scripts/check-layout.py

format: ## put the sources into the house's format
	@swift format -i -r $(sources)

determinism: setup ## same bytes in debug and release, on 1 and 2 threads, without glibc's FMA variants
	@$(swift_build) -c release
	@$(swift_build) -c debug
	@Scripts/prove-determinism.sh "$(release)" "$(debug)"

main-job: setup ## prove the main job on the bank's real file, DATA=Customer-Churn-Records.csv
	@if [[ ! -r "$(DATA)" ]]; then echo "say which file: make main-job DATA=file.csv" >&2; exit 1; fi
	@$(swift_build) -c release
	@Scripts/prove-main-job.sh "$(release)" "$(DATA)"

# Where the Python peers and the bank's file lie, if they are there.
SHARED ?= ../shared
interop: DATA := $(or $(DATA),$(wildcard $(SHARED)/data/Customer-Churn-Records.csv))
interop: setup ## prove that MLflow 2 and 3 and Retain understand each other, with real servers on loopback
	@$(swift_build) -c release
	@$(swift_tests)
	@data="$(DATA)"; if [[ -z "$$data" ]]; then data=$$(mktemp --suffix .csv); "$(release)" simulate --rows 10000 --seed 42 -o "$$data"; fi; \
		Scripts/interop/prove.sh "$(release)" "$$data" swift test --scratch-path "$(BUILD)" -c release --disable-xctest \
		--skip-build; \
		Scripts/interop/service.sh "$(release)" "$$data"

python-test: setup ## test the Python package: pandas, polars, Arrow, scikit-learn, with the release program
	@$(swift_build) -c release
	@Scripts/python/test.sh "$(release)"

# How many customers `make spark-test` and `make spark-cost` score.
ROWS ?= 100000
spark-test: setup ## score with Spark on real executors, kill them and the program, run the examples; ROWS=1000000 for more than 100,000 customers, CLUSTER=standalone for a master and two workers
	@$(swift_build) -c release
	@RETAIN_SPARK_ROWS="$(ROWS)" Scripts/python/$(if $(CLUSTER),spark-standalone.sh,spark-test.sh) "$(release)"

# How many executors, of one core each, do the work for `make spark-cost`.
WORKERS ?= 2
spark-cost: setup ## measure what scoring costs within Spark; ROWS=1000000, WORKERS=1
	@$(swift_build) -c release
	@Scripts/python/spark-cost.sh "$(release)" "$(ROWS)" "$(WORKERS)"

desk-test: setup ## walk the desk in a real browser, in both languages, narrow and wide, light and dark; SHORT=1 in two of these forms
	@$(swift_build) -c release
	@Scripts/desk/test.sh "$(release)" $(if $(SHORT),--short)

desk-load: setup ## 20 people click through the desk beside 1,000 predictions a second
	@$(swift_build) -c release
	@Scripts/desk/load.sh "$(release)"

load: ## 500 users of Locust, a constant rate, and more than it can do; the report goes to load-report/
	@Scripts/setup.sh wrk
	@$(swift_build) -c release
	@Scripts/load/load.sh "$(release)" load-report

# How long the services are asked.
SECONDS_OF_REPLICAS ?= 60
replicas: ## two services with one PostgreSQL behind nginx: one is killed, the database too, and nothing is lost
	@Scripts/setup.sh nginx
	@$(swift_build) -c release
	@python3 Scripts/replicas/prove.py "$(release)" "$(SECONDS_OF_REPLICAS)"

load-picture: load ## the same, and take docs/pictures/load.png anew, with Chromium
	@Scripts/docs/screenshot.sh load-report/locust.html docs/pictures/load.png 1100,2000

# How long the fuzzer tries.
FUZZ_SECONDS ?= 600
fuzz: setup ## try to break the readers of requests with libFuzzer, FUZZ_SECONDS=600
	@Scripts/fuzz.sh "$(abspath $(BUILD))-fuzz" "$(FUZZ_SECONDS)"

bench: DATA := $(or $(DATA),$(wildcard $(SHARED)/data/Customer-Churn-Records.csv))
bench: setup ## measure, and write docs/performance.md anew; PEERS=path-to-python adds the Python peers
	@$(swift_build) -c release
	@$(swift_benchmark) measure
	@python3 Scripts/bench.py --retain "$(release)" --measure "$(BUILD)/release/measure" \
		$(if $(DATA),--data "$(DATA)") $(if $(PEERS),--peers "$(PEERS)" --peer-scripts "$(SHARED)/peers")

bench-serving: DATA := $(or $(DATA),$(wildcard $(SHARED)/data/Customer-Churn-Records.csv))
bench-serving: ## measure the service beside nginx, and with PEERS=path-to-python beside FastAPI; PROGRAM=path for another than this build
	@Scripts/setup.sh wrk nginx
	@$(swift_build) -c release
	@data="$(DATA)"; if [[ -z "$$data" ]]; then data=$$(mktemp --suffix .csv); "$(release)" simulate --rows 10000 --seed 42 --complain -o "$$data"; fi; \
		python3 Scripts/bench_serving.py --retain "$(or $(PROGRAM),$(release))" --data "$$data" \
		$(if $(PEERS),--peers "$(PEERS)" --peer-scripts "$(SHARED)/peers")

bench-forms: setup ## measure scoring of other forms than plain CSV; PEERS=path-to-python with pyarrow
	@$(swift_build) -c release
	@"$(or $(PEERS),python3)" Scripts/bench_forms.py --retain "$(or $(PROGRAM),$(release))"

bench-python: setup ## measure scoring from Python beside the bare program
	@$(swift_build) -c release
	@Scripts/python/python.sh python "$(release)" ../Scripts/bench_python.py --retain "$(abspath $(release))"

bench-trees: setup ## measure the default model's trees beside CatBoost; PEERS=path-to-python with Scripts/quality/requirements.txt
	@$(swift_build) -c release
	@"$(or $(PEERS),python3)" Scripts/bench_trees.py --retain "$(release)"

bench-reasons: DATA := $(or $(DATA),$(wildcard $(SHARED)/data/Customer-Churn-Records.csv))
bench-reasons: ## measure exact reasons beside shap; PEERS=path-to-python with Scripts/fixtures/reasons.requirements.txt
	@$(swift_build) -c release
	@data="$(DATA)"; if [[ -z "$$data" ]]; then data=$$(mktemp --suffix .csv); "$(release)" simulate --rows 10000 --seed 42 -o "$$data"; fi; \
		"$(or $(PEERS),python3)" Scripts/bench_reasons.py --retain "$(or $(PROGRAM),$(release))" --data "$$data"

# Other companies' files for `make quality`; without them it leaves their part out.
SETS ?= $(SHARED)/data/development
quality: DATA := $(or $(DATA),$(wildcard $(SHARED)/data/Customer-Churn-Records.csv))
quality: setup ## rerun the comparison of models on the fixed folds and on the files of SETS, and write docs/quality.md anew
	@if [[ ! -r "$(DATA)" ]]; then echo "say which file: make quality DATA=file.csv" >&2; exit 1; fi
	@$(swift_build) -c release
	@python3 Scripts/quality.py --retain "$(release)" --data "$(DATA)" --sets "$(SETS)" --output docs/quality.md

drift-study: setup ## simulate false alarms, power and delay of the drift tests, and write docs/drift.md anew; half an hour and more
	@$(swift_benchmark) drift-study
	@python3 Scripts/drift-study.py --study "$(BUILD)/release/drift-study"

decision-study: setup ## simulate campaigns whose truth is known, and write docs/worth.md anew; some ten minutes
	@$(swift_build) -c release
	@$(swift_benchmark) decision-study
	@python3 Scripts/decision-study.py --retain "$(release)" --study "$(BUILD)/release/decision-study"

image-test: ## build the container and prove it: size, user, read-only root, /predict, SIGTERM
	@Scripts/image/prove.sh

image: ## build the container
	@Scripts/image/build.sh

bare-debian: ## walk README's commands on a bare Debian with the toolchain, and tell how long that takes
	@Scripts/image/bare-debian.sh

# Where what a release gives away goes to.
DIST ?= dist
dist: ## pack the image's program: DIST=dist/retain-VERSION-linux-MACHINE.tar.gz, checksums, bill of materials
	@Scripts/dist.sh "$(DIST)"

wheel: ## make the Python wheel of the image's program, and use it in an empty environment: DIST=dist; PROGRAM=.build/static/retain for one that Scripts/build-static.sh built
	@Scripts/wheel/build.sh "$(DIST)" $(if $(PROGRAM),"$(PROGRAM)")
	@# Where no image can be built, the first has said so.
	@if compgen -G "$(DIST)/retain_churn-*.whl" >/dev/null; then Scripts/wheel/prove.sh "$(DIST)"/retain_churn-*.whl; fi

bare-wheel: ## install DIST's wheel on a bare Debian with Python, and walk README's first commands there, timed
	@Scripts/wheel/bare-debian.sh "$(DIST)"/retain_churn-*.whl

checksums: ## write SHA256SUMS for the files of DIST=dist
	@Scripts/checksums.sh "$(DIST)"

check-version: ## hold TAG=vX.Y.Z against the version that the program says
	@Scripts/check-version.sh "$(TAG)"

check-size: setup ## hold the release program's size against its limit
	@$(swift_build) -c release
	@Scripts/check-size.sh "$(release)"

check-delivery: setup ## check compose.yaml, dashboard, alerts, workflows and environments against the real service
	@$(swift_build) -c release
	@Scripts/delivery/check.sh "$(release)"

kubernetes: setup ## check deploy/kubernetes against Kubernetes, KServe, the program and its image, and play its pods here
	@$(swift_build) -c release
	@Scripts/kubernetes/check.sh "$(release)"

check-docs: setup ## run the commands of the documents, and check that they are current
	@$(swift_build) -c release
	@Scripts/docs/check.sh "$(release)"

reference: setup ## write docs/configuration.md and README.md's numbers and exit codes anew
	@$(swift_build) -c release
	@python3 Scripts/docs/configuration.py "$(release)" --write
	@python3 Scripts/docs/exit_codes.py "$(release)" --write
	@python3 Scripts/docs/numbers.py --write

picture: setup ## take the pictures of the desk and of the report in docs/pictures/ anew, with Chromium
	@$(swift_build) -c release
	@Scripts/setup.sh chromium faketime
	@"$$(Scripts/interop/environments.sh desk)/desk/bin/python" Scripts/desk/pictures.py "$(release)" docs/pictures
	@Scripts/docs/picture.sh "$(release)" docs/pictures/report.png

requirements: ## write requirements.txt and environment.yml from the lists that the proofs install
	@"$$(Scripts/interop/environments.sh delivery)/delivery/bin/python" Scripts/delivery/check_environments.py --write

docs: setup ## DocC pages for every target, without a warning; DOCS=.build/docs says where
	@$(swift_build) -c release
	@Scripts/docs/docc.sh "$(BUILD)" "$(or $(DOCS),$(BUILD)/docs)"

pipeline: setup ## prove the steps of training in production with a real MLflow server on loopback
	@$(swift_build) -c release
	@Scripts/prove-pipeline.sh "$(release)"

# The steps of .github/workflows/train.yml, after `make build`: step-data, -drift, -train, -gate, -summary.
PIPELINE ?= pipeline
step-data step-drift step-train step-gate step-summary:
	@Scripts/pipeline.sh "$(release)" "$(PIPELINE)" $(@:step-%=%)

fixtures: setup ## write the tests' reference numbers anew, with Keras, scikit-learn and mpmath
	@Scripts/make-fixtures.sh

clean: ## remove what was built and what the demo wrote
	rm -rf "$(BUILD)" retain-demo
