/// The pieces of the script that fetches what is imported, as bytes in the program: nothing to find or to open at run time.
#ifndef CCOLLECTSCRIPT_H
#define CCOLLECTSCRIPT_H

#include <stddef.h>

/// One piece: `length` bytes of shell at `bytes`, UTF-8, lines ended by LF. Lives as long as the program.
typedef struct {
  const unsigned char *bytes;
  size_t length;
} CollectScriptPiece;

/// The piece of that name, which is its file's without folder and `.sh`; of no bytes where there is none.
CollectScriptPiece collect_script_piece(const char *name);

#endif
