/* blocks.h: finished blocks of a run in a folder, from which the run can go on
 *
 *     run.txt              of which run they are (identity.h), with a checksum; written first
 *     000000000000.bin     blocks from this number on: a head, then block after block, each with its checksum
 *
 * Each file is written under another name, flushed to the disk and renamed: it is whole or not there, whatever ends the process. Blocks stand in an
 * unbroken row from the first one of the shard. What is read is checked down to the last byte, and refused with the reason when it is not
 * what was written.
 */
#ifndef ORGSIM_STUDY_BLOCKS_H
#define ORGSIM_STUDY_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include <orgsim/error.h>

struct live_block;

/* Bytes that wait in memory at most, before they are written. */
#define BLOCKS_WAITING_MOST ((size_t)64 << 20)

struct blocks;

/* A new folder, made when the first blocks are written. identity: from identity_write(). */
int blocks_create(struct blocks **blocks, const char *folder, const char *identity, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* A folder that is there: reads and checks everything, and clears away what was half written unless read_only.
 * ORGSIM_ERROR_IO: damaged; ORGSIM_ERROR_TOO_OLD, ORGSIM_ERROR_TOO_NEW: of another format. */
int blocks_open(struct blocks **blocks, const char *folder, bool read_only, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Whether the folder holds blocks of a run, whatever their state. */
bool blocks_exist(const char *folder);

/* Seconds between two writings; 0: each block at once. */
void blocks_set_interval(struct blocks *blocks, double seconds);

const char *blocks_identity(const struct blocks *blocks);
uint64_t blocks_first(const struct blocks *blocks);  /* number of the first block of the shard */
uint64_t blocks_end(const struct blocks *blocks);    /* and of the one behind its last */
uint64_t blocks_stored(const struct blocks *blocks); /* blocks on the disk, from the first one on */

/* Fills the block's pieces when it is stored: LIVE_SUPPLIED, or 0 when it is not. Any thread, any order. Else ORGSIM_ERROR_IO (see blocks_error()) or
 * ORGSIM_ERROR_MEMORY. */
int blocks_read(const struct blocks *blocks, const struct live_block *block, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Takes the next block; those that are stored already are passed over. Writes when it is time. */
int blocks_add(struct blocks *blocks, const struct live_block *block, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Writes what waits. */
int blocks_flush(struct blocks *blocks, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* What waits is dropped. NULL is legal. */
void blocks_close(struct blocks *blocks);

#endif
