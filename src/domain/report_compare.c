/* report_compare - the words of a line that changed. */
#include "domain/report.h"
#include "redline/wdiff.h"

static void
put(struct rp_arena *a, struct rp_report_pieces *out,
    enum rp_report_piece_kind kind, rp_text t, size_t from, size_t to)
{
	struct rp_report_piece p = { kind, rp_text_sub(t, from, to) };
	struct rp_report_piece *last = out->n > 0 ? &out->v[out->n - 1] : NULL;

	if (to == from)
		return;
	if (last != NULL && last->kind == kind &&
	    last->text.p + last->text.n == p.text.p)
		last->text.n += p.text.n;
	else
		rp_vec_push(a, out, p);
}

/* What lies between two kept words: spaces at its ends that both have stay. */
static void
between(struct rp_arena *a, rp_text old, size_t old_from, size_t old_to,
    rp_text now, size_t from, size_t to, struct rp_report_pieces *out)
{
	size_t head = 0, tail = 0;

	while (old_from + head < old_to && from + head < to &&
	       old.p[old_from + head] == ' ' && now.p[from + head] == ' ')
		head++;
	while (old_from + head + tail < old_to && from + head + tail < to &&
	       old.p[old_to - tail - 1] == ' ' && now.p[to - tail - 1] == ' ')
		tail++;
	put(a, out, RP_PIECE_KEPT, now, from, from + head);
	put(a, out, RP_PIECE_DELETED, old, old_from + head, old_to - tail);
	put(a, out, RP_PIECE_INSERTED, now, from + head, to - tail);
	put(a, out, RP_PIECE_KEPT, now, to - tail, to);
}

void
rp_report_compare(const struct rp_actor *who, struct rp_arena *a, rp_text old,
    rp_text now, struct rp_report_pieces *out)
{
	struct rp_vocabulary *voc = rp_vocabulary_new(a, who->env->words);
	struct rp_units x = rp_units_split(a, voc, old);
	struct rp_units y = rp_units_split(a, voc, now);
	uint32_t *x_ids = rp_units_ids(a, x), *y_ids = rp_units_ids(a, y);
	struct rp_wdiff_spans spans = rp_wdiff(a, x_ids, x.n, y_ids, y.n);
	size_t at_old = 0, at = 0;

	*out = (struct rp_report_pieces){ 0 };
	rp_wdiff_tidy(a, &spans, voc, x_ids, x.n, y_ids, y.n);
	for (size_t i = 0; i < spans.n; i++) {
		const struct rp_wdiff_span *s = &spans.v[i];

		for (uint32_t k = 0; k < s->n; k++) {
			const struct rp_unit *u = &x.v[s->x + k];
			const struct rp_unit *v = &y.v[s->y + k];

			between(a, old, at_old, u->from, now, at, v->from, out);
			put(a, out, RP_PIECE_KEPT, now, v->from, v->to);
			at_old = u->to;
			at = v->to;
		}
	}
	between(a, old, at_old, old.n, now, at, now.n, out);
}
