# portext: build, install, demo, tests. See README.md for what each target does.

EXTENSION  = portext
EXTVERSION = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(EXTENSION).control)

MODULE_big = $(EXTENSION)
OBJS       = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c)))

# The install script is the numbered parts in order; the facts become part 60.
DATA_SQL   = $(if $(wildcard data/csv2sql),sql/install/60-data.sql)
PARTS      = $(sort $(wildcard sql/install/*.sql) $(DATA_SQL))
DATA       = $(wildcard sql/update/*--*--*.sql)
DATA_built = sql/$(EXTENSION)--$(EXTVERSION).sql
EXTRA_CLEAN = $(DATA_built) $(DATA_SQL) build

REGRESS      = $(sort $(patsubst test/sql/%.sql,%,$(wildcard test/sql/*.sql)))
REGRESS_OPTS = --inputdir=test --load-extension=postgis --load-extension=$(EXTENSION)

PG_CFLAGS += -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
# Contracted multiply-adds would change the last bit between compilers and processors. The bitcode for JIT is
# compiled with CPPFLAGS alone.
PG_CPPFLAGS += -ffp-contract=off -DPORTEXT_VERSION='"$(EXTVERSION)"'

.DEFAULT_GOAL := all

# These targets install what is missing, so they must work before pg_config exists. PGXS has a check of its own
# that says "not supported", so it is left out when one of these is asked for.
ifneq ($(filter demo demo-stop check bench,$(MAKECMDGOALS)),)
.PHONY: demo demo-stop check bench
demo:      ; @test/demo/demo.sh
demo-stop: ; @test/demo/stop.sh
check:     ; @test/check.sh $(TESTS)
bench:     ; @test/bench/bench.sh

else
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifneq ($(wildcard $(PGXS)),)
include $(PGXS)
else
.PHONY: all install installcheck clean
all install installcheck clean:
	@echo "pg_config or the server headers are missing: install postgresql-server-dev-NN, or run make demo as root" >&2; exit 1
endif
endif

sql/install/60-data.sql: data/csv2sql data/tables.list $(wildcard data/*.csv)
	data/csv2sql data/tables.list > $@.tmp && mv $@.tmp $@

$(DATA_built): $(PARTS)
	cat $^ > $@

$(OBJS): $(wildcard src/*.h) portext.control
