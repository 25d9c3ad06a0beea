// Reads a file of CloudTrail events (or finds out that it is something else) into a batch of rows.
//
// The C header over a C++ implementation: simdjson parses, libdeflate and zlib inflate, libcrypto hashes.
// A scanner and a batch belong to one thread at a time.
#ifndef CTRAILSCANNER_H
#define CTRAILSCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ts_scanner ts_scanner;
typedef struct ts_batch ts_batch;

typedef struct {
  const char *_Nullable bytes;  // UTF-8, not terminated
  uint32_t length;
} ts_text;

typedef enum {
  TS_KIND_UNKNOWN = 0,
  TS_KIND_TRAIL,
  TS_KIND_DIGEST,
  TS_KIND_INSIGHT,
  TS_KIND_NEIGHBOUR,
  TS_KIND_DOCUMENT,  // JSON that is no trail, or a report: the caller finds out what it is
} ts_kind;

typedef enum {
  TS_DONE = 0,
  TS_MORE,   // the batch is full and the file is not: go on with another batch
  TS_KNOWN,  // the caller said that it knows the content
} ts_result;

typedef enum {
  TS_PROBLEM_UNREADABLE = 0,     // detail: the system's reason
  TS_PROBLEM_EMPTY,
  TS_PROBLEM_GZIP_TRUNCATED,
  TS_PROBLEM_GZIP_DAMAGED,
  TS_PROBLEM_JSON_TRUNCATED,     // the file ends inside a record or value
  TS_PROBLEM_RECORD_DAMAGED,     // not JSON; detail: what the parser says
  TS_PROBLEM_RECORD_INCOMPLETE,  // no event: a needed field is absent or malformed; detail: the field
  TS_PROBLEM_RECORD_TOO_LARGE,
  TS_PROBLEM_NOT_JSON,           // begins like JSON, but no record or value in it can be read
  TS_PROBLEM_UNKNOWN_KIND,
} ts_problem_code;

typedef struct {
  ts_problem_code code;
  uint64_t record;  // from 1; 0 where the problem is the file's
  uint64_t offset;  // in the inflated content
  ts_text detail;
} ts_problem;

typedef struct {
  ts_text object, hash, oldest, newest;
} ts_listed_file;

typedef struct {
  ts_kind kind;
  bool is_gzip;
  bool hash_known;  // false where the file could not even be read
  uint8_t sha256[32], content_sha256[32];
  uint64_t bytes, content_bytes;
  uint64_t records;     // event records
  uint64_t not_events;  // Insights and the like
  bool has_events;
  int64_t first, last;  // times of the events
  ts_text account;    // the recipient account of all events, empty where they differ
  const ts_problem *_Nullable problems;
  size_t problem_count;
  uint64_t problems_left_out;  // of further damaged records, beyond those listed
  const uint8_t *_Nullable document;  // of a trail too, where other values lie beside its records
  size_t document_length;
  ts_text digest_account, digest_start, digest_end, digest_object;
  const ts_listed_file *_Nullable listed;
  size_t listed_count;
} ts_outcome;

// What is kept of a deciding value beside that it is there.
typedef enum {
  TS_KEEP_PRESENCE = 0,
  TS_KEEP_WORD,     // a word of at most 64 letters, digits, `:`, `_`, `-`, as it is; true and false too
  TS_KEEP_VERB,     // of a PartiQL statement: select, insert, update, delete, exists
  TS_KEEP_VERSION,  // of a copy source: `?versionId=` where it names a version, else `current`
  TS_KEEP_ARN,      // of an ARN: `arn:PARTITION:SERVICE:`, and `TYPE:` behind it where the resource has a type before a colon
  TS_KEEP_PATH,     // of a path: `/` and its first name, if that is a word
  TS_KEEP_CONTENT,  // of a map, or a list of maps: `:` where it has anything in it; a map without counts as absent
} ts_reduction;

// A place in the record of a call that decides which action the call needed.
typedef struct {
  uint32_t since;  // the version of the extraction that keeps it first
  const char *_Nonnull sources;  // of events, without their domain, separated by blanks
  const char *_Nonnull name, *_Nonnull place;
  ts_reduction reduction;
} ts_place;

typedef bool (*ts_known)(void *_Nullable context, const uint8_t *_Nonnull sha256);

// The places that are kept, and the version of the extraction: of these places and of all other rules.
const ts_place *_Nonnull ts_places(size_t *_Nonnull count);
uint32_t ts_newest_extraction(void);

// A scanner that reads as that version of the extraction did. The places must outlive it.
ts_scanner *_Nonnull ts_scanner_create(uint32_t extraction, const ts_place *_Nullable places, size_t count);
void ts_scanner_destroy(ts_scanner *_Nonnull);

ts_batch *_Nonnull ts_batch_create(void);
void ts_batch_destroy(ts_batch *_Nonnull);
// Sorts the rows and tells in `facts`, a tf_batch of CTrailFacts.h, where everything lies; valid until the batch is
// destroyed.
void ts_batch_finish(ts_batch *_Nonnull, void *_Nonnull facts);
size_t ts_batch_row_count(const ts_batch *_Nonnull);

// Reads the file at `path` into the batch as its file number `file`. What `outcome` points to is valid until the
// scanner's next call; after TS_MORE only its hash is. After TS_MORE call ts_scan_continue with another batch and the file's number in that one.
ts_result ts_scan_begin(
  ts_scanner *_Nonnull, const char *_Nonnull path, ts_batch *_Nonnull, uint32_t file, ts_known _Nonnull known,
  void *_Nullable context, ts_outcome *_Nonnull outcome);
ts_result ts_scan_continue(
  ts_scanner *_Nonnull, ts_batch *_Nonnull, uint32_t file, ts_outcome *_Nonnull outcome);

#ifdef __cplusplus
}
#endif

#endif
