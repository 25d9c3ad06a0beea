#include "places.hpp"

#include <algorithm>
#include <array>

using namespace simdjson;

namespace trail {

namespace {

// Since which extraction; event source without its domain; event name without its date, or `*` for every one; place: dots
// between names, `[]` after a list's, `{}` after a map's, `additionalEventData.` before what stands there and not in
// requestParameters; what is kept of it. A row of a new version makes files be read again.
constexpr std::array table = {
  ts_place{2, "dynamodb", "BatchExecuteStatement", "statements[].statement", TS_KEEP_VERB},
  ts_place{2, "dynamodb", "ExecuteStatement", "statement", TS_KEEP_VERB},
  ts_place{2, "dynamodb", "ExecuteTransaction", "transactStatements[].statement", TS_KEEP_VERB},
  ts_place{2, "dynamodb", "TransactGetItems", "transactItems[].get", TS_KEEP_PRESENCE},
  ts_place{2, "dynamodb", "TransactWriteItems", "transactItems[].conditionCheck", TS_KEEP_PRESENCE},
  ts_place{2, "dynamodb", "TransactWriteItems", "transactItems[].delete", TS_KEEP_PRESENCE},
  ts_place{2, "dynamodb", "TransactWriteItems", "transactItems[].put", TS_KEEP_PRESENCE},
  ts_place{2, "dynamodb", "TransactWriteItems", "transactItems[].update", TS_KEEP_PRESENCE},
  ts_place{1, "s3", "*", "acl", TS_KEEP_WORD},
  ts_place{1, "s3", "*", "x-amz-acl", TS_KEEP_WORD},
  ts_place{2, "s3", "CopyObject", "x-amz-copy-source", TS_KEEP_VERSION},
  ts_place{2, "s3", "UploadPartCopy", "x-amz-copy-source", TS_KEEP_VERSION},
};

// What else is kept of events has changed in these versions: 2, the roles that CloudTrail's own calls pass, and what lies
// deeper than eight names.
constexpr uint32_t other_facts = 2;

// Of one place; a list with more is one of which nothing but its presence is kept.
constexpr size_t most_values = 16;
constexpr size_t longest_word = 64;

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f' || byte == '\v'; }
bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// Behind blanks and comments. Source: "PartiQL for DynamoDB", Amazon DynamoDB Developer Guide.
view without_comments(view text) {
  for (;;) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    size_t end;
    if (starts_with(text, "--")) end = text.find_first_of("\r\n");
    else if (starts_with(text, "/*")) end = text.find("*/", 2);
    else return text;
    if (end == view::npos) return {};
    text.remove_prefix(end + (text.front() == '/' ? 2 : 1));
  }
}

bool is_same_word(view text, view lower) {
  return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
         });
}

view verb_of(view statement) {
  const view text = without_comments(statement);
  size_t length = 0;
  while (length < text.size() && length <= longest_word && is_letter(text[length])) ++length;
  const view word = text.substr(0, length);
  if (length < text.size() && (is_digit(text[length]) || text[length] == '_' || static_cast<signed char>(text[length]) < 0)) return {};
  for (view verb : {view("select"), view("insert"), view("update"), view("delete"), view("exists")})
    if (is_same_word(word, verb)) return verb;
  return {};
}

// Whether a copy source names a version: `bucket/key?versionId=…`, in which the key has no bare question mark.
// Source: "CopyObject", Amazon S3 API Reference (x-amz-copy-source).
view version_of(view source) {
  const size_t query = source.find('?');
  if (query == view::npos) return "current";
  constexpr view name = "versionid=";
  for (size_t at = query + 1; at + name.size() <= source.size(); ++at)
    if ((source[at - 1] == '?' || source[at - 1] == '&') && is_same_word(source.substr(at, name.size()), name))
      return "?versionId=";
  return "current";
}

bool is_word(view text) {
  return !text.empty() && text.size() <= longest_word && std::all_of(text.begin(), text.end(), [](char byte) {
    return is_letter(byte) || is_digit(byte) || byte == ':' || byte == '_' || byte == '-';
  });
}

