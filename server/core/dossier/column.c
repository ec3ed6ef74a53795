/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names are those of the exports of several one-stop systems, the surer
 * ones first. A name that may mean two things stands at neither. */
#include "server/core/dossier/column.h"

#include <string.h>
#include <strings.h>
#include "server/core/dossier/dossier_names.h"
#include "server/core/dossier/dossier_time.h"
#include "server/core/text/search_text.h"
#include "shared/arena.h"
#include "shared/phone.h"

#define NAMES 16

/* Folded, in the order of the cells. */
static const char *const known[CELL_COUNT][NAMES] = {
    [CELL_CODE] = {"ma ho so", "ma so ho so", "so ho so", "ma hs", "so hs",
	"so bien nhan", "ma bien nhan", "so tiep nhan", "ma tiep nhan",
	"so phieu"},
    [CELL_UNIT] = {"ma don vi", "don vi", "ten don vi", "don vi giai quyet",
	"don vi xu ly", "don vi thuc hien", "don vi tiep nhan",
	"co quan giai quyet", "co quan thuc hien", "co quan xu ly",
	"co quan tiep nhan", "noi giai quyet", "noi tiep nhan", "co quan"},
    [CELL_FIELD] = {"ma linh vuc", "linh vuc", "ten linh vuc", "linh vuc tthc",
	"nhom linh vuc"},
    [CELL_PROCEDURE] = {"ma tthc", "ma thu tuc", "ma thu tuc hanh chinh",
	"ma so tthc", "ma so thu tuc", "ma dvc"},
    [CELL_RECEIVED_AT] = {"ngay tiep nhan", "ngay tiep nhan ho so",
	"thoi gian tiep nhan", "thoi diem tiep nhan", "ngay nhan",
	"ngay nhan ho so", "ngay gio tiep nhan", "ngay nop", "ngay nop ho so"},
    [CELL_DUE_AT] = {"ngay hen tra", "ngay hen tra ket qua", "ngay hen tra kq",
	"han tra ket qua", "han tra", "han giai quyet", "thoi han giai quyet",
	"han xu ly", "ngay hen", "thoi gian hen tra"},
    [CELL_FINISHED_AT] = {"ngay tra ket qua", "ngay tra kq", "ngay tra",
	"ngay hoan thanh", "ngay co ket qua", "ngay giai quyet",
	"ngay giai quyet xong", "ngay ket thuc", "ngay ket thuc xu ly",
	"thoi gian hoan thanh", "thoi gian ket thuc",
	"ngay tra ket qua thuc te"},
    [CELL_OUTCOME] = {"ket qua giai quyet", "ket qua xu ly", "ket qua",
	"trang thai ho so", "tinh trang ho so", "trang thai", "tinh trang",
	"tinh trang xu ly"},
    [CELL_PHONE] = {"so dien thoai", "dien thoai", "sdt", "so dt",
	"so dien thoai nguoi nop", "dien thoai nguoi nop", "dien thoai lien he",
	"so dien thoai lien he", "di dong", "so di dong", "dien thoai di dong"},
    [CELL_CONSENT] = {"dong y nhan tin nhan", "dong y nhan tin",
	"dong y nhan sms", "dong y khao sat", "dong y"},
    [CELL_DESK] = {"ma quay", "quay", "quay tiep nhan", "ma diem danh gia"},
    [CELL_AUTHORITY] = {"co quan quyet dinh", "co quan co tham quyen",
	"tham quyen giai quyet", "tham quyen", "cap giai quyet"},
};

