/* pdf_parts - a foreign PDF taken apart, for codec/pdf_join.h. */
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "proc/parse/pdf_guard.hh"

namespace
{

/* As codec/pdf_join.h has them. */
enum { PAGES = 1, ELEMENT = 2, PARENTS = 3, FIRST = 4 };

const size_t OBJECTS_MAX = 200000;
const int DEPTH_MAX = 200;

struct too_much {
};

class Parts
{
	size_t max;
	QPDF &pdf;
	std::string out;
	std::map<QPDFObjGen, uint32_t> numbers;
	std::vector<QPDFObjectHandle> waiting;
	std::map<QPDFObjGen, bool> pages;
	QPDFObjGen tree;
	uint32_t keys = 0;
	bool tagged = false;

	void
	room()
	{
		if (out.size() > max)
			throw too_much();
	}

	void
	u32(uint32_t n)
	{
		for (int i = 0; i < 4; i++)
			out += static_cast<char>(n >> (8 * i) & 0xff);
	}

	void
	record(char tag, uint32_t n)
	{
		out += tag;
		u32(n);
	}

	void
	words(const std::string &s)
	{
		if (s.empty())
			return;
		record('L', static_cast<uint32_t>(s.size()));
		out += s;
		room();
	}

	/* The number of what is referred to; 0 for what is not taken along. */
	uint32_t
	number(QPDFObjectHandle o)
	{
		QPDFObjGen og = o.getObjGen();

		if (og == tree)
			return tagged ? ELEMENT : 0;
		auto there = numbers.find(og);
		if (there != numbers.end())
			return there->second;
		if (o.isDictionary() && o.isDictionaryOfType("/Page"))
			return 0; /* of no page that is shown */
		if (o.isDictionary() && (o.isDictionaryOfType("/Catalog") ||
					    o.isDictionaryOfType("/Pages")))
			return 0;
		if (o.isNull() || numbers.size() >= OBJECTS_MAX) {
			if (!o.isNull())
				throw too_much();
			return 0;
		}
		uint32_t n = FIRST + static_cast<uint32_t>(numbers.size());
		numbers[og] = n;
		waiting.push_back(o);
		return n;
	}

	/* Only addresses and places in this document. */
	static bool
	is_good_action(QPDFObjectHandle a)
	{
		if (!a.isDictionary())
			return false;
		QPDFObjectHandle s = a.getKey("/S");
		if (s.isNameAndEquals("/URI"))
			return true;
		return s.isNameAndEquals("/GoTo") && a.getKey("/D").isArray();
	}

	static bool
	is_gone(QPDFObjectHandle d, const std::string &key)
	{
		static const char *const gone[] = { "/Metadata", "/PieceInfo",
			"/LastModified", "/OpenAction", "/AA", "/JavaScript",
			"/JS", "/EmbeddedFiles", "/EF", "/RichMediaContent",
			"/Names", "/AcroForm", "/AF", "/OC", "/Thumb", "/B" };

		for (const char *g : gone) {
			if (key == g)
				return true;
		}
		if (key == "/A" && d.hasKey("/Rect"))
			return !is_good_action(d.getKey("/A"));
		/* A named place is looked up where it is no more. */
		if (key == "/Dest")
			return !d.getKey("/Dest").isArray();
		if (key == "/Next" && d.hasKey("/S"))
			return true;
		return false;
	}

	void
	key_number(QPDFObjectHandle v)
	{
		long long n = v.isInteger() ? v.getIntValue() : -1;

		if (n < 0 || n >= 1000000)
			n = 0;
		if (static_cast<uint32_t>(n) >= keys)
			keys = static_cast<uint32_t>(n) + 1;
		record('K', static_cast<uint32_t>(n));
	}

	void
	entry(const std::string &key, QPDFObjectHandle v, int depth)
	{
		words(QPDFObjectHandle::newName(key).unparse() + " ");
		if (key == "/StructParents" || key == "/StructParent")
			key_number(v);
		else
			value(v, depth + 1);
		words("\n");
	}

