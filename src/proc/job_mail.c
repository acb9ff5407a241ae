#include "proc/job_mail.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/mail.h"
#include "domain/consultation.h"
#include "domain/outbox.h"
#include "proc/mailer.h"
#include "render/notice.h"
#include "store/db.h"
#include "text/email.h"

#define MESSAGE_MAX ((size_t)1 << 20)

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_outbox_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_outbox_is_due(who, tx, found));
	RP_TRY(rp_tx_commit(tx));
	if (!*found)
		return NULL;
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_outbox_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

/* "body.example" of "https://body.example/x", or a literal for EHLO. */
static rp_text
host_of(struct rp_arena *a, rp_text url)
{
	size_t at = rp_text_find(url, '/', 0) + 2, end;
	rp_text rest = at < url.n ? rp_text_sub(url, at, url.n) : url;

	if (rest.n > 0 && rest.p[0] == '[') {
		end = rp_text_find(rest, ']', 0);
		return rp_textf(a, "[IPv6:%.*s]",
		    (int)(end < rest.n ? end - 1 : rest.n - 1), rest.p + 1);
	}
	end = rp_text_find(rest, '/', 0);
	rest = rp_text_sub(rest, 0, end < rest.n ? end : rest.n);
	end = rp_text_find(rest, ':', 0);
	return rp_text_sub(rest, 0, end < rest.n ? end : rest.n);
}

static struct rp_reader
reader_of(const struct rp_worker *w, rp_text lang)
{
	struct rp_reader r = { .lang = RP_LANG_EN };

	(void)rp_lang_find(lang, &r.lang);
	r.locale = w->locales[r.lang];
	return r;
}

/* With two addresses below: it arrived, and no more of it. */
static void
announcement(struct rp_arena *a, const struct rp_worker *w,
    const struct rp_outbox_work *work, struct rp_mail *m)
{
	struct rp_reader reader = reader_of(w, work->lang);
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(
	    rp_textf(a, "%.*s/%s/u/%.*s", RP_FMT(w->env->public_url),
		rp_lang_tag(reader.lang).p, RP_FMT(work->secret))) };

	m->subject = work->subject;
	m->text = rp_textf(a, "%.*s\n\n%.*s\n", RP_FMT(work->body),
	    RP_FMT(rp_message(a, &reader, M_mailing_links, args, 1)));
	m->unsubscribe = rp_textf(a, "%.*s/api/v1/unsubscribe/%.*s",
	    RP_FMT(w->env->public_url), RP_FMT(work->secret));
}

static struct rp_err *
notice(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    struct rp_outbox_work *work, struct rp_mail *m)
{
	struct rp_reader reader = reader_of(w, work->lang);
	rp_text lang = rp_lang_tag(reader.lang);
	struct rp_notice n = { .kind = work->kind,
		.code = work->code,
		.note = work->note };
	struct rp_consultation c;
	struct rp_tx *tx;

	if (work->consultation_id != 0) {
		RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
		RP_TRY(rp_consultation_get_by_id(who, tx, work->consultation_id,
		    lang, &c));
		RP_TRY(rp_tx_commit(tx));
		n.title = c.title.body;
		if (work->is_public && rp_consultation_shows_responses(&c))
			n.link = rp_textf(a,
			    "%.*s/%.*s/%.*s/consultations/%lld/responses/%lld",
			    RP_FMT(w->env->public_url), RP_FMT(lang),
			    RP_FMT(c.group.slug), (long long)c.number,
			    (long long)work->number);
	}
	work->is_off |= !rp_notice_write(a, &reader, &n, &m->subject, &m->text);
	return NULL;
}

static struct rp_err *
write_message(struct rp_arena *a, struct rp_worker *w,
    const struct rp_actor *who, struct rp_outbox_work *work,
    struct rp_smtp_message *out)
{
	rp_text host = host_of(a, w->env->public_url);
	struct rp_mail m = { .from = w->settings->mail_from.n > 0 ?
					 w->settings->mail_from :
					 rp_textf(a, "rapporteur@%.*s",
					     RP_FMT(host)),
		.lang = work->lang,
		.date = rp_mail_date(a, who->now),
		/* The same at each try: one that was taken before its end was
		 * noted here is told from a second message. */
		.id = rp_textf(a, "%lld.%lld@%.*s", (long long)work->id,
		    (long long)work->created_at, RP_FMT(host)) };
	struct rp_email to;

	RP_TRY(rp_email_parse(a, w->env->names, work->recipient, &to));
	m.to = rp_email_wire(&to);
	if (rp_text_eq(work->object_kind, RP_TEXT("delivery")))
		announcement(a, w, work, &m);
	else
		RP_TRY(notice(a, w, who, work, &m));
	*out = (struct rp_smtp_message){ .client = host,
		.from = m.from,
		.to = m.to };
	return rp_mail_write(a, &m, MESSAGE_MAX, &out->octets);
}

static struct rp_err *
tried(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_outbox_work *work, enum rp_outbox_end end, rp_text why)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_outbox_tried(who, tx, work, end, why));
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_mail(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	enum rp_smtp_outcome outcome = RP_SMTP_NEVER;
	struct rp_smtp_message message;
	struct rp_outbox_work work;
	rp_text said = RP_TEXT("not to be sent");
	struct rp_err *e;

	if (w->mailer == NULL)
		return NULL;
	RP_TRY(claim(a, w, &who, more, &work));
	if (!*more)
		return NULL;
	e = write_message(a, w, &who, &work, &message);
	if (e == NULL && !work.is_off)
		e = rp_mailer_send(a, w->mailer, &message, &outcome, &said);
	if (e != NULL) {
		/* An address that is none: this message will never go. */
		said = rp_textf(a, "%s", rp_err_message(e));
		outcome = rp_err_code(e) == RP_E_INVALID ? RP_SMTP_NEVER :
							   RP_SMTP_LATER;
		rp_err_free(e);
	}
	who.now = rp_clock_now();
	return tried(a, w, &who, &work,
	    outcome == RP_SMTP_SENT  ? RP_OUTBOX_SENT :
	    outcome == RP_SMTP_LATER ? RP_OUTBOX_LATER :
				       RP_OUTBOX_FAILED,
	    said);
}
