/* supply.c: where the blocks of a run come from, and where they are kept */
#include "cli/supply.h"

/* Several threads may fail at the same time: the first one speaks. */
static int fail(struct supply *s, int status, const struct orgsim_where *where)
{
    if (__atomic_exchange_n(&s->failed, 1, __ATOMIC_ACQ_REL) == 0) s->read_where = *where;
    return status;
}

/* The shard that holds a block; NULL: none does. */
static struct blocks *shard_of(const struct supply *s, uint64_t number)
{
    for (size_t d = 0; d < s->n_shards; d++)
        if (number >= blocks_first(s->shards[d]) && number < blocks_end(s->shards[d])) return s->shards[d];
    return NULL;
}

static int on_supply(void *context, const struct live_block *block)
{
    struct supply *s = context;
    struct orgsim_where where = {0};
    const struct blocks *from = s->shards ? shard_of(s, block->number) : s->kept;
    int status = from ? blocks_read(from, block, &where) : 0;
    if (!status && s->cluster && cluster_is_remote(s->cluster, block->number)) status = cluster_receive(s->cluster, block);
    if (status == ORGSIM_ERROR_INTERRUPTED) return status;
    return status > 0 ? fail(s, status, &where) : status;
}

static int on_keep(void *context, const struct live_block *block)
{
    struct supply *s = context;
    return s->kept ? blocks_add(s->kept, block, &s->keep_where) : 0;
}

struct compare_blocks supply_blocks(struct supply *supply)
{
    const size_t ranks = supply->cluster ? (size_t)supply->cluster->size : 1; /* room for what other ranks are ahead */
    return (struct compare_blocks){.context = supply, .more = ranks > 1 ? ranks * CLUSTER_AHEAD : 0, .supply = on_supply, .keep = on_keep};
}

const struct orgsim_where *supply_error(const struct supply *s) { return s->read_where.what[0] ? &s->read_where : &s->keep_where; }