	void
	dictionary(QPDFObjectHandle d, int depth, bool stream)
	{
		bool page = !stream && pages.count(d.getObjGen()) > 0;

		words("<<");
		for (const std::string &key : d.getKeys()) {
			if (is_gone(d, key) || (page && key == "/Parent") ||
			    (!tagged && (key == "/StructParents" ||
					    key == "/StructParent")) ||
			    (stream && (key == "/Length" || key == "/F" ||
					   key == "/FFilter" ||
					   key == "/FDecodeParms")))
				continue;
			if (page && key == "/Annots")
				continue;
			entry(key, d.getKey(key), depth);
		}
		if (page) {
			words("/Parent ");
			record('R', PAGES);
			annotations(d, depth);
		}
		if (!stream)
			words(">>");
	}

	/* Links alone: nothing that is filled in, played, or said of the text. */
	void
	annotations(QPDFObjectHandle page, int depth)
	{
		QPDFObjectHandle all = page.getKey("/Annots");

		if (!all.isArray())
			return;
		words("/Annots [");
		for (int i = 0; i < all.getArrayNItems(); i++) {
			QPDFObjectHandle a = all.getArrayItem(i);

			if (a.isDictionary() &&
			    a.getKey("/Subtype").isNameAndEquals("/Link")) {
				value(a, depth + 1);
				words(" ");
			}
		}
		words("]");
	}

	void
	value(QPDFObjectHandle v, int depth)
	{
		if (depth > DEPTH_MAX)
			throw too_much();
		if (v.isIndirect()) {
			uint32_t n = number(v);

			if (n == 0)
				words("null");
			else
				record('R', n);
		} else if (v.isArray()) {
			words("[");
			for (int i = 0; i < v.getArrayNItems(); i++) {
				value(v.getArrayItem(i), depth + 1);
				words(" ");
			}
			words("]");
		} else if (v.isDictionary()) {
			dictionary(v, depth, false);
		} else {
			words(v.unparse());
		}
	}

	void
	object(QPDFObjectHandle o, uint32_t n)
	{
		record('O', n);
		if (o.isStream()) {
			std::shared_ptr<Buffer> raw = o.getRawStreamData();

			dictionary(o.getDict(), 0, true);
			words("/Length " + std::to_string(raw->getSize()) +
			      ">>\nstream\n");
			words(std::string(
			    reinterpret_cast<const char *>(raw->getBuffer()),
			    raw->getSize()));
			words("\nendstream");
		} else if (o.isDictionary()) {
			dictionary(o, 0, false);
		} else if (o.isArray()) {
			words("[");
			for (int i = 0; i < o.getArrayNItems(); i++) {
				value(o.getArrayItem(i), 1);
				words(" ");
			}
			words("]");
		} else {
			words(o.unparse());
		}
		record('E', n);
	}

	/* Leaves of a number tree, in their order. */
	void
	leaves(QPDFObjectHandle node, int depth)
	{
		if (depth > DEPTH_MAX || !node.isDictionary())
			return;
		QPDFObjectHandle nums = node.getKey("/Nums");
		QPDFObjectHandle kids = node.getKey("/Kids");

		for (int i = 0; nums.isArray() && i + 1 < nums.getArrayNItems();
		     i += 2) {
			long long k = nums.getArrayItem(i).isInteger() ?
					  nums.getArrayItem(i).getIntValue() :
					  -1;

			if (k < 0 || k >= static_cast<long long>(keys))
				continue;
			record('K', static_cast<uint32_t>(k));
			words(" ");
			value(nums.getArrayItem(i + 1), 1);
			words("\n");
		}
		for (int i = 0; kids.isArray() && i < kids.getArrayNItems();
		     i++)
			leaves(kids.getArrayItem(i), depth + 1);
	}

