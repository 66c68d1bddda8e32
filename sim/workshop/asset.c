/* asset.c: finding a file of the page */
#include "workshop/asset.h"

#include <string.h>

const struct asset *asset_find(const char *name)
{
    for (size_t k = 0; k < asset_list_n; k++)
        if (strcmp(asset_list[k].name, name) == 0) return &asset_list[k];
    return NULL;
}

const char *asset_type(const struct asset *asset)
{
    static const struct { const char *end, *type; } types[] = {
        {".html", "text/html; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},             {".csv", "text/csv; charset=utf-8"},
    };
    size_t n = strlen(asset->name);
    for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
        size_t length = strlen(types[k].end);
        if (n > length && strcmp(asset->name + n - length, types[k].end) == 0) return types[k].type;
    }
    return "application/octet-stream";
}
