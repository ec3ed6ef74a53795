/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The modem's memory and the network behind it; see sim.h. */
#include "tests/modem/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
sim_init(struct sim *s, int sim_slots, int own_slots, const char *pin)
{
	memset(s, 0, sizeof(*s));
	s->size[SIM_SM] = sim_slots;
	s->size[SIM_ME] = own_slots;
	s->next_ref = 1;
	snprintf(s->pin, sizeof(s->pin), "%s", pin);
	s->pin_tries = SIM_PIN_TRIES;
	buf_init(&s->line);
	sim_restart(s);
}

void
sim_finish(struct sim *s)
{
	free(s->waiting);
	free(s->sent);
	buf_finish(&s->line);
}

void
sim_restart(struct sim *s)
{
	buf_clear(&s->line);
	s->plugged = true;
	s->entering = s->announce = false;
	s->errors = 0;
	s->current = SIM_SM;
	s->locked = s->pin[0] != '\0';
}

const char *
sim_storage_name(enum sim_storage storage)
{
	return storage == SIM_SM ? "SM" : "ME";
}

int
sim_used(const struct sim *s, enum sim_storage storage)
{
	int n = 0;

	for (int i = 0; i < s->size[storage]; i++)
		n += s->slots[storage][i].used;
	return n;
}

/* Puts a PDU into the first free slot; false when there is none. */
static bool
store(struct sim *s, const char *pdu, struct buf *out)
{
	for (int i = 0; i < s->size[s->arriving]; i++) {
		struct sim_slot *slot = &s->slots[s->arriving][i];

		if (slot->used)
			continue;
		*slot = (struct sim_slot){.used = true};
		snprintf(slot->pdu, sizeof(slot->pdu), "%s", pdu);
		if (s->announce && s->plugged && !s->entering)
			buf_printf(out, "\r\n+CMTI: \"%s\",%d\r\n",
			    sim_storage_name(s->arriving), i + 1);
		return true;
	}
	return false;
}

static void
append(char (**list)[PDU_HEX], size_t *n, const char *pdu)
{
	*list = realloc(*list, (*n + 1) * sizeof(**list));
	if (*list == NULL)
		abort();
	snprintf((*list)[(*n)++], PDU_HEX, "%s", pdu);
}

void
sim_arrive(struct sim *s, const char *pdu, struct buf *out)
{
	if (s->nwaiting > 0 || !store(s, pdu, out))
		append(&s->waiting, &s->nwaiting, pdu);
}

void
sim_remove(struct sim *s, enum sim_storage storage, int index, struct buf *out)
{
	s->slots[storage][index - 1].used = false;
	s->deletions++;
	while (s->nwaiting > 0 && store(s, s->waiting[0], out)) {
		s->nwaiting--;
		memmove(s->waiting, s->waiting + 1,
		    s->nwaiting * sizeof(*s->waiting));
	}
}

int
sim_sent(struct sim *s, const char *pdu)
{
	append(&s->sent, &s->nsent, pdu);
	s->reference = (s->reference + 1) & 0xff;
	return s->reference;
}

bool
sim_fault(struct sim *s, enum sim_fault fault)
{
	if (s->faults[fault] == 0)
		return false;
	s->faults[fault]--;
	return true;
}
