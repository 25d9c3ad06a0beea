#include "splitter.hpp"

#include <array>

namespace trail {

namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// The letters of numbers, true, false and null; what they spell is the parser's affair.
constexpr std::array<bool, 256> make_scalar() {
  std::array<bool, 256> allowed{};
  for (char c : std::string_view("0123456789+-.eEtrufalsn")) allowed[static_cast<unsigned char>(c)] = true;
  return allowed;
}
constexpr std::array<bool, 256> scalar = make_scalar();

// Names with which a record may begin. Source: "CloudTrail record contents", AWS CloudTrail User Guide.
constexpr std::array<std::string_view, 26> event_names = {
  "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent",
  "errorCode", "errorMessage", "requestParameters", "responseElements", "additionalEventData", "requestID", "eventID",
  "eventType", "apiVersion", "managementEvent", "readOnly", "resources", "recipientAccountId", "serviceEventDetails",
  "sharedEventID", "vpcEndpointId", "eventCategory", "addendum"};

// What may come next in a value.
enum class Expected { value, value_or_end, name, name_or_end, colon, comma_or_end };

constexpr size_t longest_name = 256;
// How far from the beginning of an object its records may begin.
constexpr size_t preamble_limit = 1 << 20;
// Deeper values are nobody's: without a limit the memory of a hostile file's brackets would be as large as the file.
constexpr size_t deepest = 1 << 20;

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

// Of the byte at a distance from the current place: positions themselves move when `more` drops what is behind.
bool Splitter::have(size_t distance) {
  while (at + distance >= window.size())
    if (!more()) return false;
  return true;
}

size_t Splitter::after_space(size_t from) {
  const size_t limit = from + preamble_limit;
  while (from < limit && have(from) && is_space(window[at + from])) ++from;
  return from;
}

int Splitter::peek() {
  if (!began) {
    began = true;
    if (have(2) && window.compare(0, 3, "\xEF\xBB\xBF") == 0) at = 3;
  }
  while (have(0)) {
    if (!is_space(window[at])) return static_cast<unsigned char>(window[at]);
    ++at;
  }
  return -1;
}

Splitter::Found Splitter::walk(size_t from, size_t limit, bool consumes, size_t &length) {
  open.clear();
  inner = none;
  Expected expected = Expected::value;
  bool in_string = false, escaped = false, in_scalar = false;
  // Where the last token begins, if it is a string: one that lost its end may hide the beginning of another record.
  size_t last_string = none;
  const auto damaged = [&] {
    if (last_string != none) length = last_string;
    return Found::damaged;
  };
  for (size_t i = from;; ++i) {
    if (i - from >= limit) {
      if (!consumes) {
        length = i - from;
        return Found::too_large;
      }
      at += i;
      i = from = 0;
      last_string = none;
    }
    length = i - from;
    if (at + i >= window.size() && !have(i))
      // A number at the end of the content has no end of its own.
      return in_scalar && open.empty() ? Found::whole : Found::truncated;
    const char c = window[at + i];
    if (in_string) {
      if (escaped) escaped = false;
      else if (c == '\\') escaped = true;
      else if (static_cast<unsigned char>(c) < 0x20) return damaged();
      else if (c == '"') {
        in_string = false;
        if (open.empty()) break;
      }
      continue;
    }
    if (in_scalar) {
      if (scalar[static_cast<unsigned char>(c)]) continue;
      in_scalar = false;
      if (open.empty()) return Found::whole;
    }
    if (is_space(c)) continue;
    const bool value_fits = expected == Expected::value || expected == Expected::value_or_end;
    switch (c) {
    case '"':
      if (expected == Expected::name || expected == Expected::name_or_end) expected = Expected::colon;
      else if (value_fits) expected = Expected::comma_or_end;
      else return damaged();
      in_string = true;
      last_string = length;
      break;
    case '{':
    case '[':
      if (!value_fits || open.size() >= deepest) return damaged();
      if (c == '{' && inner == none && !consumes && !open.empty() && open.back() == ']' &&
          name(after_space(i + 1)) == "eventVersion")
        inner = i;
      open.push_back(c == '{' ? '}' : ']');
      expected = c == '{' ? Expected::name_or_end : Expected::value_or_end;
      break;
    case '}':
    case ']':
      if (open.empty() || open.back() != c) return damaged();
      if (expected != Expected::comma_or_end && expected != Expected::name_or_end && expected != Expected::value_or_end)
        return damaged();
      open.pop_back();
      expected = Expected::comma_or_end;
      if (open.empty()) {
        length = i + 1 - from;
        return Found::whole;
      }
      break;
    case ':':
      if (expected != Expected::colon) return damaged();
      expected = Expected::value;
      break;
    case ',':
      if (expected != Expected::comma_or_end || open.empty()) return damaged();
      expected = open.back() == '}' ? Expected::name : Expected::value;
      break;
    default:
      if (!value_fits || !scalar[static_cast<unsigned char>(c)]) return damaged();
      expected = Expected::comma_or_end;
      in_scalar = true;
    }
    if (c != '"') last_string = none;
  }
  ++length;
  return Found::whole;
}

bool Splitter::is_followed_badly(size_t length) {
  const size_t next = after_space(length);
  return !have(next) || (window[at + next] != ',' && window[at + next] != ']');
}

Splitter::Found Splitter::skip_value() {
  size_t length = 0;
  const Found found = walk(0, 1 << 20, true, length);
  at += length;
  return found;
}

// The name at a distance from the current place, without its quotes.
std::string_view Splitter::name(size_t from) {
  if (!have(from) || window[at + from] != '"') return {};
  have(from + longest_name);
  const std::string_view rest = std::string_view(window).substr(at + from + 1, longest_name);
  const size_t end = rest.find('"');
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

std::string_view Splitter::first_name() {
  if (!have(0) || window[at] != '{') return {};
  return name(after_space(1));
}

bool Splitter::begins_event() {
  const std::string_view first = first_name();
  for (std::string_view known : event_names)
    if (first == known) return true;
  return false;
}

bool Splitter::enter_records() {
  if (!have(0) || window[at] != '{') return false;
  size_t i = after_space(1);
  while (i < preamble_limit) {
    const std::string_view member = name(i);
    if (member.empty()) return false;
    const bool is_records = member == "Records";
    i = after_space(i + member.size() + 2);
    if (!have(i) || window[at + i] != ':') return false;
    i = after_space(i + 1);
    if (!have(i)) return false;
    if (is_records && window[at + i] == '[') {
      at += i + 1;
      return true;
    }
    size_t length = 0;
    if (i >= preamble_limit || walk(i, preamble_limit - i, false, length) != Found::whole) return false;
    i = after_space(i + length);
    if (!have(i) || window[at + i] != ',') return false;
    i = after_space(i + 1);
  }
  return false;
}

bool Splitter::next_record() {
  // After a colon stands what a record holds. Anything else may be the end of what was damaged.
  char before = ',';
  for (; have(0); ++at) {
    const char c = window[at];
    if (c == '{' && before != ':' && (begins_event() || first_name() == "Records")) return true;
    if (!is_space(c)) before = c;
  }
  return false;
}

std::string_view Splitter::head(size_t most) {
  have(most);
  return std::string_view(window).substr(at, most);
}

void Splitter::drain() {
  do at = window.size();
  while (more());
  at = window.size();
}

}  // namespace trail
