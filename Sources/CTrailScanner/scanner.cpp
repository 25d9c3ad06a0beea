#include "scanner.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

using namespace simdjson;
using trail::FileSource;
using trail::MemorySource;
using trail::Reading;
using trail::Source;
using trail::Splitter;

namespace {

// Content larger than this is read piece by piece.
constexpr size_t whole_limit = 64 << 20;
// Compressed files larger than this, too.
constexpr size_t load_limit = 64 << 20;
// An event is 256 KB, 1 MB in event data stores. Source: "Quotas in AWS CloudTrail", AWS CloudTrail User Guide.
constexpr size_t record_limit = 16 << 20;
// Of records that seem to hold other records, so many bytes of a file are looked at twice.
constexpr uint64_t again_limit = 256 << 20;
constexpr size_t document_limit = 256 << 20;
constexpr std::string_view beginning = "{\"eventVersion\":";
constexpr size_t most_problems = 1000;
// Rows after which a file's batch is handed on; a file that is read whole may go beyond.
constexpr size_t batch_rows = 65536;

// A regular file with the content of a pipe, so that it can be hashed first and read then; -1 with errno.
int spooled(int descriptor) {
  FILE *copy = std::tmpfile();
  if (copy == nullptr) return -1;
  const int file = dup(fileno(copy));
  std::fclose(copy);
  std::vector<char> piece(1 << 16);
  for (;;) {
    const ssize_t got = read(descriptor, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) break;
    for (ssize_t done = 0; got > 0 && done < got;) {
      const ssize_t wrote = write(file, piece.data() + done, static_cast<size_t>(got - done));
      if (wrote < 0) {
        close(file);
        return -1;
      }
      done += wrote;
    }
    if (got < 0) {
      close(file);
      return -1;
    }
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

}  // namespace

ts_scanner::ts_scanner() : decompressor(libdeflate_alloc_decompressor()) { start_file(); }
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
  if (problems.size() >= most_problems) {
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

bool ts_scanner::load(int descriptor, size_t size) {
  in.resize(size + SIMDJSON_PADDING);
  size_t got = 0;
  while (got < size) {
    const ssize_t n = read(descriptor, in.data() + got, size - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) break;
    got += static_cast<size_t>(n);
  }
  result.bytes = got;
  return true;
}

ts_scanner::Inflated ts_scanner::inflate(size_t size, size_t &length) {
  uint32_t hint = 0;
  if (size >= 18) std::memcpy(&hint, in.data() + size - 4, 4);  // of the last member; may be anything
  length = 0;
  size_t used = 0;
  const size_t wanted = std::min<size_t>(std::max<size_t>(hint, 1 << 16), whole_limit) + SIMDJSON_PADDING;
  if (out.size() < wanted) out.resize(wanted);
  while (used < size) {
    if (length > 0) {
      while (used < size && in[used] == 0) ++used;
      if (used == size) break;
    }
    size_t consumed = 0, made = 0;
    const libdeflate_result state = libdeflate_gzip_decompress_ex(
      decompressor, in.data() + used, size - used, out.data() + length, out.size() - SIMDJSON_PADDING - length, &consumed,
      &made);
    if (state == LIBDEFLATE_INSUFFICIENT_SPACE) {
      if (out.size() >= whole_limit + SIMDJSON_PADDING) return Inflated::too_large;
      out.resize(std::min(out.size() * 2, whole_limit + SIMDJSON_PADDING));
      continue;
    }
    if (state != LIBDEFLATE_SUCCESS) return Inflated::damaged;
    used += consumed;
    length += made;
  }
  return Inflated::whole;
}

ts_result ts_scanner::begin(
  const char *path, ts_batch &batch, uint32_t file_number, ts_known known, void *context, ts_outcome &outcome) {
  start_file();
  file.number = file_number;
  const bool standard_input = std::string_view(path) == "-";
  int descriptor = standard_input ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (descriptor >= 0 && (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))) {
    const int copy = S_ISDIR(status.st_mode) ? (errno = EISDIR, -1) : spooled(descriptor);
    const int why = errno;
    close(descriptor);
    descriptor = copy;
    errno = why;
    if (descriptor >= 0) fstat(descriptor, &status);
  }
  if (descriptor < 0) {
    problem(TS_PROBLEM_UNREADABLE, 0, 0, std::strerror(errno));
    finish(outcome);
    return TS_DONE;
  }
  if (standard_input) lseek(descriptor, 0, SEEK_SET);
  const auto size = static_cast<size_t>(status.st_size);
  const bool in_memory = size <= load_limit;
  hash.restart();
  if (in_memory) {
    if (!load(descriptor, size)) {
      problem(TS_PROBLEM_UNREADABLE, 0, 0, std::strerror(errno));
      close(descriptor);
      finish(outcome);
      return TS_DONE;
    }
    hash.add(in.data(), result.bytes);
  } else {
    in.resize(1 << 20);
    ssize_t got;
    while ((got = read(descriptor, in.data(), in.size())) != 0) {
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        problem(TS_PROBLEM_UNREADABLE, 0, 0, std::strerror(errno));
        close(descriptor);
        finish(outcome);
        return TS_DONE;
      }
      hash.add(in.data(), static_cast<size_t>(got));
      result.bytes += static_cast<uint64_t>(got);
    }
  }
  hash.finish(result.sha256);
  result.hash_known = true;
  if (result.bytes == 0) {
    close(descriptor);
    std::memcpy(result.content_sha256, result.sha256, 32);
    problem(TS_PROBLEM_EMPTY, 0, 0);
    finish(outcome);
    return TS_DONE;
  }
  is_known = known(context, result.sha256);
  if (is_known) {
    close(descriptor);
    finish(outcome);
    return TS_KNOWN;
  }
  unsigned char magic[2] = {0, 0};
  result.is_gzip = pread(descriptor, magic, 2, 0) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;

  const char *content = nullptr;
  size_t length = 0, capacity = 0;
  if (in_memory && !result.is_gzip && result.bytes <= whole_limit) {
    content = in.data();
    length = result.bytes;
    capacity = in.size();
    std::memcpy(result.content_sha256, result.sha256, 32);
  } else if (in_memory && result.is_gzip && inflate(result.bytes, length) == Inflated::whole) {
    content = out.data();
    capacity = out.size();
    hash.restart();
    hash.add(content, length);
    hash.finish(result.content_sha256);
  }
  if (content == nullptr) {
    lseek(descriptor, 0, SEEK_SET);
    auto stream = std::make_unique<FileSource>(descriptor, result.is_gzip);
    streamed = stream.get();
    source = std::move(stream);
  } else {
    close(descriptor);
    result.content_bytes = length;
    if (length == 0) {
      problem(TS_PROBLEM_EMPTY, 0, 0);
      finish(outcome);
      return TS_DONE;
    }
    const auto mark = batch.mark();
    if (read_fast(content, length, capacity, batch)) {
      finish(outcome);
      return TS_DONE;
    }
    batch.back_to(mark);
    file = {};
    file.number = file_number;
    source = std::make_unique<MemorySource>(content, length);
  }
  splitter = std::make_unique<Splitter>(*source);
  return go_on(batch, file_number, outcome);
}

ts_result ts_scanner::go_on(ts_batch &batch, uint32_t file_number, ts_outcome &outcome) {
  file.number = file_number;
  const ts_result state = read_slowly(batch);
  if (state == TS_MORE) return TS_MORE;
  if (streamed != nullptr) {
    streamed->hash.finish(result.content_sha256);
    result.content_bytes = streamed->given;
  }
  finish(outcome);
  return TS_DONE;
}

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

ts_result ts_scanner::read_slowly(ts_batch &batch) {
  const size_t before = batch.rows.size();
  for (;;) {
    if (batch.rows.size() - before >= batch_rows) return TS_MORE;
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
  const Splitter::Found found = splitter->value(record_limit, length);
  if (found != Splitter::Found::whole) return recover(found, length, false);
  splitter->advance(length);
  return true;
}

// From a damaged record to the first record that it swallowed, if there is one.
bool ts_scanner::go_inside(size_t length) {
  const size_t inner = splitter->inner_event();
  if (inner >= length || looked_at_again > again_limit) return false;
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
  const Splitter::Found found = splitter->value(record_limit, length);
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
    if (file.seen == 0 && !saw_records && document_values == 0 && head.find(beginning) == head.npos) {
      saw_neighbour = trail::is_neighbour_text(head);
      saw_unknown_text = !saw_neighbour;
      splitter->drain();
      return false;
    }
    return recover(Splitter::Found::damaged, 0, false);
  }
  if (next == '[') return read_array();
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
    if (!saw_anything && !saw_records) {
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
bool ts_scanner::read_array() {
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

// The parser reads a little beyond the end of what it is given.
void ts_scanner::pad(std::string_view text) {
  padded.assign(text);
  padded.append(SIMDJSON_PADDING, ' ');
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

void ts_scanner::finish(ts_outcome &outcome) {
  if (result.kind == TS_KIND_UNKNOWN) {
    if (file.has_events || (saw_records && !file.has_insights && file.not_events == 0)) result.kind = TS_KIND_TRAIL;
    else if (file.has_insights) result.kind = TS_KIND_INSIGHT;
    else if (saw_neighbour || file.not_events > 0) result.kind = TS_KIND_NEIGHBOUR;
    else if (document_values > 0) result.kind = TS_KIND_DOCUMENT;
    else if (saw_unknown_text) problem(TS_PROBLEM_UNKNOWN_KIND, 0, 0);
    else if (result.hash_known && problems.empty() && !is_known) problem(TS_PROBLEM_EMPTY, 0, 0);  // white space only
  }
  if (document_values > 1 || is_array) document = "[" + document + "]";
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
