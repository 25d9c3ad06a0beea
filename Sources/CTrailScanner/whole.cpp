#include "limits.hpp"
#include "scanner.hpp"

using namespace simdjson;
using trail::Reading;
using trail::beginning;

// One `{"Records":[…]}` without anything odd: the parser takes it whole. False where anything is odd, and then
// nothing of what was read counts.
bool ts_scanner::read_fast(const char *content, size_t length, size_t capacity, ts_batch &batch) {
  size_t at = 0;
  const auto skip = [&] {
    while (at < length && (content[at] == ' ' || content[at] == '\n' || content[at] == '\r' || content[at] == '\t')) ++at;
  };
  const auto take = [&](std::string_view text) {
    skip();
    if (length - at < text.size() || std::memcmp(content + at, text.data(), text.size()) != 0) return false;
    at += text.size();
    return true;
  };
  if (!take("{") || !take("\"Records\"") || !take(":") || !take("[")) return false;
  ondemand::document parsed;
  if (parser.iterate(padded_string_view(content, length, capacity)).get(parsed)) return false;
  ondemand::object container;
  if (parsed.get_object().get(container)) return false;
  ondemand::array records;
  if (container["Records"].get_array().get(records)) return false;
  const char *rest = content + at;
  for (auto item : records) {
    ondemand::object record;
    if (item.get_object().get(record)) return false;
    const Reading reading = reader.read(record, batch, file);
    if (reading != Reading::event && reading != Reading::not_event) return false;
    // The parser skips what is not asked for by its brackets alone: two damaged records can look like one, with all that
    // lies between them.
    const char *const begin = rest + 2;
    if (parsed.current_location().get(rest)) return false;
    if (rest > begin && memmem(begin, static_cast<size_t>(rest - begin), beginning.data(), beginning.size()) != nullptr)
      return false;
  }
  if (parsed.current_location().get(rest)) return false;
  at = static_cast<size_t>(rest - content);
  if (!take("}")) return false;
  skip();
  saw_records = at == length;
  return saw_records;
}
