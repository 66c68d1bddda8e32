/* svg.c: what gnuplot drew, as a figure of our own */
#include "report/svg.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DOT_RADIUS 1.1 /* of gnuplot's filled circle, point type 7, at scale 1 */
#define CIRCLE_CORNERS 60 /* gnuplot draws circles as polygons of about 120 */

/* Names inside an svg that would meet those of another one on the same page, and a rendering that makes round edges ragged. */
static const struct rename {
    const char *from, *before_name, *after_name;
} renames[] = {
    {"id=\"gnuplot_", "id=\"", "_"},       {"id='gp", "id='", "_gp"},
    {"href='#gp", "href='#", "_gp"},       {"id='textbox", "id='", "_textbox"},
    {"id='greybox", "id='", "_greybox"},   {"url(#textbox", "url(#", "_textbox"},
    {"url(#greybox", "url(#", "_greybox"}, {" shape-rendering='crispEdges'", NULL, NULL},
};

struct box {
    double low[2], high[2];
    size_t corners;
};

/* Fixed point digits, as gnuplot writes them, whatever the locale. */
static const char *read_fixed(const char *s, double *value)
{
    bool negative = *s == '-';
    double x = 0, unit = 1;
    s += negative;
    for (; isdigit((unsigned char)*s); s++) x = 10 * x + (*s - '0');
    if (*s == '.') {
        for (s++; isdigit((unsigned char)*s); s++) x += (unit /= 10) * (*s - '0');
    }
    *value = negative ? -x : x;
    return s;
}

/* The box around the corners in a list of coordinates. */
static struct box box_of(const char *s, const char *end)
{
    struct box box = {{(double)INFINITY, (double)INFINITY}, {-(double)INFINITY, -(double)INFINITY}, 0};
    size_t n = 0;
    while (s < end) {
        if (!isdigit((unsigned char)*s) && *s != '-') {
            s++;
            continue;
        }
        double x;
        s = read_fixed(s, &x);
        box.low[n % 2] = fmin(box.low[n % 2], x);
        box.high[n % 2] = fmax(box.high[n % 2], x);
        n++;
    }
    box.corners = n / 2;
    return box;
}

static void add_fixed(struct text *svg, const char *name, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(svg, name);
    text_add(svg, text_of_double(digits, round(100 * x) / 100));
    text_add(svg, "'");
}

/* Replaces a polygon or closed path of many corners at s; returns its end, or NULL where there is none. */
static const char *add_circle(struct text *svg, const char *s)
{
    bool polygon = strncmp(s, "<polygon ", 9) == 0;
    if (!polygon && strncmp(s, "<path ", 6) != 0) return NULL;
    const char *end = strstr(s, "/>"), *list = strstr(s, polygon ? "points = '" : " d='M");
    if (!end || !list || list > end) return NULL;
    bool closed = polygon || memchr(list, 'Z', (size_t)(end - list)) != NULL;
    const char *start = list + (polygon ? 10 : 5);
    struct box box = box_of(start, end);
    double width = box.high[0] - box.low[0], height = box.high[1] - box.low[1];
    if (!closed || box.corners < CIRCLE_CORNERS || fabs(width - height) > 0.2 || memchr(start, 'M', (size_t)(end - start))) return NULL;
    const char *attributes = strchr(s, ' ');
    text_add(svg, "<circle");
    text_add_n(svg, attributes, (size_t)(list - attributes));
    add_fixed(svg, " cx='", (box.low[0] + box.high[0]) / 2);
    add_fixed(svg, " cy='", (box.low[1] + box.high[1]) / 2);
    add_fixed(svg, " r='", width / 2);
    text_add(svg, "/>");
    return end + 2;
}

/* A filled dot as gnuplot places it: "<use xlink:href='#gpPt6' transform='translate(X,Y) scale(R)' color='C'/>". NULL: not one. */
struct dot {
    double x, y, radius;
    const char *colour; /* of colour_n characters */
    size_t colour_n;
};

