# Builds test/unit/NAME.c, which includes the plain-C sources that it tests, without a server.
build/unit/%: test/unit/%.c $(wildcard src/*.c src/*.h)
	mkdir -p build/unit
	gcc -std=gnu99 -g -O1 -Wall -Wextra -Werror -Wno-unused-parameter -Wno-sign-compare -ffp-contract=off \
		-fsanitize=undefined -fno-sanitize-recover=all -I$(shell $(PG_CONFIG) --includedir-server) -Isrc -o $@ $< -lm
