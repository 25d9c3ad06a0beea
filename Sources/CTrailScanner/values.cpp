// Values at the top level: which of them are containers, events, digests and documents.
#include "limits.hpp"
#include "scanner.hpp"

using namespace simdjson;
using trail::Splitter;
using trail::document_limit;

// A value at the top level.
bool ts_scanner::read_value(ts_batch &batch) {
  const int next = splitter->peek();
  if (next == ',') {  // between values that somebody joined by commas
    splitter->advance();
    return true;
  }
  if (next == ']' && open_arrays > 0) {
    --open_arrays;
    splitter->advance();
    return true;
  }
  if (next != '{' && next != '[') {
    const std::string_view head = splitter->head(4096);
    // CloudWatch Logs, exporting to S3, writes the time before each message.
    int64_t seconds;
    if (head.size() > 25 && head.substr(24, 2) == " {" && trail::parse_time(head.substr(0, 24), seconds)) {
      splitter->advance(25);
      return true;
    }
    if (file.seen == 0 && !saw_records && document_values == 0 && trail::is_credential_report(head)) {
      read_report();
      return false;
    }
    if (file.seen == 0 && !saw_records && document_values == 0 && head.find(trail::beginning) == head.npos) {
      saw_neighbour = trail::is_neighbour_text(head);
      saw_unknown_text = !saw_neighbour;
      splitter->drain();
      return false;
    }
    return recover(Splitter::Found::damaged, 0, false);
  }
  if (next == '[') return read_array(batch);
  if (splitter->first_name() == "eventVersion") return read_record(batch);
  if (splitter->enter_records()) {
    saw_records = true;
    place = Place::records;
    return true;
  }
  size_t length = 0;
  const Splitter::Found found = splitter->value(document_limit, length);
  if (found != Splitter::Found::whole) return recover(found, length, splitter->begins_event());
  pad(splitter->text(length));
  dom::object object;
  if (checker.parse(padded.data(), length, false).get_object().get(object)) {
    // The Swift reader of documents says what is wrong with it, unless it is a line among events.
    if (saw_anything || saw_records || splitter->begins_event()) return read_record(batch);
    add_document(length);
    return true;
  }
  dom::array events;
  switch (trail::kind_of(object)) {
  case trail::ObjectKind::event:
  case trail::ObjectKind::insight: return read_record(batch);
  case trail::ObjectKind::digest:
    read_digest(object);
    result.kind = TS_KIND_DIGEST;
    break;
  case trail::ObjectKind::neighbour:
    saw_neighbour = true;
    ++file.not_events;
    break;
  case trail::ObjectKind::document:
    if (trail::event_history(object, events)) {
      read_history(object, events, batch);
      break;
    }
    if ((!saw_anything && !saw_records) || trail::is_collected(object)) {
      add_document(length);
      return true;
    }
    ++file.seen;
    problem(TS_PROBLEM_RECORD_INCOMPLETE, file.seen, splitter->offset(), "eventName");
    break;
  }
  splitter->advance(length);
  return true;
}

// An array of events is read one by one; the values of any other array are one document, whose brackets `finish`
// puts back.
bool ts_scanner::read_array(ts_batch &batch) {
  const uint64_t start = splitter->offset();
  splitter->advance();
  int item = splitter->peek();
  if (item == ']') {
    splitter->advance();
    saw_records = true;
    return true;
  }
  size_t length = 0;
  bool events = item == '{';
  if (events && !splitter->begins_event() && splitter->value(document_limit, length) == Splitter::Found::whole) {
    pad(splitter->text(length));
    dom::object object;
    if (!checker.parse(padded.data(), length, false).get_object().get(object))
      events = trail::kind_of(object) != trail::ObjectKind::document || !object["Records"].get_array().error();
  }
  if (events) {
    saw_records = true;
    place = Place::array;
    return true;
  }
  is_array = true;
  for (; item >= 0 && item != ']'; item = splitter->peek()) {
    if (item == ',') {
      splitter->advance();
      continue;
    }
    if (item == '{' && splitter->first_name() == "eventVersion") {
      // Events after all, the first of which were damaged.
      for (; document_values > 0; --document_values)
        problem(TS_PROBLEM_RECORD_INCOMPLETE, ++file.seen, start, "eventVersion");
      document.clear();
      is_array = false;
      saw_records = true;
      place = Place::array;
      return true;
    }
    const Splitter::Found found = splitter->value(document_limit, length);
    if (found != Splitter::Found::whole) return recover(found, length, false);
    if (item == '{') {
      pad(splitter->text(length));
      dom::object object;
      dom::array events;
      if (!checker.parse(padded.data(), length, false).get_object().get(object) && trail::event_history(object, events)) {
        read_history(object, events, batch);
        splitter->advance(length);
        continue;
      }
    }
    add_document(length);
  }
  if (item < 0) problem(TS_PROBLEM_JSON_TRUNCATED, 0, splitter->offset());
  splitter->advance();
  return true;
}

