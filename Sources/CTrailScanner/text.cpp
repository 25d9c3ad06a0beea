#include "text.hpp"

#include <array>

namespace trail {

namespace {

int digits(const char *at, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i) {
    if (at[i] < '0' || at[i] > '9') return -1;
    value = value * 10 + (at[i] - '0');
  }
  return value;
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
int64_t days_from_civil(int year, int month, int day) {
  year -= month <= 2;
  const int era = year / 400, of_era = year - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097LL + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

constexpr std::array<int8_t, 256> make_hex() {
  std::array<int8_t, 256> values{};
  for (int8_t &value : values) value = -1;
  for (int i = 0; i < 16; ++i) values[static_cast<unsigned char>("0123456789abcdef"[i])] = static_cast<int8_t>(i);
  return values;
}
constexpr std::array<int8_t, 256> hex = make_hex();

}  // namespace

bool parse_time(view text, int64_t &seconds) {
  if (text.size() < 20 || text.size() > 40) return false;
  const char *at = text.data();
  if (at[4] != '-' || at[7] != '-' || at[10] != 'T' || at[13] != ':' || at[16] != ':') return false;
  const int year = digits(at, 4), month = digits(at + 5, 2), day = digits(at + 8, 2);
  const int hour = digits(at + 11, 2), minute = digits(at + 14, 2), second = digits(at + 17, 2);
  if (year < 1970 || month < 1 || month > 12 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  if (second < 0 || second > 60) return false;
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day < 1 || day > lengths[month - 1] + (month == 2 && leap)) return false;
  size_t rest = 19;
  if (at[rest] == '.') {
    do ++rest;
    while (rest < text.size() && at[rest] >= '0' && at[rest] <= '9');
  }
  if (rest + 1 != text.size() || at[rest] != 'Z') return false;
  seconds = days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
  return true;
}

bool parse_uuid(view text, uint8_t bytes[16]) {
  if (text.size() != 36) return false;
  const auto *at = reinterpret_cast<const unsigned char *>(text.data());
  if (at[8] != '-' || at[13] != '-' || at[18] != '-' || at[23] != '-') return false;
  int wrong = 0;
  for (int i = 0; i < 16; ++i) {
    const int high = hex[at[0]], low = hex[at[1]];
    wrong |= high | low;
    bytes[i] = static_cast<uint8_t>(high << 4 | low);
    at += i == 3 || i == 5 || i == 7 || i == 9 ? 3 : 2;
  }
  return wrong >= 0;
}

std::string resource_pattern(view identifier) {
  // arn:PARTITION:s3:::BUCKET/KEY, where account and Region are empty.
  const size_t service = identifier.find(":s3:::");
  if (!starts_with(identifier, "arn:") || service == view::npos) return std::string(identifier);
  const size_t bucket_end = identifier.find('/', service);
  if (bucket_end == view::npos || bucket_end + 1 == identifier.size()) return std::string(identifier);
  size_t end = bucket_end + 1;
  for (int segment = 0; segment < 2; ++segment) {
    const size_t slash = identifier.find('/', end);
    if (slash == view::npos) break;
    end = slash + 1;
  }
  return std::string(identifier.substr(0, end)) + "*";
}

Denial parse_denial(view message) {
  static constexpr view marker = "is not authorized to perform: ";
  Denial denial;
  const size_t at = message.find(marker);
  if (at != view::npos) {
    view rest = message.substr(at + marker.size());
    size_t end = 0;
    while (end < rest.size() && (isalnum(static_cast<unsigned char>(rest[end])) || rest[end] == ':' ||
                                 rest[end] == '-' || rest[end] == '_' || rest[end] == '.'))
      ++end;
    view action = rest.substr(0, end);
    while (!action.empty() && action.back() == '.') action.remove_suffix(1);
    if (contains(action, ":") && action.size() < 200) denial.action = action;
  }
  static constexpr view no = "because no ", explicitly = "with an explicit deny in a";
  size_t why = message.find(no);
  if (why != view::npos) {
    view rest = message.substr(why + no.size());
    const size_t end = rest.find(" allows");
    if (end != view::npos && end < 60) denial.policy_kind = rest.substr(0, end);
  } else if ((why = message.find(explicitly)) != view::npos) {
    view rest = message.substr(why + 5);
    size_t end = 0;
    while (end < rest.size() && (isalpha(static_cast<unsigned char>(rest[end])) || rest[end] == ' ' || rest[end] == '-'))
      ++end;
    if (end < 80) denial.policy_kind = rest.substr(0, end);
  }
  return denial;
}

}  // namespace trail
