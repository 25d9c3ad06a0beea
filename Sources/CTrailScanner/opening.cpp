// A file's bytes: opened, hashed, inflated, and given to the fast or the slow reader.
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "limits.hpp"
#include "scanner.hpp"

using simdjson::SIMDJSON_PADDING;
using trail::FileSource;
using trail::MemorySource;
using trail::Splitter;
using trail::load_limit;
using trail::whole_limit;

namespace {

// A regular file with the content of a pipe, so that it can be hashed first and read then; -1 with errno.
int spooled(int descriptor) {
  FILE *copy = std::tmpfile();
  if (copy == nullptr) return -1;
  const int file = dup(fileno(copy));
  std::fclose(copy);
  std::vector<char> piece(1 << 16);
  for (;;) {
    const ssize_t got = read(descriptor, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) break;
    for (ssize_t done = 0; got > 0 && done < got;) {
      const ssize_t wrote = write(file, piece.data() + done, static_cast<size_t>(got - done));
      if (wrote < 0) {
        close(file);
        return -1;
      }
      done += wrote;
    }
    if (got < 0) {
      close(file);
      return -1;
    }
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

}  // namespace

bool ts_scanner::load(int descriptor, size_t size) {
  in.resize(size + SIMDJSON_PADDING);
  size_t got = 0;
  while (got < size) {
    const ssize_t n = read(descriptor, in.data() + got, size - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) break;
    got += static_cast<size_t>(n);
  }
  result.bytes = got;
  return true;
}

ts_scanner::Inflated ts_scanner::inflate(size_t size, size_t &length) {
  uint32_t hint = 0;
  if (size >= 18) std::memcpy(&hint, in.data() + size - 4, 4);  // of the last member; may be anything
  length = 0;
  size_t used = 0;
  const size_t wanted = std::min<size_t>(std::max<size_t>(hint, 1 << 16), whole_limit) + SIMDJSON_PADDING;
  if (out.size() < wanted) out.resize(wanted);
  while (used < size) {
    if (length > 0) {
      while (used < size && in[used] == 0) ++used;
      if (used == size) break;
    }
    size_t consumed = 0, made = 0;
    const libdeflate_result state = libdeflate_gzip_decompress_ex(
      decompressor, in.data() + used, size - used, out.data() + length, out.size() - SIMDJSON_PADDING - length, &consumed,
      &made);
    if (state == LIBDEFLATE_INSUFFICIENT_SPACE) {
      if (out.size() >= whole_limit + SIMDJSON_PADDING) return Inflated::too_large;
      out.resize(std::min(out.size() * 2, whole_limit + SIMDJSON_PADDING));
      continue;
    }
    if (state != LIBDEFLATE_SUCCESS) return Inflated::damaged;
    used += consumed;
    length += made;
  }
  return Inflated::whole;
}

ts_result ts_scanner::begin(
  const char *path, ts_batch &batch, uint32_t file_number, ts_known known, void *context, ts_outcome &outcome) {
  start_file();
  file.number = file_number;
  const bool standard_input = std::string_view(path) == "-";
  int descriptor = standard_input ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (descriptor >= 0 && (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))) {
    const int copy = S_ISDIR(status.st_mode) ? (errno = EISDIR, -1) : spooled(descriptor);
    const int why = errno;
    close(descriptor);
    descriptor = copy;
    errno = why;
    if (descriptor >= 0) fstat(descriptor, &status);
  }
  if (descriptor < 0) {
    problem(TS_PROBLEM_UNREADABLE, 0, 0, std::strerror(errno));
    finish(outcome);
    return TS_DONE;
  }
  if (standard_input) lseek(descriptor, 0, SEEK_SET);
  const auto size = static_cast<size_t>(status.st_size);
  const bool in_memory = size <= load_limit;
  hash.restart();
  if (in_memory) {
    if (!load(descriptor, size)) {
      problem(TS_PROBLEM_UNREADABLE, 0, 0, std::strerror(errno));
      close(descriptor);
      finish(outcome);
      return TS_DONE;
    }
    hash.add(in.data(), result.bytes);
  } else {
    in.resize(1 << 20);
    ssize_t got;
    while ((got = read(descriptor, in.data(), in.size())) != 0) {
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        problem(TS_PROBLEM_UNREADABLE, 0, 0, std::strerror(errno));
        close(descriptor);
        finish(outcome);
        return TS_DONE;
      }
      hash.add(in.data(), static_cast<size_t>(got));
      result.bytes += static_cast<uint64_t>(got);
    }
  }
  hash.finish(result.sha256);
  result.hash_known = true;
  if (result.bytes == 0) {
    close(descriptor);
    std::memcpy(result.content_sha256, result.sha256, 32);
    problem(TS_PROBLEM_EMPTY, 0, 0);
    finish(outcome);
    return TS_DONE;
  }
  is_known = known(context, result.sha256);
  if (is_known) {
    close(descriptor);
    finish(outcome);
    return TS_KNOWN;
  }
  unsigned char magic[2] = {0, 0};
  result.is_gzip = pread(descriptor, magic, 2, 0) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;

  const char *content = nullptr;
  size_t length = 0, capacity = 0;
  if (in_memory && !result.is_gzip && result.bytes <= whole_limit) {
    content = in.data();
    length = result.bytes;
    capacity = in.size();
    std::memcpy(result.content_sha256, result.sha256, 32);
  } else if (in_memory && result.is_gzip && inflate(result.bytes, length) == Inflated::whole) {
    content = out.data();
    capacity = out.size();
    hash.restart();
    hash.add(content, length);
    hash.finish(result.content_sha256);
  }
  if (content == nullptr) {
    lseek(descriptor, 0, SEEK_SET);
    auto stream = std::make_unique<FileSource>(descriptor, result.is_gzip);
    streamed = stream.get();
    source = std::move(stream);
  } else {
    close(descriptor);
    result.content_bytes = length;
    if (length == 0) {
      problem(TS_PROBLEM_EMPTY, 0, 0);
      finish(outcome);
      return TS_DONE;
    }
    const auto mark = batch.mark();
    if (read_fast(content, length, capacity, batch)) {
      finish(outcome);
      return TS_DONE;
    }
    batch.back_to(mark);
    file = {};
    file.number = file_number;
    source = std::make_unique<MemorySource>(content, length);
  }
  splitter = std::make_unique<Splitter>(*source);
  return go_on(batch, file_number, outcome);
}
