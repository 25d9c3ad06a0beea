// Reads one file after another into batches.
#pragma once

#include <libdeflate.h>

#include <memory>

#include "kinds.hpp"
#include "record.hpp"
#include "source.hpp"
#include "splitter.hpp"

struct ts_scanner {
public:
  explicit ts_scanner(trail::RecordReader reader);
  ~ts_scanner();
  ts_result begin(
    const char *path, ts_batch &batch, uint32_t file_number, ts_known known, void *context, ts_outcome &outcome);
  ts_result go_on(ts_batch &batch, uint32_t file_number, ts_outcome &outcome);

private:
  enum class Place { top, records, after_records, array };

  simdjson::ondemand::parser parser;
  simdjson::dom::parser checker;
  trail::RecordReader reader;
  trail::RecordReader::File file;
  trail::Sha256 hash;
  libdeflate_decompressor *decompressor;
  std::vector<char> in, out;
  std::string padded;

  std::unique_ptr<trail::Source> source;
  std::unique_ptr<trail::Splitter> splitter;
  trail::FileSource *streamed = nullptr;
  Place place = Place::top;
  bool saw_records = false, saw_anything = false, saw_unknown_text = false, saw_neighbour = false, broken = false;
  bool after_colon = false;  // of the members that follow a container's records
  bool is_array = false;     // the document
  bool is_known = false;     // to the caller, who does not want it read
  uint64_t looked_at_again = 0;
  size_t open_arrays = 0;    // around containers
  std::string document;
  size_t document_values = 0;

  std::vector<ts_problem> problems;
  std::unique_ptr<trail::Strings> details;
  std::vector<ts_listed_file> listed;
  ts_outcome result{};

  void start_file();
  void problem(ts_problem_code code, uint64_t record, uint64_t offset, std::string_view detail = {});
  ts_text kept(std::string_view text);
  bool load(int descriptor, size_t size);
  enum class Inflated { whole, too_large, damaged };
  Inflated inflate(size_t size, size_t &length);
  bool read_fast(const char *content, size_t length, size_t capacity, ts_batch &batch);
  ts_result read_slowly(ts_batch &batch);
  bool read_value(ts_batch &batch);
  bool read_array(ts_batch &batch);
  bool read_record(ts_batch &batch);
  void add_document(size_t length);
  void read_history(simdjson::dom::object holder, simdjson::dom::array events, ts_batch &batch);
  void read_events(simdjson::dom::array events, ts_batch &batch, size_t &unreadable);
  void read_report();
  void pad(std::string_view text);
  bool close_container();
  bool go_inside(size_t length);
  bool recover(trail::Splitter::Found found, size_t length, bool counts);
  void read_digest(simdjson::dom::object digest);
  void finish(ts_outcome &outcome);
};
