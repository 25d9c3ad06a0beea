#include "CCollectScript.h"

#include <string.h>

static const unsigned char head[] = {
#embed "head.sh"
};
static const unsigned char answers[] = {
#embed "answers.sh"
};
static const unsigned char accounts[] = {
#embed "accounts.sh"
};
static const unsigned char single[] = {
#embed "single.sh"
};
static const unsigned char profiles[] = {
#embed "profiles.sh"
};
static const unsigned char roles[] = {
#embed "roles.sh"
};
static const unsigned char main_piece[] = {
#embed "main.sh"
};
static const unsigned char cloudtrail[] = {
#embed "parts/cloudtrail.sh"
};
static const unsigned char ec2[] = {
#embed "parts/ec2.sh"
};
static const unsigned char ecr[] = {
#embed "parts/ecr.sh"
};
static const unsigned char iam[] = {
#embed "parts/iam.sh"
};
static const unsigned char kms[] = {
#embed "parts/kms.sh"
};
static const unsigned char lambda[] = {
#embed "parts/lambda.sh"
};
static const unsigned char last_accessed[] = {
#embed "parts/last-accessed.sh"
};
static const unsigned char lookup_events[] = {
#embed "parts/lookup-events.sh"
};
static const unsigned char organizations[] = {
#embed "parts/organizations.sh"
};
static const unsigned char s3[] = {
#embed "parts/s3.sh"
};
static const unsigned char secretsmanager[] = {
#embed "parts/secretsmanager.sh"
};
static const unsigned char sns[] = {
#embed "parts/sns.sh"
};
static const unsigned char sqs[] = {
#embed "parts/sqs.sh"
};
static const unsigned char sso[] = {
#embed "parts/sso.sh"
};

static const struct {
  const char *name;
  CollectScriptPiece piece;
} pieces[] = {
    {"head", {head, sizeof head}},
    {"answers", {answers, sizeof answers}},
    {"accounts", {accounts, sizeof accounts}},
    {"single", {single, sizeof single}},
    {"profiles", {profiles, sizeof profiles}},
    {"roles", {roles, sizeof roles}},
    {"main", {main_piece, sizeof main_piece}},
    {"cloudtrail", {cloudtrail, sizeof cloudtrail}},
    {"ec2", {ec2, sizeof ec2}},
    {"ecr", {ecr, sizeof ecr}},
    {"iam", {iam, sizeof iam}},
    {"kms", {kms, sizeof kms}},
    {"lambda", {lambda, sizeof lambda}},
    {"last-accessed", {last_accessed, sizeof last_accessed}},
    {"lookup-events", {lookup_events, sizeof lookup_events}},
    {"organizations", {organizations, sizeof organizations}},
    {"s3", {s3, sizeof s3}},
    {"secretsmanager", {secretsmanager, sizeof secretsmanager}},
    {"sns", {sns, sizeof sns}},
    {"sqs", {sqs, sizeof sqs}},
    {"sso", {sso, sizeof sso}},
};

CollectScriptPiece collect_script_piece(const char *name) {
  for (size_t index = 0; index < sizeof pieces / sizeof *pieces; index++) {
    if (strcmp(pieces[index].name, name) == 0) return pieces[index].piece;
  }
  return (CollectScriptPiece){0, 0};
}
