#include "places.hpp"

#include <algorithm>

using namespace simdjson;

namespace trail {

namespace {

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

// Of an ARN its partition and service, and the type of its resource where a colon ends it: never a resource's own name.
// Source: "Identify AWS resources with Amazon Resource Names (ARNs)", IAM User Guide.
void reduce_arn(view text, std::string &kept) {
  view parts[5];
  for (view &part : parts) {
    const size_t colon = text.find(':');
    if (colon == view::npos) return;
    part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || !is_word(parts[1]) || !is_word(parts[2])) return;
  kept.assign("arn:").append(parts[1]).append(":").append(parts[2]).append(":");
  const view type = text.substr(0, text.find(':'));
  if (type.size() < text.size() && is_word(type)) kept.append(type).append(":");
}

void reduce_path(view text, std::string &kept) {
  if (!starts_with(text, "/")) return;
  const view first = text.substr(1, text.find('/', 1) - 1);
  if (is_word(first)) kept.assign("/").append(first);
}

bool has_content(dom::element element) {
  dom::array array;
  dom::object object;
  if (!element.get(object)) return object.begin() != object.end();
  if (element.get(array)) return false;
  for (dom::element item : array)
    if (!item.get(object) && object.begin() != object.end()) return true;
  return false;
}

// What is kept of a value; empty where it is no more than its presence.
void reduce(ts_reduction reduction, dom::element element, std::string &kept) {
  kept.clear();
  view text;
  bool flag;
  if (reduction == TS_KEEP_WORD && !element.get(flag)) kept = flag ? "true" : "false";
  if (reduction == TS_KEEP_CONTENT && has_content(element)) kept = ":";
  if (element.get(text)) return;
  switch (reduction) {
  case TS_KEEP_VERB: kept = verb_of(text); break;
  case TS_KEEP_VERSION: kept = version_of(text); break;
  case TS_KEEP_WORD: if (is_word(text)) kept = text; break;
  case TS_KEEP_ARN: reduce_arn(text, kept); break;
  case TS_KEEP_PATH: reduce_path(text, kept); break;
  case TS_KEEP_PRESENCE:
  case TS_KEEP_CONTENT: break;
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
    if (step == place.steps.size()) return take(element);
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
    for (const std::string &value : values) lines.push_back(text + "=" + value);
  }

private:
  const Place &place;
  std::vector<std::string> values;
  std::string kept;
  bool is_there = false;    // something of which no value is kept
  bool is_unclear = false;  // something stands where a list or an object was to be: hidden, or of another form

  void take(dom::element element) {
    dom::array items;
    if (place.reduction != TS_KEEP_PRESENCE && place.reduction != TS_KEEP_CONTENT && !element.get(items)) {
      // A list stands for the values in it.
      for (dom::element item : items)
        if (!is_nothing(item)) keep(item);
      return;
    }
    dom::object object;
    if (place.reduction == TS_KEEP_CONTENT && !element.get(object) && object.begin() == object.end()) return;
    keep(element);
  }

  void keep(dom::element element) {
    reduce(place.reduction, element, kept);
    if (kept.empty() || values.size() > most_values) is_there = true;
    else if (std::find(values.begin(), values.end(), kept) == values.end()) values.push_back(kept);
  }

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

bool is_domain(view text) { return text == ".amazonaws.com" || text == ".amazonaws.com.cn"; }

bool has_word(view list, view word) {
  while (!list.empty()) {
    const size_t blank = list.find(' ');
    if (list.substr(0, blank) == word) return true;
    if (blank == view::npos) return false;
    list.remove_prefix(blank + 1);
  }
  return false;
}

constexpr view additional = "additionalEventData.";

}  // namespace

Place::Place(const ts_place &row)
  : sources(row.sources), name(row.name), text(row.place), reduction(row.reduction),
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

bool Place::is_of_source(view event_source) const {
  const size_t domain = event_source.find(".amazonaws.com");
  return domain != view::npos && is_domain(event_source.substr(domain)) &&
         has_word(sources, event_source.substr(0, domain));
}

bool Place::is_of(view event_source, view event_name) const {
  if (!is_of_source(event_source)) return false;
  if (name == "*" || name == event_name) return true;
  return starts_with(event_name, name) && is_date(event_name.substr(name.size()));
}

void read_place(const Place &place, dom::element root, std::vector<std::string> &lines) {
  Search search(place);
  search.visit(root, 0);
  search.write(lines);
}

}  // namespace trail
