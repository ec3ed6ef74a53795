/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sort that leaves equal elements in their order, which qsort does not
 * promise. */
#ifndef HAILONG_SHARED_SORT_H
#define HAILONG_SHARED_SORT_H

#include <stddef.h>

/* Below 0, 0, above 0, as for qsort. */
typedef int sort_compare(const void *a, const void *b, const void *context);

/* Sorts n elements of size bytes each; a sorted list costs n comparisons. Ends
 * the program when there is no memory for half of them. */
void sort_stable(void *list, size_t n, size_t size, sort_compare *compare,
    const void *context);

#endif
