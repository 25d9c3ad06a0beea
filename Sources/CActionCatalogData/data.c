#include "CActionCatalogData.h"
void accessreview_action_catalog_data(void) {}
