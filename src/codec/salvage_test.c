#include "codec/salvage.h"

#include "base/check.h"

RP_CHECK_MAIN({ 0 })
