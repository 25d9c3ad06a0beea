// Who called.
#include "record.hpp"

#include "fields.hpp"

using namespace simdjson;

namespace trail {

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

// Source: "CloudTrail userIdentity element", AWS CloudTrail User Guide.
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

}  // namespace trail
