// The names and values of an object's fields, as the parser gives them.
#pragma once

#include <simdjson.h>

#include <cstring>

#include "text.hpp"

namespace trail {

// Whether a name that still has its closing quote is the one given; its length is known to the compiler, which turns
// this into a few comparisons of integers.
template <size_t size>
[[gnu::always_inline]] inline bool is(const char *raw, const char (&name)[size]) {
  return std::memcmp(raw, name, size - 1) == 0 && raw[size - 1] == '"';
}
#define IS(name) is(key, name)

inline view text_of(simdjson::ondemand::value value) {
  view text;
  return value.get_string().get(text) ? view() : text;
}

inline view name_of(const char *key) {
  const char *end = key;
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return {key, static_cast<size_t>(end - key)};
}

}  // namespace trail
