// Small readings of text: times, event ids, resource patterns, denial messages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace trail {

using view = std::string_view;

// Seconds since 1970 of `2026-10-31T23:59:59Z` (a fraction is dropped); false for everything else.
bool parse_time(view text, int64_t &seconds);

// The 16 bytes of a UUID in canonical lower-case spelling; false for everything else.
bool parse_uuid(view text, uint8_t bytes[16]);

// The part of a resource's identifier that is kept: of S3 objects the bucket and at most two segments of the key,
// of everything else all. A pure function of the identifier.
std::string resource_pattern(view identifier);

// The action that the message of a denial names, and the kind of policy that decided; empty where it names none.
struct Denial {
  view action, policy_kind;
};
Denial parse_denial(view message);

inline bool starts_with(view text, view prefix) { return text.substr(0, prefix.size()) == prefix; }
inline bool ends_with(view text, view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}
inline bool contains(view text, view part) { return text.find(part) != view::npos; }

}  // namespace trail