	void
	structure(QPDFObjectHandle root)
	{
		QPDFObjectHandle k = root.getKey("/K");

		record('O', ELEMENT);
		words("<</Type /StructElem /S /Part /P ");
		record('T', 0);
		words(" /K [");
		if (k.isArray()) {
			for (int i = 0; i < k.getArrayNItems(); i++) {
				value(k.getArrayItem(i), 1);
				words(" ");
			}
		} else {
			value(k, 1);
		}
		words("]>>");
		record('E', ELEMENT);
		record('O', PARENTS);
		words("<</Limits [");
		record('K', 0);
		words(" ");
		record('K', keys > 0 ? keys - 1 : 0);
		words("] /Nums [");
		leaves(root.getKey("/ParentTree"), 0);
		words("]>>");
		record('E', PARENTS);
	}

	void
	drain()
	{
		while (!waiting.empty()) {
			QPDFObjectHandle o = waiting.back();

			waiting.pop_back();
			object(o, numbers[o.getObjGen()]);
		}
	}

public:
	Parts(QPDF &of, size_t limit) : max(limit), pdf(of)
	{
	}

	const std::string &
	make(int pages_max)
	{
		QPDFPageDocumentHelper helper(pdf);
		QPDFObjectHandle root = pdf.getRoot();
		QPDFObjectHandle t = root.getKey("/StructTreeRoot");
		std::vector<uint32_t> kids;

		helper.pushInheritedAttributesToPage();
		std::vector<QPDFPageObjectHelper> all = helper.getAllPages();
		if (all.empty() || all.size() > static_cast<size_t>(pages_max))
			throw too_much();
		tagged = t.isDictionary() && t.isIndirect();
		if (tagged)
			tree = t.getObjGen();
		for (auto &p : all) {
			QPDFObjectHandle o = p.getObjectHandle();

			pages[o.getObjGen()] = true;
			if (numbers.count(o.getObjGen()) == 0) {
				uint32_t n = FIRST +
				    static_cast<uint32_t>(numbers.size());

				numbers[o.getObjGen()] = n;
				waiting.push_back(o);
			}
			kids.push_back(numbers[o.getObjGen()]);
		}
		out = "RPP1";
		u32(0);
		u32(static_cast<uint32_t>(kids.size()));
		u32(0);
		u32(kids[0]);
		record('O', PAGES);
		words("<</Type /Pages /Parent ");
		record('G', 0);
		words(" /Count " + std::to_string(kids.size()) + " /Kids [");
		for (uint32_t n : kids) {
			record('R', n);
			words(" ");
		}
		words("]>>");
		record('E', PAGES);
		drain();
		if (tagged && keys > 0) {
			structure(t);
			drain();
		}
		patch();
		return out;
	}

	uint32_t
	count() const
	{
		return static_cast<uint32_t>(pages.size());
	}

private:
	void
	patch()
	{
		uint32_t n = FIRST + static_cast<uint32_t>(numbers.size()) - 1;
		uint32_t k = tagged ? keys : 0;

		for (int i = 0; i < 4; i++) {
			out[4 + static_cast<size_t>(i)] =
			    static_cast<char>(n >> (8 * i) & 0xff);
			out[12 + static_cast<size_t>(i)] =
			    static_cast<char>(k >> (8 * i) & 0xff);
		}
	}
};

} // namespace

enum rp_pdf_shim_result
rp_pdf_shim_parts(const uint8_t *p, size_t n, int pages_max, size_t max,
    void (*copy)(void *ctx, const uint8_t *p, size_t n), void *ctx,
    int *out_pages)
{
	return rp_pdf_shim_guarded([=] {
		QPDF pdf;

		pdf.setSuppressWarnings(true);
		pdf.processMemoryFile("document",
		    reinterpret_cast<const char *>(p), n);
		Parts parts(pdf, max);
		try {
			const std::string &s = parts.make(pages_max);

			*out_pages = static_cast<int>(parts.count());
			copy(ctx, reinterpret_cast<const uint8_t *>(s.data()),
			    s.size());
		} catch (const too_much &) {
			return RP_PDF_TOO_MANY_PAGES;
		}
		return RP_PDF_OK;
	});
}