void ts_scanner::add_document(size_t length) {
  if (document_values++ > 0) document += ',';
  document += splitter->text(length);
  splitter->advance(length);
}

// Events that are texts of JSON in the events of an output. What wraps them says for which time they are all there were.
void ts_scanner::read_history(dom::object holder, dom::array events, ts_batch &batch) {
  const bool is_line = trail::is_collected(holder);
  trail::view account;
  if (is_line && holder.at_key("account").get(account)) account = {};
  trail::HistoryCount count;
  const size_t first = batch.rows.size();
  read_events(events, batch, count.unreadable);
  for (size_t at = first; at < batch.rows.size(); ++at) {
    const trail::view owner = batch.strings[batch.places.rows[batch.rows[at].place].account];
    if (!owner.empty() && owner != account) ++count.elsewhere;
  }
  count.events = events.size();
  if (!is_line) return;
  if (document_values++ > 0) document += ',';
  document += trail::history_line(holder, count);
}

void ts_scanner::read_events(dom::array events, ts_batch &batch, size_t &unreadable) {
  saw_records = true;
  const uint64_t offset = splitter->offset();
  std::string text;
  for (auto item : events) {
    const uint64_t number = ++file.seen;
    std::string_view event;
    dom::object holder;
    if (item.get(holder) || holder.at_key("CloudTrailEvent").get(event)) {
      problem(TS_PROBLEM_RECORD_INCOMPLETE, number, offset, "CloudTrailEvent");
      ++unreadable;
      continue;
    }
    text.assign(event);
    text.append(SIMDJSON_PADDING, ' ');
    ondemand::document parsed;
    ondemand::object record;
    trail::Reading reading = trail::Reading::damaged;
    const auto mark = batch.mark();
    if (!parser.iterate(padded_string_view(text.data(), event.size(), text.size())).get(parsed) &&
        !parsed.get_object().get(record))
      reading = reader.read(record, batch, file);
    if (reading == trail::Reading::event || reading == trail::Reading::not_event) {
      saw_anything = true;
      continue;
    }
    batch.back_to(mark);
    ++unreadable;
    if (reading == trail::Reading::incomplete) problem(TS_PROBLEM_RECORD_INCOMPLETE, number, offset, reader.fault);
    else problem(TS_PROBLEM_RECORD_DAMAGED, number, offset, "its text cannot be read as an event");
  }
}

// A text that is a document as a whole.
void ts_scanner::read_report() {
  const std::string_view text = splitter->head(document_limit);
  if (text.size() == document_limit) problem(TS_PROBLEM_RECORD_TOO_LARGE, 0, 0);
  document = text;
  document_values = 1;
  splitter->drain();
}

// Source: "CloudTrail digest file structure", AWS CloudTrail User Guide.
void ts_scanner::read_digest(dom::object digest) {
  const auto text = [&](dom::object object, const char *name) {
    std::string_view value;
    if (object.at_key(name).get(value)) value = {};
    return kept(value);
  };
  result.digest_account = text(digest, "awsAccountId");
  result.digest_start = text(digest, "digestStartTime");
  result.digest_end = text(digest, "digestEndTime");
  result.digest_object = text(digest, "digestS3Object");
  dom::array files;
  if (digest.at_key("logFiles").get(files)) return;
  for (auto item : files) {
    dom::object entry;
    if (item.get(entry)) continue;
    listed.push_back({text(entry, "s3Object"), text(entry, "hashValue"), text(entry, "oldestEventTime"), text(entry, "newestEventTime")});
  }
}
