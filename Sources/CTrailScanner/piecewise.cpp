// Content that is too large, too odd or too damaged for the parser to take it whole: the containers and their records.
#include "limits.hpp"
#include "scanner.hpp"

using namespace simdjson;
using trail::Reading;
using trail::Source;
using trail::Splitter;

ts_result ts_scanner::read_slowly(ts_batch &batch) {
  const size_t before = batch.rows.size();
  for (;;) {
    if (batch.rows.size() - before >= trail::batch_rows) return TS_MORE;
    const int next = splitter->peek();
    if (next < 0) break;
    bool going = true;
    switch (place) {
    case Place::top: going = read_value(batch); break;
    case Place::records:
    case Place::array:
      if (next == ',') splitter->advance();
      else if (next == ']') {
        splitter->advance();
        place = place == Place::records ? Place::after_records : Place::top;
      } else if (next != '{') {
        going = recover(Splitter::Found::damaged, 0, true);
      } else if (splitter->first_name() == "Records") {
        if (place == Place::array) ++open_arrays;
        place = Place::top;
      } else {
        going = read_record(batch);
      }
      break;
    case Place::after_records: going = close_container(); break;
    }
    if (!going) break;
  }
  if (source->end == Source::End::truncated) problem(TS_PROBLEM_GZIP_TRUNCATED, 0, splitter->offset());
  else if (source->end == Source::End::damaged) problem(TS_PROBLEM_GZIP_DAMAGED, 0, splitter->offset());
  else if (source->end == Source::End::unreadable) problem(TS_PROBLEM_UNREADABLE, 0, splitter->offset(), "read error");
  else if ((place != Place::top || open_arrays > 0) && !broken)
    problem(TS_PROBLEM_JSON_TRUNCATED, file.seen + 1, splitter->offset());
  return TS_DONE;
}

// After the bracket that ends the records: further members, then the brace.
bool ts_scanner::close_container() {
  const int next = splitter->peek();
  if (next == '}') {
    splitter->advance();
    place = Place::top;
    return true;
  }
  if (next == ',' || next == ':') {
    splitter->advance();
    after_colon = next == ':';
    return true;
  }
  if (next == '{' && !after_colon) {
    // No member of the container: a record, after a bracket that did not belong there, or another container.
    place = splitter->first_name() == "Records" ? Place::top : Place::records;
    return true;
  }
  after_colon = false;
  size_t length = 0;
  const Splitter::Found found = splitter->value(trail::record_limit, length);
  if (found != Splitter::Found::whole) return recover(found, length, false);
  splitter->advance(length);
  return true;
}

// From a damaged record to the first record that it swallowed, if there is one.
bool ts_scanner::go_inside(size_t length) {
  const size_t inner = splitter->inner_event();
  if (inner >= length || looked_at_again > trail::again_limit) return false;
  looked_at_again += length - inner;
  splitter->advance(inner);
  return true;
}

// From a value that has no sound end, and of which `length` bytes fit. False where nothing more can be read.
bool ts_scanner::recover(Splitter::Found found, size_t length, bool counts) {
  const uint64_t offset = splitter->offset();
  if (counts) ++file.seen;
  const uint64_t number = counts ? file.seen : 0;
  if (found == Splitter::Found::too_large) {
    problem(TS_PROBLEM_RECORD_TOO_LARGE, number, offset);
    found = splitter->skip_value();
    if (found == Splitter::Found::whole) return true;
  } else {
    const bool inside = counts && go_inside(length);
    if (inside || found == Splitter::Found::damaged)
      problem(
        counts ? TS_PROBLEM_RECORD_DAMAGED : TS_PROBLEM_NOT_JSON, number, offset,
        "brackets, quotes or commas do not fit");
    else if (source->end == Source::End::whole) problem(TS_PROBLEM_JSON_TRUNCATED, number, offset);
    if (inside) return true;
    splitter->advance(length);
  }
  broken = true;
  if (!splitter->next_record()) {
    place = Place::top;
    return false;
  }
  if (place == Place::after_records) place = Place::records;
  return true;
}

// The record at the current place. The parser takes what it can; only where that is no event, all of the record is
// looked at, to tell what is wrong with it.
bool ts_scanner::read_record(ts_batch &batch) {
  size_t length = 0;
  const Splitter::Found found = splitter->value(trail::record_limit, length);
  if (found != Splitter::Found::whole) return recover(found, length, true);
  const bool swallows = splitter->inner_event() != Splitter::none && place != Place::top;
  if (swallows && splitter->is_followed_badly(length)) return recover(Splitter::Found::damaged, length, true);
  pad(splitter->text(length));
  const uint64_t offset = splitter->offset(), number = file.seen + 1;
  ondemand::document parsed;
  ondemand::object record;
  Reading reading = Reading::damaged;
  const auto mark = batch.mark();
  if (!parser.iterate(padded_string_view(padded.data(), length, padded.size())).get(parsed) &&
      !parsed.get_object().get(record))
    reading = reader.read(record, batch, file);
  file.seen = number;
  if (reading == Reading::event || reading == Reading::not_event) {
    saw_anything = true;
  } else {
    batch.back_to(mark);
    dom::object object;
    const error_code error = checker.parse(padded.data(), length, false).get_object().get(object);
    const trail::ObjectKind kind = error ? trail::ObjectKind::event : trail::kind_of(object);
    if (kind == trail::ObjectKind::neighbour || kind == trail::ObjectKind::digest) {
      ++file.not_events;
      saw_neighbour = true;
    } else if (swallows && go_inside(length)) {
      problem(TS_PROBLEM_RECORD_DAMAGED, number, offset, "it holds other records");
      return true;
    } else if (reading == Reading::incomplete && !error) {
      problem(TS_PROBLEM_RECORD_INCOMPLETE, number, offset, reader.fault);
    } else {
      problem(TS_PROBLEM_RECORD_DAMAGED, number, offset, error ? error_message(error) : "cannot be read as an event");
    }
  }
  splitter->advance(length);
  return true;
}

// The parser reads a little beyond the end of what it is given.
void ts_scanner::pad(std::string_view text) {
  padded.assign(text);
  padded.append(SIMDJSON_PADDING, ' ');
}
