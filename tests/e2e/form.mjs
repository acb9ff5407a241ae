/* The answer form, as people fill it. */
import { deflateRawSync } from "node:zlib";

/* What two very different people send. Both addresses are no one's. */
export const people = {
	en: {
		name: "Zoë Ó Briain-Ñandú",
		organisation: "Society for <Names> & \"Addresses\"",
		job: "Secretary",
		category: "civil_society", country: "IE",
		email: "测试@例え.テスト",
		word: "quandlewick",
		answer: "The first paragraph of the answer speaks of quandlewick.\r\n" +
			"\r\nA second one: <script>alert(1)</script> & ‮odd‬ 中文 العربية 🌍" +
			"\r\n\r\n- one\r\n- two\r\n\r\n*Last* words.",
		second: "A second one",
		more: "\r\n\r\nAdded when it was revised.",
		added: "Added when it was revised.",
	},
	ar: {
		name: "ليلى بنت يوسف",
		organisation: "جمعية الأسماء والعناوين",
		job: "أمينة السر",
		category: "civil_society", country: "EG",
		email: "ليلى@مثال.إختبار",
		word: "قرمزوان",
		answer: "الفقرة الأولى من الجواب تذكر قرمزوان مرة واحدة.\r\n\r\n" +
			"والفقرة الثانية فيها English words و例え.テスト و<b>.\r\n\r\n" +
			"- واحد\r\n- اثنان",
		second: "والفقرة الثانية",
		more: "\r\n\r\nأضيفت عند التنقيح.",
		added: "أضيفت عند التنقيح.",
	},
};

export async function fill(page, who) {
	await page.fill("#q1", who.answer);
	await page.check("#capacity-organisation");
	await page.fill("#name", who.name);
	await page.fill("#organisation", who.organisation);
	await page.fill("#job_title", who.job);
	await page.selectOption("#category", who.category);
	await page.selectOption("#country", who.country);
	await page.fill("#email", who.email);
	await page.check("#authorisation-full");
	await page.check("#agreed");
}

/* With files goes a summary. */
export async function attach(page, who, list) {
	await page.fill("#summary", who.second);
	await page.setInputFiles("#attachment", list);
}

export async function send(page, button = "send") {
	await Promise.all([page.waitForNavigation(),
		page.click(`button[name=do][value=${button}]`)]);
}

/* Lines as a browser gives them back. */
export const lf = text => text.replaceAll("\r\n", "\n");

/* A zip file. */
function zip(members) {
	const parts = [], central = [];
	let at = 0;
	for (const [name, text] of members) {
		const data = Buffer.from(text), packed = deflateRawSync(data);
		const head = Buffer.alloc(30);
		head.writeUInt32LE(0x04034b50, 0);
		head.writeUInt16LE(20, 4);
		head.writeUInt16LE(8, 8);
		head.writeUInt32LE(sum(data), 14);
		head.writeUInt32LE(packed.length, 18);
		head.writeUInt32LE(data.length, 22);
		head.writeUInt16LE(name.length, 26);
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(20, 4);
		head.copy(entry, 6, 4, 30);
		entry.writeUInt32LE(at, 42);
		central.push(entry, Buffer.from(name));
		parts.push(head, Buffer.from(name), packed);
		at += head.length + name.length + packed.length;
	}
	const tail = Buffer.alloc(22), size = Buffer.concat(central).length;
	tail.writeUInt32LE(0x06054b50, 0);
	tail.writeUInt16LE(members.length, 8);
	tail.writeUInt16LE(members.length, 10);
	tail.writeUInt32LE(size, 12);
	tail.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, ...central, tail]);
}

/* Node 20 has no crc32 of its own. */
function sum(data) {
	let c = ~0;
	for (const octet of data) {
		c ^= octet;
		for (let i = 0; i < 8; i++)
			c = c >>> 1 ^ (c & 1 ? 0xedb88320 : 0);
	}
	return ~c >>> 0;
}

function pdf(text) {
	const objects = ["<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] " +
		"/Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"];
	const drawn = `BT /F 12 Tf 20 100 Td (${text}) Tj ET`;
	objects.push(`<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
	let out = "%PDF-1.4\n";
	const at = objects.map((o, i) => {
		const here = out.length;
		out += `${i + 1} 0 obj\n${o}\nendobj\n`;
		return here;
	});
	const table = out.length;
	out += `xref\n0 ${at.length + 1}\n0000000000 65535 f \n` +
		at.map(n => `${String(n).padStart(10, "0")} 00000 n \n`).join("") +
		`trailer\n<< /Size ${at.length + 1} /Root 1 0 R >>\n` +
		`startxref\n${table}\n%%EOF\n`;
	return Buffer.from(out, "latin1");
}

/* A Word document of these paragraphs, as markup (w:p). */
export function word(body) {
	const type = "application/vnd.openxmlformats-officedocument." +
		"wordprocessingml.document.main+xml";
	return zip([
		["[Content_Types].xml", "<?xml version=\"1.0\"?><Types xmlns=" +
		"\"http://schemas.openxmlformats.org/package/2006/content-types\">" +
		"<Default Extension=\"rels\" ContentType=\"application/" +
		"vnd.openxmlformats-package.relationships+xml\"/>" +
		`<Override PartName="/word/document.xml" ContentType="${type}"/>` +
		"</Types>"],
		["_rels/.rels", "<?xml version=\"1.0\"?><Relationships xmlns=" +
		"\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
		"<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/" +
		"officeDocument/2006/relationships/officeDocument\" " +
		"Target=\"word/document.xml\"/></Relationships>"],
		["word/document.xml", "<?xml version=\"1.0\"?><w:document xmlns:w=" +
		"\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" +
		`<w:body>${body}</w:body></w:document>`],
	]);
}

const docx = text => word(`<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`);

export const files = {
	pdf: { name: "Annex – ملحق.pdf", mimeType: "application/pdf",
		buffer: pdf("An annex of one page") },
	docx: { name: "附件.docx", mimeType: "application/octet-stream",
		buffer: docx("An annex in a word processor's format") },
	txt: { name: "notes.txt", mimeType: "text/plain",
		buffer: Buffer.from("Plain words, 中文, عربي.\n") },
	png: { name: "picture.pdf", mimeType: "application/pdf",
		buffer: Buffer.from("89504e470d0a1a0a0000000d49484452", "hex") },
};
