#include "render/notice.h"

static const struct kind {
	const char *kind;
	enum rp_msg label, text;
} kinds[] = {
	{ "receipt", M_outbox_receipt, M_mail_receipt },
	{ "returned", M_outbox_returned, M_mail_returned },
	{ "rejected", M_outbox_rejected, M_mail_rejected },
	{ "published", M_outbox_published, M_mail_published },
	{ "withdrawn", M_outbox_withdrawn, M_outbox_withdrawn },
	{ "invitation", M_outbox_invitation, M_outbox_invitation },
	{ "contribution", M_outbox_contribution, M_mail_contribution },
	{ "registration", M_outbox_registration, M_mail_registration },
	{ "registration_confirmed", M_outbox_registration,
	    M_mail_registration_confirmed },
	{ "registration_refused", M_outbox_registration,
	    M_mail_registration_refused },
	{ "extended", M_outbox_extended, M_outbox_extended },
};

static const struct kind *
kind_of(rp_text name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (rp_text_eq(name, rp_text_z(kinds[i].kind)))
			return &kinds[i];
	return NULL;
}

enum rp_msg
rp_notice_label(rp_text kind)
{
	const struct kind *k = kind_of(kind);

	return k != NULL ? k->label : M_none;
}

bool
rp_notice_write(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_notice *n, rp_text *out_subject, rp_text *out_text)
{
	const struct rp_msg_arg about[] = { RP_MSG_TEXT(n->code),
		RP_MSG_TEXT(n->title) };
	const struct kind *k = kind_of(n->kind);
	rp_text text;

	if (k == NULL)
		return false;
	*out_subject =
	    rp_message(a, reader, n->title.n > 0 ? M_mail_about : k->label,
		about, n->title.n > 0 ? 2 : 0);
	text = rp_message(a, reader, k->text, NULL, 0);
	*out_text = rp_textf(a, "%.*s%s%.*s%s%.*s", RP_FMT(text),
	    n->note.n > 0 ? "\n\n" : "", RP_FMT(n->note),
	    n->link.n > 0 ? "\n\n" : "", RP_FMT(n->link));
	return true;
}
