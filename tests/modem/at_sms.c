/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands about messages (3GPP TS 27.005): storages, listing, deleting,
 * announcing, sending. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/modem/at.h"

static enum at_reply
storage_list(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n+CPMS: %s\r\n", s->dialect->storages);
	return AT_OK;
}

static enum at_reply
storage_tell(struct sim *s, const char *rest, struct buf *out)
{
	int used = sim_used(s, s->current), size = s->size[s->current];
	const char *name = sim_storage_name(s->current);

	(void)rest;
	buf_printf(out, "\r\n+CPMS: \"%s\",%d,%d,\"%s\",%d,%d,\"SM\",%d,%d\r\n",
	    name, used, size, name, used, size, used, size);
	return AT_OK;
}

static enum at_reply
storage_choose(struct sim *s, const char *rest, struct buf *out)
{
	int used, size, which = 0;

	if (s->locked) {
		at_refuse(s, 311, out);
		return AT_NONE;
	}
	while (which < SIM_STORAGE_COUNT &&
	       (s->size[which] == 0 ||
		   strncmp(rest + 1, sim_storage_name((enum sim_storage)which),
		       2) != 0))
		which++;
	if (which == SIM_STORAGE_COUNT)
		return AT_ERROR;
	s->current = (enum sim_storage)which;
	used = sim_used(s, s->current);
	size = s->size[s->current];
	buf_printf(out, "\r\n+CPMS: %d,%d,%d,%d,%d,%d\r\n", used, size, used,
	    size, used, size);
	return AT_OK;
}

static enum at_reply
list(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	s->listings++;
	for (int i = 0; i < s->size[s->current]; i++) {
		struct sim_slot *slot = &s->slots[s->current][i];

		if (!slot->used)
			continue;
		buf_printf(out, "\r\n+CMGL: %d,%d,%s,%zu\r\n%s",
		    i + s->dialect->base, slot->state, s->dialect->between,
		    pdu_length(slot->pdu), slot->pdu);
		slot->state = 1;
	}
	buf_puts(out, "\r\n");
	return AT_OK;
}

/* The slot that a command names, NULL for an index out of range. */
static struct sim_slot *
slot_of(struct sim *s, const char *rest, int *index)
{
	*index = atoi(rest) - s->dialect->base;
	if (*index < 0 || *index >= s->size[s->current])
		return NULL;
	return &s->slots[s->current][*index];
}

static enum at_reply
read_slot(struct sim *s, const char *rest, struct buf *out)
{
	int index;
	struct sim_slot *slot = slot_of(s, rest, &index);

	if (slot != NULL && !slot->used && !s->dialect->empty_is_error)
		return AT_OK;
	if (slot == NULL || !slot->used) {
		at_refuse(s, 321, out);
		return AT_NONE;
	}
	buf_printf(out, "\r\n+CMGR: %d,%s,%zu\r\n%s\r\n", slot->state,
	    s->dialect->between, pdu_length(slot->pdu), slot->pdu);
	slot->state = 1;
	return AT_OK;
}

static enum at_reply
delete_slot(struct sim *s, const char *rest, struct buf *out)
{
	int index;
	struct sim_slot *slot = slot_of(s, rest, &index);

	if (slot == NULL) {
		at_refuse(s, 321, out);
		return AT_NONE;
	}
	if (slot->used && !s->keeps)
		sim_remove(s, s->current, index, out);
	return AT_OK;
}

static enum at_reply
announce_list(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	buf_printf(out, "\r\n+CNMI: %s\r\n", s->dialect->announces);
	return AT_OK;
}

/* Is a value in the n-th list of "(0,1,2),(0-3)"? */
static bool
offered(const char *lists, size_t n, int value)
{
	int before = -1;

	while (n-- > 0)
		lists = strchr(lists, ')') + 2;
	for (lists++; lists[-1] != ')'; lists += 2) {
		int here = *lists - '0';

		if (here == value || (lists[-1] == '-' && before >= 0 &&
					 value > before && value < here))
			return true;
		before = here;
	}
	return false;
}

/* AT+CNMI=mode,mt,bm,ds,bfr; what is left out stays as it was. */
static enum at_reply
announce(struct sim *s, const char *rest, struct buf *out)
{
	int wanted[5] = {0, s->announce, 0, s->tell, 0};

	(void)out;
	for (size_t i = 0; i < 5 && rest != NULL; i++) {
		if (*rest >= '0' && *rest <= '9') {
			wanted[i] = *rest - '0';
			if (!offered(s->dialect->announces, i, wanted[i]))
				return AT_ERROR;
		}
		rest = strchr(rest, ',');
		rest = rest == NULL ? NULL : rest + 1;
	}
	s->announce = wanted[1];
	s->tell = wanted[3];
	return AT_OK;
}

static enum at_reply
send_begin(struct sim *s, const char *rest, struct buf *out)
{
	(void)rest;
	if (s->locked || s->registered == 0) {
		at_refuse(s, s->locked ? 311 : 331, out);
		return AT_NONE;
	}
	s->entering = true;
	buf_puts(out, "\r\n> ");
	return AT_NONE;
}

void
at_send(struct sim *s, struct buf *out)
{
	struct pdu p;

	if (pdu_decode(buf_text(&s->line), &p) != NULL || p.kind != PDU_SUBMIT)
		buf_puts(out, "\r\n+CMS ERROR: 304\r\n");
	else
		buf_printf(out, "\r\n+CMGS: %d\r\n\r\nOK\r\n",
		    sim_sent(s, buf_text(&s->line)));
}

const struct at_command at_sms[] = {
    {"+CPMS=?", true, storage_list, NULL},
    {"+CPMS?", true, storage_tell, NULL},
    {"+CPMS=", false, storage_choose, NULL},
    {"+CMGF=0", true, NULL, NULL},
    {"+CMGL", false, list, NULL},
    {"+CMGR=", false, read_slot, NULL},
    {"+CMGD=", false, delete_slot, NULL},
    {"+CNMI=?", true, announce_list, NULL},
    {"+CNMI=", false, announce, NULL},
    {"+CSCA?", true, NULL, "+CSCA: \"+84980200625\",145"},
    {"+CMMS=", false, NULL, NULL},
    {"+CMGS=", false, send_begin, NULL},
    {NULL, false, NULL, NULL},
};
