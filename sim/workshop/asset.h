/* asset.h: the files of the page, which are part of the program */
#ifndef ORGSIM_WORKSHOP_ASSET_H
#define ORGSIM_WORKSHOP_ASSET_H

#include <stddef.h>

struct asset {
    const char *name;
    const unsigned char *data; /* a zero follows the last byte */
    size_t n;
};

/* All of them; asset_list.c is made by embed.cmake. */
extern const struct asset asset_list[];
extern const size_t asset_list_n;

/* By its exact name, or NULL. Only names of the list are ever found, so no path can lead elsewhere. */
const struct asset *asset_find(const char *name);

/* Content type by the end of the name. */
const char *asset_type(const struct asset *asset);

/* Name of the lesson that runs when none is named. */
#define ASSET_LESSON "20-minutes.csv"

#endif
