#include "source.hpp"

#include <errno.h>
#include <unistd.h>

#include <algorithm>

namespace trail {

bool MemorySource::next(std::string &window) {
  if (length == 0) return false;
  const size_t piece = std::min<size_t>(length, 4 << 20);
  window.append(bytes, piece);
  bytes += piece;
  length -= piece;
  return true;
}

FileSource::FileSource(int file, bool inflates) : file(file), inflates(inflates) {
  // 15 bits of window, +16: gzip only.
  if (inflates && inflateInit2(&stream, 15 + 16) != Z_OK) {
    ended = true;
    end = End::damaged;
  }
}

FileSource::~FileSource() {
  if (inflates) inflateEnd(&stream);
  close(file);
}

bool FileSource::refill() {
  ssize_t got;
  do got = read(file, raw.data(), raw.size());
  while (got < 0 && errno == EINTR);
  if (got < 0) end = End::unreadable;
  if (got <= 0) return false;
  stream.next_in = raw.data();
  stream.avail_in = static_cast<unsigned>(got);
  return true;
}

void FileSource::give(const char *bytes, size_t length, std::string &window) {
  window.append(bytes, length);
  hash.add(bytes, length);
  given += length;
}

bool FileSource::next(std::string &window) {
  if (ended) return false;
  if (!inflates) {
    if (!refill()) {
      ended = true;
      return false;
    }
    give(reinterpret_cast<const char *>(raw.data()), stream.avail_in, window);
    return true;
  }
  out.resize(1 << 20);
  size_t made = 0;
  while (made == 0) {
    if (stream.avail_in == 0 && !refill()) {
      ended = true;
      if (inside_member && end == End::whole) end = End::truncated;
      return false;
    }
    if (!inside_member) {
      // Between members: another one begins with gzip's magic bytes; zeros are padding, all else is no content.
      if (any_member && stream.next_in[0] == 0) {
        ++stream.next_in;
        --stream.avail_in;
        continue;
      }
      if (any_member && stream.next_in[0] != 0x1f) {
        ended = true;
        end = End::damaged;
        return false;
      }
      inside_member = true;
    }
    stream.next_out = reinterpret_cast<unsigned char *>(out.data());
    stream.avail_out = static_cast<unsigned>(out.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    made = out.size() - stream.avail_out;
    if (result == Z_STREAM_END) {
      inside_member = false;
      any_member = true;
      inflateReset(&stream);
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      ended = true;
      end = End::damaged;
      break;
    }
  }
  if (made == 0) return false;
  give(out.data(), made, window);
  return true;
}

}  // namespace trail
