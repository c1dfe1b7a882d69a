# Compiles one file of src/ with the extension's own flags and warnings as errors, into a file of its own.
# The server was built by gcc and hands on options that clang does not know: EXTRA says to ignore them.
include Makefile
.PHONY: one
.DEFAULT_GOAL := one
one: ; $(CC) $(filter-out -fexcess-precision=standard,$(CFLAGS)) $(CPPFLAGS) -Werror $(EXTRA) -c -o $(OUT) $(SRC)
