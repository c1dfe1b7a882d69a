# Compiles one file of src/ with the extension's own flags and warnings as errors, into a file of its own.
include Makefile
.PHONY: one
.DEFAULT_GOAL := one
one: ; $(CC) $(CFLAGS) $(CPPFLAGS) -Werror -c -o $(OUT) $(SRC)
