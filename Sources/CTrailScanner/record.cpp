#include "record.hpp"

#include "parameters.hpp"

using namespace simdjson;

namespace trail {

namespace {

// Whether a name that still has its closing quote is the one given; its length is known to the compiler, which turns
// this into a few comparisons of integers.
template <size_t size>
[[gnu::always_inline]] inline bool is(const char *raw, const char (&name)[size]) {
  return std::memcmp(raw, name, size - 1) == 0 && raw[size - 1] == '"';
}
#define IS(name) is(key, name)

view text_of(ondemand::value value) {
  view text;
  return value.get_string().get(text) ? view() : text;
}

view name_of(const char *key) {
  const char *end = key;
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return {key, static_cast<size_t>(end - key)};
}

// The parameters of a request whose values decide which action it needed; of all others the name is enough.
bool decides(view name) { return name == "x-amz-acl" || name == "acl"; }

// Types that stand in an event beside the one by which its data events are selected.
// Source: "Logging data events", AWS CloudTrail User Guide (the table of resources.type values).
bool is_container(view type) {
  return type == "AWS::S3::Bucket" || type == "AWS::KMS::Key" || type == "AWS::IAM::Role" ||
         type == "AWS::S3::AccessPoint";
}

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
    endpoint, request, response, original, data_type;
  uint32_t read_only = 0, shape_position = 0, resource_set = 0;
  int management = -1;
  bool has_request = false, twice = false;
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
        has_request = true;
        for (auto parameter : parameters) {
          ondemand::raw_json_string raw_name;
          if (parameter.key().get(raw_name)) return Reading::damaged;
          const view parameter_name = name_of(raw_name.raw());
          names.push_back(batch.strings.intern(parameter_name));
          if (!decides(parameter_name)) continue;
          if (!deciding.empty()) deciding += '\n';
          deciding.append(parameter_name).append("=").append(text_of(parameter.value()));
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
  if (has_request) row.shape = shape(batch, deciding);
  row.resource_set = resource_set;
  row.call = batch.calls.intern(
    {strings.intern(source), strings.intern(name), strings.intern(type), strings.intern(category),
     strings.intern(category == "Data" ? data_type : view()),
     event_kind(category, data_type, management, read_only, batch, text), read_only});
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
  else if (code.empty() && read_only != 1 && !request.empty()) read_parameters(source, name, request, response, batch, row);
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

void RecordReader::read_identity(ondemand::value value, Identity &identity) {
  ondemand::object object;
  if (value.get_object().get(object)) return;
  identity.present = true;
  for (auto field : object) {
    ondemand::raw_json_string raw;
    if (field.key().get(raw)) return;
    const char *key = raw.raw();
    ondemand::value inner;
    if (field.value().get(inner)) return;
    if (IS("type")) identity.type = text_of(inner);
    else if (IS("principalId")) identity.principal_id = text_of(inner);
    else if (IS("arn")) identity.arn = text_of(inner);
    else if (IS("accountId")) identity.account = text_of(inner);
    else if (IS("invokedBy")) identity.invoked_by = text_of(inner);
    else if (IS("userName")) identity.user_name = text_of(inner);
    else if (IS("accessKeyId")) identity.access_key = text_of(inner);
    else if (IS("identityProvider")) identity.provider = text_of(inner);
    else if (IS("onBehalfOf")) {
      ondemand::object person;
      if (inner.get_object().get(person)) continue;
      for (auto part : person) {
        ondemand::raw_json_string part_raw;
        if (part.key().get(part_raw)) return;
        const char *key = part_raw.raw();
        if (IS("userId")) identity.on_behalf_of = text_of(part.value());
      }
    } else if (IS("sessionContext")) {
      ondemand::object context;
      if (inner.get_object().get(context)) continue;
      for (auto part : context) {
        ondemand::raw_json_string part_raw;
        if (part.key().get(part_raw)) return;
        const char *key = part_raw.raw();
        if (IS("sourceIdentity")) {
          identity.source_identity = text_of(part.value());
          continue;
        }
        const int which = IS("sessionIssuer") ? 1 : IS("attributes") ? 2 : IS("webIdFederationData") ? 3 : 0;
        ondemand::object pieces;
        if (which == 0 || part.value().get_object().get(pieces)) continue;
        for (auto piece : pieces) {
          ondemand::raw_json_string piece_raw;
          if (piece.key().get(piece_raw)) return;
          const char *key = piece_raw.raw();
          if (which == 1) {
            if (IS("type")) identity.issuer_type = text_of(piece.value());
            else if (IS("principalId")) identity.issuer_id = text_of(piece.value());
            else if (IS("arn")) identity.issuer_arn = text_of(piece.value());
            else if (IS("accountId")) identity.issuer_account = text_of(piece.value());
          } else if (which == 2) {
            if (IS("mfaAuthenticated")) identity.mfa = text_of(piece.value());
            else if (IS("creationDate")) identity.created = text_of(piece.value());
          } else if (IS("federatedProvider")) identity.web_provider = text_of(piece.value());
        }
      }
    }
  }
}

uint32_t RecordReader::read_resources(ondemand::value value, ts_batch &batch, view &data_type) {
  ondemand::array array;
  if (value.get_array().get(array)) return 0;
  set.clear();
  view container;
  for (auto item : array) {
    ondemand::object object;
    if (item.get_object().get(object)) continue;
    view type, identifier;
    for (auto field : object) {
      ondemand::raw_json_string raw;
      if (field.key().get(raw)) break;
      const char *key = raw.raw();
      if (IS("type")) type = text_of(field.value());
      else if (IS("ARN") || IS("ARNPrefix")) identifier = text_of(field.value());
    }
    if (data_type.empty() && !type.empty() && !is_container(type)) data_type = type;
    if (container.empty()) container = type;
    if (identifier.empty()) continue;
    set.push_back(batch.resources.intern({batch.strings.intern(type), batch.strings.intern(resource_pattern(identifier))}));
  }
  if (data_type.empty()) data_type = container;
  return set.empty() ? 0 : batch.intern_set(set);
}

uint32_t RecordReader::shape(ts_batch &batch, view deciding) {
  if (names.empty()) return 0;
  // The order in which names come is the service's whim, and another one after a tool rewrote the file.
  const auto count = static_cast<uint32_t>(names.size());
  text.assign(reinterpret_cast<const char *>(&count), sizeof count);
  text.append(reinterpret_cast<const char *>(names.data()), names.size() * sizeof(uint32_t));
  text.append(deciding);
  const auto known = static_cast<uint32_t>(batch.shape_keys.strings.size());
  const uint32_t at = batch.shape_keys.intern(text);
  if (at == known) {
    std::vector<view> sorted;
    for (uint32_t name : names) sorted.push_back(batch.strings[name]);
    std::sort(sorted.begin(), sorted.end());
    std::string joined;
    for (view name : sorted) {
      if (!joined.empty()) joined += ',';
      joined += name;
    }
    batch.shape_of_key.push_back(batch.shapes.intern({batch.strings.intern(joined), batch.strings.intern(deciding)}));
  }
  return batch.shape_of_key[at];
}

// Who called. Source: "CloudTrail userIdentity element", AWS CloudTrail User Guide.
tf_principal RecordReader::principal(
  const Identity &identity, view recipient, ts_batch &batch, view &arn, view &account) {
  Strings &strings = batch.strings;
  const auto named = [&](uint32_t kind, view prefix, view id) -> tf_principal {
    text.assign(prefix);
    text += id;
    return {kind, strings.intern(text)};
  };
  const auto unique = [&](view id) -> tf_principal {
    const view prefix = id.substr(0, 4);
    if (prefix == "AROA" || prefix == "AIDA") return {static_cast<uint32_t>(prefix == "AROA" ? TF_ROLE : TF_USER), strings.intern(id)};
    // An id of another kind begins with four letters too; whatever does not might look like the name of a principal
    // without an id, and two kinds would share it.
    const bool is_id = prefix.size() == 4 && id.find(':') == view::npos &&
                       std::all_of(prefix.begin(), prefix.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return is_id ? tf_principal{TF_OTHER, strings.intern(id)} : named(TF_OTHER, "other:", id);
  };
  const view before_colon = identity.principal_id.substr(0, identity.principal_id.find(':'));
  const bool has_unique_id = starts_with(before_colon, "AROA") || starts_with(before_colon, "AIDA");
  account = identity.account;

  if (!identity.issuer_id.empty()) {
    arn = identity.issuer_arn;
    if (!identity.issuer_account.empty()) account = identity.issuer_account;
    if (identity.issuer_type == "Root") return named(TF_ROOT, "root:", account);
    return unique(identity.issuer_id);
  }
  if (identity.type == "AssumedRole" || identity.type == "Role") {
    if (has_unique_id) return unique(before_colon);
  } else if (identity.type == "IAMUser") {
    arn = identity.arn;
    if (!identity.principal_id.empty()) return unique(before_colon);
  } else if (identity.type == "Root") {
    return named(TF_ROOT, "root:", account.empty() ? identity.principal_id : account);
  } else if (identity.type == "AWSService") {
    return named(TF_SERVICE, "service:", identity.invoked_by);
  } else if (identity.type == "SAMLUser") {
    text.assign("saml:");
    text.append(recipient).append(":").append(identity.user_name);
    return {TF_SAML, strings.intern(text)};
  } else if (identity.type == "WebIdentityUser") {
    return named(TF_WEB_IDENTITY, "web:", identity.principal_id);
  } else if (identity.type == "IdentityCenterUser") {
    return named(TF_IDENTITY_CENTER, "identity-center:", identity.on_behalf_of);
  } else if (identity.type == "AWSAccount") {
    if (has_unique_id) return unique(before_colon);
    const bool digits = account.size() == 12 && account.find_first_not_of("0123456789") == view::npos;
    if (!digits || identity.principal_id.empty()) {
      if (!digits) account = {};
      return digits ? named(TF_ACCOUNT, "account:", account) : named(TF_ANONYMOUS, "anonymous", {});
    }
    return named(TF_ACCOUNT, "account:", account);
  } else if (has_unique_id) {
    return unique(before_colon);
  }
  account = {};
  return named(TF_UNKNOWN, "unknown", {});
}

void RecordReader::read_entry(view name, view request, view response, ts_batch &batch, tf_row &row) {
  tf_entry entry{};
  Strings &strings = batch.strings;
  dom::element root;
  const auto string_at = [&](const char *pointer) -> view {
    view found;
    return root.at_pointer(pointer).get(found) ? view() : found;
  };
  if (!request.empty() && !details.parse(request.data(), request.size(), false).get(root)) {
    entry.role_arn = strings.intern(string_at(name == "AssumeRoot" ? "/targetPrincipal" : "/roleArn"));
    entry.name = strings.intern(string_at("/roleSessionName"));
    entry.external_id = strings.intern(string_at("/externalId"));
    entry.source_identity = strings.intern(string_at("/sourceIdentity"));
  }
  if (!response.empty() && !details.parse(response.data(), response.size(), false).get(root)) {
    const view assumed = string_at("/assumedRoleUser/assumedRoleId");
    entry.role_id = strings.intern(assumed.substr(0, assumed.find(':')));
    entry.issued_key = strings.intern(string_at("/credentials/accessKeyId"));
    if (entry.source_identity == 0) entry.source_identity = strings.intern(string_at("/sourceIdentity"));
  }
  batch.entries.push_back(entry);
  row.entry = static_cast<uint32_t>(batch.entries.size());
}

void RecordReader::read_parameters(
  view source, view name, view request, view response, ts_batch &batch, tf_row &row) {
  const ParameterList list = parameter_list(source, name);
  if (list == ParameterList::none) return;
  if (list == ParameterList::passed_roles && !may_pass_role(request)) return;
  dom::element root;
  if (details.parse(request.data(), request.size(), false).get(root)) return;
  const auto keep = [&](view path, view value) {
    batch.parameters.push_back({batch.strings.intern(path), batch.strings.intern(value)});
  };
  collect_parameters(list, "", root, keep);
  if (list != ParameterList::lifecycle || response.empty()) return;
  if (details.parse(response.data(), response.size(), false).get(root)) return;
  collect_parameters(ParameterList::lifecycle_response, "", root, keep);
}

}  // namespace trail
