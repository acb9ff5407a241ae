/*
 * certificate - one to test with, signed by itself.
 *
 * For consult.example, *.body.example and 2001:db8::1, for a hundred years.
 */
#ifndef RP_DOMAIN_TESTING_CERTIFICATE_H
#define RP_DOMAIN_TESTING_CERTIFICATE_H

#define RP_TEST_CERTIFICATE                                                  \
	"-----BEGIN CERTIFICATE-----\n"                                      \
	"MIIByjCCAXGgAwIBAgIUKTHvpD83WJeK7xjpkXpRvTuUyHQwCgYIKoZIzj0EAwIw\n" \
	"GjEYMBYGA1UEAwwPY29uc3VsdC5leGFtcGxlMCAXDTI2MTEyMTA5MTgyNVoYDzIx\n" \
	"MjYxMDI4MDkxODI1WjAaMRgwFgYDVQQDDA9jb25zdWx0LmV4YW1wbGUwWTATBgcq\n" \
	"hkjOPQIBBggqhkjOPQMBBwNCAARe/msbLKsklhdztYS6WMMzd2+WgW1InGTYqMJX\n" \
	"xx5IQ671/HCOo0qSo481sBJT+EegAMUX5hD3OfrWY5H5OaoAo4GSMIGPMB0GA1Ud\n" \
	"DgQWBBThem0p95ZNj1C/nLy2L5JNGRTe5jAfBgNVHSMEGDAWgBThem0p95ZNj1C/\n" \
	"nLy2L5JNGRTe5jAPBgNVHRMBAf8EBTADAQH/MDwGA1UdEQQ1MDOCD2NvbnN1bHQu\n" \
	"ZXhhbXBsZYIOKi5ib2R5LmV4YW1wbGWHECABDbgAAAAAAAAAAAAAAAEwCgYIKoZI\n" \
	"zj0EAwIDRwAwRAIgFrz8JHELOYOU9EOldi0qXXyDLwihalaB1k2LYGrQl30CID6r\n" \
	"yaM/yKnGZWVb5ogpCRu937XKhqr0KHqW+NYDTqnB\n"                         \
	"-----END CERTIFICATE-----\n"

#endif
