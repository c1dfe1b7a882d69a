# What run.sh needs to know of AddressSanitizer and UndefinedBehaviorSanitizer. A report ends the process, and with it all
# sessions of the server: no test passes that.
export ASAN_OPTIONS="detect_leaks=0:abort_on_error=1:allocator_may_return_null=1" UBSAN_OPTIONS="print_stacktrace=1"
SIGN='ERROR: AddressSanitizer|runtime error:'
FAULTS=
for size in 1 7 8 13 16 100 1024 8000 9001 100000; do
	for fault in "write after" "read after" "read after repalloc" "read freed"; do
		FAULTS+="$fault $size|AddressSanitizer: (use-after-poison|heap-buffer-overflow|heap-use-after-free)"$'\n'
	done
done
FAULTS+="read after reset|AddressSanitizer: (use-after-poison|heap-use-after-free)
read after delete|AddressSanitizer: (use-after-poison|heap-use-after-free)
read after malloc|AddressSanitizer: heap-buffer-overflow|insufficient space
read after stack|AddressSanitizer: stack-buffer-overflow|insufficient space
read after global|AddressSanitizer: global-buffer-overflow|insufficient space
shift|runtime error: shift exponent
misaligned|runtime error: load of misaligned address"
export SIGN FAULTS
# With CI=true: of the tests with programs of their own those that bring values in and out, or make large ones.
CI_TESTS='^(sql|tap)/|^client/(binary-copy|composition-binary|encodings|stored_values|copy_mutation|odd_arguments|cancel)\.'
