// The rows that a reader fills and the writer empties.
#pragma once

#include <algorithm>
#include <numeric>

#include "CTrailScanner.h"
#include "interner.hpp"
#include "places.hpp"

struct ts_batch {
  trail::Strings strings;
  trail::Rows<tf_call> calls;
  trail::Rows<tf_principal> principals;
  trail::Rows<tf_session> sessions;
  trail::Rows<tf_place> places;
  trail::Rows<tf_context> contexts;
  trail::Rows<tf_error> errors;
  trail::Rows<tf_shape> shapes;
  trail::Rows<tf_resource> resources;
  trail::Rows<tf_resource_set> resource_sets;
  trail::Strings set_keys;
  std::vector<uint32_t> members;
  std::vector<tf_entry> entries;
  std::vector<tf_parameter> parameters;
  std::vector<tf_row> rows;
  std::vector<tf_file_day> file_days;
  std::vector<uint32_t> order;
  // Parameter names in the order in which a request gave them → the shape, whose names are sorted.
  trail::Strings shape_keys;
  std::vector<uint32_t> shape_of_key = {0};
  // By call.
  std::vector<std::vector<trail::WantedPlace>> places_of_call;

  ts_batch() {
    errors.intern({0, 0, 0});
    shapes.intern({0, 0});
    resource_sets.intern({0, 0});
    set_keys.intern({});
  }

  // What is to be forgotten when a file must be read again by another way.
  struct Mark {
    size_t rows, entries, parameters, file_days;
  };
  Mark mark() const { return {rows.size(), entries.size(), parameters.size(), file_days.size()}; }
  void back_to(const Mark &mark) {
    rows.resize(mark.rows);
    entries.resize(mark.entries);
    parameters.resize(mark.parameters);
    file_days.resize(mark.file_days);
  }

  uint32_t intern_set(std::vector<uint32_t> &set) {
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    const auto known = static_cast<uint32_t>(set_keys.strings.size());
    const uint32_t at = set_keys.intern({reinterpret_cast<const char *>(set.data()), set.size() * sizeof(uint32_t)});
    if (at == known) {
      resource_sets.rows.push_back({static_cast<uint32_t>(members.size()), static_cast<uint32_t>(set.size())});
      members.insert(members.end(), set.begin(), set.end());
    }
    return at;
  }
};
