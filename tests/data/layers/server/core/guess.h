/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing is wrong with this one. */
#ifndef HAILONG_GUESS_H
#define HAILONG_GUESS_H
#endif
