"""How many statements pages take, by the server's own count: every GET of every
journey, as whoever asked. A journey that asks for a page that takes more than
its limit fails when its server stops."""
import re

LIMIT = 10
# A page of the desk reads the name of the body anew after each change of what is
# public; others do too, but have less to read.
DESK_LIMIT = LIMIT + 1
LINE = re.compile(r'event=request method=GET route=(\S+) status=\d+ .*?'
                  r'statements=(\d+)')
# What takes more, and how much at most with what the journeys store.
MORE = {
    # Of the public's: a list sorted by country or category asks for each group
    # of it until the page is full; frozen summaries ask for each question.
    '/r/{secret}': 11,
    '/{lang}/{group}/consultations/{n}/responses/': 50,
    '/{lang}/{group}/consultations/{n}/summary': 17,
    '/{lang}/{group}/consultations/{n}/summaries/{k}': 17,
    '/{lang}/{group}/consultations/{n}/summaries/{k}/compare/{id}': 13,
    '/{lang}/{group}/consultations/{n}/summaries/{k}/assignments.csv': 14,
    '/{lang}/{group}/consultations/{n}/summaries/{k}/assignments.json': 14,
    '/{lang}/{group}/consultations/{n}/summaries/{k}/summary.docx': 14,
    '/{lang}/{group}/consultations/{n}/summaries/{k}/summary.pdf': 14,
    # Two versions of a report, to show what changed.
    '/{lang}/{group}/meetings/{n}/report/': 11,
    # Its files, and the agenda on its second page.
    '/{lang}/{group}/meetings/{n}/pack.pdf': 11,
    # While it is made: with the documents that it may be merged of.
    '/{lang}/{group}/meetings/{n}/contributions/{k}/': 14,
    '/{lang}/{group}/consultations/{n}/statistics': 12,
    '/{lang}/{group}/instruments/{name}/{n}/text.json': 12,
    # Comments of an edition and of the one before, each with its actions.
    '/{lang}/{group}/editions/{n}/': 12,
    # A draft is made of everything that the group did in a period; issued, it
    # is one file that was kept.
    '/{lang}/{group}/reports/{n}/': 26,
    '/{lang}/{group}/reports/{n}/{name}': 39,
    # Comparisons read their parts, and amendments those of each provision.
    '/{lang}/{group}/instruments/{name}/{n}/': 13,
    '/{lang}/{group}/instruments/{name}/compare/{n}/{k}/': 12,
    '/{lang}/{group}/instruments/{name}/{n}/amendments/': 20,
    '/{lang}/{group}/instruments/{name}/{n}/amendments/new': 21,
    '/{lang}/{group}/instruments/{name}/{n}/amendments/edit': 22,
    '/{lang}/{group}/instruments/{name}/{n}/amendments/change': 19,
    '/{lang}/{group}/instruments/{name}/{n}/amendments/{k}/': 25,
    '/{lang}/{group}/instruments/{name}/{n}/amendments/{k}/{id}/file': 13,
    '/{lang}/{group}/instruments/{name}/{n}/amendments/{k}/{id}.docx': 13,
    # Of the desk's.
    '/{lang}/desk/': 16,
    '/{lang}/desk/instruments': 35,
    '/{lang}/desk/instruments/{id}/amendments/{n}': 20,
    '/{lang}/desk/instruments/{id}/flattened/{n}': 15,
    '/{lang}/desk/groups/{id}/editions/{n}': 12,
    '/{lang}/desk/meetings/{id}/agenda': 17,
    '/{lang}/desk/meetings/{id}/items/{k}/guests': 12,
    '/{lang}/desk/meetings/{id}/report': 23,
    '/{lang}/desk/meetings/{id}/report/{name}': 16,
    '/{lang}/desk/responses/{id}': 18,
    '/{lang}/desk/responses/{id}/revisions/{n}': 19,
    '/{lang}/desk/responses/{id}/translate': 12,
    '/{lang}/desk/consultations/{n}/themes': 16,
    '/{lang}/desk/consultations/{n}/summaries/{k}': 17,
    '/{lang}/desk/consultations/{n}/summaries/{k}/compare/{id}': 13,
    # Until the worker has counted anew what has changed: theme_tally.h.
    '/{lang}/desk/questions/{id}/themes': 14,
    # With the questions that its attachments speak to.
    '/{lang}/desk/questions/{id}/responses/{k}': 12,
    # Each row asks for itself.
    '/{lang}/desk/people': 100,
    '/{lang}/desk/outbox': 100,
    '/{lang}/desk/held': 100,
}


def over(log):
    """{route: statements} of what took more than it may."""
    most = {}
    for route, n in LINE.findall(log):
        most[route] = max(most.get(route, 0), int(n))
    return {route: n for route, n in most.items() if n > MORE.get(
        route, DESK_LIMIT if '/desk/' in route else LIMIT)}
