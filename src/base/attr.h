/* Compiler attributes. The only file that spells __attribute__. */
#ifndef RP_BASE_ATTR_H
#define RP_BASE_ATTR_H

#define RP_MUST_USE __attribute__((warn_unused_result))
#define RP_PRINTF(f, va) __attribute__((format(printf, f, va)))
#define RP_NONNULL_RET __attribute__((returns_nonnull))
#define RP_NORETURN __attribute__((noreturn))
#define RP_UNUSED __attribute__((unused))
/* A vector of `n` octets in all. */
#define RP_VECTOR(n) __attribute__((vector_size(n)))
#define RP_AUTO(free_fn) __attribute__((cleanup(free_fn)))
#define rp_likely(x) __builtin_expect(!!(x), 1)
#define rp_unlikely(x) __builtin_expect(!!(x), 0)

/* 1 in a build with AddressSanitizer, which needs more memory and calls. */
#if defined(__SANITIZE_ADDRESS__)
#define RP_WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RP_WITH_ASAN 1
#endif
#endif
#ifndef RP_WITH_ASAN
#define RP_WITH_ASAN 0
#endif

#endif
