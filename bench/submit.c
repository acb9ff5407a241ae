/*
 * submit - load for bench/submit.sh: many clients send responses and wait.
 *
 * usage: submit ADDRESS PORT PATH CLIENTS COUNT BODY_OCTETS [SOURCE_PREFIX]
 *
 * First each client fetches COUNT / CLIENTS forms for their tokens (not timed),
 * then all send: one request at a time each, keep-alive, through the same form
 * handler as everybody. With SOURCE_PREFIX ("fd00:1:2") client i comes from
 * fd00:1:2:i::1, which the caller has put on an interface. Prints one line:
 * accepted, refused, seconds, rate, p50, p99 and the longest wait in ms.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 1024
#define BUFFER ((size_t)256 * 1024)
#define TOKEN_MAX 96

struct client {
	int fd;
	char *in, *out;
	size_t in_n, out_n, out_at;
	char (*tokens)[TOKEN_MAX];
	int got, sent;
	int64_t began;
};

static struct client clients[CLIENTS_MAX];
static int n_clients, per_client, epoll_fd, body_octets;
static const char *path, *address, *prefix;
static uint16_t port;
static int64_t *waits;
static int64_t n_waits, refused;
static char filler[65536];

static int64_t
now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static void
dial(struct client *c, int index)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6,
		.sin6_port = htons(port) };
	struct sockaddr_in6 from = { .sin6_family = AF_INET6 };
	struct epoll_event ev = { .events = EPOLLIN | EPOLLOUT | EPOLLET,
		.data.ptr = c };
	char text[64];
	int one = 1;

	c->fd = socket(AF_INET6, SOCK_STREAM, 0);
	if (c->fd < 0)
		die("socket");
	if (prefix != NULL) {
		snprintf(text, sizeof(text), "%s:%x::1", prefix, index + 1);
		if (inet_pton(AF_INET6, text, &from.sin6_addr) != 1 ||
		    bind(c->fd, (struct sockaddr *)&from, sizeof(from)) != 0)
			die(text);
	}
	if (inet_pton(AF_INET6, address, &to.sin6_addr) != 1 ||
	    connect(c->fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		die("connect");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &ev);
}

static void
flush(struct client *c)
{
	while (c->out_at < c->out_n) {
		ssize_t n =
		    write(c->fd, c->out + c->out_at, c->out_n - c->out_at);

		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0)
			die("write");
		c->out_at += (size_t)n;
	}
}

static void
ask_form(struct client *c)
{
	c->out_n = (size_t)snprintf(c->out, BUFFER,
	    "GET %s HTTP/1.1\r\nHost: bench\r\n\r\n", path);
	c->out_at = 0;
	flush(c);
}

static void
send_form(struct client *c)
{
	char body[70000];
	int n = snprintf(body, sizeof(body),
	    "token=%s&notice=1&agreed=1&capacity=organisation&name=Bench+%d"
	    "&organisation=Bench+Organisation&category=technical_community"
	    "&country=CH&email=bench%d%%40example.org&lang=en"
	    "&authorisation=full&do=send&q2=&q1=%.*s",
	    c->tokens[c->sent], c->sent, c->sent, body_octets, filler);

	c->out_n = (size_t)snprintf(c->out, BUFFER,
	    "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: "
	    "application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
	    path, n, body);
	c->out_at = 0;
	c->began = now_us();
	c->sent++;
	flush(c);
}

/* The length of a whole response at the start of `in`, or 0. */
static size_t
whole(const struct client *c, int *status)
{
	const char *end = memmem(c->in, c->in_n, "\r\n\r\n", 4);
	const char *length;
	size_t head, n;

	if (end == NULL)
		return 0;
	head = (size_t)(end - c->in) + 4;
	length = memmem(c->in, head, "Content-Length: ", 16);
	n = length ? strtoul(length + 16, NULL, 10) : 0;
	*status = (int)strtol(c->in + 9, NULL, 10);
	return c->in_n >= head + n ? head + n : 0;
}

