#include "web/agenda.h"

#include "base/err.h"
#include "text/format.h"

enum rp_msg
rp_msg_item_kind(enum rp_report_kind kind)
{
	static const enum rp_msg of[RP_ITEM_KINDS] = {
		[RP_ITEM_OPENING] = M_report_title_opening,
		[RP_ITEM_AGENDA] = M_report_title_agenda,
		[RP_ITEM_REPORT] = M_report_title_report,
		[RP_ITEM_CONTRIBUTIONS] = M_report_title_contributions,
		[RP_ITEM_TOPICS] = M_report_title_topics,
		[RP_ITEM_ACTIONS] = M_report_title_actions,
		[RP_ITEM_APPROVAL] = M_report_title_approval,
		[RP_ITEM_OTHER] = M_report_title_other,
		[RP_ITEM_CLOSING] = M_report_title_closing,
	};

	return of[kind];
}

enum rp_msg
rp_msg_item_state(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("open"))    ? M_agenda_open :
	       rp_text_eq(state, RP_TEXT("closed"))  ? M_agenda_closed :
	       rp_text_eq(state, RP_TEXT("planned")) ? M_agenda_planned :
						       M_none;
}

enum rp_msg
rp_msg_part_access(rp_text access)
{
	return rp_text_eq(access, RP_TEXT("public")) ? M_agenda_everybody :
						       M_agenda_members_only;
}

struct rp_web_title
rp_web_item_title(const struct rp_request *req, const struct rp_agenda_item *i)
{
	if (i->title.body.n > 0)
		return (struct rp_web_title){ i->title.body, i->title.lang };
	return (
	    struct rp_web_title){ rp_web_msg(req, rp_msg_item_kind(i->kind)),
		rp_lang_tag(req->reader.lang) };
}

struct rp_web_title
rp_web_part_title(const struct rp_request *req, const struct rp_meeting_part *p,
    size_t n)
{
	const struct rp_msg_arg args[] = { RP_MSG_NUM((int64_t)n) };

	if (p->title.body.n > 0)
		return (struct rp_web_title){ p->title.body, p->title.lang };
	return (struct rp_web_title){ rp_message(req->arena, &req->reader,
					  M_agenda_part, args, 1),
		rp_lang_tag(req->reader.lang) };
}

rp_text
rp_web_part_time(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_meeting_part *p)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(rp_web_time(req, m->zone,
					       p->opens_at)),
		RP_MSG_TEXT(rp_web_time(req, m->zone, p->closes_at)) };

	return rp_message(req->arena, &req->reader, M_agenda_from_to, args, 2);
}

enum rp_msg
rp_msg_adopted(const struct rp_agenda *a)
{
	if (a->adopted_revision < 0)
		return M_none;
	return a->adopted_revision == 0 ? M_agenda_adopted :
					  M_agenda_adopted_revised;
}

const struct rp_meeting_document *
rp_web_document_find(const struct rp_meeting_documents *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].id == id)
			return &all->v[i];
	}
	return NULL;
}
