/*
 * installation - what there is one of per installation.
 */
#ifndef RP_DOMAIN_INSTALLATION_H
#define RP_DOMAIN_INSTALLATION_H

#include "domain/env.h"

struct rp_err;
struct rp_tx;

/*
 * Fill in env->key: the one that is stored, or a new one from env->rand, stored
 * now (so `tx` writes). Form tokens, receipts and the tokens against forged
 * requests are made with it: whoever moves to another engine takes it along.
 * All processes of an installation, on all machines, have the same.
 */
struct rp_err *rp_installation_key(struct rp_tx *tx,
    struct rp_env *env) RP_MUST_USE;

#endif
