#include "scanner.hpp"

#include "limits.hpp"

ts_scanner::ts_scanner(trail::RecordReader reader)
  : reader(std::move(reader)), decompressor(libdeflate_alloc_decompressor()) {
  start_file();
}
ts_scanner::~ts_scanner() { libdeflate_free_decompressor(decompressor); }

void ts_scanner::start_file() {
  file = {};
  splitter.reset();
  source.reset();
  streamed = nullptr;
  place = Place::top;
  saw_records = saw_anything = saw_unknown_text = saw_neighbour = broken = after_colon = is_array = is_known =
    false;
  open_arrays = 0;
  looked_at_again = 0;
  document.clear();
  document_values = 0;
  problems.clear();
  listed.clear();
  details = std::make_unique<trail::Strings>();
  result = {};
}

void ts_scanner::problem(ts_problem_code code, uint64_t record, uint64_t offset, std::string_view detail) {
  if (problems.size() >= trail::most_problems) {
    ++result.problems_left_out;
    return;
  }
  problems.push_back({code, record, offset, kept(detail)});
}

// A text that stays until the next file.
ts_text ts_scanner::kept(std::string_view text) {
  const tf_string &string = details->strings[details->intern(text)];
  return {string.bytes, string.length};
}

ts_result ts_scanner::go_on(ts_batch &batch, uint32_t file_number, ts_outcome &outcome) {
  file.number = file_number;
  const ts_result state = read_slowly(batch);
  if (state == TS_MORE) {
    outcome = result;
    return TS_MORE;
  }
  if (streamed != nullptr) {
    streamed->hash.finish(result.content_sha256);
    result.content_bytes = streamed->given;
  }
  finish(outcome);
  return TS_DONE;
}

void ts_scanner::finish(ts_outcome &outcome) {
  if (result.kind == TS_KIND_UNKNOWN) {
    if (file.has_events || (saw_records && !file.has_insights && file.not_events == 0)) result.kind = TS_KIND_TRAIL;
    else if (file.has_insights) result.kind = TS_KIND_INSIGHT;
    else if (saw_neighbour || file.not_events > 0) result.kind = TS_KIND_NEIGHBOUR;
    else if (document_values > 0) result.kind = TS_KIND_DOCUMENT;
    else if (saw_unknown_text) problem(TS_PROBLEM_UNKNOWN_KIND, 0, 0);
    else if (result.hash_known && problems.empty() && !is_known) problem(TS_PROBLEM_EMPTY, 0, 0);  // white space only
  }
  if (document_values > 1 || (is_array && (document_values > 0 || result.kind == TS_KIND_UNKNOWN))) document = "[" + document + "]";
  result.document = reinterpret_cast<const uint8_t *>(document.data());
  result.document_length = document.size();
  result.records = file.records;
  result.not_events = file.not_events;
  result.has_events = file.has_events;
  result.first = file.first;
  result.last = file.last;
  if (file.one_account) result.account = kept(file.account);
  result.problems = problems.data();
  result.problem_count = problems.size();
  result.listed = listed.data();
  result.listed_count = listed.size();
  outcome = result;
}
