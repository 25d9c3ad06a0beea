// The C header's functions.
#include "scanner.hpp"

namespace {

int compare_ids(const ts_batch &batch, const tf_row &a, const tf_row &b) {
  if (a.id_text == 0 && b.id_text == 0) return std::memcmp(a.id, b.id, 16);
  // As in SQLite, where texts come before blobs.
  if ((a.id_text == 0) != (b.id_text == 0)) return a.id_text == 0 ? 1 : -1;
  return batch.strings[a.id_text].compare(batch.strings[b.id_text]);
}

}  // namespace

extern "C" {

const ts_place *ts_places(size_t *count) { return trail::place_table(*count); }
uint32_t ts_newest_extraction(void) { return trail::newest_extraction(); }

ts_scanner *ts_scanner_create(uint32_t extraction, const ts_place *places, size_t count) {
  return new ts_scanner(trail::RecordReader(extraction, places, count));
}
void ts_scanner_destroy(ts_scanner *scanner) { delete scanner; }
ts_batch *ts_batch_create(void) { return new ts_batch(); }
void ts_batch_destroy(ts_batch *batch) { delete batch; }
size_t ts_batch_row_count(const ts_batch *batch) { return batch->rows.size(); }

ts_result ts_scan_begin(
  ts_scanner *scanner, const char *path, ts_batch *batch, uint32_t file, ts_known known, void *context,
  ts_outcome *outcome) {
  return scanner->begin(path, *batch, file, known, context, *outcome);
}

ts_result ts_scan_continue(ts_scanner *scanner, ts_batch *batch, uint32_t file, ts_outcome *outcome) {
  return scanner->go_on(*batch, file, *outcome);
}

void ts_batch_finish(ts_batch *batch, void *facts) {
  batch->order.resize(batch->rows.size());
  std::iota(batch->order.begin(), batch->order.end(), 0u);
  const auto &rows = batch->rows;
  std::sort(batch->order.begin(), batch->order.end(), [&](uint32_t left, uint32_t right) {
    const tf_row &a = rows[left], &b = rows[right];
    if (a.time != b.time) return a.time < b.time;
    const int order = compare_ids(*batch, a, b);
    return order != 0 ? order < 0 : left < right;
  });
  *static_cast<tf_batch *>(facts) = {
    rows.data(), batch->order.data(), rows.size(),
    batch->strings.strings.data(), batch->strings.strings.size(),
    batch->calls.rows.data(), batch->calls.rows.size(),
    batch->principals.rows.data(), batch->principals.rows.size(),
    batch->sessions.rows.data(), batch->sessions.rows.size(),
    batch->places.rows.data(), batch->places.rows.size(),
    batch->contexts.rows.data(), batch->contexts.rows.size(),
    batch->errors.rows.data(), batch->errors.rows.size(),
    batch->shapes.rows.data(), batch->shapes.rows.size(),
    batch->resources.rows.data(), batch->resources.rows.size(),
    batch->resource_sets.rows.data(), batch->resource_sets.rows.size(),
    batch->members.data(), batch->members.size(),
    batch->entries.data(), batch->entries.size(),
    batch->parameters.data(), batch->parameters.size(),
    batch->file_days.data(), batch->file_days.size()};
}
}
