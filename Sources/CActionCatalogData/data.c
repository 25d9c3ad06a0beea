#include "CActionCatalogData.h"

static const unsigned char actions_bytes[] = {
#embed "actions.tsv"
};
static const unsigned char calls_bytes[] = {
#embed "calls.tsv"
};
static const unsigned char conditions_bytes[] = {
#embed "conditions.tsv"
};
static const unsigned char errors_bytes[] = {
#embed "errors.tsv"
};
static const unsigned char evidence_bytes[] = {
#embed "evidence.tsv"
};
static const unsigned char former_bytes[] = {
#embed "former.tsv"
};
static const unsigned char passrole_bytes[] = {
#embed "passrole.tsv"
};
static const unsigned char regions_bytes[] = {
#embed "regions.tsv"
};
static const unsigned char resources_bytes[] = {
#embed "resources.tsv"
};
static const unsigned char same_reach_bytes[] = {
#embed "Generator/same-reach.tsv"
};
static const unsigned char sources_bytes[] = {
#embed "sources.tsv"
};

#define TABLE(name)                                                  \
  ActionCatalogTable action_catalog_##name(void) {                   \
    ActionCatalogTable table = {name##_bytes, sizeof name##_bytes};  \
    return table;                                                    \
  }

TABLE(actions)
TABLE(calls)
TABLE(conditions)
TABLE(errors)
TABLE(evidence)
TABLE(former)
TABLE(passrole)
TABLE(regions)
TABLE(resources)
TABLE(same_reach)
TABLE(sources)