static const char *read_dot(const char *s, struct dot *dot)
{
    static const char start[] = "<use xlink:href='#gpPt6' transform='translate(", scale[] = ") scale(", colour[] = ")' color='";
    while (isspace((unsigned char)*s)) s++;
    if (strncmp(s, start, sizeof start - 1) != 0) return NULL;
    s = read_fixed(s + sizeof start - 1, &dot->x);
    if (*s != ',') return NULL;
    s = read_fixed(s + 1, &dot->y);
    if (strncmp(s, scale, sizeof scale - 1) != 0) return NULL;
    s = read_fixed(s + sizeof scale - 1, &dot->radius);
    if (strncmp(s, colour, sizeof colour - 1) != 0) return NULL;
    dot->colour = s + sizeof colour - 1;
    dot->colour_n = strcspn(dot->colour, "'");
    s = dot->colour + dot->colour_n;
    return strncmp(s, "'/>", 3) == 0 ? s + 3 : NULL;
}

static void add_tenths(struct text *svg, const char *before, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(svg, before);
    text_add(svg, text_of_double(digits, round(10 * x) / 10));
}

/* A run of like dots as one path of round caps, a fifth of the size; returns its end, or NULL where there is none. */
static const char *add_dots(struct text *svg, const char *s)
{
    struct dot first, dot;
    const char *end = read_dot(s, &first), *next;
    if (!end || !read_dot(end, &dot)) return NULL;
    text_add(svg, "<path fill='none' stroke='");
    text_add_n(svg, first.colour, first.colour_n);
    add_fixed(svg, "' stroke-linecap='round' stroke-width='", 2 * first.radius * DOT_RADIUS);
    add_tenths(svg, " d='M", first.x);
    add_tenths(svg, " ", first.y);
    text_add(svg, "h0");
    for (; (next = read_dot(end, &dot)) && dot.radius == first.radius && dot.colour_n == first.colour_n &&
           strncmp(dot.colour, first.colour, first.colour_n) == 0;
         end = next) {
        add_tenths(svg, "M", dot.x);
        add_tenths(svg, " ", dot.y);
        text_add(svg, "h0");
    }
    text_add(svg, "'/>");
    return end;
}

static const char *add_renamed(struct text *svg, const char *s, const char *name)
{
    for (size_t i = 0; i < sizeof renames / sizeof *renames; i++) {
        if (strncmp(s, renames[i].from, strlen(renames[i].from)) != 0) continue;
        if (renames[i].before_name) {
            text_add(svg, renames[i].before_name);
            text_add(svg, name);
            text_add(svg, renames[i].after_name);
        }
        return s + strlen(renames[i].from);
    }
    return NULL;
}

static void add_body(struct text *svg, const char *s, const char *name)
{
    while (*s) {
        if (strncmp(s, "]]>", 3) == 0) { /* gnuplot leaves > as it is, and XML forbids it here */
            text_add(svg, "]]&gt;");
            s += 3;
            continue;
        }
        const char *next = *s == '<' ? add_circle(svg, s) : add_renamed(svg, s, name);
        if (!next && *s == '<') next = add_dots(svg, s);
        if (!next) {
            next = s + 1 + strcspn(s + 1, "<ihu ]");
            text_add_n(svg, s, (size_t)(next - s));
        }
        s = next;
    }
}

void svg_tidy(struct text *svg, const char *drawn, const char *name, const char *title, const char *detail)
{
    const char *size = strstr(drawn, "<svg"), *words = strstr(drawn, "<title>"), *end = words ? strstr(words, "</desc>") : NULL;
    if (!size || !end || words < size) {
        svg->failed = true;
        return;
    }
    size += strlen("<svg");
    text_format(svg, "<svg role=\"img\" aria-labelledby=\"%s_title %s_desc\"", name, name);
    text_add_n(svg, size, (size_t)(words - size));
    text_format(svg, "<title id=\"%s_title\">", name);
    text_html(svg, title);
    text_format(svg, "</title>\n<desc id=\"%s_desc\">", name);
    text_html(svg, detail);
    text_add(svg, "</desc>\n<style>text, tspan { font-family: Inter, \"Helvetica Neue\", Arial, sans-serif; }</style>");
    add_body(svg, end + strlen("</desc>"), name);
}
