# portext: build, install, demo, tests. README.md says what each target does.

EXTENSION  = portext
EXTVERSION = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(EXTENSION).control)

MODULE_big = $(EXTENSION)
OBJS       = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c)))

# The install script is the numbered parts in order; the facts become part 60, the audit part 75.
DATA_SQL   = $(if $(wildcard data/csv2sql),sql/install/60-data.sql)
AUDIT_SQL  = sql/install/75-audit.sql
PARTS      = $(sort $(wildcard sql/install/*.sql) $(DATA_SQL) $(AUDIT_SQL))
DATA       = $(wildcard sql/update/*--*--*.sql)
DATA_built = sql/$(EXTENSION)--$(EXTVERSION).sql

# Everything the tests and the demo write goes to build/. "make clean" leaves build/demo.server, by which
# "make demo-stop" finds its server.
EXTRA_CLEAN = $(DATA_built) $(DATA_SQL) $(AUDIT_SQL) $(filter-out build/demo.server,$(wildcard build/*))

# Before 16 pg_regress looks for expected/ in the output directory, so a link stands there.
REGRESS      = $(sort $(patsubst test/sql/%.sql,%,$(wildcard test/sql/*.sql)))
REGRESS_OPTS = --inputdir=test --outputdir=build --load-extension=postgis --load-extension=$(EXTENSION)
REGRESS_PREP = build/expected

# Contracted multiply-adds would change the last bit between compilers and processors. The bitcode for JIT is
# compiled with CPPFLAGS alone.
PG_CFLAGS   += -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
PG_CPPFLAGS += -ffp-contract=off -DPORTEXT_VERSION='"$(EXTVERSION)"'

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
OWN  := check check-clients check-updated check-crash fuzz check-sqlsmith check-static check-sanitize check-valgrind check-versions check-package check-citus deb demo demo-stop bench bench-scale calibrate

# Our own targets install what is missing, so they must work before pg_config exists; and PGXS has a "check" of
# its own. So a run that asks for one of them does without PGXS, and runs any other goal as a make of its own.
ifneq ($(filter $(OWN),$(MAKECMDGOALS)),)
.PHONY: $(MAKECMDGOALS)
demo:      ; @test/demo/demo.sh
demo-stop: ; @test/demo/stop.sh
check:     ; @test/check.sh $(TESTS)
check-clients: ; @test/check_clients.sh $(TESTS)
check-updated: ; @UPDATED=1 test/check.sh $(or $(TESTS),sql tap)
check-crash: ; @test/crash/crash.sh
fuzz:      ; @test/fuzz/fuzz.sh
check-static: ; @test/static/check.sh
check-sanitize: ; @test/sanitize/run.sh asan $(TESTS)
check-valgrind: ; @test/sanitize/run.sh valgrind $(TESTS)
check-sqlsmith: ; @test/sqlsmith/sqlsmith.sh
bench:     ; @test/bench/bench.sh
bench-scale: ; @test/bench/scale.sh
check-citus: ; @test/check_citus.sh
calibrate: ; @test/calibrate/calibrate.sh
check-versions: ; @test/check_versions.sh
deb:       ; @debian/build.sh
check-package: ; @test/check_package.sh
$(filter-out $(OWN),$(MAKECMDGOALS)): ; @$(MAKE) --no-print-directory $@
else ifneq ($(wildcard $(PGXS)),)
include $(PGXS)
else
.PHONY: all install installcheck clean
all install installcheck clean:
	@echo "pg_config or the server headers are missing: install postgresql-server-dev-NN, or run make demo as root" >&2; exit 1
endif

sql/install/60-data.sql: data/csv2sql data/tables.list data/VERSION sql/install/50-tables.sql $(wildcard data/*.csv)
	data/csv2sql data/tables.list > $@.tmp && mv $@.tmp $@

sql/install/75-audit.sql: data/claim.csv $(wildcard data/audit/*)
	data/audit/assemble data/audit data/claim.csv > $@.tmp && mv $@.tmp $@

# The directory stands for parts that are gone.
$(DATA_built): $(PARTS) sql/install
	cat $(PARTS) > $@

$(OBJS) $(OBJS:.o=.bc): $(wildcard src/*.h) portext.control

# The loaders go beside the server's files, for psql -f.
install: install-load
uninstall: uninstall-load
.PHONY: install-load uninstall-load
install-load:
	$(MKDIR_P) '$(DESTDIR)$(datadir)/$(EXTENSION)'
	$(INSTALL_DATA) $(wildcard sql/load/*.sql) '$(DESTDIR)$(datadir)/$(EXTENSION)/'
uninstall-load:
	rm -rf '$(DESTDIR)$(datadir)/$(EXTENSION)'

build/expected:
	mkdir -p build && ln -sfn ../expected $@