// What is kept of a value; empty where it is no more than its presence.
view reduced(ts_reduction reduction, dom::element element) {
  view text;
  bool flag;
  if (reduction == TS_KEEP_WORD && !element.get(flag)) return flag ? "true" : "false";
  if (reduction == TS_KEEP_PRESENCE || element.get(text)) return {};
  switch (reduction) {
  case TS_KEEP_VERB: return verb_of(text);
  case TS_KEEP_VERSION: return version_of(text);
  case TS_KEEP_WORD: return is_word(text) ? text : view();
  default: return {};
  }
}

// Null, an empty text and an empty list count as absent.
bool is_nothing(dom::element element) {
  switch (element.type()) {
  case dom::element_type::NULL_VALUE: return true;
  case dom::element_type::STRING: return view(element).empty();
  case dom::element_type::ARRAY: return dom::array(element).begin() == dom::array(element).end();
  default: return false;
  }
}

class Search {
public:
  explicit Search(const Place &place) : place(place) {}

  // No deeper than the place has steps.
  void visit(dom::element element, size_t step) {
    if (is_nothing(element)) return;
    if (step == place.steps.size()) {
      const view value = reduced(place.reduction, element);
      if (value.empty() || values.size() > most_values) is_there = true;
      else if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
      return;
    }
    dom::object object;
    dom::element inner;
    if (element.get(object)) {
      is_unclear = true;
      return;
    }
    if (object.at_key(place.steps[step].name).get(inner)) return;
    enter(inner, step);
  }

  void write(std::vector<std::string> &lines) const {
    const std::string text(place.text);
    if (values.empty() && !is_there) {
      if (!is_unclear) lines.push_back("!" + text);
      return;
    }
    const bool are_kept = values.size() <= most_values;
    if (is_there || is_unclear || !are_kept) lines.push_back(text);
    if (!are_kept) return;
    for (view value : values) lines.push_back(text + "=" + std::string(value));
  }

private:
  const Place &place;
  std::vector<view> values;
  bool is_there = false;    // something of which no value is kept
  bool is_unclear = false;  // something stands where a list or an object was to be: hidden, or of another form

  void enter(dom::element element, size_t step) {
    if (place.steps[step].kind == Place::Kind::value) return visit(element, step + 1);
    if (is_nothing(element)) return;
    dom::array array;
    dom::object object;
    if (place.steps[step].kind == Place::Kind::list && !element.get(array)) {
      for (dom::element item : array) visit(item, step + 1);
    } else if (place.steps[step].kind == Place::Kind::map && !element.get(object)) {
      for (auto field : object) visit(field.value, step + 1);
    } else {
      is_unclear = true;
    }
  }
};

// The API's date at the end of a name: `20150331v2`, `2020_05_31`.
bool is_date(view text) {
  return text.size() >= 8 && is_digit(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char byte) { return is_digit(byte) || byte == '_' || byte == 'v'; });
}

constexpr view additional = "additionalEventData.";

}  // namespace

Place::Place(const ts_place &row)
  : source(row.source), name(row.name), text(row.place), reduction(row.reduction),
    is_additional(starts_with(row.place, additional)) {
  view rest = text;
  if (is_additional) rest.remove_prefix(additional.size());
  for (;;) {
    const size_t dot = rest.find('.');
    view step = rest.substr(0, dot);
    const Kind kind = ends_with(step, "[]") ? Kind::list : ends_with(step, "{}") ? Kind::map : Kind::value;
    if (kind != Kind::value) step.remove_suffix(2);
    steps.push_back({step, kind});
    if (dot == view::npos) return;
    rest.remove_prefix(dot + 1);
  }
}

bool Place::is_of(view event_source, view event_name) const {
  if (!starts_with(event_source, source)) return false;
  const view domain = event_source.substr(source.size());
  if (domain != ".amazonaws.com" && domain != ".amazonaws.com.cn") return false;
  if (name == "*" || name == event_name) return true;
  return starts_with(event_name, name) && is_date(event_name.substr(name.size()));
}

void read_place(const Place &place, dom::element root, std::vector<std::string> &lines) {
  Search search(place);
  search.visit(root, 0);
  search.write(lines);
}

const ts_place *place_table(size_t &count) {
  count = table.size();
  return table.data();
}

uint32_t newest_extraction() {
  uint32_t newest = other_facts;
  for (const ts_place &row : table) newest = std::max(newest, row.since);
  return newest;
}

}  // namespace trail
