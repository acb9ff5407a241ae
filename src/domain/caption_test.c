#include "domain/caption.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/hearing.h"
#include "domain/testing/floor.h"
#include "domain/testing/room.h"

static struct rp_caption_lines
say(struct rp_tx *tx, const char *one, const char *two)
{
	struct rp_caption_lines out = { 0 };

	rp_vec_push(rp_tx_arena(tx), &out, rp_text_z(one));
	if (two != NULL)
		rp_vec_push(rp_tx_arena(tx), &out, rp_text_z(two));
	return out;
}

static struct rp_captions
seen(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where)
{
	struct rp_captions all = { 0 };

	RP_CHECK_OK(rp_captions_get(who, tx, where, RP_CAPTIONS_SHOWN, &all));
	return all;
}

static void
enter(struct room *r, const struct rp_caption_place *where, const char *one,
    const char *two)
{
	struct rp_caption_lines lines = say(r->w.tx, one, two);

	RP_CHECK_OK(rp_captions_enter(&r->clerk, r->w.tx, where, RP_TEXT("en"),
	    &lines));
}

static void
lines_are_kept_in_order(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_caption_place where;
	struct rp_captions all;
	int64_t version, now;

	room_open(&r);
	where = (struct rp_caption_place){ .m = &r.m, .id = r.first };
	all = seen(&r.w.nobody, r.w.tx, &where);
	RP_CHECK(all.version == 0 && all.lines.n == 0 && !all.may_lead);
	enter(&r, &where, "Good morning.", "We begin.");
	r.clerk.now += RP_MINUTE;
	enter(&r, &where, "The floor is yours.", NULL);
	all = seen(&r.w.nobody, r.w.tx, &where);
	RP_CHECK(
	    all.lines.n == 3 &&
	    rp_text_eq(all.lines.v[0].body, RP_TEXT("Good morning.")) &&
	    rp_text_eq(all.lines.v[2].body, RP_TEXT("The floor is yours.")) &&
	    all.lines.v[2].at == all.lines.v[0].at + RP_MINUTE &&
	    rp_text_eq(all.lang, RP_TEXT("en")));
	RP_CHECK_OK(rp_captions_get(&r.w.nobody, r.w.tx, &where, 1, &all));
	RP_CHECK(all.lines.n == 1 && rp_text_eq(all.lines.v[0].body,
					 RP_TEXT("The floor is yours.")));
	version = all.version;
	RP_CHECK_OK(
	    rp_caption_remove(&r.clerk, r.w.tx, &where, all.lines.v[0].id));
	RP_CHECK_FAILS(rp_caption_remove(&r.clerk, r.w.tx, &where,
			   all.lines.v[0].id),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    rp_captions_version(&r.w.nobody, r.w.tx, true, r.first, &now));
	RP_CHECK(now > version);
	RP_CHECK(seen(&r.w.nobody, r.w.tx, &where).lines.n == 2);
	RP_CHECK_FAILS(rp_agenda_part_remove(&r.clerk, r.w.tx, &r.m, r.first),
	    RP_E_CONFLICT);
}

static void
a_shut_part_is_not_there(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_caption_lines lines;
	struct rp_caption_place where;
	struct rp_captions all;
	rp_text secret;

	room_open(&r);
	where = (struct rp_caption_place){ .m = &r.m, .id = r.second };
	lines = say(r.w.tx, "Among members.", NULL);
	enter(&r, &where, "Among members.", NULL);
	RP_CHECK(seen(&r.reader, r.w.tx, &where).lines.n == 1);
	RP_CHECK_FAILS(rp_captions_get(&r.w.nobody, r.w.tx, &where, 9, &all),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_captions_enter(&r.w.nobody, r.w.tx, &where,
			   RP_TEXT("en"), &lines),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_captions_admit(&r.reader, r.w.tx, &where,
			   RP_TEXT("en"), &secret),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_captions_enter(&r.reader, r.w.tx, &where,
			   RP_TEXT("en"), &lines),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_captions_end(&r.reader, r.w.tx, &where), RP_E_DENIED);
	RP_CHECK_FAILS(rp_caption_remove(&r.reader, r.w.tx, &where, 1),
	    RP_E_DENIED);
	where.id = 99999;
	RP_CHECK_FAILS(rp_captions_get(&r.clerk, r.w.tx, &where, 9, &all),
	    RP_E_NOTFOUND);
}

