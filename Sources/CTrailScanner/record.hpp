// One record → one row.
#pragma once

#include <simdjson.h>

#include <string>
#include <vector>

#include "batch.hpp"
#include "places.hpp"
#include "text.hpp"

namespace trail {

enum class Reading {
  event,
  not_event,   // an Insight, an aggregate: counted, not used
  incomplete,  // a needed field is absent or malformed
  damaged,     // not JSON
};

// What a record says of its caller.
struct Identity {
  view type, principal_id, arn, account, invoked_by, user_name, access_key, provider;
  view issuer_type, issuer_id, issuer_arn, issuer_account;
  view web_provider, source_identity, on_behalf_of, mfa, created;
  bool present = false;
};

// Reads records into the batch that it is given; keeps the memory that it needs for that.
class RecordReader {
public:
  // Which file the records come from, and what is learnt about it.
  struct File {
    uint32_t number = 0;
    uint64_t records = 0, not_events = 0;
    int64_t first = INT64_MAX, last = INT64_MIN;
    bool has_events = false, has_insights = false;
    std::string account;
    bool one_account = true;
    uint64_t seen = 0;  // records of every kind
  };

  // Reads as that version of the extraction did; the rows must outlive the reader.
  RecordReader(uint32_t extraction, const ts_place *rows, size_t count);

  Reading read(simdjson::ondemand::object object, ts_batch &batch, File &file);

  // The field at fault after `incomplete`.
  view fault;

private:
  uint32_t extraction;
  std::vector<Place> places;
  std::vector<size_t> additional_places;  // those of `places` that lie in additionalEventData
  simdjson::dom::parser details;
  std::vector<std::string> lines;
  std::vector<uint32_t> names, set;
  std::string deciding, text;

  void read_identity(simdjson::ondemand::value value, Identity &identity);
  uint32_t read_resources(simdjson::ondemand::value value, ts_batch &batch, view &data_type);
  uint32_t shape(ts_batch &batch, view deciding);
  bool wants_additional(view source) const;
  const std::vector<WantedPlace> &places_of(uint32_t call, ts_batch &batch) const;
  void read_places(const std::vector<WantedPlace> &wanted, view request, view additional);
  tf_principal principal(const Identity &identity, view recipient, ts_batch &batch, view &arn, view &account);
  void read_entry(view name, view request, view response, ts_batch &batch, tf_row &row);
  void read_parameters(view source, view request, view response, ts_batch &batch, tf_row &row);
};

}  // namespace trail
