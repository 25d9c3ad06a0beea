// SHA-256 by libcrypto.
#ifndef CCONTENTHASH_H
#define CCONTENTHASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct ch_sha256 ch_sha256;

ch_sha256 *_Nonnull ch_sha256_create(void);
void ch_sha256_add(ch_sha256 *_Nonnull, const void *_Nullable bytes, size_t length);
void ch_sha256_finish(ch_sha256 *_Nonnull, uint8_t *_Nonnull hash);  // 32 bytes
void ch_sha256_destroy(ch_sha256 *_Nonnull);

#endif
