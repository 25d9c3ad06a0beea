/// The tables of the action catalogue, as bytes in the program: nothing to find or to open at run time.
#ifndef CACTIONCATALOGDATA_H
#define CACTIONCATALOGDATA_H

#include <stddef.h>

/// One table: `length` bytes of UTF-8 at `bytes`, lines ended by LF, columns parted by tabs. Lives as long as the program.
typedef struct {
  const unsigned char *bytes;
  size_t length;
} ActionCatalogTable;

ActionCatalogTable action_catalog_actions(void);
ActionCatalogTable action_catalog_calls(void);
ActionCatalogTable action_catalog_conditions(void);
ActionCatalogTable action_catalog_errors(void);
ActionCatalogTable action_catalog_evidence(void);
ActionCatalogTable action_catalog_former(void);
ActionCatalogTable action_catalog_passrole(void);
ActionCatalogTable action_catalog_regions(void);
ActionCatalogTable action_catalog_resources(void);
ActionCatalogTable action_catalog_same_reach(void);
ActionCatalogTable action_catalog_sources(void);

#endif
