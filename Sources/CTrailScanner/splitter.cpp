#include "splitter.hpp"

#include <array>
#include <vector>

namespace trail {

namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// What may stand outside of strings in JSON: brackets, punctuation, white space, numbers, the letters of
// true, false and null.
constexpr std::array<bool, 256> make_outside() {
  std::array<bool, 256> allowed{};
  for (char c : std::string_view("{}[]:, \n\r\t0123456789+-.eEtrufalsn")) allowed[static_cast<unsigned char>(c)] = true;
  return allowed;
}
constexpr std::array<bool, 256> outside = make_outside();

// Names with which a record may begin. Source: "CloudTrail record contents", AWS CloudTrail User Guide.
constexpr std::array<std::string_view, 27> record_names = {
  "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent",
  "errorCode", "errorMessage", "requestParameters", "responseElements", "additionalEventData", "requestID", "eventID",
  "eventType", "apiVersion", "managementEvent", "readOnly", "resources", "recipientAccountId", "serviceEventDetails",
  "sharedEventID", "vpcEndpointId", "eventCategory", "addendum", "Records"};

}  // namespace

bool Splitter::more() {
  // What lies before the current place is never needed again, but for the last byte, which `next_record` looks at.
  if (at > (8 << 20)) {
    window.erase(0, at - 1);
    dropped += at - 1;
    at = 1;
  }
  return source->next(window);
}

bool Splitter::have(size_t index) {
  while (index >= window.size())
    if (!more()) return false;
  return true;
}

// Positions move when `more` drops what is behind: so all of this speaks of distances from `at`.
size_t Splitter::after_space(size_t from) {
  while (have(at + from) && is_space(window[at + from])) ++from;
  return from;
}

int Splitter::peek() {
  if (!began) {
    began = true;
    if (have(2) && window.compare(0, 3, "\xEF\xBB\xBF") == 0) at = 3;
  }
  const size_t skipped = after_space(0);
  at += skipped;
  return have(at) ? static_cast<unsigned char>(window[at]) : -1;
}

Splitter::Found Splitter::value(size_t limit, size_t &length) {
  size_t i = 0;
  std::vector<char> open;
  bool in_string = false;
  for (;; ++i) {
    if (i >= limit) return Found::too_large;
    if (at + i >= window.size() && !have(at + i)) {
      length = i;
      // A number at the end of the content has no end of its own.
      if (open.empty() && !in_string && i > 0) return Found::whole;
      return Found::truncated;
    }
    const char c = window[at + i];
    if (in_string) {
      if (c == '"') {
        in_string = false;
        if (open.empty()) break;
      } else if (c == '\\') {
        ++i;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        length = i;
        return Found::damaged;
      }
      continue;
    }
    switch (c) {
    case '"':
      if (open.empty() && i > 0) {
        length = i;
        return Found::damaged;
      }
      in_string = true;
      break;
    case '{':
    case '[': open.push_back(c == '{' ? '}' : ']'); break;
    case '}':
    case ']':
      if (open.empty()) {
        length = i;
        return i > 0 ? Found::whole : Found::damaged;
      }
      if (open.back() != c) {
        length = i;
        return Found::damaged;
      }
      open.pop_back();
      if (open.empty()) {
        length = i + 1;
        return Found::whole;
      }
      break;
    default:
      if (!outside[static_cast<unsigned char>(c)]) {
        length = i;
        return Found::damaged;
      }
      if (open.empty() && i > 0 && (c == ',' || is_space(c))) {
        length = i;
        return Found::whole;
      }
    }
  }
  length = i + 1;
  return Found::whole;
}

std::string_view Splitter::first_name() {
  if (!have(at) || window[at] != '{') return {};
  have(at + 256);
  const size_t quote = after_space(1);
  if (!have(at + quote) || window[at + quote] != '"') return {};
  const size_t end = window.find('"', at + quote + 1);
  if (end == std::string::npos || end - at > 256) return {};
  return std::string_view(window).substr(at + quote + 1, end - at - quote - 1);
}

bool Splitter::enter_records() {
  if (first_name() != "Records") return false;
  size_t i = after_space(1) + 9;
  i = after_space(i);
  if (!have(at + i) || window[at + i] != ':') return false;
  i = after_space(i + 1);
  if (!have(at + i) || window[at + i] != '[') return false;
  at += i + 1;
  return true;
}

bool Splitter::next_record() {
  char before = 0;
  for (;;) {
    ++at;
    if (!have(at)) return false;
    const char last = window[at - 1];
    if (!is_space(last)) before = last;
    const bool new_line = last == '\n';
    if (window[at] != '{' || !(before == ',' || before == '[' || before == '}' || new_line)) continue;
    const std::string_view name = first_name();
    for (std::string_view known : record_names)
      if (name == known) return true;
  }
}

std::string_view Splitter::head(size_t most) {
  have(at + most);
  return std::string_view(window).substr(at, most);
}

void Splitter::drain() {
  do at = window.size();
  while (more());
  at = window.size();
}

}  // namespace trail