static void
who_has_the_secret_posts_until_it_ends(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_caption_lines lines;
	struct rp_caption_place where;
	struct rp_actor later;
	rp_text one, two;

	room_open(&r);
	where = (struct rp_caption_place){ .m = &r.m, .id = r.second };
	lines = say(r.w.tx, "One", "Two");
	RP_CHECK_FAILS(rp_captions_post(&r.w.nobody, r.w.tx, RP_TEXT(""),
			   &lines),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    rp_captions_admit(&r.clerk, r.w.tx, &where, RP_TEXT("fr"), &one));
	RP_CHECK_OK(rp_captions_post(&r.w.nobody, r.w.tx, one, &lines));
	RP_CHECK(seen(&r.reader, r.w.tx, &where).lines.n == 2);
	RP_CHECK(seen(&r.reader, r.w.tx, &where).posts_until == 0);
	RP_CHECK(seen(&r.clerk, r.w.tx, &where).posts_until ==
		 r.clerk.now + RP_CAPTION_DAYS * RP_DAY);
	later = r.w.nobody;
	later.now = r.clerk.now + RP_CAPTION_DAYS * RP_DAY;
	RP_CHECK_FAILS(rp_captions_post(&later, r.w.tx, one, &lines),
	    RP_E_NOTFOUND);
	/* A new one ends the one before. */
	RP_CHECK_OK(
	    rp_captions_admit(&r.clerk, r.w.tx, &where, RP_TEXT("fr"), &two));
	RP_CHECK_FAILS(rp_captions_post(&r.w.nobody, r.w.tx, one, &lines),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_captions_post(&r.w.nobody, r.w.tx, two, &lines));
	RP_CHECK_OK(rp_captions_end(&r.clerk, r.w.tx, &where));
	RP_CHECK_FAILS(rp_captions_post(&r.w.nobody, r.w.tx, two, &lines),
	    RP_E_NOTFOUND);
	RP_CHECK(seen(&r.reader, r.w.tx, &where).lines.n == 4);
	RP_CHECK_FAILS(rp_captions_admit(&r.clerk, r.w.tx, &where,
			   RP_TEXT("no language"), &two),
	    RP_E_INVALID);
}

static void
what_is_too_much_is_refused(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_caption_lines lines = { 0 };
	struct rp_caption_place where;
	struct rp_err *e = NULL;
	rp_text full;
	int64_t n = 0;

	room_open(&r);
	where = (struct rp_caption_place){ .m = &r.m, .id = r.first };
	RP_CHECK_FAILS(rp_captions_enter(&r.clerk, r.w.tx, &where,
			   RP_TEXT("en"), &lines),
	    RP_E_INVALID);
	lines = say(r.w.tx, " ", NULL);
	RP_CHECK_FAILS(rp_captions_enter(&r.clerk, r.w.tx, &where,
			   RP_TEXT("en"), &lines),
	    RP_E_INVALID);
	full = rp_textf(rp_tx_arena(r.w.tx), "%0*d", RP_CAPTION_MAX + 1, 7);
	lines = say(r.w.tx, full.p, NULL);
	RP_CHECK_FAILS(rp_captions_enter(&r.clerk, r.w.tx, &where,
			   RP_TEXT("en"), &lines),
	    RP_E_INVALID);
	lines = say(r.w.tx, full.p + 1, NULL);
	while (e == NULL && n < RP_CAPTION_FEED_MAX) {
		e = rp_captions_enter(&r.clerk, r.w.tx, &where, RP_TEXT("en"),
		    &lines);
		n += e == NULL ? RP_CAPTION_MAX : 0;
	}
	RP_CHECK(n + RP_CAPTION_MAX > RP_CAPTION_FEED_MAX &&
		 n <= RP_CAPTION_FEED_MAX);
	RP_CHECK_FAILS(e, RP_E_LIMIT);
}

