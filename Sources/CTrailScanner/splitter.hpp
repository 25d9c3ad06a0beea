// Finds where values and records begin and end in content that is too large, too odd or too damaged for the parser
// to take it whole.
//
// Every byte is looked at a bounded number of times, and no more of the content is kept than the value at hand: so
// hostile content costs no more than a good one of its size.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source.hpp"

namespace trail {

class Splitter {
public:
  enum class Found { whole, truncated, damaged, too_large };

  explicit Splitter(Source &source) : source(&source) {}

  // The byte at the current place, after white space (and a byte-order mark at the very beginning); -1 at the end.
  int peek();
  void advance(size_t count = 1) { at += count; }

  // The value at the current place: in `length` its end, or where what does not fit begins, relative to the current
  // place. Nothing is consumed.
  Found value(size_t limit, size_t &length) { return walk(0, limit, false, length); }
  // The bytes of a value that `value` found whole.
  std::string_view text(size_t length) const { return std::string_view(window).substr(at, length); }
  // Where in the value that was looked at last the first object lies that is in an array and begins as an event does,
  // relative to the current place. A record cut short in an array takes all records after it for its own.
  size_t inner_event() const { return inner; }
  static constexpr size_t none = SIZE_MAX;
  // True where something else than a comma or a bracket follows the value of that length.
  bool is_followed_badly(size_t length);
  // Goes past a value of any length, or to what does not fit.
  Found skip_value();

  // The first name of the object at the current place; empty where there is none within the first 256 bytes.
  std::string_view first_name();
  // True where the object at the current place begins as an event does.
  bool begins_event();
  // True where the object at the current place has a member `"Records": [` near its beginning; then goes past the
  // bracket.
  bool enter_records();

  // From what does not fit: goes to the next place where a record seems to begin, which may be here; false at
  // the end.
  bool next_record();

  uint64_t offset() const { return dropped + at; }
  // The first bytes of the content, for telling what kind of text it is.
  std::string_view head(size_t most);
  // Reads to the end without looking.
  void drain();

private:
  Source *source;
  std::string window;
  std::vector<char> open;
  size_t at = 0, inner = none;
  uint64_t dropped = 0;
  bool began = false;

  bool more();
  bool have(size_t distance);
  size_t after_space(size_t from);
  std::string_view name(size_t from);
  Found walk(size_t from, size_t limit, bool consumes, size_t &length);
};

}  // namespace trail
