#include "codec/atom.h"

#include "base/clock.h"
#include "codec/sink.h"

static void
link_to(struct rp_xml *w, rp_text rel, rp_url to)
{
	rp_xml_open(w, "link");
	rp_xml_attr(w, "rel", rel);
	rp_xml_attr(w, "href", (rp_text){ to.p, to.n });
	rp_xml_close(w);
}

static void
instant(struct rp_xml *w, const char *name, int64_t at)
{
	rp_xml_leaf(w, name, rp_clock_rfc3339(w->sink->arena, at));
}

static void
language(struct rp_xml *w, rp_text tag)
{
	if (tag.n > 0)
		rp_xml_attr(w, "xml:lang", tag);
}

static void
person(struct rp_xml *w, rp_text name)
{
	rp_xml_open(w, "author");
	rp_xml_leaf(w, "name", name);
	rp_xml_close(w);
}

void
rp_atom_begin(struct rp_xml *w, struct rp_sink *sink,
    const struct rp_atom_feed *feed)
{
	rp_xml_init(w, sink);
	rp_xml_open(w, "feed");
	rp_xml_attr(w, "xmlns", RP_TEXT("http://www.w3.org/2005/Atom"));
	language(w, feed->language);
	rp_xml_leaf(w, "id", feed->id);
	rp_xml_leaf(w, "title", feed->title);
	instant(w, "updated", feed->updated_at);
	person(w, feed->title);
	link_to(w, RP_TEXT("self"), feed->self);
	link_to(w, RP_TEXT("alternate"), feed->page);
}

void
rp_atom_entry(struct rp_xml *w, const struct rp_atom_entry *entry)
{
	rp_xml_open(w, "entry");
	language(w, entry->language);
	rp_xml_leaf(w, "id", entry->id);
	rp_xml_leaf(w, "title", entry->title);
	instant(w, "published", entry->published_at);
	instant(w, "updated", entry->updated_at);
	if (entry->author.n > 0)
		person(w, entry->author);
	link_to(w, RP_TEXT("alternate"), entry->page);
	if (entry->summary.n > 0)
		rp_xml_leaf(w, "summary", entry->summary);
	rp_xml_close(w);
}

void
rp_atom_end(struct rp_xml *w)
{
	rp_xml_close(w);
	rp_sink_byte(w->sink, '\n');
}