static void
take_token(struct client *c, size_t n)
{
	const char *at = memmem(c->in, n, "name=\"token\" value=\"", 20);
	size_t len;

	if (at == NULL) {
		fprintf(stderr, "no token in: %.200s\n", c->in);
		exit(1);
	}
	at += 20;
	len = strcspn(at, "\"");
	if (len >= TOKEN_MAX)
		exit(1);
	memcpy(c->tokens[c->got], at, len);
	c->tokens[c->got++][len] = '\0';
}

/* Read what there is; call `take` for each whole response. */
static void
pump(struct client *c, void (*take)(struct client *c, size_t n, int status))
{
	for (;;) {
		ssize_t got = read(c->fd, c->in + c->in_n, BUFFER - c->in_n);
		int status;
		size_t n;

		if (got < 0 && errno == EAGAIN)
			return;
		if (got <= 0)
			die("read");
		c->in_n += (size_t)got;
		while ((n = whole(c, &status)) > 0) {
			take(c, n, status);
			memmove(c->in, c->in + n, c->in_n - n);
			c->in_n -= n;
		}
	}
}

static int waiting;

static void
on_form(struct client *c, size_t n, int status)
{
	if (status != 200) {
		fprintf(stderr, "form: status %d\n", status);
		exit(1);
	}
	take_token(c, n);
	if (c->got < per_client)
		ask_form(c);
	else
		waiting--;
}

static void
on_receipt(struct client *c, size_t n, int status)
{
	(void)n;
	if (status == 303)
		waits[n_waits++] = now_us() - c->began;
	else
		refused++;
	if (c->sent < per_client)
		send_form(c);
	else
		waiting--;
}

static void
run(void (*first)(struct client *c),
    void (*take)(struct client *c, size_t n, int status))
{
	struct epoll_event ev[256];

	waiting = n_clients;
	for (int i = 0; i < n_clients; i++)
		first(&clients[i]);
	while (waiting > 0) {
		int n = epoll_wait(epoll_fd, ev, 256, 30000);

		if (n <= 0)
			die("nothing for 30 s");
		for (int i = 0; i < n; i++) {
			flush(ev[i].data.ptr);
			pump(ev[i].data.ptr, take);
		}
	}
}

static int
by_value(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

int
main(int argc, char **argv)
{
	int64_t began, took;
	double s;

	if (argc < 7) {
		fprintf(stderr, "usage: submit ADDRESS PORT PATH CLIENTS COUNT "
				"BODY_OCTETS [SOURCE_PREFIX]\n");
		return 2;
	}
	address = argv[1];
	port = (uint16_t)strtol(argv[2], NULL, 10);
	path = argv[3];
	n_clients = (int)strtol(argv[4], NULL, 10);
	per_client = (int)strtol(argv[5], NULL, 10) / n_clients;
	body_octets = (int)strtol(argv[6], NULL, 10);
	prefix = argc > 7 ? argv[7] : NULL;
	if (n_clients < 1 || n_clients > CLIENTS_MAX || body_octets > 60000)
		return 2;
	memset(filler, 'x', sizeof(filler));
	for (int i = 5; i < body_octets; i += 6)
		filler[i] = '+';
	waits = calloc((size_t)n_clients * (size_t)per_client, sizeof(*waits));
	epoll_fd = epoll_create1(0);
	for (int i = 0; i < n_clients; i++) {
		clients[i].in = malloc(BUFFER);
		clients[i].out = malloc(BUFFER);
		clients[i].tokens = calloc((size_t)per_client, TOKEN_MAX);
		dial(&clients[i], i);
	}
	run(ask_form, on_form);
	sleep(5); /* forms sent faster than a person types are held */
	began = now_us();
	run(send_form, on_receipt);
	took = now_us() - began;
	qsort(waits, (size_t)n_waits, sizeof(*waits), by_value);
	s = (double)took / 1e6;
	printf("accepted %lld refused %lld seconds %.2f rate %.0f/s p50 %.1f "
	       "p99 %.1f max %.1f ms\n",
	    (long long)n_waits, (long long)refused, s, (double)n_waits / s,
	    (double)waits[n_waits / 2] / 1e3,
	    (double)waits[n_waits * 99 / 100] / 1e3,
	    (double)waits[n_waits - 1] / 1e3);
	return refused > 0;
}
