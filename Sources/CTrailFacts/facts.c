#include "CTrailFacts.h"
