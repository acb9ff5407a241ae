#include "redline/prose.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/map.h"

struct rp_proses {
	struct rp_arena *arena;
	struct rp_vocabulary *voc;
	struct rp_proses_map RP_MAP(struct rp_prose *) map;
	float *idf;
};

struct rp_proses *
rp_proses_new(struct rp_arena *a, struct rp_words *w)
{
	struct rp_proses *p = rp_new(a, struct rp_proses);

	p->arena = a;
	p->voc = rp_vocabulary_new(a, w);
	return p;
}

struct rp_vocabulary *
rp_proses_vocabulary(struct rp_proses *p)
{
	return p->voc;
}

uint64_t
rp_key_mix(uint64_t key, uint64_t value)
{
	key ^= value + UINT64_C(0x9e3779b97f4a7c15);
	key *= UINT64_C(0xff51afd7ed558ccd);
	key ^= key >> 32;
	key *= UINT64_C(0xc4ceb9fe1a85ec53);
	return key ^ key >> 29;
}

static int
by_value(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* Sorts `ids` and counts them; the ids and their counts share the storage. */
static struct rp_bag
bag_of(struct rp_arena *a, uint32_t *ids, size_t n)
{
	struct rp_bag b = { .id = ids };

	b.count = rp_new_n(a, uint32_t, n + 1);
	if (n > 1)
		qsort(ids, n, sizeof(*ids), by_value);
	for (size_t i = 0; i < n; i++) {
		if (b.n > 0 && b.id[b.n - 1] == ids[i]) {
			b.count[b.n - 1]++;
			continue;
		}
		b.id[b.n] = ids[i];
		b.count[b.n++] = 1;
	}
	return b;
}

/* ; , . and their like, which say where in a list an item stands. */
static bool
is_terminal(const struct rp_vocabulary *voc, uint32_t id)
{
	rp_text t = rp_vocabulary_text(voc, id);

	if (t.n == 1)
		return t.p[0] == ';' || t.p[0] == ',' || t.p[0] == '.';
	return rp_text_eq(t, RP_TEXT("\xd8\x9b")) ||     /* ؛ */
	       rp_text_eq(t, RP_TEXT("\xd8\x8c")) ||     /* ، */
	       rp_text_eq(t, RP_TEXT("\xef\xbc\x9b")) || /* ； */
	       rp_text_eq(t, RP_TEXT("\xef\xbc\x8c")) || /* ， */
	       rp_text_eq(t, RP_TEXT("\xe3\x80\x82"));   /* 。 */
}

static struct rp_prose *
make(struct rp_proses *p, rp_text t)
{
	struct rp_prose *out = rp_new(p->arena, struct rp_prose);
	uint32_t *norms;
	size_t n;

	out->text = t;
	out->units = rp_units_split(p->arena, p->voc, t);
	n = out->units.n;
	out->ids = rp_new_n(p->arena, uint32_t, n + 1);
	norms = rp_new_n(p->arena, uint32_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		out->ids[i] = out->units.v[i].id;
		norms[i] = rp_vocabulary_norm(p->voc, out->ids[i]);
		out->n_words += rp_vocabulary_is_word(p->voc, out->ids[i]);
	}
	if (n > 0)
		out->key = 1;
	for (size_t i = 0; i < n; i++)
		if (i + 1 < n || !is_terminal(p->voc, norms[i]))
			out->key = rp_key_mix(out->key, norms[i]);
	out->bag = bag_of(p->arena, norms, n);
	return out;
}

const struct rp_prose *
rp_proses_of(struct rp_proses *p, rp_text t)
{
	struct rp_prose **slot = rp_map_at(p->arena, &p->map, t);

	if (*slot == NULL)
		*slot = make(p, t);
	return *slot;
}

static uint64_t
mix_octets(uint64_t key, rp_bytes s)
{
	key = rp_key_mix(key, s.n);
	for (size_t i = 0; i < s.n; i += sizeof(uint64_t)) {
		size_t rest = s.n - i;
		uint64_t v = 0;

		memcpy(&v, s.p + i, rest < sizeof(v) ? rest : sizeof(v));
		key = rp_key_mix(key, v);
	}
	return key;
}

static uint64_t
block_key(const struct rp_block *b, const struct rp_prose *p)
{
	uint64_t key = p->key;

	if (b->kind == RP_BLOCK_SECTION)
		return rp_key_mix(2, key);
	if (b->kind == RP_BLOCK_OPAQUE)
		return mix_octets(rp_key_mix(3, key), b->raw);
	for (uint32_t i = b->label_runs; i < b->n_runs; i++)
		if (b->runs[i].kind == RP_RUN_OPAQUE)
			key = mix_octets(rp_key_mix(4, key),
			    b->runs[i].same.n > 0 ? b->runs[i].same :
						    b->runs[i].raw);
	return key;
}

void
rp_proses_side(struct rp_proses *p, const struct rp_document *d,
    struct rp_side *out)
{
	*out = (struct rp_side){ d, d->body.blocks.v, d->body.blocks.n, NULL,
		NULL };
	out->prose = rp_new_n(p->arena, const struct rp_prose *, out->n + 1);
	out->key = rp_new_n(p->arena, uint64_t, out->n + 1);
	for (size_t i = 0; i < out->n; i++) {
		out->prose[i] =
		    rp_proses_of(p, rp_block_text(p->arena, &out->blocks[i]));
		out->key[i] = block_key(&out->blocks[i], out->prose[i]);
	}
}

static void
count_blocks(uint32_t *df, const struct rp_side *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (uint32_t k = 0; k < s->prose[i]->bag.n; k++)
			df[s->prose[i]->bag.id[k]]++;
}

static void
weigh(const struct rp_proses *p, struct rp_bag *b)
{
	b->weight = 0;
	for (uint32_t i = 0; i < b->n; i++)
		b->weight += p->idf[b->id[i]] * (float)b->count[i];
}

void
rp_proses_weigh(struct rp_proses *p, const struct rp_side *x,
    const struct rp_side *y)
{
	uint32_t n = rp_vocabulary_n(p->voc);
	uint32_t *df = rp_new_n(p->arena, uint32_t, n + 1);
	float blocks = (float)(x->n + y->n);

	p->idf = rp_new_n(p->arena, float, n + 1);
	count_blocks(df, x);
	count_blocks(df, y);
	for (uint32_t i = 0; i < n; i++)
		p->idf[i] = df[i] == 0 ? 0 : logf(1 + blocks / (float)df[i]);
	for (size_t i = 0; i < p->map.n; i++)
		weigh(p, &p->map.v[i]->bag);
}

float
rp_proses_idf(const struct rp_proses *p, uint32_t id)
{
	return p->idf[id];
}

struct rp_bag
rp_proses_bag(struct rp_proses *p, const struct rp_side *s, size_t from,
    size_t to)
{
	uint32_t *norms;
	struct rp_bag out;
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += s->prose[i]->units.n;
	norms = rp_new_n(p->arena, uint32_t, n + 1);
	n = 0;
	for (size_t i = from; i < to; i++)
		for (size_t k = 0; k < s->prose[i]->units.n; k++)
			norms[n++] =
			    rp_vocabulary_norm(p->voc, s->prose[i]->ids[k]);
	out = bag_of(p->arena, norms, n);
	weigh(p, &out);
	return out;
}

float
rp_similarity(const struct rp_proses *p, const struct rp_bag *x,
    const struct rp_bag *y)
{
	float common = 0, all = x->weight + y->weight;
	uint32_t i = 0, j = 0;

	while (i < x->n && j < y->n) {
		uint32_t a = x->id[i], b = y->id[j];

		if (a == b)
			common +=
			    p->idf[a] * (float)(x->count[i] < y->count[j] ?
						    x->count[i] :
						    y->count[j]);
		i += a <= b;
		j += b <= a;
	}
	return all > 0 ? 2 * common / all : 0;
}
