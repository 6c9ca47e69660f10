# `make` alone lists the targets. Everything runs in .venv, which is made when it is first needed.
SHELL := /bin/bash
.DEFAULT_GOAL := help

RAW ?= data/raw
OUT ?= data/processed
ARGS ?=
COUNT ?= 300
REV ?= HEAD

# Programs beside Python; an archive without old Word files and scans is read without them.
TESTED := libreoffice-writer-nogui tesseract-ocr tesseract-ocr-rus tesseract-ocr-eng tesseract-ocr-osd

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(FITS)' 2>/dev/null && echo $$python && break; done)

.PHONY: help extract test lint format schema bench bench-ocr evaluate compare lock clean

help: ## показать этот список
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "RAW=папка и OUT=папка задают свой архив: make extract RAW=/архив OUT=/результат"

extract: $(READY) ## прочитать архив RAW (data/raw) и записать таблицы в OUT (data/processed)
	@packages=$$($(BIN)/protokol needs "$(RAW)" 2>/dev/null | paste -sd ' '); [ -z "$$packages" ] || \
	$(MAKE) --no-print-directory .install PACKAGES="$$packages" WHY="нужны для чтения файлов этого архива" 2>/dev/null || \
	echo "Читаю остальное; эти файлы будут названы в таблице files."
	@$(BIN)/protokol extract "$(RAW)" "$(OUT)" $(ARGS)

test: $(READY) ## все тесты
	@packages=$$(for name in $(TESTED); do dpkg-query -W -f '$${db:Status-Status}' $$name 2>/dev/null | \
	grep -qx installed || echo $$name; done | paste -sd ' '); [ -z "$$packages" ] || \
	$(MAKE) --no-print-directory .install PACKAGES="$$packages" WHY="нужны тестам чтения DOC и сканов" 2>/dev/null || \
	echo "Тесты, которым они нужны, будут пропущены."
	@$(BIN)/python -m pytest -n auto --dist worksteal -q $(ARGS)

lint: $(READY) ## проверить стиль и типы
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY) ## исправить, что исправляется само: порядок import и подобное
	$(BIN)/ruff check --fix .

schema: $(READY) ## словарь данных: все таблицы и столбцы
	@$(BIN)/protokol schema

bench-ocr: $(READY) ## сканы: ошибки по видам порчи, рядом с Tesseract и ocrmypdf; записи и даты против печатных файлов
	@$(BIN)/python -m tests.bench_ocr
	@$(BIN)/python -m tests.bench_scans

bench: $(READY) ## скорость: миллисекунды на документ по форматам и этапам
	@$(BIN)/python -m tests.bench "$(RAW)"

evaluate: $(READY) ## правильность: по полям и формам, с уверенностью; COUNT=300 порождённых протоколов
	@$(BIN)/python -m tests.evaluate $(COUNT)

compare: $(READY) ## что изменилось в данных против другой версии: make compare REV=HEAD~1
	@$(BIN)/python -m tests.compare_revisions "$(REV)"

lock: $(READY) ## обновить requirements.lock: точные версии для Python 3.11–3.13 на Linux
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --quiet \
		--generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock" -o requirements.lock

clean: ## убрать .venv и всё построенное; data/ не трогается
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# --no-deps: the lock lists everything, without pymorphy2 that natasha asks for and does not need.
$(READY): requirements.lock pyproject.toml
	@$(if $(PYTHON),,echo "Нужен Python 3.11–3.13: apt install python3 python3-venv (needs Python 3.11 to 3.13)"; exit 1)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory .install-venv
	@[ -x $(BIN)/python ] || { echo "Готовлю окружение $(VENV) (несколько минут, один раз) …"; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Debian keeps venv in a package of its own.
.PHONY: .install-venv .install
.install-venv:
	@$(MAKE) --no-print-directory .install PACKAGES="$$(basename $(PYTHON))-venv" WHY="нужен для окружения $(VENV)"

# Install the Debian packages PACKAGES where we may; fails with a line for the clerk where we may not.
.install:
	@echo "Устанавливаю $(PACKAGES): $(WHY) …"; \
	as_root() { if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo -n "$$@"; fi; }; \
	install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES); }; \
	{ install || { as_root apt-get update -qq && install; }; } >/dev/null 2>&1 || \
	{ echo "Не хватает пакетов: sudo apt install $(PACKAGES) (these packages are missing)"; exit 1; }
