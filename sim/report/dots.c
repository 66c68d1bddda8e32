/* dots.c: fifty equally likely outcomes as dots in columns */
#include "report/dots.h"

#include <math.h>

#define COLUMNS_MOST 72

void dots_of(struct dots *dots, const double *quantiles_101)
{
    *dots = (struct dots){{0}, 0, {0}, {0}};
    for (size_t i = 0; i < DOTS; i++) {
        dots->value[i] = quantiles_101[2 * i + 1];
        if (!isfinite(dots->value[i])) dots->n_never++;
    }
}

/* Column of a value: 0 is the first to the right of the anchor, -1 the first to the left. */
static double column_of(const struct dots_axis *axis, double value) { return ceil((value - axis->anchor) / axis->column) - 1; }

/* Values of exactly the anchor stand on the line only where the threshold is nothing (break-even); see dots_place(). */
static size_t tallest(const struct dots *set, const struct dots_axis *axis)
{
    size_t most = 0, n = 0;
    for (size_t i = 0; i + set->n_never < DOTS; i++) {
        n = i > 0 && column_of(axis, set->value[i]) == column_of(axis, set->value[i - 1]) ? n + 1 : 1;
        if (n > most) most = n;
    }
    return most;
}

/* Columns that the block of never takes at this size of dots, with a gap before it. */
static double never_columns(size_t n_never, double height, double pitch)
{
    if (n_never == 0) return 0;
    double rows = fmax(1, floor(height / pitch));
    return ceil((double)n_never / rows) + 1.5;
}

static void range_of(const struct dots *sets, size_t n, struct dots_axis *axis, size_t *n_never)
{
    axis->low = axis->last = axis->anchor;
    *n_never = 0;
    for (size_t s = 0; s < n; s++) {
        if (sets[s].n_never > *n_never) *n_never = sets[s].n_never;
        if (sets[s].n_never == DOTS) continue;
        axis->low = fmin(axis->low, sets[s].value[0]);
        axis->last = fmax(axis->last, sets[s].value[DOTS - sets[s].n_never - 1]);
    }
}

/* Tries a number of columns; returns how high the tallest stack would be, in pixels. */
static double try_columns(const struct dots *sets, size_t n, struct dots_axis *axis, double low, double last, size_t n_never, int columns)
{
    axis->column = (last > low ? last - low : 1) / (columns - 2);
    axis->low = axis->anchor + axis->column * (column_of(axis, low) - 0.5);
    axis->last = axis->anchor + axis->column * (column_of(axis, last) + 1.5);
    double finite = (axis->last - axis->low) / axis->column;
    axis->pitch = axis->width / finite;
    for (int again = 0; again < 3; again++) axis->pitch = axis->width / (finite + never_columns(n_never, axis->height, axis->pitch));
    axis->high = axis->low + axis->column * axis->width / axis->pitch;
    double most = 0;
    for (size_t s = 0; s < n; s++) most = fmax(most, axis->pitch * (double)tallest(&sets[s], axis));
    return most;
}

static void place(struct dots *set, const struct dots_axis *axis)
{
    size_t finite = DOTS - set->n_never, level = 0;
    for (size_t i = 0; i < finite; i++) {
        double column = column_of(axis, set->value[i]);
        level = i > 0 && column == column_of(axis, set->value[i - 1]) ? level + 1 : 0;
        set->x[i] = axis->anchor + axis->column * (column + 0.5);
        set->y[i] = axis->pitch * ((double)level + 0.5);
    }
    size_t rows = (size_t)fmax(1, floor(axis->height / axis->pitch));
    for (size_t i = 0; i < set->n_never; i++) {
        set->x[finite + i] = axis->last + axis->column * (1.5 + (double)(i / rows));
        set->y[finite + i] = axis->pitch * ((double)(i % rows) + 0.5);
    }
}

void dots_place(struct dots *sets, size_t n, struct dots_axis *axis)
{
    size_t n_never;
    range_of(sets, n, axis, &n_never);
    double low = axis->low, last = axis->last, most = 0;
    for (int columns = (int)ceil(axis->width / axis->pitch_most); columns <= COLUMNS_MOST; columns++) {
        most = try_columns(sets, n, axis, low, last, n_never, columns);
        if (most <= axis->height) break;
    }
    axis->never_centre = (axis->last + axis->column + axis->high) / 2;
    axis->radius = 0.46 * axis->column;
    double column_pitch = axis->pitch;
    if (most > axis->height) axis->pitch *= axis->height / most; /* a spike: the dots of a column overlap */
    for (size_t s = 0; s < n; s++) place(&sets[s], axis);
    axis->pitch = column_pitch;
}
