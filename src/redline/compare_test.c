#include "redline/compare.h"

#include "base/check.h"

RP_CHECK_MAIN({ 0 })
