// Finds where values and records begin and end in content that is too large, too odd or too damaged for the parser
// to take it whole.
#pragma once

#include <string>
#include <string_view>

#include "source.hpp"

namespace trail {

class Splitter {
public:
  enum class Found { whole, truncated, damaged, too_large };

  explicit Splitter(Source &source) : source(&source) {}

  // The byte at the current place, after white space (and a byte-order mark at the very beginning); -1 at the end.
  int peek();
  // True where a byte that is not white space still comes.
  void advance(size_t count = 1) { at += count; }

  // The value at the current place: its end relative to it in `length`. Nothing is consumed.
  Found value(size_t limit, size_t &length);
  // The bytes of a value that `value` found whole.
  std::string_view text(size_t length) const { return std::string_view(window).substr(at, length); }

  // The first name of the object at the current place; empty where there is none within the first 256 bytes.
  std::string_view first_name();
  // True where the object at the current place begins with `"Records": [`; then goes past the bracket.
  bool enter_records();

  // After a damaged record that begins here: goes to the next place where a record seems to begin; false at the end.
  bool next_record();

  uint64_t offset() const { return dropped + at; }
  // The first bytes of the content, for telling what kind of text it is.
  std::string_view head(size_t most);
  // Reads to the end without looking.
  void drain();

private:
  Source *source;
  std::string window;
  size_t at = 0;
  uint64_t dropped = 0;
  bool began = false;

  bool more();
  bool have(size_t index);
  size_t after_space(size_t from);
};

}  // namespace trail
