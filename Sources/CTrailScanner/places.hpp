// The closed list of places in a call's record that decide which action it needed, and what is kept of each.
//
// Of most parameters the names at the top are enough. Where a value decides, or what lies deeper, no more is kept than
// that something is there, or a word that tells what must be told: never a free text, for it may hold a secret.
#pragma once

#include <simdjson.h>

#include <string>
#include <vector>

#include "CTrailScanner.h"
#include "text.hpp"

namespace trail {

// A place, taken apart.
struct Place {
  enum class Kind { value, list, map };
  struct Step {
    view name;
    Kind kind;  // what stands under the name
  };

  view sources, name, text;
  ts_reduction reduction;
  bool is_additional;  // in additionalEventData, not in requestParameters
  std::vector<Step> steps;

  explicit Place(const ts_place &row);
  view root() const { return steps.front().name; }
  bool is_of_source(view event_source) const;
  bool is_of(view event_source, view event_name) const;
};

// A place of a call, in a batch.
struct WantedPlace {
  const Place *place;
  uint32_t root;  // position in the batch's strings
};

// Adds what is kept of a place, as lines: `place=value` for each distinct value; `place` where something is there and no
// value of it is kept; `!place` where nothing is there. No line where nobody can tell.
void read_place(const Place &place, simdjson::dom::element root, std::vector<std::string> &lines);

// The whole table, and the version of the extraction that it makes.
const ts_place *place_table(size_t &count);
uint32_t newest_extraction();

}  // namespace trail
