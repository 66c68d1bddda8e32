/* qr.c: an address as a QR code */
#include "workshop/qr.h"

#include <orgsim/error.h>

#ifdef ORGSIM_QRENCODE
#include <qrencode.h>

#define QUIET 4 /* modules of light around the code, as the standard wants them */

static int is_dark(const QRcode *code, int x, int y)
{
    return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1);
}

int qr_svg(struct text *text, const char *address)
{
    QRcode *code = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M);
    if (!code) return ORGSIM_ERROR_MEMORY;
    int side = code->width + 2 * QUIET;
    text_add(text, "<svg xmlns=\"http://www.w3.org/2000/svg\" shape-rendering=\"crispEdges\" ");
    text_format(text, "viewBox=\"0 0 %d %d\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"", side, side, side, side);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (is_dark(code, x, y)) text_format(text, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    text_add(text, "\"/></svg>");
    QRcode_free(code);
    return 0;
}

int qr_terminal(struct text *text, const char *address)
{
    static const char *const blocks[] = {" ", "\xe2\x96\x80", "\xe2\x96\x84", "\xe2\x96\x88"};
    QRcode *code = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_L);
    if (!code) return ORGSIM_ERROR_MEMORY;
    for (int y = -2; y < code->width + 2; y += 2) {
        text_add(text, "  \x1b[30;47m");
        for (int x = -2; x < code->width + 2; x++) text_add(text, blocks[is_dark(code, x, y) + 2 * is_dark(code, x, y + 1)]);
        text_add(text, "\x1b[0m\n");
    }
    QRcode_free(code);
    return 0;
}
#else
int qr_svg(struct text *text, const char *address)
{
    (void)text, (void)address;
    return ORGSIM_ERROR_TOOL;
}

int qr_terminal(struct text *text, const char *address)
{
    (void)text, (void)address;
    return ORGSIM_ERROR_TOOL;
}
#endif
