/*
 * memcheck.h -- lets AddressSanitizer see what a server compiled with USE_VALGRIND tells valgrind.
 *
 * The server's allocators say which bytes of a block belong to a chunk that is in use, and its buffer manager which
 * pages are pinned. Here these requests become poisoning, so that one byte beyond a palloc'd chunk is seen at once,
 * as it is beyond a malloc'd one. It stands in for the header of this name that valgrind has.
 */
#ifndef PORTEXT_TEST_MEMCHECK_H
#define PORTEXT_TEST_MEMCHECK_H

#include <sanitizer/asan_interface.h>

#define VALGRIND_MAKE_MEM_NOACCESS(at, size)		ASAN_POISON_MEMORY_REGION(at, size)
#define VALGRIND_MAKE_MEM_UNDEFINED(at, size)		ASAN_UNPOISON_MEMORY_REGION(at, size)
#define VALGRIND_MAKE_MEM_DEFINED(at, size)			ASAN_UNPOISON_MEMORY_REGION(at, size)
#define VALGRIND_MEMPOOL_ALLOC(pool, at, size)		ASAN_UNPOISON_MEMORY_REGION(at, size)
#define VALGRIND_MEMPOOL_CHANGE(pool, was, at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)

/* The allocators have poisoned a freed chunk already; ASan knows nothing of undefined bytes. */
#define VALGRIND_MEMPOOL_FREE(pool, at)				((void) 0)
#define VALGRIND_CREATE_MEMPOOL(pool, redzone, zeroed) ((void) 0)
#define VALGRIND_DESTROY_MEMPOOL(pool)				((void) 0)
#define VALGRIND_MEMPOOL_TRIM(pool, at, size)		((void) 0)
#define VALGRIND_CHECK_MEM_IS_DEFINED(at, size)		((void) 0)
#define VALGRIND_GET_VBITS(at, bits, size)			0
#define VALGRIND_COUNT_ERRORS						0
#define VALGRIND_DISABLE_ERROR_REPORTING			((void) 0)
#define VALGRIND_ENABLE_ERROR_REPORTING				((void) 0)
#define VALGRIND_PRINTF(...)						((void) 0)
#define RUNNING_ON_VALGRIND							0

#endif							/* PORTEXT_TEST_MEMCHECK_H */
