// What a batch of trail events holds, as plain rows of integers that refer to each other by position.
//
// A string is named by its position in the batch's strings; position 0 is the empty string and stands for
// "absent". All other positions are local to the batch.
#ifndef CTRAILFACTS_H
#define CTRAILFACTS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *_Nonnull bytes;  // UTF-8, not terminated
  uint32_t length;
} tf_string;

// One distinct kind of call.
typedef struct {
  uint32_t source, name, type, category;
  uint32_t resource_type;  // of data events: the type by which they are selected
  uint32_t event_kind;     // management-read, management-write, management, data:TYPE, network-activity
  uint32_t read_only;      // 0 not said, 1 read, 2 write
} tf_call;

enum {
  TF_ROLE = 0,
  TF_USER,
  TF_ROOT,
  TF_SERVICE,
  TF_SAML,
  TF_WEB_IDENTITY,
  TF_IDENTITY_CENTER,
  TF_ACCOUNT,
  TF_ANONYMOUS,
  TF_UNKNOWN,
  TF_OTHER
};

typedef struct {
  uint32_t kind, id;
} tf_principal;

// One distinct session of a principal; `arn` is the principal's own, as the event shows it.
typedef struct {
  uint32_t principal, access_key, name, source_identity, provider, subject, on_behalf_of, arn, account;
  uint32_t mfa;     // 0 not said, 1 without, 2 with
  int64_t started;  // seconds since 1970, 0 where not said
} tf_session;

typedef struct {
  uint32_t account, region;  // the recipient account and the Region that the event names
} tf_place;

typedef struct {
  uint32_t address, endpoint, agent, via;
} tf_context;

typedef struct {
  uint32_t code, action, policy_kind;  // the last two as a denial's message names them
} tf_error;

typedef struct {
  uint32_t names, deciding;  // sorted names of the request's parameters; values that decide, as name=value
} tf_shape;

typedef struct {
  uint32_t type, pattern;
} tf_resource;

typedef struct {
  uint32_t first, count;  // in the batch's members of resource sets
} tf_resource_set;

// A successful or attempted AssumeRole*, AssumeRoot: who was entered, and as whom.
typedef struct {
  uint32_t role_id, role_arn, name, issued_key, external_id, source_identity;
} tf_entry;

// A parameter from the closed list of those whose values are kept.
typedef struct {
  uint32_t path, value;
} tf_parameter;

typedef struct {
  int64_t time;  // seconds since 1970
  uint8_t id[16], shared[16];
  uint32_t id_text, shared_text;  // where the id is no UUID in lower case
  uint32_t call, session, place, context, error, shape, resource_set;
  uint32_t file, record;  // position of the file in the batch, number of the record in it from 1
  uint32_t entry;         // position + 1, 0 where there is none
  uint32_t first_parameter, parameter_count;
  uint32_t has_shared;
} tf_row;

// On which day a file brought events of a place and kind.
typedef struct {
  uint32_t file, place, event_kind;
  int32_t day;  // days since 1970
} tf_file_day;

typedef struct {
  const tf_row *_Nonnull rows;
  const uint32_t *_Nonnull order;  // positions of the rows, by time and then id
  size_t row_count;
  const tf_string *_Nonnull strings;
  size_t string_count;
  const tf_call *_Nonnull calls;
  size_t call_count;
  const tf_principal *_Nonnull principals;
  size_t principal_count;
  const tf_session *_Nonnull sessions;
  size_t session_count;
  const tf_place *_Nonnull places;
  size_t place_count;
  const tf_context *_Nonnull contexts;
  size_t context_count;
  const tf_error *_Nonnull errors;
  size_t error_count;
  const tf_shape *_Nonnull shapes;
  size_t shape_count;
  const tf_resource *_Nonnull resources;
  size_t resource_count;
  const tf_resource_set *_Nonnull resource_sets;
  size_t resource_set_count;
  const uint32_t *_Nonnull members;
  size_t member_count;
  const tf_entry *_Nonnull entries;
  size_t entry_count;
  const tf_parameter *_Nonnull parameters;
  size_t parameter_count;
  const tf_file_day *_Nonnull file_days;
  size_t file_day_count;
} tf_batch;

#endif
