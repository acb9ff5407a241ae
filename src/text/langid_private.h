/* langid_private - CLD2's C++ behind a C function. */
#ifndef RP_TEXT_LANGID_PRIVATE_H
#define RP_TEXT_LANGID_PRIVATE_H

#ifdef __cplusplus
extern "C" {
#endif

struct rp_cld2_guess {
	const char *code; /* CLD2's, static; NULL if unknown */
	int percent;
	int reliable;
};

/* `hint`: a language tag or "". The text must be UTF-8. */
struct rp_cld2_guess rp_cld2_guess(const char *p, int n, const char *hint);

#ifdef __cplusplus
}
#endif

#endif
