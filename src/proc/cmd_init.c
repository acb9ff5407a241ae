/*
 * cmd_init - prepare the database and let the first administrator in.
 *
 * Migrates, makes the installation's key, the person and the right, and prints
 * a link that is good once and for a day. Called again for the same address it
 * prints a new link: that is how an administrator who lost everything returns.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/rand.h"
#include "domain/installation.h"
#include "domain/one_time.h"
#include "proc/commands.h"
#include "store/db.h"
#include "text/input.h"
#include "text/names.h"
#include "text/zone.h"

enum { ARENA_MAX = 64 << 20, VALUE_MAX = 1000 };

static const char usage[] =
    "init --address ADDRESS --name NAME [--lang ar|zh|en|fr|ru|es]";

struct init {
	rp_text address, name, lang;
};

/* False if that is not how it is called. */
static bool
options(struct rp_arena *a, int argc, char **argv, struct init *out,
    struct rp_err **e)
{
	for (int i = 1; i < argc; i += 2) {
		rp_text *to = strcmp(argv[i], "--address") == 0 ?
				  &out->address :
			      strcmp(argv[i], "--name") == 0 ? &out->name :
			      strcmp(argv[i], "--lang") == 0 ? &out->lang :
							       NULL;

		if (to == NULL || i + 1 == argc)
			return false;
		*e = rp_text_input_line(a,
		    rp_text_bytes(rp_text_z(argv[i + 1])), VALUE_MAX, to);
		if (*e != NULL)
			return true;
	}
	return out->address.n > 0 && out->name.n > 0;
}

static struct rp_err *
make(struct rp_arena *a, const struct rp_settings *s, const struct init *in,
    rp_text *out_url)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	RP_AUTO(rp_zones_freep)
	struct rp_zones *zones = rp_zones_open(RP_ZONEINFO);
	struct rp_env env = { .rand = rp_rand_fill,
		.zones = zones,
		.public_url = s->public_url };
	struct rp_actor who = rp_actor_system(&env, rp_clock_now());
	struct rp_tx *tx;
	rp_text secret;
	int applied;

	RP_TRY(rp_names_open(a, NULL, &env.names));
	RP_TRY(rp_db_open(rp_settings_database(a, s).p, &db));
	RP_TRY(rp_migrate(db, &applied));
	RP_TRY(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_installation_key(tx, &env));
	RP_TRY(rp_one_time_administrator(&who, tx, in->address, in->name,
	    in->lang, &secret));
	RP_TRY(rp_tx_commit(tx));
	*out_url = rp_one_time_url(a, &env, in->lang, secret);
	return NULL;
}

int
rp_cmd_init(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct init in = { .lang = RP_TEXT("en") };
	struct rp_settings s;
	rp_text url;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e == NULL && !options(a, argc, argv, &in, &e))
		return rp_command_usage(usage);
	if (e == NULL)
		e = make(a, &s, &in, &url);
	if (e != NULL)
		return rp_command_fail_take(e);
	printf("%.*s\n", RP_FMT(url));
	fputs("Open this address within a day to choose a passphrase. It works "
	      "once.\n",
	    stderr);
	return 0;
}
