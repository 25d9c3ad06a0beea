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

// True where a text that is no JSON is a credential report of IAM.
bool is_credential_report(view head);

// True where a text that is no JSON is a log that lies beside trails: load balancers, flow logs, S3 access, CloudFront.
bool is_neighbour_text(view head);

}  // namespace trail
