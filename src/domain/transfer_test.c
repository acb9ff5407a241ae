#include "domain/transfer.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/world.h"
#include "text/names.h"
#include "text/words.h"

#define DAY ((int64_t)24 * 60 * 60 * 1000)

struct port {
	struct world w;
	struct rp_actor clerk;
	struct rp_consultation c;
};

static void
port_close(struct port *p)
{
	rp_words_free(p->w.env.words);
	world_close(&p->w);
}

static void
port_open(struct port *p)
{
	struct world *w = &p->w;

	world_open(w);
	RP_CHECK_OK(rp_names_open(w->a, NULL, &w->env.names));
	w->env.words = rp_words_new();
	p->clerk =
	    world_staff(w, "Clerk", RP_MAY_EXPORT, RP_ON_GROUP, w->group_id);
	RP_CHECK_OK(rp_consultation_get_by_id(&w->nobody, w->tx,
	    w->consultation_id, RP_TEXT("en"), &p->c));
}

static struct rp_submission
letter(struct port *p, rp_text body)
{
	struct rp_answer_in answer = { 1, body };
	struct rp_submission s = {
		.capacity = RP_TEXT("individual"),
		.name = RP_TEXT("Ana Ruiz"),
		.category = RP_TEXT("individual"),
		.country = RP_TEXT("PE"),
		.lang = RP_TEXT("es"),
		.authorisation = RP_TEXT("full"),
	};

	rp_vec_push(p->w.a, &s.answers, answer);
	return s;
}

static struct rp_err *
put(struct port *p, rp_text body, rp_bytes key, struct rp_receipt *out)
{
	struct rp_submission s = letter(p, body);
	struct rp_problems problems;

	return rp_transfer_put(&p->clerk, p->w.tx, &p->c, &s, key,
	    WORLD_NOW - DAY, &problems, out);
}

static void
imported_once(void)
{
	RP_AUTO(port_close) struct port p;
	struct rp_receipt one, two;

	port_open(&p);
	RP_CHECK_OK(put(&p, RP_TEXT("Sí."), RP_BYTES("7"), &one));
	RP_CHECK(one.received_at == WORLD_NOW - DAY && !one.again);
	RP_CHECK_OK(put(&p, RP_TEXT("Sí."), RP_BYTES("7"), &two));
	RP_CHECK(two.again && two.response_id == one.response_id);
	RP_CHECK_FAILS(put(&p, RP_TEXT("No."), RP_BYTES("7"), &two),
	    RP_E_CONFLICT);
}

static void
exported_in_order(void)
{
	RP_AUTO(port_close) struct port p;
	struct rp_transfer_rows rows, rest;
	struct rp_receipt r;

	port_open(&p);
	RP_CHECK_OK(put(&p, RP_TEXT("Uno"), RP_BYTES("1"), &r));
	RP_CHECK_OK(put(&p, RP_TEXT("Dos"), RP_BYTES("2"), &r));
	RP_CHECK_OK(rp_transfer_batch(&p.clerk, p.w.tx, &p.c, 0, &rows));
	RP_CHECK(rows.n == 2 && rows.v[0].answers.n == 1);
	RP_CHECK(rp_text_eq(rows.v[0].answers.v[0].body, RP_TEXT("Uno")));
	RP_CHECK(rp_text_eq(rows.v[1].answers.v[0].body, RP_TEXT("Dos")));
	RP_CHECK(rp_text_eq(rows.v[1].channel, RP_TEXT("import")));
	RP_CHECK_OK(
	    rp_transfer_batch(&p.clerk, p.w.tx, &p.c, rows.v[0].id, &rest));
	RP_CHECK(rest.n == 1 && rest.v[0].id == rows.v[1].id);
	RP_CHECK_OK(
	    rp_transfer_batch(&p.clerk, p.w.tx, &p.c, rows.v[1].id, &rest));
	RP_CHECK(rest.n == 0);
}

/* A batch ends where its texts grow long, and never before its first row. */
static void
batches_are_bounded(void)
{
	RP_AUTO(port_close) struct port p;
	struct rp_transfer_rows rows;
	struct rp_receipt r;
	char *text;
	size_t n = RP_ANSWER_CHARS_MAX;
	int64_t after = 0, seen = 0;

	port_open(&p);
	text = rp_alloc(p.w.a, n + 1);
	for (size_t i = 0; i < n; i++)
		text[i] = i % 8 == 7 ? ' ' : 'a';
	for (int i = 0; i < 30; i++) {
		uint8_t key = (uint8_t)i;

		RP_CHECK_OK(
		    put(&p, (rp_text){ text, n }, (rp_bytes){ &key, 1 }, &r));
	}
	for (;;) {
		RP_CHECK_OK(
		    rp_transfer_batch(&p.clerk, p.w.tx, &p.c, after, &rows));
		if (rows.n == 0)
			break;
		RP_CHECK((int64_t)(rows.n * n) <= RP_TRANSFER_CHARACTERS);
		seen += (int64_t)rows.n;
		after = rows.v[rows.n - 1].id;
	}
	RP_CHECK(seen == 30);
}

static void
needs_the_right(void)
{
	RP_AUTO(port_close) struct port p;
	struct rp_transfer_rows rows;
	struct rp_problems problems = { 0 };
	struct rp_submission s;

	port_open(&p);
	s = letter(&p, RP_TEXT("Sí."));
	RP_CHECK_FAILS(rp_transfer_batch(&p.w.nobody, p.w.tx, &p.c, 0, &rows),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_transfer_check(&p.w.nobody, p.w.a, &p.c, &s, 0,
			   &problems),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_transfer_check(&p.clerk, p.w.a, &p.c, &s,
			   WORLD_NOW + DAY, &problems),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_transfer_check(&p.clerk, p.w.a, &p.c, &s, 0, &problems));
	RP_CHECK_OK(rp_transfer_noted(&p.clerk, p.w.tx, &p.c, 1));
}

/* E-mail addresses are for those who may write to people. */
static void
addresses_are_hidden(void)
{
	RP_AUTO(port_close) struct port p;
	struct rp_submission s;
	struct rp_problems problems;
	struct rp_transfer_rows rows;
	struct rp_receipt r;

	port_open(&p);
	s = letter(&p, RP_TEXT("Sí."));
	s.email = RP_TEXT("ana@example.org");
	RP_CHECK_OK(rp_transfer_put(&p.clerk, p.w.tx, &p.c, &s, RP_BYTES("1"),
	    0, &problems, &r));
	RP_CHECK_OK(rp_transfer_batch(&p.clerk, p.w.tx, &p.c, 0, &rows));
	RP_CHECK(rows.v[0].email.n == 0);
	RP_CHECK_OK(rp_transfer_batch(&p.w.system, p.w.tx, &p.c, 0, &rows));
	RP_CHECK(rp_text_eq(rows.v[0].email, RP_TEXT("ana@example.org")));
}

RP_CHECK_MAIN({ "imported once however often", imported_once },
    { "exported in the order they came", exported_in_order },
    { "batches are bounded", batches_are_bounded },
    { "both ways need the right", needs_the_right },
    { "addresses are hidden without the right to them", addresses_are_hidden })