const char *
column_folded(struct arena *a, const char *name)
{
	const char *folded = search_text(a, name);
	char *out = arena_strdup(a, folded);
	size_t n = 0;

	for (const char *c = folded; *c != '\0' && *c != '('; c++) {
		bool word = (*c >= 'a' && *c <= 'z') ||
			    (*c >= '0' && *c <= '9') || (*c & 0x80) != 0;

		if (word)
			out[n++] = *c;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	n -= n > 0 && out[n - 1] == ' ';
	out[n] = '\0';
	return out;
}

enum dossier_cell
column_named(struct arena *a, const char *name, int *rank)
{
	const char *folded;

	*rank = 0;
	for (int i = 0; i < CELL_COUNT; i++)
		if (strcasecmp(dossier_cells[i], name) == 0)
			return (enum dossier_cell)i;
	folded = column_folded(a, name);
	for (int i = 0; i < CELL_COUNT; i++)
		for (int k = 0; k < NAMES && known[i][k] != NULL; k++)
			if (strcmp(known[i][k], folded) == 0) {
				*rank = k + 1;
				return (enum dossier_cell)i;
			}
	return COLUMN_NOT_OURS;
}

bool
columns_named(struct arena *a, const char *const *names, size_t n,
    enum dossier_cell *place, size_t *twice)
{
	int best[CELL_COUNT + 1], rank;
	size_t at[CELL_COUNT + 1];

	for (int i = 0; i <= CELL_COUNT; i++)
		best[i] = -1;
	for (size_t i = 0; i < n; i++) {
		enum dossier_cell cell = column_named(a, names[i], &rank);

		place[i] = cell;
		if (cell == COLUMN_NOT_OURS)
			continue;
		if (best[cell] >= 0 && rank == best[cell]) {
			*twice = i;
			return false;
		}
		if (best[cell] >= 0 && rank > best[cell]) {
			place[i] = COLUMN_NOT_OURS;
			continue;
		}
		if (best[cell] >= 0)
			place[at[cell]] = COLUMN_NOT_OURS;
		best[cell] = rank;
		at[cell] = i;
	}
	return true;
}

/* ---------------------------------------------------------------- by values */

static bool
looks_like(struct arena *a, const struct dossier_names *names,
    enum dossier_cell cell, const char *value)
{
	char code[DOSSIER_CODE], key[DOSSIER_CODE], phone[PHONE_TEXT];
	enum outcome outcome;
	int64_t ms;
	bool bare;

	switch (cell) {
	case CELL_CODE:
		return dossier_code(value, code, key);
	case CELL_UNIT:
		return dossier_unit_named(names, a, value) != NULL;
	case CELL_FIELD:
		return dossier_field_named(names, a, value) != NULL;
	case CELL_PROCEDURE:
		return dossier_procedure(value);
	case CELL_RECEIVED_AT:
	case CELL_DUE_AT:
	case CELL_FINISHED_AT:
		return dossier_time(value, &ms, &bare);
	case CELL_OUTCOME:
		return dossier_outcome_named(a, value, &outcome);
	case CELL_PHONE:
		return phone_read(value, phone) != PHONE_NOT_A_CITIZEN;
	default:
		return false;
	}
}

/* Most values that are there look like it. */
static bool
column_looks_like(struct arena *a, const struct dossier_names *names,
    enum dossier_cell cell, const char *const *const *rows, size_t nrows,
    size_t column)
{
	size_t there = 0, fit = 0;

	for (size_t k = 0; k < nrows; k++) {
		const char *value = rows[k][column];

		if (value[0] == '\0')
			continue;
		there++;
		fit += looks_like(a, names, cell, value);
	}
	return there > 0 && fit * 10 >= there * 8;
}

void
columns_guessed(struct arena *a, const struct dossier_names *names,
    const char *const *const *rows, size_t nrows, enum dossier_cell *place,
    size_t n)
{
	bool taken[CELL_COUNT + 1] = {false};

	for (size_t i = 0; i < n; i++)
		taken[place[i]] = true;
	for (int cell = 0; cell < CELL_REQUIRED; cell++)
		for (size_t i = 0; i < n && !taken[cell]; i++)
			if (place[i] == COLUMN_NOT_OURS &&
			    column_looks_like(a, names, (enum dossier_cell)cell,
				rows, nrows, i)) {
				place[i] = (enum dossier_cell)cell;
				taken[cell] = true;
			}
}
