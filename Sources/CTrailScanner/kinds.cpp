#include "kinds.hpp"

using namespace simdjson;

namespace trail {

namespace {

bool has(dom::object object, const char *name) { return !object.at_key(name).error(); }

bool all_digits(view text) { return !text.empty() && text.find_first_not_of("0123456789") == view::npos; }

view word(view line, size_t number) {
  for (size_t i = 0; i < number; ++i) {
    const size_t space = line.find(' ');
    if (space == view::npos) return {};
    line.remove_prefix(space + 1);
  }
  return line.substr(0, line.find(' '));
}

}  // namespace

ObjectKind kind_of(dom::object object) {
  view category, type;
  if (object.at_key("eventCategory").get(category)) category = {};
  if (object.at_key("eventType").get(type)) type = {};
  if (type == "AwsCloudTrailInsight" || category == "Insight") return ObjectKind::insight;
  if (has(object, "digestStartTime") && has(object, "logFiles")) return ObjectKind::digest;
  if (has(object, "eventName") && has(object, "eventSource") && has(object, "eventTime")) {
    // S3's own notifications have these names too, and a body of their own.
    view source;
    if (!object.at_key("eventSource").get(source) && source == "aws:s3" && has(object, "s3")) return ObjectKind::neighbour;
    return ObjectKind::event;
  }
  if (has(object, "eventVersion") && (has(object, "eventID") || has(object, "userIdentity"))) return ObjectKind::event;
  if (has(object, "userIdentity") && has(object, "eventID")) return ObjectKind::event;
  const bool neighbour =
    (has(object, "configSnapshotId") || has(object, "configurationItems")) ||                                // AWS Config
    (has(object, "webaclId") && has(object, "httpRequest")) ||                                               // WAF
    (has(object, "query_name") && has(object, "srcaddr")) ||                                                 // Resolver
    (has(object, "schemaVersion") && has(object, "service") && has(object, "accountId")) ||                  // GuardDuty
    (has(object, "schemaType") && has(object, "modelId") && has(object, "operation"));  // Bedrock
  return neighbour ? ObjectKind::neighbour : ObjectKind::document;
}

bool is_collected(dom::object object) { return has(object, "accessreview") && has(object, "command"); }

// Source: "lookup-events", AWS CLI Command Reference.
bool event_history(dom::object object, dom::array &events) {
  dom::object output = object;
  if (is_collected(object)) {
    view command;
    if (object.at_key("command").get(command) || !starts_with(command, "cloudtrail lookup-events")) return false;
    if (object.at_key("output").get(output)) return false;
  }
  if (output.at_key("Events").get(events)) return false;
  if (events.size() == 0) return is_collected(object);
  dom::object first;
  return !events.at(0).get(first) && has(first, "CloudTrailEvent");
}

std::string history_line(dom::object line, HistoryCount count) {
  const auto members = [](dom::object object, std::initializer_list<const char *> names) {
    std::string text;
    for (const char *name : names) {
      dom::element value;
      if (object.at_key(name).get(value)) continue;
      text.append("\"").append(name).append("\":").append(minify(value)).append(",");
    }
    return text;
  };
  std::string text = "{" + members(line, {"accessreview", "command", "account", "region", "resource", "parameters",
                                          "takenAt", "complete", "error"});
  dom::object output;
  if (!line.at_key("output").get(output))
    text += "\"output\":{" + members(output, {"NextToken", "NextMarker", "Marker", "Truncated", "IsTruncated"}) +
            "\"Events\":[]},";
  return text + "\"eventsRead\":{\"events\":" + std::to_string(count.events) +
         ",\"unreadable\":" + std::to_string(count.unreadable) + ",\"elsewhere\":" + std::to_string(count.elsewhere) + "}}";
}

// Source: "Get credential reports for your AWS account", IAM User Guide.
bool is_credential_report(view head) {
  if (starts_with(head, "\xEF\xBB\xBF")) head.remove_prefix(3);
  return starts_with(head, "user,arn,user_creation_time,");
}

bool is_neighbour_text(view head) {
  const view line = head.substr(0, head.find('\n'));
  if (starts_with(line, "#Version: ")) return true;  // CloudFront
  if (starts_with(line, "version account-id interface-id")) return true;
  if (contains(line, "interface-id") && contains(line, "srcaddr")) return true;
  if (all_digits(word(line, 0)) && all_digits(word(line, 1)) && starts_with(word(line, 2), "eni-")) return true;
  for (view kind : {view("http"), view("https"), view("h2"), view("grpcs"), view("ws"), view("wss"), view("tls")})
    for (size_t place : {1, 2})  // network load balancers write a version first
      if (word(line, 0) == kind && word(line, place).size() >= 19 && word(line, place)[4] == '-') return true;
  if (line.size() > 27 && line[4] == '-' && line[10] == 'T' && contains(word(line, 2), ":")) return true;  // classic
  const view owner = word(line, 0);
  return owner.size() == 64 && owner.find_first_not_of("0123456789abcdef") == view::npos && starts_with(word(line, 2), "[");
}

}  // namespace trail
