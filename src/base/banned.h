/*
 * banned - functions that this tree does not call.
 *
 * Each is unbounded, locale-dependent, not reentrant or starts a shell. The
 * names are redefined to ones that nothing declares, so a use stops the build.
 * Every .c file gets this header from the compiler's command line, after the
 * system's own headers have been seen where they need them.
 */
#ifndef RP_BASE_BANNED_H
#define RP_BASE_BANNED_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* With _FORTIFY_SOURCE and Clang some are macros of the C library. */
#undef strcpy
#undef strcat
#undef strncpy
#undef sprintf
#undef vsprintf
#undef strtok
#undef gets

#define strcpy(d, s) rp_banned_strcpy_use_rp_buf
#define strcat(d, s) rp_banned_strcat_use_rp_buf
#define strncpy(d, s, n) rp_banned_strncpy_use_rp_buf
#define sprintf(...) rp_banned_sprintf_use_rp_buf
#define vsprintf(...) rp_banned_vsprintf_use_rp_buf
#define strtok(s, d) rp_banned_strtok_use_rp_text
#define atoi(s) rp_banned_atoi_use_rp_text_i64
#define atol(s) rp_banned_atol_use_rp_text_i64
#define gmtime(t) rp_banned_gmtime_use_gmtime_r
#define localtime(t) rp_banned_localtime_use_text_zone
#define setlocale(c, l) rp_banned_setlocale
#define gets(s) rp_banned_gets
#define scanf(...) rp_banned_scanf
#define sscanf(...) rp_banned_sscanf
#define system(s) rp_banned_system
#define popen(c, m) rp_banned_popen

#endif
