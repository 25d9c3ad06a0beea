#include "record.hpp"

#include "fields.hpp"

using namespace simdjson;

namespace trail {

namespace {

uint32_t event_kind(
  view category, view data_type, int management, uint32_t read_only, ts_batch &batch, std::string &text) {
  if (category == "NetworkActivity") return batch.strings.intern("network-activity");
  if (category == "Data" || (category.empty() && management == 0)) {
    text.assign("data:").append(data_type);
    return batch.strings.intern(text);
  }
  return batch.strings.intern(
    read_only == 1 ? "management-read" : read_only == 2 ? "management-write" : "management");
}

}  // namespace

Reading RecordReader::read(ondemand::object object, ts_batch &batch, File &file) {
  fault = {};
  Identity identity;
  view time_text, source, name, region, address, agent, code, message, id, shared, type, category, recipient,
    endpoint, request, response, additional, original, data_type;
  uint32_t read_only = 0, resource_set = 0;
  int management = -1;
  bool twice = false;
  names.clear();
  deciding.clear();

  for (auto field : object) {
    ondemand::raw_json_string raw;
    if (field.key().get(raw)) return Reading::damaged;
    const char *key = raw.raw();
    ondemand::value value;
    if (field.value().get(value)) return Reading::damaged;
    switch (key[0]) {
    case 'u':
      if (IS("userIdentity")) read_identity(value, identity);
      else if (IS("userAgent")) agent = text_of(value);
      break;
    case 'e':
      if (IS("eventTime")) time_text = text_of(value);
      else if (IS("eventSource")) source = text_of(value);
      else if (IS("eventName")) name = text_of(value);
      else if (IS("errorCode")) code = text_of(value);
      else if (IS("errorMessage")) message = text_of(value);
      else if (IS("eventID")) {
        // Two records that damage made one, or nobody knows which of its fields count.
        if (!id.empty()) twice = true;
        id = text_of(value);
      }
      else if (IS("eventType")) type = text_of(value);
      else if (IS("eventCategory")) category = text_of(value);
      break;
    case 'a':
      if (IS("awsRegion")) region = text_of(value);
      else if (IS("additionalEventData") && wants_additional(source)) {
        ondemand::object data;
        if (value.get_object().get(data)) break;
        if (data.raw_json().get(additional)) return Reading::damaged;
      }
      else if (IS("addendum")) {
        ondemand::object addendum;
        if (value.get_object().get(addendum)) break;
        view reason, first_id;
        for (auto inner : addendum) {
          ondemand::raw_json_string raw_inner;
          if (inner.key().get(raw_inner)) return Reading::damaged;
          const char *key = raw_inner.raw();
          if (IS("reason")) reason = text_of(inner.value());
          else if (IS("originalEventID")) first_id = text_of(inner.value());
        }
        if (reason == "UPDATED_DATA") original = first_id;
      }
      break;
    case 'r':
      if (IS("requestParameters")) {
        ondemand::object parameters;
        if (value.get_object().get(parameters)) break;
        if (parameters.raw_json().get(request)) return Reading::damaged;
        bool empty;
        if (parameters.reset().get(empty)) return Reading::damaged;
        for (auto parameter : parameters) {
          ondemand::raw_json_string raw_name;
          if (parameter.key().get(raw_name)) return Reading::damaged;
          names.push_back(batch.strings.intern(name_of(raw_name.raw())));
        }
      } else if (IS("responseElements")) {
        ondemand::object elements;
        if (value.get_object().get(elements)) break;
        if (elements.raw_json().get(response)) return Reading::damaged;
      } else if (IS("recipientAccountId")) recipient = text_of(value);
      else if (IS("readOnly")) {
        bool flag;
        if (!value.get_bool().get(flag)) read_only = flag ? 1 : 2;
        else {
          const view word = text_of(value);
          read_only = word == "true" ? 1 : word == "false" ? 2 : 0;
        }
      } else if (IS("resources")) resource_set = read_resources(value, batch, data_type);
      break;
    case 'm':
      if (IS("managementEvent")) {
        bool flag;
        if (!value.get_bool().get(flag)) management = flag;
      }
      break;
    case 's':
      if (IS("sharedEventID")) shared = text_of(value);
      else if (IS("sourceIPAddress")) address = text_of(value);
      break;
    case 'v':
      if (IS("vpcEndpointId")) endpoint = text_of(value);
      break;
    default: break;
    }
  }

  ++file.seen;
  if (type == "AwsCloudTrailInsight" || category == "Insight") {
    file.has_insights = true;
    ++file.not_events;
    return Reading::not_event;
  }
  if (type == "AwsAggregatedEvent" || category == "Aggregated") {
    ++file.not_events;
    return Reading::not_event;
  }
  tf_row row{};
  if (!parse_time(time_text, row.time)) fault = "eventTime";
  else if (source.empty()) fault = "eventSource";
  else if (name.empty()) fault = "eventName";
  else if (id.empty() || twice) fault = "eventID";
  if (!fault.empty()) return Reading::incomplete;

  Strings &strings = batch.strings;
  if (!parse_uuid(id, row.id)) row.id_text = strings.intern(id);
  if (shared.empty()) shared = original;
  if (!shared.empty()) {
    row.has_shared = 1;
    if (!parse_uuid(shared, row.shared)) row.shared_text = strings.intern(shared);
  }
  if (recipient.empty()) recipient = identity.account;
  row.resource_set = resource_set;
  row.call = batch.calls.intern(
    {strings.intern(source), strings.intern(name), strings.intern(type), strings.intern(category),
     strings.intern(category == "Data" ? data_type : view()),
     event_kind(category, data_type, management, read_only, batch, text), read_only});
  if (const auto &wanted = places_of(row.call, batch); !wanted.empty()) read_places(wanted, request, additional);
  row.shape = shape(batch, deciding);
  row.place = batch.places.intern({strings.intern(recipient), strings.intern(region)});
  row.context = batch.contexts.intern(
    {strings.intern(address), strings.intern(endpoint), strings.intern(agent), strings.intern(identity.invoked_by)});
  if (!code.empty()) {
    const Denial denial = parse_denial(message);
    row.error = batch.errors.intern(
      {strings.intern(code), strings.intern(denial.action), strings.intern(denial.policy_kind)});
  }

  view arn, account;
  tf_session session{};
  session.principal = batch.principals.intern(principal(identity, recipient, batch, arn, account));
  session.arn = strings.intern(arn);
  session.account = strings.intern(account);
  session.access_key = strings.intern(identity.access_key);
  if (const size_t colon = identity.principal_id.find(':'); colon != view::npos)
    session.name = strings.intern(identity.principal_id.substr(colon + 1));
  session.source_identity = strings.intern(identity.source_identity);
  session.provider = strings.intern(identity.provider.empty() ? identity.web_provider : identity.provider);
  if (identity.type == "SAMLUser" || identity.type == "WebIdentityUser")
    session.subject = strings.intern(identity.user_name);
  session.on_behalf_of = strings.intern(identity.on_behalf_of);
  session.mfa = identity.mfa == "true" ? 2 : identity.mfa == "false" ? 1 : 0;
  if (!parse_time(identity.created, session.started)) session.started = 0;
  row.session = batch.sessions.intern(session);

  row.first_parameter = static_cast<uint32_t>(batch.parameters.size());
  if (source == "sts.amazonaws.com" && starts_with(name, "Assume")) read_entry(name, request, response, batch, row);
  else if (code.empty() && read_only != 1 && !request.empty()) read_parameters(source, request, response, batch, row);
  if (!original.empty()) batch.parameters.push_back({strings.intern("addendum.originalEventID"), strings.intern(original)});
  row.parameter_count = static_cast<uint32_t>(batch.parameters.size()) - row.first_parameter;

  row.file = file.number;
  row.record = static_cast<uint32_t>(file.seen);
  batch.rows.push_back(row);

  const tf_file_day day{
    file.number, row.place, batch.calls.rows[row.call].event_kind,
    static_cast<int32_t>((row.time - (row.time < 0 ? 86399 : 0)) / 86400)};
  bool known = false;
  for (size_t i = batch.file_days.size(); i-- > 0 && !known && batch.file_days[i].file == day.file;)
    known = std::memcmp(&batch.file_days[i], &day, sizeof day) == 0;
  if (!known) batch.file_days.push_back(day);
  ++file.records;
  file.has_events = true;
  file.first = std::min(file.first, row.time);
  file.last = std::max(file.last, row.time);
  if (file.records == 1) file.account = recipient;
  else if (file.one_account && file.account != recipient) file.one_account = false;
  return Reading::event;
}

}  // namespace trail