static void
of_a_session_they_are_public(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_hearing h = { .zone = RP_TEXT("Africa/Nairobi"),
		.opens_local = RP_TEXT("2027-02-10T10:00"),
		.closes_local = RP_TEXT("2027-02-10T13:00"),
		.place = RP_TEXT("Nairobi"),
		.mode = RP_TEXT("hybrid") };
	struct rp_caption_lines lines;
	struct rp_caption_place where;
	struct rp_hearings all;
	struct rp_captions none;
	struct rp_actor who;

	floor_open(&f);
	who = world_staff(&f.w, "H", RP_MAY_MEET, RP_ON_GROUP, f.w.group_id);
	where = (struct rp_caption_place){ .c = &f.c };
	RP_CHECK_OK(rp_hearing_add(&who, f.w.tx, &f.c, &h, &where.id));
	lines = say(f.w.tx, "Hace falta una red.", NULL);
	RP_CHECK_OK(
	    rp_captions_enter(&who, f.w.tx, &where, RP_TEXT("es"), &lines));
	RP_CHECK(seen(&f.w.nobody, f.w.tx, &where).lines.n == 1);
	RP_CHECK_FAILS(rp_captions_enter(&f.w.nobody, f.w.tx, &where,
			   RP_TEXT("es"), &lines),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_hearing_list(&f.w.nobody, f.w.tx, &f.c, &all));
	RP_CHECK(all.n == 1 && all.v[0].has_captions);
	where.id++;
	RP_CHECK_FAILS(rp_captions_get(&f.w.nobody, f.w.tx, &where, 9, &none),
	    RP_E_NOTFOUND);
}

static void
say_in(struct room *r, const struct rp_caption_place *where, const char *lang,
    const char *line)
{
	struct rp_caption_lines lines = { 0 };

	rp_vec_push(r->w.a, &lines, rp_text_z(line));
	RP_CHECK_OK(rp_captions_enter(&r->clerk, r->w.tx, where,
	    rp_text_z(lang), &lines));
}

/* A feed for each language, with a secret of its own. */
static void
in_several_languages(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_caption_place where;
	struct rp_caption_lines lines = { 0 };
	struct rp_captions all;
	rp_text english, french;
	int64_t before, now;

	room_open(&r);
	where = (struct rp_caption_place){ .m = &r.m, .id = r.first };
	say_in(&r, &where, "en", "Good morning.");
	RP_CHECK_OK(
	    rp_captions_version(&r.w.nobody, r.w.tx, true, r.first, &before));
	say_in(&r, &where, "fr", "Bonjour.");
	RP_CHECK_OK(
	    rp_captions_version(&r.w.nobody, r.w.tx, true, r.first, &now));
	RP_CHECK(now > before);
	all = seen(&r.w.nobody, r.w.tx, &where);
	RP_CHECK(all.langs.n == 2 && all.lines.n == 1 && all.version == now);
	RP_CHECK_TEXT(all.lines.v[0].body, RP_TEXT("Good morning."));
	RP_CHECK_OK(rp_captions_admit(&r.clerk, r.w.tx, &where, RP_TEXT("en"),
	    &english));
	RP_CHECK_OK(rp_captions_admit(&r.clerk, r.w.tx, &where, RP_TEXT("fr"),
	    &french));
	rp_vec_push(r.w.a, &lines, RP_TEXT("La parole est à vous."));
	RP_CHECK_OK(rp_captions_post(&r.w.nobody, r.w.tx, french, &lines));
	where.lang = RP_TEXT("fr");
	all = seen(&r.w.nobody, r.w.tx, &where);
	RP_CHECK_TEXT(all.lang, RP_TEXT("fr"));
	RP_CHECK(all.lines.n == 2);
	RP_CHECK_OK(
	    rp_caption_remove(&r.clerk, r.w.tx, &where, all.lines.v[0].id));
	RP_CHECK_OK(rp_captions_end(&r.clerk, r.w.tx, &where));
	RP_CHECK_FAILS(rp_captions_post(&r.w.nobody, r.w.tx, french, &lines),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_captions_post(&r.w.nobody, r.w.tx, english, &lines));
	/* A language in which nobody writes: the first one. */
	where.lang = RP_TEXT("zh");
	all = seen(&r.w.nobody, r.w.tx, &where);
	RP_CHECK_TEXT(all.lang, RP_TEXT("en"));
	RP_CHECK(all.lines.n == 2);
	where.lang = RP_TEXT("fr");
	RP_CHECK(seen(&r.w.nobody, r.w.tx, &where).lines.n == 1);
}

RP_CHECK_MAIN({ "lines are kept in order", lines_are_kept_in_order },
    { "a shut part is not there", a_shut_part_is_not_there },
    { "who has the secret posts until it ends",
	who_has_the_secret_posts_until_it_ends },
    { "what is too much is refused", what_is_too_much_is_refused },
    { "of a session they are public", of_a_session_they_are_public },
    { "in several languages", in_several_languages })
