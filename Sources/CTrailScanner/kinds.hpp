// What a file is, told by its content.
#pragma once

#include <simdjson.h>

#include "CTrailScanner.h"
#include "text.hpp"

namespace trail {

// What a JSON object at the top level is.
enum class ObjectKind { event, insight, digest, neighbour, document };
ObjectKind kind_of(simdjson::dom::object object);

// The events of `lookup-events`, as they come from the AWS CLI or wrapped by a collecting script; false where an object is
// neither.
bool event_history(simdjson::dom::object object, simdjson::dom::array &events);

// True where an object is a line that a collecting script wrote.
bool is_collected(simdjson::dom::object object);

// What became of the events of an answer.
struct HistoryCount {
  size_t events = 0, unreadable = 0;
  size_t elsewhere = 0;  // of another account than the line's
};

// A line with `lookup-events` without its events, which are counted in `eventsRead`: what its answer is worth is told by
// whoever reads documents.
std::string history_line(simdjson::dom::object line, HistoryCount count);

// True where a text that is no JSON is a credential report of IAM.
bool is_credential_report(view head);

// True where a text that is no JSON is a log that lies beside trails: load balancers, flow logs, S3 access, CloudFront.
bool is_neighbour_text(view head);

}  // namespace trail
