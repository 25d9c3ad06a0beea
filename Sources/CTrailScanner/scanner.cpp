#include "CTrailScanner.h"
