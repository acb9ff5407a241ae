/* demo_instrument - the demonstration's resolutions, with their versions. */
#include "base/clock.h"
#include "base/err.h"
#include "codec/json.h"
#include "domain/instrument.h"
#include "domain/upload.h"
#include "proc/demo.h"

#define TEXTS_MAX 20
#define STEPS_MAX 20

/* Steps are a day apart; the last one is on the day of the version. */
static struct rp_err *
day_of_step(const struct rp_demo *d, rp_text dated, size_t left, int64_t *out)
{
	RP_TRY(
	    rp_clock_parse(rp_textf(d->arena, "%.*sT12:00:00Z", RP_FMT(dated)),
		out));
	*out -= (int64_t)left * RP_DAY;
	return NULL;
}

static struct rp_err *
upload(struct rp_demo *d, const struct rp_actor *who, const char *file,
    struct rp_version_in *out)
{
	rp_bytes octets;

	RP_TRY(rp_demo_read(d->arena, d,
	    rp_textf(d->arena, "instruments/%s", file).p, &octets));
	if (octets.n > RP_CHUNK_MAX)
		return rp_fail(RP_E_LIMIT, "%s: too large", file);
	out->file_name = rp_text_z(file);
	out->file_kind = RP_TEXT("txt");
	RP_TRY(rp_upload_begin(who, d->tx, out->file_name, &out->upload_id));
	return rp_upload_chunk(who, d->tx, out->upload_id, 0, octets);
}

static struct rp_err *
step(struct rp_demo *d, int64_t id, int64_t number, rp_text dated, size_t left,
    const struct rp_json *o)
{
	struct rp_version_step_in in = { 0 };
	struct rp_actor who;
	int64_t at;

	RP_TRY(day_of_step(d, dated, left, &at));
	who = rp_demo_system(d, at);
	RP_TRY(rp_demo_text(d->arena, o, "state", &in.state));
	RP_TRY(rp_demo_text(d->arena, o, "place", &in.place));
	return rp_version_step(&who, d->tx, id, number, &in);
}

static struct rp_err *
version(struct rp_demo *d, int64_t id, const struct rp_json *o)
{
	struct rp_version_in v = { 0 };
	const struct rp_json *steps;
	struct rp_actor who;
	int64_t at, number;
	rp_text file;
	size_t n;

	RP_TRY(rp_demo_text(d->arena, o, "name", &v.name));
	RP_TRY(rp_demo_text(d->arena, o, "lang", &v.lang));
	RP_TRY(rp_demo_text(d->arena, o, "dated", &v.dated));
	RP_TRY(rp_demo_text(d->arena, o, "file", &file));
	RP_TRY(rp_json_array(o, "steps", STEPS_MAX, &steps));
	n = rp_json_n(steps);
	if (n == 0)
		return rp_fail(RP_E_INVALID, "a version without a state");
	RP_TRY(rp_demo_text(d->arena, rp_json_at(steps, 0), "state", &v.state));
	RP_TRY(day_of_step(d, v.dated, n - 1, &at));
	who = rp_demo_system(d, at);
	RP_TRY(upload(d, &who, file.p, &v));
	RP_TRY(rp_version_add(&who, d->tx, id, &v, &number));
	for (size_t i = 1; i < n; i++)
		RP_TRY(step(d, id, number, v.dated, n - 1 - i,
		    rp_json_at(steps, i)));
	return NULL;
}

static struct rp_err *
instrument(struct rp_demo *d, const struct rp_json *o)
{
	struct rp_actor who = rp_demo_system(d, d->now);
	const struct rp_json *versions;
	rp_text kind, number;
	int64_t id;

	RP_TRY(rp_demo_text(d->arena, o, "kind", &kind));
	RP_TRY(rp_demo_text(d->arena, o, "number", &number));
	RP_TRY(
	    rp_instrument_create(&who, d->tx, d->group_id, kind, number, &id));
	RP_TRY(rp_demo_wording(d, who, RP_TEXT("instrument"), id,
	    RP_TEXT("title"), rp_json_find(o, "title")));
	RP_TRY(rp_json_array(o, "versions", TEXTS_MAX, &versions));
	for (size_t i = 0; i < rp_json_n(versions); i++)
		RP_TRY(version(d, id, rp_json_at(versions, i)));
	return NULL;
}

/* The worker reads and compares them when the server runs. */
struct rp_err *
rp_demo_instruments(struct rp_demo *d)
{
	const struct rp_json *all;
	rp_bytes file;

	RP_TRY(rp_demo_read(d->arena, d, "instruments.json", &file));
	RP_TRY(rp_json_parse(d->arena, file, &all));
	for (size_t i = 0; i < rp_json_n(all) && i < TEXTS_MAX; i++)
		RP_TRY(instrument(d, rp_json_at(all, i)));
	d->progress(d, "instruments", (int64_t)rp_json_n(all));
	return NULL;
}
